#pragma once

#include <string_view>
#include <vector>

#include "base/redaction/readings.hpp"

namespace sent::detail {

/// Returns the parts of the text to hide so that its phone numbers cannot be called: the digits in the middle
/// of each number.
///
/// Finds numbers in any spelling: with +, with 00 or without a prefix, with parentheses, any kind of spaces,
/// dashes and digits, escaped or not. Digits of identifiers, hexadecimal numbers, times, durations, sizes,
/// prices and addresses are not phone numbers.
std::vector<Span> digits_to_hide(std::string_view text);

}  // namespace sent::detail
