#pragma once

#include <string>
#include <string_view>

#include <sent/export.hpp>
#include <sent/result.hpp>

/// @file
/// Converts phone numbers, as people and spreadsheets write them, to E.164.

namespace sent {

/// Converts a phone number in UTF-8 text to E.164 (`+41791234567`). It changes only the spelling and never
/// guesses a country, so the number must begin with `+` or `00`. It does not know which numbers exist.
///
/// It removes byte order marks, zero-width and bidirectional marks, spaces of every kind, dashes of every
/// kind, dots, parentheses, white space and quotation marks around the number, and `tel:`. Full-width, Arabic
/// and Indian digits become `0` to `9`, a full-width plus becomes `+`, and a leading `00` becomes `+`.
///
/// If the text is not such a number, it returns an Error of ErrorKind::invalid_request. `message` states the
/// reason in one sentence without the number. `code` is one of these, which are stable:
/// - `NUMBER_EMPTY`: there are no digits.
/// - `NUMBER_WITHOUT_COUNTRY`: the number begins with neither `+` nor `00`.
/// - `NUMBER_UNEXPECTED_CHARACTER`: a character that is in no phone number, or bytes that are not UTF-8.
/// - `NUMBER_SEVERAL`: a second `+`, or a line break, tab or quotation mark in the middle; probably two
///   numbers.
/// - `NUMBER_TRUNK_ZERO`: a 0 in parentheses after the country code, such as `(0)`. Some countries drop it,
///   others keep it.
/// - `NUMBER_EXTENSION`: parameters after `;`, such as `;ext=` of a `tel:` URI.
/// - `NUMBER_STARTS_WITH_ZERO`: the country code begins with 0.
/// - `NUMBER_TOO_SHORT`: fewer than 7 digits.
/// - `NUMBER_TOO_LONG`: more than 15 digits.
///
/// Thread-safe.
[[nodiscard]] SENT_WEBHOOKS_EXPORT Result<std::string> tidy_number(std::string_view text);

}  // namespace sent
