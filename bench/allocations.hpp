#pragma once

#include <cstdint>

/// @file
/// Counts calls of malloc, calloc, realloc and the aligned ones, from wherever in the process they come: the
/// C library's functions are replaced in the executable, which serves libcurl and operator new, too.

namespace bench {

/// False where this C library does not let us, or a sanitizer has taken the place.
bool counts_allocations() noexcept;

/// Of the calling thread, since it began.
std::uint64_t thread_allocations() noexcept;

/// Of all threads, since the program began.
std::uint64_t process_allocations() noexcept;

}  // namespace bench
