// A17: a duration may be as long as its type can count.

#include <gtest/gtest.h>

#include <chrono>
#include <limits>
#include <string>

#include "requests.hpp"
#include "support/scripted_server.hpp"

namespace sent::test {
namespace {

using namespace std::chrono_literals;

class A17_Durations : public testing::TestWithParam<bool> {
  protected:
    A17_Durations() {
        server_.by_default({serve([](const ReceivedRequest&) { return http_reply(200, {}, "well"); })});
    }
    ScriptedServer server_;
};

INSTANTIATE_TEST_SUITE_P(Modes, A17_Durations, testing::Bool(),
                         [](const auto& test) { return test.param ? "Async" : "Blocking"; });

TEST_P(A17_Durations, TheLongestIdleTimeReusesAConnection) {
    for (const auto longest : {std::chrono::seconds::max(), std::chrono::seconds{24h * 365 * 293},
                               std::chrono::seconds{std::numeric_limits<int>::max()}}) {
        const std::size_t before = server_.connection_count();
        CurlTransportOptions options;
        options.max_idle_time = longest;
        CurlTransport transport(options);
        for (int i = 0; i < 3; ++i) {
            const auto result = run(transport, get(server_.origin() + "/x"), GetParam());
            ASSERT_TRUE(result) << result.error().message;
        }
        EXPECT_EQ(server_.connection_count() - before, 1U) << longest.count();
    }
}

TEST_P(A17_Durations, TheShortestIdleTimeReusesNone) {
    CurlTransportOptions options;
    options.max_idle_time = std::chrono::seconds::min();
    CurlTransport transport(options);
    for (int i = 0; i < 2; ++i) {
        const auto result = run(transport, get(server_.origin() + "/x"), GetParam());
        ASSERT_TRUE(result) << result.error().message;
    }
}

TEST_P(A17_Durations, TheLongestStallTimeoutLetsAReplyBeginAndEnd) {
    server_.on_connection({read_request(), send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nwe"),
                           pause(50ms), send("ll"), wait_for_close()});
    CurlTransportOptions options;
    options.stall_timeout = std::chrono::milliseconds::max();
    CurlTransport transport(options);
    const auto result = run(transport, get(server_.origin() + "/x"), GetParam());
    ASSERT_TRUE(result) << result.error().message;
    EXPECT_EQ(result.response().body, "well");
}

TEST_P(A17_Durations, TheLongestTimeoutsAreNone) {
    CurlTransport transport;
    HttpRequest request = get(server_.origin() + "/x");
    request.timeout = std::chrono::milliseconds::max();
    request.connect_timeout = std::chrono::milliseconds::max();
    const auto result = run(transport, request, GetParam());
    ASSERT_TRUE(result) << result.error().message;
}

}  // namespace
}  // namespace sent::test
