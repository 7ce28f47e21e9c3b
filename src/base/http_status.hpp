#pragma once

namespace sent::detail {

inline constexpr int first_success = 200;
inline constexpr int last_success = 299;

constexpr bool is_success(int status) noexcept {
    return status >= first_success && status <= last_success;
}

}  // namespace sent::detail
