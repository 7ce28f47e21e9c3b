#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>
#include <vector>

#include "base/redaction/digit_text.hpp"

namespace sent::detail {

/// Recognises digits that look like a phone number but are something else: dates, addresses, decimals,
/// amounts, parts of identifiers. Only separators are between consecutive `groups`; [first, end) is a range
/// of them.
class Lookalikes {
  public:
    Lookalikes(const DigitText& text, const std::vector<DigitGroup>& groups) noexcept
        : text_(text), groups_(groups) {}

    /// Number of groups of a number as written in North America (415 555 1234 or 1 415 555 1234), or 0.
    [[nodiscard]] std::size_t north_american(std::size_t first) const noexcept;
    /// Index of the group after a date or time, or `first` if there is none.
    [[nodiscard]] std::size_t end_of_date(std::size_t first) const noexcept;
    /// Index of the group after an IPv4 address, a decimal fraction or an object identifier such
    /// as 1.2.840.113549.1, or `first` if there is none.
    [[nodiscard]] std::size_t end_of_address_or_decimal(std::size_t first) const noexcept;
    /// Whether the groups are part of an identifier, an amount or an error code.
    [[nodiscard]] bool is_something_else(std::size_t first, std::size_t end, bool has_prefix) const;

  private:
    [[nodiscard]] bool has_digits(std::size_t first,
                                  std::initializer_list<std::size_t> counts) const noexcept;
    /// Whether at most a space joins the group to its neighbours.
    [[nodiscard]] bool is_alone(std::size_t g) const noexcept;
    [[nodiscard]] bool only_dots_before(std::size_t g) const noexcept;
    [[nodiscard]] bool is_in_thousands(std::size_t first, std::size_t end) const noexcept;
    /// Whether it is an amount of money, or a number with a unit.
    [[nodiscard]] bool is_amount(std::size_t first, std::size_t end) const;
    /// Returns the word or sign that follows, possibly after a space.
    [[nodiscard]] std::string word_behind(std::size_t i) const;
    [[nodiscard]] std::string word_before(std::size_t i) const;
    /// The word before, perhaps after a blank or a sign such as =, in small letters. Moves `i` before it.
    [[nodiscard]] std::string label_before(std::size_t& i) const;
    /// Whether the word before says what it is, as in error:05880002 or timeout=86400000.
    [[nodiscard]] bool is_labelled(const DigitGroup& group) const;
    [[nodiscard]] bool is_first_label_of_host(std::size_t i) const noexcept;
    /// Whether it is an extension, such as x12 or ext. 12.
    [[nodiscard]] bool is_extension(std::size_t i) const noexcept;
    [[nodiscard]] bool is_in_identifier(std::size_t first, std::size_t end) const noexcept;
    /// Whether dashes join it to letters, or to more digits than a phone number has, as in a UUID.
    [[nodiscard]] bool is_in_dashed_token(std::size_t begin, std::size_t end) const noexcept;

    const DigitText& text_;
    const std::vector<DigitGroup>& groups_;
};

}  // namespace sent::detail
