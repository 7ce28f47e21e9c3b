#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace sent::detail {

/// Replaces every occurrence of `secret` (unless empty) by `[redacted]`.
void blot_out(std::string& text, std::string_view secret);

/// Masks what looks like a phone number, eight digits or more, separated or not: `+14155551234` becomes
/// `+1415***1234`.
void mask_phone_numbers(std::string& text);

/// Text from outside made fit for a line of a log or an error: cut at `limit` bytes, control characters and
/// bytes that are no UTF-8 replaced, the secret blotted out, phone numbers masked.
std::string presentable(std::string_view text, std::string_view secret, std::size_t limit = 1024);

/// The same for an id that people look up and so need whole: long runs of digits stay, unless there is a `+`
/// as before a phone number.
std::string presentable_id(std::string_view text, std::string_view secret);

}  // namespace sent::detail
