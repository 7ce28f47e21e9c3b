#pragma once

#include <cstddef>

namespace sent::test {

/// How often this thread has asked for memory. A program that calls this counts in all of its operators new,
/// but not under a sanitizer, which has operators of its own.
std::size_t allocations() noexcept;

/// How much it has asked for. What has been given back is not taken off.
std::size_t allocated_bytes() noexcept;

/// False where nothing is counted.
bool allocations_are_counted() noexcept;

}  // namespace sent::test
