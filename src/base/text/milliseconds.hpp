#pragma once

#include <chrono>
#include <string>

namespace sent::detail {

/// Returns "1500 ms", for example.
template <class Rep, class Period>
std::string milliseconds_text(std::chrono::duration<Rep, Period> time) {
    return std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(time).count()) + " ms";
}

}  // namespace sent::detail
