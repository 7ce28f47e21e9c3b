#include "base/uuid.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string_view>

#include <openssl/rand.h>
#include <sys/random.h>
#include <unistd.h>

#include "base/this_process.hpp"

namespace sent::detail {

namespace {

constexpr std::size_t uuid_bytes = 16;
using Bytes = std::array<unsigned char, uuid_bytes>;

template <std::size_t Size>
void fill(std::array<unsigned char, Size>& bytes) {
    // The kernel's generator has no lock that another thread could hold during a fork. It returns different
    // bytes to a child and its parent even if both have the same process id in different namespaces.
    constexpr std::size_t most = 256;
    std::size_t filled = 0;
    while (filled < Size && ::getentropy(bytes.data() + filled, std::min(most, Size - filled)) == 0) {
        filled += std::min(most, Size - filled);
    }
    // If the kernel has no generator or a sandbox forbids it, the key must still be unique.
    if (filled < Size && RAND_bytes(bytes.data(), static_cast<int>(Size)) != 1) {
        std::random_device device;
        for (auto& byte : bytes) {
            byte = static_cast<unsigned char>(device());
        }
    }
}

/// Random bytes of one thread, fetched for several keys at once, because one system call per key would cost
/// more than the rest of preparing a call.
class RandomPool {
  public:
    Bytes take() {
        // A child inherits the pool of its parent and must not use it.
        const auto process = this_process();
        if (left_ == 0 || process != process_) {
            fill(bytes_);
            left_ = bytes_.size();
            process_ = process;
        }
        Bytes taken{};
        left_ -= taken.size();
        std::copy_n(bytes_.begin() + static_cast<std::ptrdiff_t>(left_), taken.size(), taken.begin());
        return taken;
    }

  private:
    std::array<unsigned char, 64 * uuid_bytes> bytes_{};
    std::size_t left_ = 0;
    std::uint64_t process_ = 0;
};

}  // namespace

std::string make_uuid() {
    thread_local RandomPool pool;
    Bytes bytes = pool.take();
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
