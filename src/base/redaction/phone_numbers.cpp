#include "base/redaction/phone_numbers.hpp"

#include <algorithm>
#include <cstddef>

#include "base/redaction/digit_text.hpp"
#include "base/redaction/lookalikes.hpp"

namespace sent::detail {
namespace {

/// Fewer digits are a phone number only after a +.
constexpr std::size_t fewest_digits = 8;
constexpr std::size_t fewest_international = 7;
/// A number of this many digits is complete; digits after a space belong to the next one.
constexpr std::size_t complete = 11;
constexpr std::size_t most_separators = 8;
/// After a + there is no doubt that the digits belong together.
constexpr std::size_t most_international_separators = 16;

using Kind = DigitText::Kind;

/// Finds the numbers in one reading, in linear time: each group of digits is examined a bounded number of
/// times.
class Finder {
  public:
    Finder(const DigitText& text, std::vector<Span>& hidden) : text_(text), hidden_(hidden) {}

    void find() {
        for (std::size_t i = 0; i < text_.size();) {
            i = text_.kind(i) == Kind::digit ? take_sequence(i) : i + 1;
        }
    }

  private:
    /// Takes all groups with only separators between them. Returns where they end.
    std::size_t take_sequence(std::size_t i) {
        groups_.clear();
        is_international_ = follows_plus(i);
        DigitGroup group = take_group(text_, i);
        for (;;) {
            groups_.push_back(group);
            DigitGroup::Joint joint;
            std::size_t j = i;
            const std::size_t most = is_international_ ? most_international_separators : most_separators;
            for (; (text_.is_separator(j) || is_form_space(j)) && j - i < most; ++j) {
                const Kind kind = text_.kind(j);
                joint.space =
                    joint.space || kind == Kind::space || kind == Kind::parenthesis || kind == Kind::plus;
                joint.dash = joint.dash || kind == Kind::dash;
                joint.dot = joint.dot || kind == Kind::dot;
                joint.slash = joint.slash || kind == Kind::slash;
            }
            if (j == i || text_.kind(j) != Kind::digit) {
                break;
            }
            group = take_group(text_, j);
            group.before = joint;
            i = j;
        }
        for (std::size_t g = 0; g < groups_.size();) {
            g = take_number(g);
        }
        return i;
    }

    /// A + behind a digit or a parenthesis is a space in a form. Elsewhere a number begins with it.
    [[nodiscard]] bool is_form_space(std::size_t i) const noexcept {
        const Kind before = text_.kind_before(i);
        return text_.kind(i) == Kind::plus && (before == Kind::digit || before == Kind::parenthesis);
    }

    /// Whether a + precedes, perhaps with a parenthesis or a space in between.
    [[nodiscard]] bool follows_plus(std::size_t i) const noexcept {
        for (std::size_t back = 0; back < 3 && i > 0; ++back, --i) {
            if (text_.kind(i - 1) == Kind::plus) {
                return true;
            }
            if (!text_.is_separator(i - 1)) {
                return false;
            }
        }
        return false;
    }

    /// Handles what begins with this group: a phone number, a date, or any other digits. Returns the index of
    /// the next group.
    std::size_t take_number(std::size_t first) {
        const bool has_plus = first == 0 && is_international_;
        if (!has_plus) {
            if (const std::size_t end = lookalikes_.end_of_date(first); end != first) {
                return end;
            }
            if (const std::size_t end = lookalikes_.end_of_address_or_decimal(first); end != first) {
                return end;
            }
        }
        // The international prefix of most countries.
        const std::size_t prefix = !has_plus && groups_[first].zeros == 2 ? 2 : 0;
        const std::size_t end = end_of_number(first, prefix);
        const std::size_t digits = digits_of(first, end);
        const std::size_t fewest = has_plus ? fewest_international : fewest_digits + prefix;
        if (digits < fewest || digits > most_phone_digits + prefix ||
            (!has_plus && lookalikes_.is_something_else(first, end, prefix != 0))) {
            return first + 1;
        }
        hide(first, end, digits);
        return end;
    }

    [[nodiscard]] std::size_t digits_of(std::size_t first, std::size_t end) const noexcept {
        std::size_t digits = 0;
        for (; first < end; ++first) {
            digits += groups_[first].digits;
        }
        return digits;
    }

    [[nodiscard]] std::size_t end_of_number(std::size_t first, std::size_t prefix) const noexcept {
        if (const std::size_t count = lookalikes_.north_american(first); count != 0) {
            return first + count;
        }
        std::size_t digits = groups_[first].digits;
        std::size_t end = first + 1;
        for (; end < groups_.size(); ++end) {
            const DigitGroup& next = groups_[end];
            const bool only_spaced = !next.before.dash && !next.before.dot && !next.before.slash;
            const bool is_complete =
                digits >= complete + prefix || (digits >= fewest_digits && next.digits >= fewest_digits);
            if (digits + next.digits > most_phone_digits + prefix || (only_spaced && is_complete) ||
                (next.before.slash && groups_[first].zeros == 0) || lookalikes_.end_of_date(end) != end) {
                break;
            }
            digits += next.digits;
        }
        return end;
    }

    /// Hides at least three digits in the middle.
    void hide(std::size_t first, std::size_t end, std::size_t digits) {
        constexpr std::size_t kept = 4;
        constexpr std::size_t fewest_hidden = 3;
        const std::size_t tail = digits > fewest_digits ? kept : kept - 1;
        const std::size_t head = std::min(kept, digits - tail - fewest_hidden);
        std::size_t seen = 0;
        Span hidden;
        for (std::size_t i = groups_[first].begin; i < groups_[end - 1].end; ++i) {
            if (text_.kind(i) != Kind::digit) {
                continue;
            }
            ++seen;
            if (seen == head) {
                hidden.begin = text_.source(i).end;
            }
            if (seen == digits - tail + 1) {
                hidden.end = text_.source(i).begin;
            }
        }
        hidden_.push_back(hidden);
    }

    const DigitText& text_;
    std::vector<Span>& hidden_;
    std::vector<DigitGroup> groups_{};
    const Lookalikes lookalikes_{text_, groups_};
    bool is_international_ = false;
};

}  // namespace

std::vector<Span> digits_to_hide(std::string_view text) {
    std::vector<Span> hidden;
    for_each_reading(text, [&hidden](const Reading& reading, std::size_t offset) {
        const DigitText digits(reading, offset);
        Finder(digits, hidden).find();
    });
    return hidden;
}

}  // namespace sent::detail
