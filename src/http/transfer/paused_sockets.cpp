#include "http/transfer/paused_sockets.hpp"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace sent::detail::http {

namespace {

/// Makes `to` a duplicate of the descriptor `from`. Repeats on EBUSY, which means that another thread is just
/// opening `to`.
bool redirect(int to, int from) noexcept {
    int result = -1;
    do {
#ifdef __linux__
        result = ::dup3(from, to, O_CLOEXEC);
#else
        result = ::dup2(from, to);
#endif
    } while (result < 0 && (errno == EINTR || errno == EBUSY));
#ifndef __linux__
    ::fcntl(to, F_SETFD, FD_CLOEXEC);
#endif
    return result >= 0;
}

void fill(int socket) noexcept {
    const int smallest = 1;  // the system raises it to its minimum
    ::setsockopt(socket, SOL_SOCKET, SO_SNDBUF, &smallest, sizeof smallest);
    constexpr std::array<char, 1024> some{};
    while (::send(socket, some.data(), some.size(), MSG_DONTWAIT) > 0) {
    }
    while (::send(socket, some.data(), 1, MSG_DONTWAIT) > 0) {
    }
}

}  // namespace

PausedSockets::~PausedSockets() {
    restore();
    for (const int socket : silent_) {
        if (socket >= 0) {
            ::close(socket);
        }
    }
}

bool PausedSockets::make_silent() noexcept {
    if (silent_[0] >= 0) {
        return true;
    }
    if (::socketpair(AF_UNIX, SOCK_STREAM, 0, silent_.data()) != 0) {
        silent_ = {-1, -1};
        return false;
    }
    for (const int socket : silent_) {
        ::fcntl(socket, F_SETFD, FD_CLOEXEC);
    }
    ::fcntl(silent_[0], F_SETFL, O_NONBLOCK);
    fill(silent_[0]);
    return true;
}

bool PausedSockets::add(curl_socket_t socket) noexcept {
    if (!make_silent()) {
        return false;
    }
    try {
        paused_.emplace_back();
    } catch (...) {
        return false;
    }
    const int connection = ::fcntl(socket, F_DUPFD_CLOEXEC, 0);
    if (connection < 0 || !redirect(socket, silent_[0])) {
        paused_.pop_back();
        if (connection >= 0) {
            ::close(connection);
        }
        return false;
    }
    paused_.back() = {socket, connection};
    return true;
}

bool PausedSockets::contains(curl_socket_t socket) const noexcept {
    return std::any_of(paused_.begin(), paused_.end(),
                       [socket](const Paused& paused) { return paused.socket == socket; });
}

void PausedSockets::restore() noexcept {
    for (const Paused& paused : paused_) {
        redirect(paused.socket, paused.connection);
        ::close(paused.connection);
    }
    paused_.clear();
}

}  // namespace sent::detail::http
