#include "http/transfer/socket_table.hpp"

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <chrono>
#include <cstdint>

namespace sent::detail::http {
namespace {

using std::chrono::nanoseconds;
using std::chrono::seconds;

/// One socket that has a local port.
class SocketTableTest : public testing::Test {
  protected:
    SocketTableTest() {
        curl_sockaddr address{};
        address.family = AF_INET;
        address.socktype = SOCK_STREAM;
        socket_ = sockets_.open(address, owner_);
        sockaddr_in any{};
        any.sin_family = AF_INET;
        any.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof any;
        auto* const raw = reinterpret_cast<sockaddr*>(&any);
        EXPECT_EQ(::bind(socket_, raw, size), 0);
        EXPECT_EQ(::getsockname(socket_, raw, &size), 0);
        port_ = ntohs(any.sin_port);
    }
    ~SocketTableTest() override { sockets_.close(socket_); }

    /// What libcurl finds behind the descriptor.
    [[nodiscard]] sa_family_t family() const {
        sockaddr_storage own{};
        socklen_t size = sizeof own;
        EXPECT_EQ(::getsockname(socket_, reinterpret_cast<sockaddr*>(&own), &size), 0);
        return own.ss_family;
    }

    static constexpr seconds no_limit{0};
    SocketTable sockets_;
    std::uint64_t owner_ = sockets_.next_owner();
    const SocketTable::Clock::time_point begin_ = SocketTable::Clock::now();
    curl_socket_t socket_ = CURL_SOCKET_BAD;
    long port_ = 0;
};

TEST_F(SocketTableTest, B14_AConnectionServesUntilTheTimeThatItsServerGaveLast) {
    EXPECT_TRUE(sockets_.is_fresh(port_, no_limit, begin_ + seconds(10'000)));
    for (const auto until : {begin_ + seconds(1), begin_ + seconds(3), begin_ + seconds(2)}) {
        sockets_.keep_until(port_, until);
        EXPECT_TRUE(sockets_.is_fresh(port_, no_limit, until - nanoseconds(1)));
        EXPECT_FALSE(sockets_.is_fresh(port_, no_limit, until));
    }
}

TEST_F(SocketTableTest, B16_AConnectionServesUntilItsMaximumAge) {
    const auto opened = SocketTable::Clock::now();  // at the latest
    EXPECT_TRUE(sockets_.is_fresh(port_, seconds(5), begin_ + seconds(5) - nanoseconds(1)));
    EXPECT_FALSE(sockets_.is_fresh(port_, seconds(5), opened + seconds(5)));
}

TEST_F(SocketTableTest, AnUnknownPortIsNeverFresh) {
    EXPECT_FALSE(sockets_.is_fresh(port_ + 1, no_limit));
}

TEST_F(SocketTableTest, A1_APausedConnectionIsNotReused) {
    ASSERT_TRUE(sockets_.pause(owner_));
    EXPECT_FALSE(sockets_.is_quiet(port_));
}

TEST_F(SocketTableTest, A1_OnlySocketsOfThatNumberArePaused) {
    ASSERT_TRUE(sockets_.pause(sockets_.next_owner()));
    EXPECT_EQ(family(), AF_INET);
    ASSERT_TRUE(sockets_.pause(owner_));
    EXPECT_EQ(family(), AF_UNIX);
    sockets_.resume();
    EXPECT_EQ(family(), AF_INET);
}

}  // namespace
}  // namespace sent::detail::http
