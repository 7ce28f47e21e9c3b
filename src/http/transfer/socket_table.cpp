#include "http/transfer/socket_table.hpp"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

namespace sent::detail::http {

namespace {

/// A NAT that has forgotten a connection drops its packets without an error.
[[maybe_unused]] constexpr std::chrono::milliseconds longest_silence{15'000};

int make_socket(const curl_sockaddr& address) noexcept {
#ifdef SOCK_CLOEXEC
    return ::socket(address.family, address.socktype | SOCK_CLOEXEC, address.protocol);
#else
    const int fd = ::socket(address.family, address.socktype, address.protocol);
    if (fd >= 0) {
        ::fcntl(fd, F_SETFD, FD_CLOEXEC);
    }
    return fd;
#endif
}

long local_port(int fd) noexcept {
    sockaddr_storage storage{};
    socklen_t size = sizeof storage;
    sockaddr* const address = reinterpret_cast<sockaddr*>(&storage);
    return ::getsockname(fd, address, &size) == 0 ? port_of_address(*address) : 0;
}

bool nothing_arrived(int fd) noexcept {
    char byte = 0;
    const ssize_t got = ::recv(fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
}

}  // namespace

long port_of_address(const sockaddr& address) noexcept {
    if (address.sa_family != AF_INET && address.sa_family != AF_INET6) {
        return 0;
    }
    in_port_t port = 0;
    std::memcpy(&port, address.sa_data, sizeof port);  // both kinds of address begin with the port
    return ntohs(port);
}

curl_socket_t SocketTable::open(const curl_sockaddr& address, std::uint64_t owner) noexcept {
    try {
        entries_.emplace_back();
    } catch (...) {
        errno = ENOMEM;
        return CURL_SOCKET_BAD;
    }
    const int fd = make_socket(address);
    if (fd < 0) {
        entries_.pop_back();
        return CURL_SOCKET_BAD;
    }
    entries_.back().socket = fd;
    entries_.back().owner = owner;
    return fd;
}

void SocketTable::close(curl_socket_t socket) noexcept {
    const auto found = std::find_if(entries_.begin(), entries_.end(),
                                    [socket](const Entry& entry) { return entry.socket == socket; });
    if (found != entries_.end()) {
        *found = entries_.back();
        entries_.pop_back();
    }
    if (paused_.contains(socket)) {
        paused_.restore();
    }
    ::close(socket);
}

bool SocketTable::pause(std::uint64_t owner) noexcept {
    return std::all_of(entries_.begin(), entries_.end(), [this, owner](const Entry& entry) {
        return entry.owner != owner || paused_.contains(entry.socket) || paused_.add(entry.socket);
    });
}

/// Calls `visit` for all connections from this port: two connections to different servers may share a local
/// port. Returns false if there is none or `visit` returns false.
template <class Visit>
bool SocketTable::all_from(long port, Visit visit) noexcept {
    bool known = false;
    for (Entry& entry : entries_) {
        if (entry.port == 0) {
            entry.port = local_port(entry.socket);
        }
        if (entry.port == port) {
            known = true;
            if (!visit(entry)) {
                return false;
            }
        }
    }
    return known;
}

void SocketTable::connected(long port) noexcept {
#ifdef TCP_USER_TIMEOUT
    all_from(port, [](Entry& entry) {
        const auto limit = static_cast<unsigned>(longest_silence.count());
        ::setsockopt(entry.socket, IPPROTO_TCP, TCP_USER_TIMEOUT, &limit, sizeof limit);
        return true;
    });
#else
    static_cast<void>(port);
#endif
}

bool SocketTable::is_quiet(long port) noexcept {
    return all_from(port, [this](const Entry& entry) {
        return !paused_.contains(entry.socket) && nothing_arrived(entry.socket);
    });
}

bool SocketTable::is_fresh(long port, std::chrono::seconds max_age, Clock::time_point now) noexcept {
    return all_from(port, [now, max_age](const Entry& entry) {
        const auto age = std::chrono::duration_cast<std::chrono::seconds>(now - entry.opened);
        return now < entry.keep_until && (max_age.count() <= 0 || age < max_age);
    });
}

void SocketTable::keep_until(long port, Clock::time_point until) noexcept {
    all_from(port, [until](Entry& entry) {
        entry.keep_until = until;
        return true;
    });
}

int* SocketTable::transfers(long port) noexcept {
    Entry* found = nullptr;
    const bool is_only_one =
        all_from(port, [&found](Entry& entry) { return std::exchange(found, &entry) == nullptr; });
    return is_only_one ? &found->transfers : nullptr;
}

}  // namespace sent::detail::http
