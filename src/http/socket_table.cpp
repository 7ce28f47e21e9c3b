#include "socket_table.hpp"

#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "branch_hints.hpp"

namespace sent::detail::http {

namespace {

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
    if (::getsockname(fd, reinterpret_cast<sockaddr*>(&storage), &size) != 0) {
        return 0;
    }
    if (storage.ss_family == AF_INET) {
        sockaddr_in in{};
        std::memcpy(&in, &storage, sizeof in);
        return ntohs(in.sin_port);
    }
    sockaddr_in6 in6{};
    std::memcpy(&in6, &storage, sizeof in6);
    return storage.ss_family == AF_INET6 ? ntohs(in6.sin6_port) : 0;
}

bool nothing_arrived(int fd) noexcept {
    char byte = 0;
    const ssize_t got = ::recv(fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
}

}  // namespace

curl_socket_t SocketTable::open(const curl_sockaddr& address) noexcept {
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
    return fd;
}

void SocketTable::close(curl_socket_t socket) noexcept {
    const auto found = std::find_if(entries_.begin(), entries_.end(),
                                    [socket](const Entry& entry) { return entry.socket == socket; });
    if (found != entries_.end()) {
        *found = entries_.back();
        entries_.pop_back();
    }
    ::close(socket);
}

bool SocketTable::is_quiet(long port) noexcept {
    bool known = false;
    for (Entry& entry : entries_) {
        if (seldom(entry.port == 0)) {
            entry.port = local_port(entry.socket);
        }
        // Two connections to different servers may share a local port; then both must be quiet.
        if (usually(entry.port == port)) {
            known = true;
            if (seldom(!nothing_arrived(entry.socket))) {
                return false;
            }
        }
    }
    return known;
}

/// Null when there is none, or more than one: connections to different servers may share a local port.
SocketTable::Entry* SocketTable::find(long port) noexcept {
    Entry* found = nullptr;
    for (Entry& entry : entries_) {
        if (seldom(entry.port == 0)) {
            entry.port = local_port(entry.socket);
        }
        if (entry.port == port) {
            if (found != nullptr) {
                return nullptr;
            }
            found = &entry;
        }
    }
    return found;
}

void SocketTable::enter(long port) noexcept {
    if (Entry* entry = find(port)) {
        ++entry->transfers;
    }
}

void SocketTable::leave(long port) noexcept {
    Entry* entry = find(port);
    // The connection may have ended, and another one have its port.
    if (entry != nullptr && entry->transfers > 0) {
        --entry->transfers;
    }
}

bool SocketTable::is_shared(long port) noexcept {
    const Entry* entry = find(port);
    return entry != nullptr && entry->transfers > 0;
}

}  // namespace sent::detail::http
