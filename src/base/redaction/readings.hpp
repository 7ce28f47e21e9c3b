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
        return levels_.empty() ? text_ : std::string_view{resolved_};
    }
    /// Returns the part of the plain text that the bytes [begin, end) come from. There must be at least one.
    [[nodiscard]] Span source(std::size_t begin, std::size_t end) const noexcept;

    /// Resolves escapes once: `\u002B`, `\x2B`, `\053`, `\/`, `%2B`, `%u002B`, `&#43;`, `&plus;`. Returns
    /// false if there are none.
    bool resolve();

  private:
    /// An escape: bytes [begin, begin + size) of the resolved text come from [from, from + length) of the
    /// text before. What is between two escapes is the same in both.
    struct Resolved {
        std::uint32_t begin = 0;
        std::uint32_t from = 0;
        std::uint8_t size = 0;
        std::uint8_t length = 0;
    };
    using Level = std::vector<Resolved>;

    [[nodiscard]] static Span source(const Level& level, Span span) noexcept;

    std::string_view text_;
    std::string resolved_{};
    /// One for each time that escapes were resolved.
    std::vector<Level> levels_{};
};

/// Bytes that a few characters take at most, however they are escaped. Parts of a long text overlap by that.
inline constexpr std::size_t longest_spelling = 4'096;

/// Calls `look(reading, offset)` for the plain text and for each level of resolved escapes. Long texts are
/// read in parts, so that memory stays small; `offset` is where the part begins. Takes linear time.
template <class Look>
void for_each_reading(std::string_view text, Look look) {
    constexpr std::size_t part = 65'536;
    constexpr std::size_t overlap = longest_spelling;
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
