#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sent::detail {

/// The bytes [begin, end) of a text.
struct Span {
    std::size_t begin = 0;
    std::size_t end = 0;
};

/// What is shown instead of a part of a text.
struct Mark {
    Span span{};
    std::string_view shown{};
};

/// Returns the text up to `end` with the marks inserted. The marks may come in any order; if some overlap,
/// only the first is shown.
std::string with_marks(std::string_view text, std::vector<Mark> marks,
                       std::size_t end = std::string_view::npos);

/// A text, plain or with its escapes resolved. Knows for each byte where it comes from.
class Reading {
  public:
    /// The plain text.
    explicit Reading(std::string_view text) : text_(text) {}

    [[nodiscard]] std::string_view text() const noexcept {
        return as_it_stands_ ? text_ : std::string_view{resolved_};
    }
    /// Returns the part of the plain text that the bytes [begin, end) come from. There must be at least one.
    [[nodiscard]] Span source(std::size_t begin, std::size_t end) const noexcept {
        return as_it_stands_ ? Span{begin, end} : Span{begins_[begin], ends_[end - 1]};
    }

    /// Resolves escapes once: `\u002B`, `\x2B`, `\053`, `\/`, `%2B`, `%u002B`, `&#43;`, `&plus;`. Returns
    /// false if there are none.
    bool resolve();

  private:
    void append(char32_t code_point, std::size_t begin, std::size_t end);
    void append_byte(char byte, std::size_t begin, std::size_t end);

    std::string_view text_;
    bool as_it_stands_ = true;
    std::string resolved_{};
    std::vector<std::uint32_t> begins_{};
    std::vector<std::uint32_t> ends_{};
};

/// Calls `look(reading, offset)` for the plain text and for each level of resolved escapes. Long texts are
/// read in parts, so that memory stays small; `offset` is where the part begins. Parts overlap by more than
/// the longest spelling of a few characters. Takes linear time.
template <class Look>
void for_each_reading(std::string_view text, Look look) {
    constexpr std::size_t part = 65'536;
    constexpr std::size_t overlap = 4'096;
    /// Levels of escapes within escapes.
    constexpr int deepest = 3;
    for (std::size_t offset = 0; offset < text.size(); offset += part - overlap) {
        Reading reading(text.substr(offset, part));
        look(reading, offset);
        for (int depth = 0; depth < deepest && reading.resolve(); ++depth) {
            look(reading, offset);
        }
        if (text.size() - offset <= part) {
            break;
        }
    }
}

}  // namespace sent::detail
