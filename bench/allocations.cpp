#include "allocations.hpp"

#include <array>
#include <atomic>
#include <cerrno>
#include <cstddef>
#include <cstdlib>

#if defined(__GLIBC__) && !defined(SENT_BENCH_SANITIZED)
#define SENT_BENCH_COUNTS_ALLOCATIONS 1
#else
#define SENT_BENCH_COUNTS_ALLOCATIONS 0
#endif

namespace bench {

#if SENT_BENCH_COUNTS_ALLOCATIONS

namespace {

// One counter per thread, so that counting takes no locked instruction. Threads beyond the last share it.
struct alignas(64) Counter {
    std::atomic<std::uint64_t> value{0};
};

constexpr std::size_t counter_count = 256;
std::array<Counter, counter_count> counters;
std::atomic<std::size_t> next_counter{0};

Counter& claim_counter() noexcept {
    const std::size_t index = next_counter.fetch_add(1, std::memory_order_relaxed);
    return counters[index < counter_count ? index : counter_count - 1];
}

thread_local Counter* own_counter = nullptr;

Counter& counter() noexcept {
    if (own_counter == nullptr) {
        own_counter = &claim_counter();
    }
    return *own_counter;
}

void count_allocation() noexcept {
    std::atomic<std::uint64_t>& value = counter().value;
    if (&value == &counters.back().value) {
        value.fetch_add(1, std::memory_order_relaxed);
    } else {
        value.store(value.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
    }
}

}  // namespace

bool counts_allocations() noexcept {
    return true;
}

std::uint64_t thread_allocations() noexcept {
    return counter().value.load(std::memory_order_relaxed);
}

std::uint64_t process_allocations() noexcept {
    std::uint64_t sum = 0;
    for (const Counter& each : counters) {
        sum += each.value.load(std::memory_order_relaxed);
    }
    return sum;
}

#else

bool counts_allocations() noexcept {
    return false;
}

std::uint64_t thread_allocations() noexcept {
    return 0;
}

std::uint64_t process_allocations() noexcept {
    return 0;
}

#endif

}  // namespace bench

#if SENT_BENCH_COUNTS_ALLOCATIONS

// The names are the C library's.
// NOLINTBEGIN(bugprone-reserved-identifier, readability-*)
extern "C" {

void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* memory, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);

void* malloc(std::size_t size) noexcept {
    bench::count_allocation();
    return __libc_malloc(size);
}

void* calloc(std::size_t count, std::size_t size) noexcept {
    bench::count_allocation();
    return __libc_calloc(count, size);
}

void* realloc(void* memory, std::size_t size) noexcept {
    bench::count_allocation();
    return __libc_realloc(memory, size);
}

void* aligned_alloc(std::size_t alignment, std::size_t size) noexcept {
    bench::count_allocation();
    return __libc_memalign(alignment, size);
}

int posix_memalign(void** memory, std::size_t alignment, std::size_t size) noexcept {
    bench::count_allocation();
    void* const allocated = __libc_memalign(alignment, size);
    if (allocated == nullptr) {
        return ENOMEM;
    }
    *memory = allocated;
    return 0;
}

}  // extern "C"
// NOLINTEND(bugprone-reserved-identifier, readability-*)

#endif
