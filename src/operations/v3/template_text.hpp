#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

/// @file
/// What the rules of templates count in a text.

namespace sent::detail {

/// `{{1:variable}}` in a text. If `id` is empty, it has another form, such as `{{name}}`.
struct Placeholder {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::optional<std::int32_t> id{};
};
std::vector<Placeholder> find_placeholders(std::string_view text);

/// Returns the length in UTF-16.
std::size_t utf16_length(std::string_view text) noexcept;

/// Beyond ASCII, every character counts as a letter except spaces and punctuation in common blocks.
bool has_letter(std::string_view text) noexcept;

/// Whether the text has one of the characters that are shown as pictures.
bool has_emoji(std::string_view text) noexcept;

/// Returns the number of words that have a letter or a digit. Placeholders are left out: what stands on their
/// two sides is one word.
std::size_t count_words(std::string_view text, const std::vector<Placeholder>& placeholders);

}  // namespace sent::detail
