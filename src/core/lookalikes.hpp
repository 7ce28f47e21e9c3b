#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>
#include <vector>

#include "core/digit_text.hpp"

namespace sent::detail {

/// Tells what is no phone number although it looks like one: dates, addresses, decimals, amounts, parts of
/// identifiers. `groups` follow one another in the text, with nothing but separators between them; [first,
/// end) are some of them.
class Lookalikes {
  public:
    Lookalikes(const DigitText& text, const std::vector<DigitGroup>& groups) noexcept
        : text_(text), groups_(groups) {}

    /// As North America writes numbers: 415 555 1234, 1 415 555 1234. The number of groups, or 0.
    [[nodiscard]] std::size_t north_american(std::size_t first) const noexcept;
    /// The group behind a date or a time; `first` when there is none.
    [[nodiscard]] std::size_t end_of_date(std::size_t first) const noexcept;
    /// The group behind an IPv4 address, a decimal fraction or a chain such as 1.2.840.113549.1; `first` when
    /// there is none.
    [[nodiscard]] std::size_t end_of_address_or_decimal(std::size_t first) const noexcept;
    /// Digits that only look like a number.
    [[nodiscard]] bool is_something_else(std::size_t first, std::size_t end, bool has_prefix) const;

  private:
    [[nodiscard]] bool has_digits(std::size_t first,
                                  std::initializer_list<std::size_t> counts) const noexcept;
    /// Whether nothing but a space joins it to the groups around.
    [[nodiscard]] bool is_alone(std::size_t g) const noexcept;
    [[nodiscard]] bool only_dots_before(std::size_t g) const noexcept;
    [[nodiscard]] bool is_in_thousands(std::size_t first, std::size_t end) const noexcept;
    /// Whether it is an amount of money, or of something else that a word behind it names.
    [[nodiscard]] bool is_amount(std::size_t first, std::size_t end) const;
    /// Letters or one sign, perhaps behind a space.
    [[nodiscard]] std::string word_behind(std::size_t i) const;
    [[nodiscard]] std::string word_before(std::size_t i) const;
    /// error:05880002, as OpenSSL writes it.
    [[nodiscard]] bool is_error_code(const DigitGroup& group) const noexcept;
    /// x12, an extension.
    [[nodiscard]] bool is_extension(std::size_t i) const noexcept;
    [[nodiscard]] bool is_in_identifier(std::size_t first, std::size_t end) const noexcept;
    /// Whether dashes join it to letters, or to more digits than a number has, as in a UUID.
    [[nodiscard]] bool is_in_dashed_token(std::size_t begin, std::size_t end) const noexcept;

    const DigitText& text_;
    const std::vector<DigitGroup>& groups_;
};

}  // namespace sent::detail
