#include "posix.hpp"

#include <arpa/inet.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstring>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace sent::test {

namespace {

int remaining_ms(const Deadline& deadline) {
    if (!deadline) {
        return -1;
    }
    // Rounded up: rounding down would spin during the last millisecond.
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(*deadline - std::chrono::steady_clock::now()).count();
    return static_cast<int>(std::clamp<long long>(left, 0, INT_MAX));
}

}  // namespace

UniqueFd& UniqueFd::operator=(UniqueFd&& other) noexcept {
    if (this != &other) {
        reset();
        fd_ = other.release();
    }
    return *this;
}

int UniqueFd::release() {
    return std::exchange(fd_, -1);
}

void UniqueFd::reset() {
    if (fd_ >= 0) {
        ::close(std::exchange(fd_, -1));
    }
}

Deadline deadline_after(std::chrono::milliseconds delay) {
    return std::chrono::steady_clock::now() + delay;
}

int poll_until(pollfd* fds, std::size_t count, Deadline deadline) {
    for (;;) {
        const int ready = ::poll(fds, static_cast<nfds_t>(count), remaining_ms(deadline));
        if (ready >= 0) {
            return ready;
        }
        if (errno != EINTR) {
            throw_errno("poll");
        }
    }
}

void throw_errno(const char* what) {
    throw std::system_error(errno, std::generic_category(), what);
}

Address::Address(const std::string& host, std::uint16_t port) {
    sockaddr_in v4{};
    sockaddr_in6 v6{};
    if (::inet_pton(AF_INET, host.c_str(), &v4.sin_addr) == 1) {
        v4.sin_family = AF_INET;
        v4.sin_port = htons(port);
        size_ = sizeof v4;
        std::memcpy(&storage_, &v4, sizeof v4);
    } else if (::inet_pton(AF_INET6, host.c_str(), &v6.sin6_addr) == 1) {
        v6.sin6_family = AF_INET6;
        v6.sin6_port = htons(port);
        size_ = sizeof v6;
        std::memcpy(&storage_, &v6, sizeof v6);
    } else {
        throw std::invalid_argument("not a numeric address: " + host);
    }
}

const sockaddr* Address::get() const {
    return reinterpret_cast<const sockaddr*>(&storage_);
}

UniqueFd make_tcp_socket(int family) {
    UniqueFd fd(::socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!fd) {
        throw_errno("socket");
    }
    return fd;
}

UniqueFd bind_tcp(const Address& address) {
    UniqueFd fd = make_tcp_socket(address.family());
    const int on = 1;
    ::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (address.family() == AF_INET6) {
        ::setsockopt(fd.get(), IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
    }
    if (::bind(fd.get(), address.get(), address.size()) != 0) {
        throw_errno("bind");
    }
    return fd;
}

std::uint16_t local_port(int fd) {
    sockaddr_storage storage{};
    socklen_t size = sizeof storage;
    if (::getsockname(fd, reinterpret_cast<sockaddr*>(&storage), &size) != 0) {
        throw_errno("getsockname");
    }
    if (storage.ss_family == AF_INET6) {
        sockaddr_in6 v6{};
        std::memcpy(&v6, &storage, sizeof v6);
        return ntohs(v6.sin6_port);
    }
    sockaddr_in v4{};
    std::memcpy(&v4, &storage, sizeof v4);
    return ntohs(v4.sin_port);
}

UniqueFd make_event() {
    UniqueFd fd(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    if (!fd) {
        throw_errno("eventfd");
    }
    return fd;
}

void raise_event(int event_fd) {
    const std::uint64_t one = 1;
    while (::write(event_fd, &one, sizeof one) < 0 && errno == EINTR) {
    }
}

namespace {

thread_local bool is_server_thread = false;

}  // namespace

bool on_server_thread() noexcept {
    return is_server_thread;
}

std::thread start_thread(std::function<void()> body) {
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    try {
        std::thread thread([body = std::move(body)] {
            is_server_thread = true;
            body();
        });
        pthread_sigmask(SIG_SETMASK, &before, nullptr);
        return thread;
    } catch (...) {
        pthread_sigmask(SIG_SETMASK, &before, nullptr);
        throw;
    }
}

}  // namespace sent::test
