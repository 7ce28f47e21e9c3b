#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "json/event_source.hpp"

namespace sent::detail {

/// Reads JSON in place, without recursion: strings that have no escapes are reported as they stand in the
/// text.
class Scanner {
  public:
    Scanner(std::string_view text, EventHandler& handler) noexcept : text_(text), handler_(handler) {}

    ParseStatus run();

  private:
    /// What may come next.
    enum class Next : std::uint8_t { value, element_or_end, key, key_or_end, comma_or_end, nothing, failed };

    Next step(Next next);
    Next value();
    Next key();
    Next comma_or_end();
    Next literal(std::string_view word);
    Next number();
    Next open(bool is_object);
    Next close(char bracket);
    Next after_value() const noexcept { return depth_ == 0 ? Next::nothing : Next::comma_or_end; }
    Next fail(std::string reason);
    Next fail_expecting(std::string_view what);

    bool string(std::string_view& content);
    bool escape();
    bool escaped_code_point();
    bool hex4(unsigned& unit);
    bool digits();
    void skip_space() noexcept;

    [[nodiscard]] bool at_end() const noexcept { return position_ == text_.size(); }
    [[nodiscard]] bool at(char c) const noexcept { return !at_end() && text_[position_] == c; }
    [[nodiscard]] bool in_object() const noexcept { return (objects_ & 1U) != 0; }
    bool take(char c) noexcept {
        const bool found = at(c);
        position_ += found ? 1 : 0;
        return found;
    }

    std::string_view text_;
    EventHandler& handler_;
    std::size_t position_ = 0;
    std::size_t depth_ = 0;
    /// One bit for each open bracket, the innermost lowest: set for an object.
    std::uint64_t objects_ = 0;
    static_assert(max_json_depth <= 64, "one bit for each level");
    /// A string with escapes, resolved.
    std::string unescaped_{};
    ParseStatus status_{};
};

}  // namespace sent::detail
