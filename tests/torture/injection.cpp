#include "injection.hpp"

#include <curl/curl.h>

#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <new>

#include "support/posix.hpp"

namespace sent::test {
namespace {

/// In front of each block; as long as the strictest alignment, so that what follows is aligned.
struct alignas(std::max_align_t) Tag {
    std::size_t size;
    bool counted;
};

class Account {
  public:
    void arm(Failing failing, std::size_t nth) noexcept {
        has_failed.store(false);
        goes_on_ = failing == Failing::from_then_on;
        left_.store(static_cast<std::int64_t>(nth));
    }
    void disarm() noexcept { left_.store(0); }

    void* allocate(std::size_t size) noexcept {
        const bool counted = !on_server_thread();
        if (counted && refuses()) {
            has_failed.store(true);
            return nullptr;
        }
        auto* const tag =
            static_cast<Tag*>(std::malloc(sizeof(Tag) + size));  // NOLINT(cppcoreguidelines-no-malloc)
        if (tag == nullptr) {
            return nullptr;
        }
        tag->size = size;
        tag->counted = counted;
        live += counted ? 1U : 0U;
        return tag + 1;
    }
    void release(void* block) noexcept {
        if (block != nullptr) {
            auto* const tag = static_cast<Tag*>(block) - 1;
            live -= tag->counted ? 1U : 0U;
            std::free(tag);  // NOLINT(cppcoreguidelines-no-malloc)
        }
    }
    static std::size_t size_of(const void* block) noexcept {
        return (static_cast<const Tag*>(block) - 1)->size;
    }

    std::atomic<std::size_t> live{0};
    std::atomic<bool> has_failed{false};

  private:
    bool refuses() noexcept {
        auto left = left_.load();
        while (left > 0) {
            if (left == 1 && goes_on_) {
                return true;  // and nothing is written: another thread may just have disarmed it
            }
            if (left_.compare_exchange_weak(left, left - 1)) {
                return left == 1;
            }
        }
        return false;
    }

    std::atomic<bool> goes_on_{false};
    /// Requests up to the one that fails; 0 and less: none does.
    std::atomic<std::int64_t> left_{0};
};

Account accounts[2];

Account& account(Memory memory) noexcept {
    return accounts[memory == Memory::cpp ? 0 : 1];
}

extern "C" {

static void* curl_allocate(std::size_t size) {
    return account(Memory::curl).allocate(size);
}

static void curl_release(void* block) {
    account(Memory::curl).release(block);
}

static void* curl_reallocate(void* block, std::size_t size) {
    void* const fresh = account(Memory::curl).allocate(size);
    if (fresh != nullptr && block != nullptr) {
        const auto old = Account::size_of(block);
        std::memcpy(fresh, block, old < size ? old : size);
        account(Memory::curl).release(block);
    }
    return fresh;
}

static char* curl_duplicate(const char* text) {
    const auto size = std::strlen(text) + 1;
    void* const fresh = account(Memory::curl).allocate(size);
    return static_cast<char*>(fresh == nullptr ? nullptr : std::memcpy(fresh, text, size));
}

static void* curl_allocate_zeros(std::size_t count, std::size_t size) {
    void* const fresh = account(Memory::curl).allocate(count * size);
    return fresh == nullptr ? nullptr : std::memset(fresh, 0, count * size);
}

}  // extern "C"

}  // namespace

void take_over_curl_memory() {
    static const CURLcode code = curl_global_init_mem(CURL_GLOBAL_DEFAULT, curl_allocate, curl_release,
                                                      curl_reallocate, curl_duplicate, curl_allocate_zeros);
    if (code != CURLE_OK) {
        std::abort();
    }
}

FailingMemory::FailingMemory(const Injection& injection) noexcept {
    account(injection.memory).arm(injection.failing, injection.nth);
}

FailingMemory::~FailingMemory() {
    for (Account& each : accounts) {
        each.disarm();
    }
}

bool FailingMemory::has_failed() noexcept {
    return accounts[0].has_failed || accounts[1].has_failed;
}

std::size_t live_blocks(Memory memory) noexcept {
    return account(memory).live;
}

}  // namespace sent::test

// The other forms of new and delete end in these, but those for stricter alignment, which are left alone.

void* operator new(std::size_t size) {
    if (void* const block = sent::test::account(sent::test::Memory::cpp).allocate(size)) {
        return block;
    }
    throw std::bad_alloc{};
}

void operator delete(void* block) noexcept {
    sent::test::account(sent::test::Memory::cpp).release(block);
}

void operator delete(void* block, std::size_t) noexcept {
    sent::test::account(sent::test::Memory::cpp).release(block);
}
