#include "emulator/http/socket.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <limits>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

namespace sent::testing::emulator {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

#ifdef MSG_NOSIGNAL
constexpr int quiet_send = MSG_NOSIGNAL;
#else
constexpr int quiet_send = 0;       // SO_NOSIGPIPE is set instead
#endif

#ifdef POLLRDHUP
constexpr short end_of_stream = POLLRDHUP;
#else
constexpr short end_of_stream = 0;  // reports only errors and full hang-ups
#endif

constexpr auto write_timeout_seconds = 10;
constexpr milliseconds drain_time{200};

// Waits for an event and continues after interruptions by signals. Returns false after the timeout.
bool wait_for(int descriptor, short events, std::optional<milliseconds> timeout) {
    const auto start = steady_clock::now();
    while (true) {
        int left = -1;
        if (timeout) {
            const auto passed = std::chrono::duration_cast<milliseconds>(steady_clock::now() - start);
            constexpr milliseconds longest{std::numeric_limits<int>::max()};
            left = passed >= *timeout ? 0 : static_cast<int>(std::min(*timeout - passed, longest).count());
        }
        pollfd entry{descriptor, events, 0};
        const int ready = ::poll(&entry, 1, left);
        if (ready > 0) {
            return true;
        }
        if (ready == 0) {
            if (left < std::numeric_limits<int>::max()) {
                return false;
            }
            continue;
        }
        if (errno != EINTR) {
            return true;
        }
    }
}

template <typename T>
void set_option(int descriptor, int level, int name, const T& value) {
    ::setsockopt(descriptor, level, name, &value, sizeof value);
}

}  // namespace

Socket::Socket(int descriptor) : descriptor_(descriptor) {
    set_option(descriptor, IPPROTO_TCP, TCP_NODELAY, 1);
    set_option(descriptor, SOL_SOCKET, SO_SNDTIMEO, timeval{write_timeout_seconds, 0});
#ifdef SO_NOSIGPIPE
    set_option(descriptor, SOL_SOCKET, SO_NOSIGPIPE, 1);
#endif
}

Socket::~Socket() {
    close();
}

bool Socket::wait_readable(milliseconds timeout) const {
    return wait_for(descriptor_, POLLIN, timeout);
}

std::size_t Socket::receive(char* into, std::size_t size) const {
    while (true) {
        const auto count = ::recv(descriptor_, into, size, 0);
        if (count >= 0) {
            return static_cast<std::size_t>(count);
        }
        if (errno != EINTR) {
            return 0;
        }
    }
}

bool Socket::write(std::string_view bytes) const {
    while (!bytes.empty()) {
        const auto count = ::send(descriptor_, bytes.data(), bytes.size(), quiet_send);
        if (count > 0) {
            bytes.remove_prefix(static_cast<std::size_t>(count));
        } else if (count == 0 || errno != EINTR) {
            return false;
        }
    }
    return true;
}

bool Socket::wait_for_end(std::optional<milliseconds> timeout) const {
    return wait_for(descriptor_, end_of_stream, timeout);
}

void Socket::finish() {
    // If the socket is closed with unread bytes, the kernel sends a reset, which can overtake the reply.
    ::shutdown(descriptor_, SHUT_WR);
    std::array<char, 4096> rest{};
    const auto end = steady_clock::now() + drain_time;
    while (steady_clock::now() < end && wait_readable(drain_time) && receive(rest.data(), rest.size()) > 0) {
    }
    close();
}

void Socket::reset() {
    set_option(descriptor_, SOL_SOCKET, SO_LINGER, linger{1, 0});
    close();
}

void Socket::shut_down() {
    const std::lock_guard lock(closing_);
    if (descriptor_ >= 0) {
        ::shutdown(descriptor_, SHUT_RDWR);
    }
}

void Socket::close() {
    const std::lock_guard lock(closing_);
    if (descriptor_ >= 0) {
        ::close(descriptor_);
        descriptor_ = -1;
    }
}

}  // namespace sent::testing::emulator
