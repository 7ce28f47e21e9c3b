#include "support/allocations.hpp"

#include <cstdlib>
#include <new>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SENT_TEST_COUNTS_ALLOCATIONS 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define SENT_TEST_COUNTS_ALLOCATIONS 0
#endif
#endif
#if !defined(SENT_TEST_COUNTS_ALLOCATIONS)
#define SENT_TEST_COUNTS_ALLOCATIONS 1
#endif

namespace {

thread_local std::size_t count = 0;

}  // namespace

namespace sent::test {

std::size_t allocations() noexcept {
    return count;
}

bool allocations_are_counted() noexcept {
    return SENT_TEST_COUNTS_ALLOCATIONS != 0;
}

}  // namespace sent::test

#if SENT_TEST_COUNTS_ALLOCATIONS

// The other forms of new and delete end in these. NOLINTBEGIN(cppcoreguidelines-no-malloc)

void* operator new(std::size_t size) {
    ++count;
    if (void* const memory = std::malloc(size == 0 ? 1 : size)) {
        return memory;
    }
    throw std::bad_alloc{};
}

void operator delete(void* memory) noexcept {
    std::free(memory);
}

void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}

// NOLINTEND(cppcoreguidelines-no-malloc)

#endif
