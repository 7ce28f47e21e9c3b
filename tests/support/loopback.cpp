#include "loopback.hpp"

#include <cerrno>
#include <chrono>
#include <stdexcept>

namespace sent::test {

namespace {

constexpr std::chrono::milliseconds connect_settles{150};
constexpr int most_fillers = 16;

/// True when the connection attempt is still undecided after the time in which loopback always answers.
bool stays_unanswered(int fd, const Address& address) {
    if (::connect(fd, address.get(), address.size()) == 0) {
        return false;
    }
    if (errno != EINPROGRESS) {
        throw_errno("connect");
    }
    pollfd entry{fd, POLLOUT, 0};
    return poll_until(&entry, 1, deadline_after(connect_settles)) == 0;
}

}  // namespace

std::string make_origin(const std::string& scheme, const std::string& host, std::uint16_t port) {
    const bool bare_v6 = host.find(':') != std::string::npos && host.front() != '[';
    return scheme + "://" + (bare_v6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

RefusedPort::RefusedPort(const std::string& host, std::uint16_t port)
    : host_(host), fd_(bind_tcp(Address(host, port))), port_(local_port(fd_.get())) {}

std::string RefusedPort::origin() const {
    return make_origin("http", host_, port_);
}

RefusedPort refused_port(const std::string& host) {
    return RefusedPort(host);
}

Blackhole::Blackhole(const std::string& host, std::uint16_t port)
    : host_(host), listener_(bind_tcp(Address(host, port))), port_(local_port(listener_.get())) {
    if (::listen(listener_.get(), 0) != 0) {
        throw_errno("listen");
    }
    const Address address(host, port_);
    for (int i = 0; i < most_fillers; ++i) {
        fillers_.push_back(make_tcp_socket(address.family()));
        if (stays_unanswered(fillers_.back().get(), address)) {
            return;
        }
    }
    throw std::runtime_error("the kernel keeps on accepting connections for a full listen queue");
}

std::string Blackhole::origin() const {
    return make_origin("http", host_, port_);
}

Blackhole blackhole(const std::string& host) {
    return Blackhole(host);
}

}  // namespace sent::test
