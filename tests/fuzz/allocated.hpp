#pragma once

#include <cstddef>
#include <string_view>
#include <utility>

#include "fuzz_target.hpp"

namespace sent::fuzz {

/// Bytes that this thread has asked for since it began. What it has given back is not subtracted, so this
/// also bounds the time.
std::size_t allocated_bytes() noexcept;

/// Runs a reader of `input`, which may ask for so many bytes of memory for each of its bytes, and a little
/// more. Three characters (`{},`) can be an element of 1,500 bytes.
template <class Reader>
auto read_modestly(std::string_view input, Reader&& reader) {
    constexpr std::size_t most_expansion = 64;
    constexpr std::size_t always = std::size_t{256} * 1024;
    const std::size_t before = allocated_bytes();
    auto value = std::forward<Reader>(reader)();
    require(allocated_bytes() - before <= always + most_expansion * input.size(),
            "what reading takes is bounded by the length of the text");
    return value;
}

}  // namespace sent::fuzz
