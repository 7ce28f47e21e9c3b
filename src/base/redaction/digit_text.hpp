#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/redaction/readings.hpp"

namespace sent::detail {

/// The maximum number of digits in E.164.
inline constexpr std::size_t most_phone_digits = 15;

/// The characters of a text, classified for the search for phone numbers. Invisible ones are left out.
class DigitText {
  public:
    enum class Kind { digit, plus, space, dash, dot, parenthesis, slash, letter, other };

    /// `offset` is where the reading, which must outlive this, begins in the whole text.
    DigitText(const Reading& reading, std::size_t offset);

    [[nodiscard]] std::size_t size() const noexcept { return characters_.size(); }
    /// Returns Kind::other after the end of the text.
    [[nodiscard]] Kind kind(std::size_t i) const noexcept {
        return i < size() ? characters_[i].kind : Kind::other;
    }
    /// Returns the character, or an ASCII character with the same meaning. NUL if there is none.
    [[nodiscard]] char ascii(std::size_t i) const noexcept {
        return i < size() ? characters_[i].ascii : '\0';
    }
    [[nodiscard]] Kind kind_before(std::size_t i) const noexcept { return i > 0 ? kind(i - 1) : Kind::other; }
    [[nodiscard]] char ascii_before(std::size_t i) const noexcept { return i > 0 ? ascii(i - 1) : '\0'; }
    /// Value of a digit.
    [[nodiscard]] int digit(std::size_t i) const noexcept { return characters_[i].digit; }
    /// Returns whether it may separate the digits of a phone number.
    [[nodiscard]] bool is_separator(std::size_t i) const noexcept;
    /// Where the character is in the whole text.
    [[nodiscard]] Span source(std::size_t i) const noexcept {
        const Span span = reading_.source(characters_[i].begin, characters_[i].end);
        return {span.begin + offset_, span.end + offset_};
    }

    struct Character {
        Kind kind = Kind::other;
        int digit = 0;
        char ascii = '\0';
        /// Bytes of the reading.
        std::size_t begin = 0;
        std::size_t end = 0;
    };

  private:
    const Reading& reading_;
    std::size_t offset_;
    std::vector<Character> characters_{};
};

/// Consecutive digits.
struct DigitGroup {
    /// What separates a group from the previous one.
    struct Joint {
        bool space = false;  ///< or a parenthesis, or a + for a space
        bool dash = false;
        bool dot = false;
        bool slash = false;
    };

    std::size_t begin = 0;  ///< index of the first character
    std::size_t end = 0;
    std::size_t digits = 0;
    std::uint64_t value = 0;  ///< value of the first 18 digits
    std::size_t zeros = 0;    ///< number of leading zeros
    Joint before{};
};

/// Reads the digits at `i`, and moves `i` past them.
DigitGroup take_group(const DigitText& text, std::size_t& i) noexcept;

}  // namespace sent::detail
