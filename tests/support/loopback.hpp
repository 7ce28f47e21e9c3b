#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "posix.hpp"

namespace sent::test {

/// A loopback port that refuses connections for as long as the object lives: it is bound, so nobody else can
/// get it, and does not listen.
class RefusedPort {
  public:
    /// Port 0 takes any free port.
    explicit RefusedPort(const std::string& host = "127.0.0.1", std::uint16_t port = 0);

    std::uint16_t port() const { return port_; }
    /// For instance "http://127.0.0.1:1234".
    std::string origin() const;

  private:
    std::string host_;
    UniqueFd fd_;
    std::uint16_t port_;
};

/// Like `RefusedPort`, in the form of a function.
RefusedPort refused_port(const std::string& host = "127.0.0.1");

/// A loopback address where connect never completes: a listener with a full queue that nobody accepts from,
/// so that the kernel drops each further SYN.
class Blackhole {
  public:
    explicit Blackhole(const std::string& host = "127.0.0.1", std::uint16_t port = 0);

    std::uint16_t port() const { return port_; }
    std::string origin() const;

  private:
    std::string host_;
    UniqueFd listener_;
    std::uint16_t port_;
    std::vector<UniqueFd> fillers_;
};

/// Like `Blackhole`, in the form of a function.
Blackhole blackhole(const std::string& host = "127.0.0.1");

/// "scheme://host:port", with brackets around an IPv6 address.
std::string make_origin(const std::string& scheme, const std::string& host, std::uint16_t port);

}  // namespace sent::test
