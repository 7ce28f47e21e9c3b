#pragma once

#include <string>
#include <string_view>

namespace sent::detail {

/// Returns lower-case hexadecimal digits.
std::string sha256_hex(std::string_view bytes);

}  // namespace sent::detail
