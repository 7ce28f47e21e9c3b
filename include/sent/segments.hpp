#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include <sent/export.hpp>

/// @file
/// How many SMS a text needs, counted before it is sent.

namespace sent {

/// How the characters of an SMS are encoded.
enum class SmsAlphabet {
    gsm_7bit,  ///< GSM 03.38: 160 characters in one SMS, or 153 in each of several
    ucs2       ///< UTF-16: 70 units in one SMS, or 67 in each of several
};

/// A character of a text.
struct CharacterInText {
    /// Where it begins, in bytes of the UTF-8 text, counted from 0.
    std::size_t offset = 0;
    /// Unicode code point, such as U+2019 for a curly apostrophe. U+FFFD for bytes that are not UTF-8.
    char32_t code_point = 0;
};

/// What count_segments() found.
struct SegmentCount {
    SmsAlphabet alphabet = SmsAlphabet::gsm_7bit;
    /// Length of the text. GSM: 7-bit units, of which `^{}\[]~|`, the form feed and the euro sign need two,
    /// all other characters one. UCS-2: 16-bit units, of which characters beyond U+FFFF, such as most emoji,
    /// need two.
    std::size_t units = 0;
    /// SMS that the text needs, each of which is billed. 0 for an empty text.
    std::size_t segments = 0;
    /// The first character that GSM 03.38 does not have. One such character makes the whole text UCS-2. Empty
    /// for SmsAlphabet::gsm_7bit.
    std::optional<CharacterInText> first_offending{};
};

/// Counts the SMS that a text in UTF-8 needs, with its variables filled in. A character that takes two units
/// is never split between two SMS. Bytes that are not UTF-8 count as U+FFFD each. Thread-safe; allocates
/// nothing.
///
/// The service or a carrier may rewrite a text (replace curly quotes, shorten links, append a notice) and
/// bill accordingly. Other channels than SMS do not count segments.
[[nodiscard]] SENT_WEBHOOKS_EXPORT SegmentCount count_segments(std::string_view text) noexcept;

}  // namespace sent
