#pragma once

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <thread>

namespace sent::test {

/// Owns one file descriptor.
class UniqueFd {
  public:
    UniqueFd() = default;
    explicit UniqueFd(int fd) : fd_(fd) {}
    UniqueFd(UniqueFd&& other) noexcept : fd_(other.release()) {}
    UniqueFd& operator=(UniqueFd&& other) noexcept;
    UniqueFd(const UniqueFd&) = delete;
    UniqueFd& operator=(const UniqueFd&) = delete;
    ~UniqueFd() { reset(); }

    int get() const { return fd_; }
    explicit operator bool() const { return fd_ >= 0; }
    int release();
    void reset();

  private:
    int fd_ = -1;
};

/// A moment on the steady clock, or "never".
using Deadline = std::optional<std::chrono::steady_clock::time_point>;

Deadline deadline_after(std::chrono::milliseconds delay);

/// poll(2) that goes on after EINTR with the time that is left. Returns the number of ready descriptors, 0
/// when the deadline has passed.
int poll_until(pollfd* fds, std::size_t count, Deadline deadline);

/// Throws std::system_error with errno.
[[noreturn]] void throw_errno(const char* what);

/// A numeric IPv4 or IPv6 address with a port.
class Address {
  public:
    Address(const std::string& host, std::uint16_t port);

    const sockaddr* get() const;
    socklen_t size() const { return size_; }
    int family() const { return storage_.ss_family; }

  private:
    sockaddr_storage storage_{};
    socklen_t size_ = 0;
};

/// A non-blocking, close-on-exec TCP socket.
UniqueFd make_tcp_socket(int family);

/// A TCP socket bound to the address. Several may be bound to one port as long as none of them listens.
UniqueFd bind_tcp(const Address& address);

/// The local port of a bound socket.
std::uint16_t local_port(int fd);

/// An eventfd: poll reports it readable for ever once it has been raised.
UniqueFd make_event();
void raise_event(int event_fd);

/// Starts a thread with every signal blocked, so that signals of the process under test are delivered to the
/// threads under test and never to the server's. Dispositions are not touched.
std::thread start_thread(std::function<void()> body);

/// Whether the caller runs on a thread that start_thread has made.
bool on_server_thread() noexcept;

}  // namespace sent::test
