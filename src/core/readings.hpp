#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sent::detail {

/// A piece of a text, by its bytes.
struct Span {
    std::size_t begin = 0;
    std::size_t end = 0;
};

/// The text with a mark in the place of each span. Spans may come in any order; those that overlap get one
/// mark.
std::string with_marks(std::string_view text, std::vector<Span> spans, std::string_view mark);

/// A text as somebody may read it: as it stands, or with its escapes resolved. Knows where each byte comes
/// from.
class Reading {
  public:
    /// As it stands.
    explicit Reading(std::string_view text) : text_(text) {}

    [[nodiscard]] std::string_view text() const noexcept {
        return as_it_stands_ ? text_ : std::string_view{resolved_};
    }
    /// Where the bytes [begin, end), at least one, come from in the text as it stands.
    [[nodiscard]] Span source(std::size_t begin, std::size_t end) const noexcept {
        return as_it_stands_ ? Span{begin, end} : Span{begins_[begin], ends_[end - 1]};
    }

    /// Resolves escapes once more: `\u002B`, `\x2B`, `\053`, `\/`, `%2B`, `%u002B`, `&#43;`, `&plus;`. False
    /// when there are none.
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

/// Calls `look(reading, offset)` for each way in which a part of the text may be read. The offset is that of
/// the reading's text. The parts overlap by far more than what escapes make of a few characters. Takes time
/// in proportion to the text.
template <class Look>
void for_each_reading(std::string_view text, Look look) {
    constexpr std::size_t part = 65'536;
    constexpr std::size_t overlap = 4'096;
    /// An escape within an escape, and so on.
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
