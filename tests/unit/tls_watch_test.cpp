#include "http/transfer/tls_watch.hpp"

#include <gtest/gtest.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstddef>
#include <cstdint>

#include "http/transfer/socket_table.hpp"
#include "http/transfer/turn.hpp"

namespace sent::detail::http {
namespace {

/// What a peer sends. The socket is a datagram socket; the one that takes its place while it is paused is
/// not.
class TlsWatchTest : public testing::Test {
  protected:
    TlsWatchTest() {
        curl_sockaddr address{};
        address.family = AF_UNIX;
        address.socktype = SOCK_DGRAM;
        socket_ = sockets_.open(address, owner_);
    }
    ~TlsWatchTest() override { sockets_.close(socket_); }

    bool record(int type, std::size_t length) {
        const std::array<unsigned char, 5> header{static_cast<unsigned char>(type), 3, 3,
                                                  static_cast<unsigned char>(length >> 8U),
                                                  static_cast<unsigned char>(length & 0xffU)};
        return watch_.received(SSL3_RT_HEADER, header.data(), header.size());
    }
    bool message() { return watch_.received(SSL3_RT_HANDSHAKE, nullptr, 4); }
    bool alert() {
        const std::array<unsigned char, 2> warning{1, SSL_AD_USER_CANCELLED};
        return record(SSL3_RT_ALERT, warning.size()) &&
               watch_.received(SSL3_RT_ALERT, warning.data(), warning.size());
    }
    /// Whether libcurl would find that it has to wait.
    [[nodiscard]] bool is_paused() const {
        char byte = 0;
        int type = 0;
        socklen_t type_size = sizeof type;
        static_cast<void>(::getsockopt(socket_, SOL_SOCKET, SO_TYPE, &type, &type_size));
        return type == SOCK_STREAM && ::recv(socket_, &byte, 1, MSG_DONTWAIT) < 0 &&
               ::send(socket_, &byte, 1, MSG_DONTWAIT) < 0;
    }
    /// Repeats it until it is too much; false when 100,000 are not.
    template <class Send>
    static bool ends(Send send) {
        for (int i = 0; i < 100'000; ++i) {
            if (!send()) {
                return true;
            }
        }
        return false;
    }

    Turn turn_;
    SocketTable sockets_;
    std::uint64_t owner_ = sockets_.next_owner();
    TlsWatch watch_{turn_, sockets_, owner_};
    curl_socket_t socket_ = CURL_SOCKET_BAD;
};

constexpr std::size_t full_record = 16U * 1024U;
constexpr std::size_t small_record = 26;  // an HTTP/2 frame without content, encrypted

TEST_F(TlsWatchTest, A1_DataPausesTheConnectionAndIsNoFlood) {
    for (const std::size_t length : {full_record, small_record}) {
        ++turn_.round;
        EXPECT_TRUE(record(SSL3_RT_APPLICATION_DATA, length));
        EXPECT_FALSE(is_paused());
        EXPECT_FALSE(ends([&] { return record(SSL3_RT_APPLICATION_DATA, length); }));
        EXPECT_FALSE(watch_.flooded());
        EXPECT_TRUE(is_paused());
        sockets_.resume();
        EXPECT_FALSE(is_paused());
    }
}

TEST_F(TlsWatchTest, A1_DataThatBringsRepliesDoesNotEvenPauseIt) {
    for (int i = 0; i < 10'000; ++i) {
        ++turn_.pieces;
        EXPECT_TRUE(record(SSL3_RT_APPLICATION_DATA, full_record));
    }
    EXPECT_FALSE(is_paused());
}

TEST_F(TlsWatchTest, A1_MessagesWithoutEndAreAFloodInWhateverRecords) {
    EXPECT_TRUE(ends([&] { return message(); }));
    ++turn_.round;
    TlsWatch other{turn_, sockets_, owner_};
    EXPECT_TRUE(ends([&] {
        const std::array<unsigned char, 5> header{SSL3_RT_APPLICATION_DATA, 3, 3, 0, 26};
        return other.received(SSL3_RT_HEADER, header.data(), header.size()) &&
               other.received(SSL3_RT_HANDSHAKE, nullptr, 4);
    }));
}

TEST_F(TlsWatchTest, A1_AlertsWithoutEndAreAFlood) {
    EXPECT_TRUE(ends([&] { return alert(); }));
}

TEST_F(TlsWatchTest, A1_RecordsWithoutContentAreAFlood) {
    EXPECT_TRUE(ends([&] { return record(SSL3_RT_HANDSHAKE, 0); }));
}

// A handshake with certificates, and tickets after it.
TEST_F(TlsWatchTest, A1_ADozenMessagesAreNoFlood) {
    for (int i = 0; i < 16; ++i) {
        EXPECT_TRUE(record(SSL3_RT_HANDSHAKE, full_record / 2));
        EXPECT_TRUE(message());
    }
    EXPECT_FALSE(is_paused());
}

}  // namespace
}  // namespace sent::detail::http
