// The ages of connections: how long one serves, and when it is closed.

#include <dirent.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "requests.hpp"
#include "support/eventually.hpp"
#include "support/gate.hpp"
#include "support/posix.hpp"
#include "support/scripted_server.hpp"

namespace sent::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;

std::uint16_t port_of(const sockaddr_storage& address) {
    sockaddr_in in{};
    std::memcpy(&in, &address, sizeof in);
    return address.ss_family == AF_INET ? ntohs(in.sin_port) : 0;
}

/// This process's sockets that are connected to the port.
std::vector<int> sockets_to(std::uint16_t port) {
    std::vector<int> sockets;
    for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
        const int fd = std::atoi(entry.path().filename().c_str());
        sockaddr_storage peer{};
        socklen_t size = sizeof peer;
        if (::getpeername(fd, reinterpret_cast<sockaddr*>(&peer), &size) == 0 && port_of(peer) == port) {
            sockets.push_back(fd);
        }
    }
    return sockets;
}

/// Those whose connection has not been closed by us, whatever the server has done.
bool none_left(std::uint16_t port) {
    std::size_t open = 0;
    for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
        const int fd = std::atoi(entry.path().filename().c_str());
        sockaddr_storage own{};
        socklen_t size = sizeof own;
        if (::getsockname(fd, reinterpret_cast<sockaddr*>(&own), &size) != 0 || own.ss_family != AF_INET) {
            continue;
        }
        // The server's ends, and its listener, have the port as their own.
        tcp_info info{};
        socklen_t info_size = sizeof info;
        const bool is_tcp = ::getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &info_size) == 0;
        if (is_tcp && port_of(own) != port) {
            ++open;
        }
    }
    return open == 0;
}

class Connections : public testing::TestWithParam<bool> {
  protected:
    Connections() { options_.proxy.mode = ProxyOptions::Mode::off; }

    void serve_with(const Headers& headers) {
        server_.by_default(
            {serve([headers](const ReceivedRequest&) { return http_reply(200, headers, "x"); })});
    }
    [[nodiscard]] bool fetch(CurlTransport& transport) {
        const auto result = run(transport, get(server_.origin() + "/x"), GetParam());
        return static_cast<bool>(result);
    }
    std::size_t connections_of_two_requests() {
        CurlTransport transport(options_);
        EXPECT_TRUE(fetch(transport));
        EXPECT_TRUE(fetch(transport));
        return server_.connection_count();
    }

    ScriptedServer server_;
    CurlTransportOptions options_;
};

INSTANTIATE_TEST_SUITE_P(Modes, Connections, testing::Bool(),
                         [](const auto& test) { return test.param ? "Async" : "Blocking"; });

TEST_P(Connections, B14_AServerThatKeepsThemLongerIsTakenAtItsWord) {
    serve_with({{"Keep-Alive", "timeout=60, max=1000"}});
    EXPECT_EQ(connections_of_two_requests(), 1U);
}

TEST_P(Connections, B14_NoneIsReusedASecondBeforeTheServerClosesIt) {
    for (const auto* value : {"timeout=1", "max=9, Timeout=0", "timeout=\"1\""}) {
        const auto before = server_.connection_count();
        serve_with({{"Connection", "keep-alive"}, {"Keep-Alive", value}});
        EXPECT_EQ(connections_of_two_requests() - before, 2U) << value;
    }
}

TEST_P(Connections, B14_TheTimeCountsFromTheLastReply) {
    std::atomic<int> patience_of_server{2};
    server_.by_default({serve([&](const ReceivedRequest&) {
        return http_reply(200, {{"Keep-Alive", "timeout=" + std::to_string(patience_of_server)}}, "x");
    })});
    CurlTransport transport(options_);
    const auto end = steady_clock::now() + milliseconds(1500);
    while (steady_clock::now() < end) {
        ASSERT_TRUE(fetch(transport));
    }
    EXPECT_EQ(server_.connection_count(), 1U) << "in use, it is kept";
    patience_of_server = 1;
    ASSERT_TRUE(fetch(transport));
    EXPECT_EQ(server_.connection_count(), 1U);
    ASSERT_TRUE(fetch(transport));
    EXPECT_EQ(server_.connection_count(), 2U);
}

// The server closes just when the next request is on its way; a send of v1 would end unknown.
TEST_P(Connections, B14_ARequestDoesNotMeetTheEndOfItsConnection) {
    const auto reply = http_reply(200, {{"Keep-Alive", "timeout=1"}}, "x");
    server_.by_default({read_request(), send(reply), read_request(), reset()});
    CurlTransport transport(options_);
    for (int i = 0; i < 3; ++i) {
        const auto result = run(transport, post(server_.origin() + "/x", "message"), GetParam());
        ASSERT_TRUE(result) << result.error().message;
    }
    EXPECT_EQ(server_.connection_count(), 3U);
}

TEST_P(Connections, B15_ASilentPeerIsGivenUpAfter15Seconds) {
    unsigned limit = 0;
    bool asked = false;
    server_.by_default({read_request(), call([&] {
                            for (const int fd : sockets_to(server_.port())) {
                                socklen_t size = sizeof limit;
                                asked = ::getsockopt(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &limit, &size) == 0;
                            }
                        }),
                        send(http_reply(204))});
    CurlTransport transport(options_);
    EXPECT_TRUE(fetch(transport));
    EXPECT_TRUE(asked);
    EXPECT_EQ(limit, 15'000U);
}

TEST_P(Connections, B16_ABusyConnectionServesNoLongerThanItsAge) {
    serve_with({});
    options_.max_connection_age = seconds(1);
    CurlTransport transport(options_);
    const auto begin = steady_clock::now();
    ASSERT_TRUE(eventually([&] {
        EXPECT_TRUE(fetch(transport));
        return server_.connection_count() >= 2U;
    }));
    EXPECT_GE(steady_clock::now() - begin, milliseconds(990));
    EXPECT_TRUE(server_.wait_for_peer_closes(1, patience)) << "the old one is closed";
}

TEST_P(Connections, B16_WithoutALimitTheyServeOn) {
    serve_with({});
    options_.max_connection_age = seconds(0);
    CurlTransport transport(options_);
    const auto end = steady_clock::now() + milliseconds(1200);
    while (steady_clock::now() < end) {
        ASSERT_TRUE(fetch(transport));
    }
    EXPECT_EQ(server_.connection_count(), 1U);
    options_.max_connection_age = seconds::max();
    EXPECT_EQ(connections_of_two_requests(), 2U) << "one more";
}

TEST_P(Connections, B17_IdleOnesAreClosedThoughNobodyCalls) {
    constexpr std::size_t count = 12;
    const Gate all_are_here;
    server_.by_default({read_request(), wait_for(all_are_here), send(http_reply(204)), wait_for_close()});
    options_.max_idle_time = seconds(1);
    CurlTransport transport(options_);
    Results results;
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < count; ++i) {
        if (GetParam()) {
            transport.send_async(get(server_.origin() + "/x"), results.collector());
        } else {
            threads.emplace_back([&] { results.add(transport.send(get(server_.origin() + "/x"))); });
        }
    }
    EXPECT_TRUE(server_.wait_for_requests(count, patience));
    all_are_here.open();
    EXPECT_TRUE(results.wait_for(count));
    const auto begin = steady_clock::now();
    for (auto& thread : threads) {
        thread.join();
    }
    EXPECT_TRUE(server_.wait_for_peer_closes(count, patience)) << server_.peer_close_count();
    const auto passed = steady_clock::now() - begin;
    EXPECT_GE(passed, milliseconds(900));
    EXPECT_LE(passed, seconds(3));
    EXPECT_TRUE(eventually([&] { return sockets_to(server_.port()).empty(); }));
}

// A request in between must not postpone it for as long again. Idle connections are looked at once a second,
// so that one may stay for a second longer.
TEST(B17_Engine, ClosesAConnectionInTimeThoughOthersAreInUse) {
    ScriptedServer server;
    server.on_connection({read_request(), send(http_reply(204)), wait_for_close()});
    ScriptedServer other;
    other.by_default({serve([](const ReceivedRequest&) { return http_reply(204); })});
    CurlTransportOptions options;
    options.proxy.mode = ProxyOptions::Mode::off;
    options.max_idle_time = seconds(2);
    CurlTransport transport(options);
    ASSERT_TRUE(run(transport, get(server.origin() + "/x"), true));
    const auto begin = steady_clock::now();
    ASSERT_TRUE(eventually([&] { return steady_clock::now() - begin > milliseconds(1500); }));
    ASSERT_TRUE(run(transport, get(other.origin() + "/x"), true));
    EXPECT_TRUE(server.wait_for_peer_closes(1, patience));
    EXPECT_GE(steady_clock::now() - begin, milliseconds(1900));
    EXPECT_LE(steady_clock::now() - begin, milliseconds(3400));
}

// CLOSE_WAIT: the server has closed, and the descriptor is ours.
TEST_P(Connections, B17_ThoseThatTheServerHasClosedDoNotPileUp) {
    server_.by_default({read_request(), send(http_reply(204))});
    options_.max_idle_time = seconds(1);
    CurlTransport transport(options_);
    ASSERT_TRUE(fetch(transport));
    EXPECT_TRUE(server_.wait_for_finished(1, patience));
    EXPECT_TRUE(eventually([&] { return none_left(server_.port()); }, seconds(4)));
}

TEST_P(Connections, B17_WithoutIdleTimeEachIsClosedAtOnce) {
    serve_with({});
    options_.max_idle_time = seconds(0);
    EXPECT_EQ(connections_of_two_requests(), 2U);
    CurlTransport transport(options_);
    ASSERT_TRUE(fetch(transport));
    EXPECT_TRUE(server_.wait_for_peer_closes(3, patience));
}

TEST_P(Connections, B17_ATransportMayGoBeforeItsIdleConnectionsAreDue) {
    serve_with({});
    CurlTransport transport(options_);
    EXPECT_TRUE(fetch(transport));
}

}  // namespace
}  // namespace sent::test
