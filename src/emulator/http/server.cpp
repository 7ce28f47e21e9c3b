#include "emulator/http/server.hpp"

#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <memory>
#include <system_error>
#include <utility>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "emulator/http/quiet_thread.hpp"

namespace sent::testing::emulator {
namespace {

constexpr int backlog = 1024;
constexpr std::chrono::milliseconds pause_without_descriptors{10};

void close_on_exec(int descriptor) {
    ::fcntl(descriptor, F_SETFD, FD_CLOEXEC);
}

void close_if_open(int& descriptor) {
    if (descriptor >= 0) {
        ::close(descriptor);
        descriptor = -1;
    }
}

std::string describe(int error) {
    return std::generic_category().message(error);
}

int bound_port(int descriptor) {
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    if (::getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
        return 0;
    }
    if (address.ss_family == AF_INET6) {
        sockaddr_in6 in6{};
        std::memcpy(&in6, &address, sizeof in6);
        return ntohs(in6.sin6_port);
    }
    sockaddr_in in4{};
    std::memcpy(&in4, &address, sizeof in4);
    return ntohs(in4.sin_port);
}

// Returns a listening socket, or the negative error number.
int listen_on(const addrinfo& address) {
    const int descriptor = ::socket(address.ai_family, address.ai_socktype, address.ai_protocol);
    if (descriptor < 0) {
        return -errno;
    }
    close_on_exec(descriptor);
    // A restart on the same port must not wait for old connections. Not SO_REUSEPORT, because a second server
    // on the port is a mistake that must be noticed.
    const int yes = 1;
    ::setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (::bind(descriptor, address.ai_addr, address.ai_addrlen) == 0 && ::listen(descriptor, backlog) == 0) {
        return descriptor;
    }
    const int error = errno;
    ::close(descriptor);
    return -error;
}

}  // namespace

Server::~Server() {
    stop();
}

std::string Server::open(const std::string& host, int port) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
    addrinfo* found = nullptr;
    if (const int error = ::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found);
        error != 0) {
        return ::gai_strerror(error);
    }
    const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> addresses(found, &::freeaddrinfo);
    int result = -EADDRNOTAVAIL;
    for (const addrinfo* address = found; address != nullptr && result < 0; address = address->ai_next) {
        result = listen_on(*address);
    }
    if (result < 0) {
        return describe(-result);
    }
    listener_ = result;
    port_ = bound_port(listener_);
    return {};
}

std::string Server::listen(const std::string& host, int port) {
    if (auto error = open(host, port); !error.empty()) {
        return error;
    }
    std::array<int, 2> ends{};
    if (::pipe(ends.data()) != 0) {
        return describe(errno);
    }
    wake_read_ = ends[0];
    wake_write_ = ends[1];
    close_on_exec(wake_read_);
    close_on_exec(wake_write_);
    // The peer may disappear between poll() and accept(), which must not block then.
    ::fcntl(listener_, F_SETFL, O_NONBLOCK);
    try {
        acceptor_ = start_quiet_thread([this] { accept_connections(); });
    } catch (const std::system_error& error) {
        return error.what();
    }
    listening_ = true;
    return {};
}

void Server::accept_connections() {
    while (true) {
        std::array<pollfd, 2> entries{pollfd{listener_, POLLIN, 0}, pollfd{wake_read_, POLLIN, 0}};
        if (::poll(entries.data(), entries.size(), -1) < 0) {
            continue;
        }
        if (entries[1].revents != 0) {
            return;
        }
        const int descriptor = ::accept(listener_, nullptr, nullptr);
        if (descriptor >= 0) {
            start_session(descriptor);
        } else if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
            std::this_thread::sleep_for(pause_without_descriptors);
        }
        remove_ended_sessions();
    }
}

void Server::start_session(int descriptor) {
    close_on_exec(descriptor);
    ::fcntl(descriptor, F_SETFL, 0);  // some systems inherit O_NONBLOCK
    auto& session = sessions_.emplace_back(descriptor);
    try {
        session.thread = start_quiet_thread([this, &session] {
            serve_(session.socket);
            session.socket.close();
            session.ended = true;
        });
    } catch (const std::system_error&) {
        sessions_.pop_back();  // no thread could be started, so the peer's connection is closed
    }
}

void Server::remove_ended_sessions() {
    for (auto session = sessions_.begin(); session != sessions_.end();) {
        if (session->ended) {
            session->thread.join();
            session = sessions_.erase(session);
        } else {
            ++session;
        }
    }
}

void Server::stop() {
    const std::lock_guard lock(stopping_);
    listening_ = false;
    if (acceptor_.joinable()) {
        const char wake = 0;
        [[maybe_unused]] const auto written = ::write(wake_write_, &wake, 1);
        acceptor_.join();
    }
    close_if_open(listener_);
    close_if_open(wake_read_);
    close_if_open(wake_write_);
    for (auto& session : sessions_) {
        session.socket.shut_down();
    }
    for (auto& session : sessions_) {
        session.thread.join();
    }
    sessions_.clear();
}

}  // namespace sent::testing::emulator
