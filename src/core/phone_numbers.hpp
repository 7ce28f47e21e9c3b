#pragma once

#include <string_view>
#include <vector>

#include "core/readings.hpp"

namespace sent::detail {

/// What has to be hidden of the text so that nobody can call the numbers in it: of each number all but the
/// first and last few digits.
///
/// A number may be spelled in any way: with +, 00 or neither, parentheses, all kinds of spaces, dashes and
/// digits, escaped or not. Digits inside identifiers, hexadecimal numbers, times, durations, sizes, prices
/// and addresses are none.
std::vector<Span> digits_to_hide(std::string_view text);

}  // namespace sent::detail
