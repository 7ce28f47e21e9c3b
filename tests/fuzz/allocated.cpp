#include "allocated.hpp"

#include "support/allocations.hpp"
#include "support/sanitized.hpp"

#if SENT_TEST_SANITIZED
#include <sanitizer/allocator_interface.h>
#endif

namespace sent::fuzz {

#if SENT_TEST_SANITIZED

namespace {

thread_local std::size_t bytes = 0;

/// A sanitizer has operators of its own, but reports what they are asked for.
const int hooks = __sanitizer_install_malloc_and_free_hooks(
    [](const volatile void* /*memory*/, std::size_t size) { bytes += size; }, [](const volatile void*) {});

}  // namespace

std::size_t allocated_bytes() noexcept {
    static_cast<void>(hooks);
    return bytes;
}

#else

std::size_t allocated_bytes() noexcept {
    return test::allocated_bytes();
}

#endif

}  // namespace sent::fuzz
