#include "support/loopback.hpp"

#include <gtest/gtest.h>

#include <cerrno>
#include <system_error>

#include "support/raw_client.hpp"
#include "support/scripted_server.hpp"

namespace sent::test {
namespace {

bool refuses(std::uint16_t port, const std::string& host) {
    try {
        RawClient client(port, host);
        return false;
    } catch (const std::system_error& error) {
        return error.code().value() == ECONNREFUSED;
    }
}

bool swallows(std::uint16_t port, const std::string& host) {
    const Address address(host, port);
    const UniqueFd socket = make_tcp_socket(address.family());
    if (::connect(socket.get(), address.get(), address.size()) == 0 || errno != EINPROGRESS) {
        return false;
    }
    pollfd entry{socket.get(), POLLOUT, 0};
    return poll_until(&entry, 1, deadline_after(std::chrono::milliseconds(300))) == 0;
}

TEST(Loopback, RefusedPortRefuses) {
    for (const char* host : {"127.0.0.1", "::1"}) {
        const RefusedPort refused = refused_port(host);
        EXPECT_TRUE(refuses(refused.port(), host)) << host;
    }
}

TEST(Loopback, BlackholeNeverCompletesAConnect) {
    for (const char* host : {"127.0.0.1", "::1"}) {
        const Blackhole hole = blackhole(host);
        EXPECT_TRUE(swallows(hole.port(), host)) << host;
    }
}

TEST(Loopback, TheOtherAddressFamilyOfAServersPortCanBeBroken) {
    ScriptedServer server;
    server.by_default({send("four")});
    const Blackhole hole("::1", server.port());
    EXPECT_TRUE(swallows(server.port(), "::1"));
    EXPECT_EQ(RawClient(server.port()).read_to_end(), "four");
}

TEST(Loopback, OriginsBracketIpv6Addresses) {
    EXPECT_EQ(make_origin("http", "127.0.0.1", 80), "http://127.0.0.1:80");
    EXPECT_EQ(make_origin("https", "::1", 443), "https://[::1]:443");
}

}  // namespace
}  // namespace sent::test
