#include "wire.hpp"

#include <array>
#include <cerrno>

namespace sent::test {

namespace {

constexpr std::size_t read_size = 64 * 1024;

Io failure(int error) {
    return error == ECONNRESET || error == ECONNREFUSED ? Io::reset : Io::closed;
}

bool again(int error) {
    return error == EAGAIN || error == EWOULDBLOCK || error == EINTR;
}

}  // namespace

Io Wire::poll_for(short events) {
    if (!socket_) {
        return Io::closed;
    }
    pollfd entries[] = {{socket_.get(), events, 0}, {stop_fd_, POLLIN, 0}};
    poll_until(entries, 2, std::nullopt);
    return entries[1].revents != 0 ? Io::stopped : Io::ok;
}

Io Wire::receive(std::string& into) {
    std::array<char, read_size> buffer;
    for (;;) {
        if (const Io io = poll_for(POLLIN); io != Io::ok) {
            return io;
        }
        const ssize_t count = ::recv(socket_.get(), buffer.data(), buffer.size(), 0);
        if (count > 0) {
            into.append(buffer.data(), static_cast<std::size_t>(count));
            return Io::ok;
        }
        if (count == 0) {
            return Io::closed;
        }
        if (!again(errno)) {
            return failure(errno);
        }
    }
}

Io Wire::send_all(std::string_view bytes) {
    while (!bytes.empty()) {
        if (const Io io = poll_for(POLLOUT); io != Io::ok) {
            return io;
        }
        const ssize_t count = ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (count >= 0) {
            bytes.remove_prefix(static_cast<std::size_t>(count));
        } else if (!again(errno)) {
            return failure(errno);
        }
    }
    return Io::ok;
}

Io Wire::wait(int event_fd, Deadline deadline) {
    if (!socket_) {
        return Io::closed;
    }
    pollfd entries[] = {{socket_.get(), POLLRDHUP, 0}, {stop_fd_, POLLIN, 0}, {event_fd, POLLIN, 0}};
    poll_until(entries, 3, deadline);
    if (entries[1].revents != 0) {
        return Io::stopped;
    }
    if ((entries[0].revents & POLLERR) != 0) {
        return Io::reset;
    }
    return entries[0].revents != 0 ? Io::closed : Io::ok;
}

Io Wire::finish_connect() {
    if (const Io io = poll_for(POLLOUT); io != Io::ok) {
        return io;
    }
    int error = 0;
    socklen_t size = sizeof error;
    ::getsockopt(socket_.get(), SOL_SOCKET, SO_ERROR, &error, &size);
    return error == 0 ? Io::ok : failure(error);
}

void Wire::shut_down_writes() {
    ::shutdown(socket_.get(), SHUT_WR);
}

void Wire::close() {
    if (!socket_) {
        return;
    }
    std::array<char, read_size> scratch;
    while (::recv(socket_.get(), scratch.data(), scratch.size(), MSG_DONTWAIT) > 0) {
    }
    // Explicit, because a forked copy of the descriptor would hold back the FIN of a plain close.
    ::shutdown(socket_.get(), SHUT_RDWR);
    socket_.reset();
}

void Wire::reset() {
    if (!socket_) {
        return;
    }
    const linger abort{1, 0};
    ::setsockopt(socket_.get(), SOL_SOCKET, SO_LINGER, &abort, sizeof abort);
    socket_.reset();
}

}  // namespace sent::test
