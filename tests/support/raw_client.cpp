#include "raw_client.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <limits>
#include <stdexcept>

namespace sent::test {

namespace {

constexpr std::chrono::seconds patience{10};

}  // namespace

RawClient::RawClient(std::uint16_t port, const std::string& host) {
    const Address address(host, port);
    socket_ = make_tcp_socket(address.family());
    if (::connect(socket_.get(), address.get(), address.size()) == 0) {
        return;
    }
    pollfd entry{socket_.get(), POLLOUT, 0};
    if (errno != EINPROGRESS || poll_until(&entry, 1, deadline_after(patience)) == 0) {
        throw_errno("connect");
    }
    socklen_t size = sizeof errno;
    ::getsockopt(socket_.get(), SOL_SOCKET, SO_ERROR, &errno, &size);
    if (errno != 0) {
        throw_errno("connect");
    }
}

std::size_t RawClient::send_some(std::string_view bytes, std::chrono::milliseconds time) {
    const Deadline deadline = deadline_after(time);
    std::size_t count = 0;
    while (count < bytes.size()) {
        pollfd entry{socket_.get(), POLLOUT, 0};
        if (poll_until(&entry, 1, deadline) == 0) {
            break;
        }
        const ssize_t part = ::send(socket_.get(), bytes.data() + count, bytes.size() - count, MSG_NOSIGNAL);
        if (part < 0 && errno != EAGAIN) {
            break;
        }
        count += static_cast<std::size_t>(std::max<ssize_t>(0, part));
    }
    return count;
}

void RawClient::send(std::string_view bytes) {
    if (send_some(bytes, patience) != bytes.size()) {
        throw std::runtime_error("the server takes no more");
    }
}

std::string RawClient::read(std::size_t count) {
    const Deadline deadline = deadline_after(patience);
    std::array<char, 64 * 1024> buffer;
    std::string text;
    end_ = End::open;
    while (text.size() < count) {
        pollfd entry{socket_.get(), POLLIN, 0};
        if (poll_until(&entry, 1, deadline) == 0) {
            end_ = End::timed_out;
            break;
        }
        const ssize_t part =
            ::recv(socket_.get(), buffer.data(), std::min(buffer.size(), count - text.size()), 0);
        if (part <= 0) {
            end_ = part == 0 ? End::closed : End::reset;
            break;
        }
        text.append(buffer.data(), static_cast<std::size_t>(part));
    }
    return text;
}

std::string RawClient::read_to_end() {
    return read(std::numeric_limits<std::size_t>::max());
}

void RawClient::half_close() {
    ::shutdown(socket_.get(), SHUT_WR);
}

void RawClient::reset() {
    const linger abort{1, 0};
    ::setsockopt(socket_.get(), SOL_SOCKET, SO_LINGER, &abort, sizeof abort);
    socket_.reset();
}

}  // namespace sent::test
