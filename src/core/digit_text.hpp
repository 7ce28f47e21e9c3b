#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/readings.hpp"

namespace sent::detail {

/// A text as it looks to those who search for phone numbers in it: what matters of each character.
class DigitText {
  public:
    enum class Kind { digit, plus, space, dash, dot, parenthesis, slash, invisible, letter, other };

    /// The offset is that of the reading's text.
    DigitText(const Reading& reading, std::size_t offset);

    [[nodiscard]] std::size_t size() const noexcept { return characters_.size(); }
    /// Beyond the text there is nothing in particular.
    [[nodiscard]] Kind kind(std::size_t i) const noexcept {
        return i < size() ? characters_[i].kind : Kind::other;
    }
    /// The character if it is ASCII, or one that means the same; else NUL.
    [[nodiscard]] char ascii(std::size_t i) const noexcept {
        return i < size() ? characters_[i].ascii : '\0';
    }
    [[nodiscard]] Kind kind_before(std::size_t i) const noexcept { return i > 0 ? kind(i - 1) : Kind::other; }
    [[nodiscard]] char ascii_before(std::size_t i) const noexcept { return i > 0 ? ascii(i - 1) : '\0'; }
    /// Only of a digit.
    [[nodiscard]] int digit(std::size_t i) const noexcept { return characters_[i].digit; }
    /// What may stand between the digits of a number.
    [[nodiscard]] bool is_separator(std::size_t i) const noexcept;
    /// Where the character comes from.
    [[nodiscard]] Span source(std::size_t i) const noexcept { return characters_[i].source; }

    struct Character {
        Kind kind = Kind::other;
        int digit = 0;
        char ascii = '\0';
        Span source{};
    };

  private:
    std::vector<Character> characters_{};
};

/// Digits without anything visible between them.
struct DigitGroup {
    /// What stands between it and the group before.
    struct Joint {
        bool space = false;  ///< or a parenthesis
        bool dash = false;
        bool dot = false;
        bool slash = false;
    };

    std::size_t begin = 0;  ///< of characters
    std::size_t end = 0;
    std::size_t digits = 0;
    std::uint64_t value = 0;  ///< of the first 18 digits
    std::size_t zeros = 0;    ///< that it starts with
    Joint before{};
};

/// The digits that begin there. Moves `i` behind them.
DigitGroup take_group(const DigitText& text, std::size_t& i) noexcept;

}  // namespace sent::detail
