#include "allocated.hpp"

#include <cstdlib>
#include <new>

#include "support/sanitized.hpp"

#if SENT_TEST_SANITIZED
#include <sanitizer/allocator_interface.h>
#endif

namespace sent::fuzz {
namespace {

thread_local std::size_t bytes = 0;

#if SENT_TEST_SANITIZED

/// A sanitizer has operators of its own, but reports what they are asked for.
const int hooks = __sanitizer_install_malloc_and_free_hooks(
    [](const volatile void* /*memory*/, std::size_t size) { bytes += size; }, [](const volatile void*) {});

#endif

}  // namespace

std::size_t allocated_bytes() noexcept {
#if SENT_TEST_SANITIZED
    static_cast<void>(hooks);
#endif
    return bytes;
}

}  // namespace sent::fuzz

#if !SENT_TEST_SANITIZED

// The other forms of new and delete end in these. NOLINTBEGIN(cppcoreguidelines-no-malloc)

void* operator new(std::size_t size) {
    sent::fuzz::bytes += size;
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
