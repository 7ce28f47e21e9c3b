#include "support/allocations.hpp"

#include <cstdlib>
#include <new>

#include "support/sanitized.hpp"

namespace {

thread_local std::size_t count = 0;
thread_local std::size_t bytes = 0;

}  // namespace

namespace sent::test {

std::size_t allocations() noexcept {
    return count;
}

std::size_t allocated_bytes() noexcept {
    return bytes;
}

bool allocations_are_counted() noexcept {
    return !sanitized;
}

}  // namespace sent::test

#if !SENT_TEST_SANITIZED

// The other forms of new and delete end in these. NOLINTBEGIN(cppcoreguidelines-no-malloc)

void* operator new(std::size_t size) {
    ++count;
    bytes += size;
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
