#include "base/this_process.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <new>

namespace sent::detail {
namespace {

using Number = std::atomic<std::uint64_t>;

Number last_number{0};
/// Always 0. Stands for a page that could not be mapped.
Number no_page{0};
/// Points to the number of this process. Null until the first call.
std::atomic<Number*> page{nullptr};

/// Maps a page that the kernel clears in a child. Returns &no_page if that is impossible.
Number* map_page() noexcept {
#ifdef MADV_WIPEONFORK
    void* memory =
        ::mmap(nullptr, sizeof(Number), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) {
        return &no_page;
    }
    if (::madvise(memory, sizeof(Number), MADV_WIPEONFORK) == 0) {
        return new (memory) Number{0};
    }
    ::munmap(memory, sizeof(Number));
#endif
    return &no_page;
}

Number& find_page() noexcept {
    Number* known = page.load();
    if (known == nullptr) {
        Number* fresh = map_page();
        if (page.compare_exchange_strong(known, fresh)) {
            return *fresh;
        }
        if (fresh != &no_page) {
            ::munmap(fresh, sizeof(Number));  // another thread was faster
        }
    }
    return *known;
}

/// For kernels without MADV_WIPEONFORK: the process id in the low half, the number of processes seen in the
/// high half.
std::uint64_t number_by_id() noexcept {
    static Number known{0};
    constexpr unsigned id_bits = 32;
    const auto id = static_cast<std::uint32_t>(::getpid());
    auto number = known.load();
    while (static_cast<std::uint32_t>(number) != id) {
        const auto next = (((number >> id_bits) + 1) << id_bits) | id;
        if (known.compare_exchange_strong(number, next)) {
            return next;
        }
    }
    return number;
}

[[gnu::cold]] std::uint64_t find_number() noexcept {
    Number& place = find_page();
    if (&place == &no_page) {
        return number_by_id();
    }
    std::uint64_t number = 0;
    const std::uint64_t fresh = last_number.fetch_add(1) + 1;
    return place.compare_exchange_strong(number, fresh) ? fresh : number;
}

}  // namespace

std::uint64_t this_process() noexcept {
    const Number* place = page.load(std::memory_order_acquire);
    const std::uint64_t number = place != nullptr ? place->load(std::memory_order_acquire) : 0;
    return number != 0 ? number : find_number();
}

}  // namespace sent::detail
