// Cancelling ends a request at once, in whatever phase it is.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "requests.hpp"
#include "support/loopback.hpp"
#include "support/scripted_server.hpp"

namespace sent::test {
namespace {

using Clock = std::chrono::steady_clock;
using Kind = TransportErrorKind;

/// 100 ms is the promise; the rest is for a busy machine's scheduler.
constexpr std::chrono::milliseconds at_once{300};

class Cancellation : public testing::TestWithParam<bool> {
  protected:
    struct Outcome {
        TransportResult result;
        std::chrono::milliseconds after_cancel;
    };

    /// Runs the request, cancels it when `reached` has returned, and measures how long it goes on.
    Outcome cancel_when(HttpRequest request, const std::function<void()>& reached) {
        CancellationSource source;
        request.cancel = source.token();
        Clock::time_point cancelled;
        std::thread canceller([&] {
            reached();
            cancelled = Clock::now();
            source.cancel();
        });
        TransportResult result = run(transport_, request, GetParam());
        const Clock::time_point ended = Clock::now();
        canceller.join();
        return {std::move(result), std::chrono::duration_cast<std::chrono::milliseconds>(ended - cancelled)};
    }
    void expect_cancelled(const Outcome& outcome, bool may_have_left) {
        ASSERT_FALSE(outcome.result);
        EXPECT_EQ(outcome.result.error().kind, Kind::cancelled) << outcome.result.error().message;
        EXPECT_EQ(outcome.result.error().request_may_have_left, may_have_left);
        EXPECT_LE(outcome.after_cancel, at_once);
    }

    ScriptedServer server_;
    CurlTransport transport_;
};

INSTANTIATE_TEST_SUITE_P(Modes, Cancellation, testing::Bool(),
                         [](const auto& test) { return test.param ? "Async" : "Blocking"; });

TEST_P(Cancellation, BeforeTheStartNothingIsSent) {
    CancellationSource source;
    source.cancel();
    HttpRequest request = get(server_.origin() + "/x");
    request.cancel = source.token();
    const TransportResult result = run(transport_, request, GetParam());
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, Kind::cancelled);
    EXPECT_FALSE(result.error().request_may_have_left);
    EXPECT_EQ(server_.connection_count(), 0U);
}

TEST_P(Cancellation, WhileConnectingNothingHasLeft) {
    const Blackhole hole;
    // There is nothing to observe while a SYN goes unanswered; the pause only makes it likely that it has
    // been sent.
    expect_cancelled(cancel_when(get(hole.origin() + "/x"),
                                 [] { std::this_thread::sleep_for(std::chrono::milliseconds(30)); }),
                     false);
}

TEST_P(Cancellation, DuringTheTlsHandshakeNothingHasLeft) {
    Gate reached;
    server_.by_default({read_bytes(1), notify(reached), hold()});
    expect_cancelled(cancel_when(get("https://127.0.0.1:" + std::to_string(server_.port()) + "/x"),
                                 [&] { EXPECT_TRUE(reached.wait(patience)); }),
                     false);
}

TEST_P(Cancellation, WhileSendingItMayHaveLeft) {
    Gate reached;
    server_.by_default({read_bytes(1), notify(reached), hold()});
    expect_cancelled(cancel_when(post(server_.origin() + "/x", std::string(30'000'000, 'x')),
                                 [&] { EXPECT_TRUE(reached.wait(patience)); }),
                     true);
}

TEST_P(Cancellation, WhileWaitingForTheReplyItMayHaveLeft) {
    Gate reached;
    server_.by_default({read_request(), notify(reached), hold()});
    expect_cancelled(cancel_when(get(server_.origin() + "/x"), [&] { EXPECT_TRUE(reached.wait(patience)); }),
                     true);
}

TEST_P(Cancellation, AmidTheBodyWhatHadArrivedIsKept) {
    Gate reached;
    server_.by_default({read_request(), send("HTTP/1.1 202 Accepted\r\nContent-Length: 9\r\n\r\nbody"),
                        notify(reached), hold()});
    const Outcome outcome =
        cancel_when(get(server_.origin() + "/x"), [&] { EXPECT_TRUE(reached.wait(patience)); });
    expect_cancelled(outcome, true);
}

TEST_P(Cancellation, NextRequestGetsAFreshConnection) {
    Gate reached;
    server_.on_connection({read_request(), notify(reached), hold()});
    server_.by_default({serve([](const ReceivedRequest&) { return http_reply(200, {}, "fresh"); })});
    expect_cancelled(cancel_when(get(server_.origin() + "/x"), [&] { EXPECT_TRUE(reached.wait(patience)); }),
                     true);
    TransportResult result = run(transport_, get(server_.origin() + "/x"), GetParam());
    ASSERT_TRUE(result) << result.error().message;
    EXPECT_EQ(result.response().body, "fresh");
}

TEST_P(Cancellation, OfOthersDisturbsNobody) {
    server_.by_default({serve([](const ReceivedRequest&) { return http_reply(204); })});
    for (int i = 0; i < 50; ++i) {
        CancellationSource source;
        HttpRequest request = get(server_.origin() + "/x");
        request.cancel = source.token();
        const TransportResult result = run(transport_, request, GetParam());
        ASSERT_TRUE(result) << result.error().message;
        source.cancel();
    }
    EXPECT_EQ(server_.connection_count(), 1U);
}

TEST_P(Cancellation, AtRandomMomentsNeverHangsOrCrosses) {
    server_.by_default(
        {serve([](const ReceivedRequest& request) { return http_reply(200, {}, request.body); })});
    for (int i = 0; i < 200; ++i) {
        CancellationSource source;
        const std::string mine = std::to_string(i);
        HttpRequest request = post(server_.origin() + "/x", mine);
        request.cancel = source.token();
        std::thread canceller([&] {
            const auto until = Clock::now() + std::chrono::microseconds(i * 3);
            while (Clock::now() < until) {
            }
            source.cancel();
        });
        TransportResult result = run(transport_, request, GetParam());
        canceller.join();
        if (result) {
            EXPECT_EQ(result.response().body, mine);
        } else {
            EXPECT_EQ(result.error().kind, Kind::cancelled) << result.error().message;
        }
    }
}

TEST(Destruction, EndsABlockingRequestOfAnotherThread) {
    ScriptedServer server;
    Gate reached;
    server.by_default({read_request(), notify(reached), hold()});
    auto transport = std::make_unique<CurlTransport>();
    std::optional<TransportResult> result;
    std::thread thread(
        [&, raw = transport.get()] { result.emplace(raw->send(get(server.origin() + "/x"))); });
    ASSERT_TRUE(reached.wait(patience));
    const auto before = Clock::now();
    transport.reset();
    thread.join();
    EXPECT_LE(Clock::now() - before, std::chrono::seconds(1));
    ASSERT_TRUE(result && !*result);
    EXPECT_EQ(result->error().kind, Kind::cancelled);
    EXPECT_TRUE(result->error().request_may_have_left);
}

}  // namespace
}  // namespace sent::test
