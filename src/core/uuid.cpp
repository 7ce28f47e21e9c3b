#include "core/uuid.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string_view>

#include <openssl/rand.h>
#include <pthread.h>

namespace sent::detail {

namespace {

constexpr std::size_t uuid_bytes = 16;
using Bytes = std::array<unsigned char, uuid_bytes>;

std::atomic<std::uint64_t> forks{0};

extern "C" {
static void sent_note_fork() {
    forks.fetch_add(1, std::memory_order_relaxed);
}
}  // extern "C"

bool forks_are_noted() noexcept {
    static const bool noted = pthread_atfork(nullptr, nullptr, &sent_note_fork) == 0;
    return noted;
}

template <std::size_t Size>
void fill(std::array<unsigned char, Size>& bytes) {
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) {
        // Only when OpenSSL can not seed itself. The key must still be unique.
        std::random_device device;
        for (auto& byte : bytes) {
            byte = static_cast<unsigned char>(device());
        }
    }
}

/// Random bytes of one thread, fetched for several keys at once: OpenSSL's generator costs thousands of
/// instructions and a system call each time, however little is taken.
class Stock {
  public:
    Bytes take() {
        // What a process has in stock its forked child has, too, and both would use it.
        const auto generation = forks.load(std::memory_order_relaxed);
        if (left_ == 0 || generation != generation_) {
            fill(bytes_);
            left_ = bytes_.size();
            generation_ = generation;
        }
        Bytes taken{};
        left_ -= taken.size();
        std::copy_n(bytes_.begin() + static_cast<std::ptrdiff_t>(left_), taken.size(), taken.begin());
        return taken;
    }

  private:
    std::array<unsigned char, 64 * uuid_bytes> bytes_{};
    std::size_t left_ = 0;
    std::uint64_t generation_ = 0;
};

Bytes random_bytes() {
    thread_local Stock stock;
    if (forks_are_noted()) {
        return stock.take();
    }
    Bytes bytes{};
    fill(bytes);
    return bytes;
}

}  // namespace

std::string make_uuid() {
    Bytes bytes = random_bytes();
    bytes[6] = static_cast<unsigned char>((bytes[6] & 0x0FU) | 0x40U);
    bytes[8] = static_cast<unsigned char>((bytes[8] & 0x3FU) | 0x80U);
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text{"00000000-0000-0000-0000-000000000000"};
    auto place = text.begin();
    for (const unsigned byte : bytes) {
        place += *place == '-' ? 1 : 0;
        *place++ = digits[byte >> 4U];
        *place++ = digits[byte & 15U];
    }
    return text;
}

}  // namespace sent::detail
