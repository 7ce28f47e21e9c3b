#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include <sent/export.hpp>

/// @file
/// Counts the SMS that a text needs, before it is sent.

namespace sent {

/// Encoding of the characters of an SMS.
enum class SmsAlphabet {
    gsm_7bit,  ///< GSM 03.38: 160 characters in one SMS, or 153 in each of several
    ucs2       ///< UTF-16: 70 units in one SMS, or 67 in each of several
};

/// A character of a text and its position.
struct CharacterInText {
    /// Position of its first byte in the UTF-8 text, counted from 0.
    std::size_t offset = 0;
    /// Unicode code point, such as U+2019 for a curly apostrophe. U+FFFD for bytes that are not UTF-8.
    char32_t code_point = 0;
};

/// Result of count_segments().
struct SegmentCount {
    SmsAlphabet alphabet = SmsAlphabet::gsm_7bit;
    /// Length of the text. GSM: 7-bit units; `^{}\[]~|`, the form feed and the euro sign take two, all other
    /// characters one. UCS-2: 16-bit units; characters beyond U+FFFF, such as most emoji, take two.
    std::size_t units = 0;
    /// Number of SMS that the text needs, each of which is billed. 0 for an empty text.
    std::size_t segments = 0;
    /// First character that GSM 03.38 does not have. One such character makes the whole text UCS-2. Empty for
    /// SmsAlphabet::gsm_7bit.
    std::optional<CharacterInText> first_offending{};
};

/// Counts the SMS that a UTF-8 text needs. Fill in its variables first. A character of two units is never
/// split between two SMS. Each byte that is not UTF-8 counts as U+FFFD. Thread-safe. Allocates no memory.
///
/// The service or a carrier may rewrite a text (replace curly quotes, shorten links, append a notice) and
/// bill the rewritten text. Channels other than SMS do not count segments.
[[nodiscard]] SENT_WEBHOOKS_EXPORT SegmentCount count_segments(std::string_view text) noexcept;

}  // namespace sent
