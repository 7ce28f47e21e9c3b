#include <sent/testing/mock_transport.hpp>

#include <atomic>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;
using sent::CancellationSource;
using sent::HttpRequest;
using sent::TransportErrorKind;
using sent::TransportResult;
using sent::testing::Gate;
using sent::testing::MockTransport;
using sent::testing::Reply;

HttpRequest make_request() {
    HttpRequest request;
    request.method = "POST";
    request.url = "https://api.sent.dm/v1/messages/contact";
    return request;
}

int status_of(const TransportResult& result) {
    return result ? result.response().status : -1;
}

/// Nothing for an answer.
std::optional<TransportErrorKind> kind_of(const TransportResult& result) {
    if (result) {
        return std::nullopt;
    }
    return result.error().kind;
}

TEST(MockTransportAsync, CompletesOnTheCallingThread) {
    MockTransport mock;
    mock.reply(204);
    std::optional<std::thread::id> thread;

    mock.send_async(make_request(), [&](const TransportResult& result) {
        EXPECT_EQ(status_of(result), 204);
        thread = std::this_thread::get_id();
    });

    EXPECT_EQ(thread, std::this_thread::get_id());
    EXPECT_TRUE(mock.requests().at(0).asynchronous);
}

TEST(MockTransportAsync, CompletesALongChainOfRequestsWithoutDeepStack) {
    MockTransport mock;
    mock.otherwise(204);
    int left = 100'000;
    std::function<void(TransportResult)> next = [&](const TransportResult&) {
        if (--left > 0) {
            mock.send_async(make_request(), next);
        }
    };

    mock.send_async(make_request(), next);

    EXPECT_EQ(left, 0);
}

TEST(MockTransportAsync, AnswersBlockingRequestsFromInsideACompletion) {
    MockTransport mock;
    mock.reply(202).reply(204);
    int status = 0;

    mock.send_async(make_request(),
                    [&](const TransportResult&) { status = status_of(mock.send(make_request())); });

    EXPECT_EQ(status, 204);
}

TEST(MockTransportAsync, MayBeDestroyedByACompletion) {
    auto mock = std::make_shared<MockTransport>();
    mock->reply(204);
    MockTransport& transport = *mock;
    bool called = false;

    transport.send_async(make_request(), [&](const TransportResult&) {
        mock.reset();
        called = true;
    });

    EXPECT_TRUE(called);
}

TEST(MockGate, HoldsABlockingReplyUntilItsGateOpens) {
    MockTransport mock;
    const Gate gate;
    mock.reply(Reply{204}.after(gate));
    auto result = std::async(std::launch::async, [&mock] { return status_of(mock.send(make_request())); });
    ASSERT_TRUE(mock.wait_for_requests(1));
    EXPECT_EQ(result.wait_for(0s), std::future_status::timeout);
    EXPECT_FALSE(gate.is_open());

    gate.open();

    EXPECT_EQ(result.get(), 204);
    EXPECT_TRUE(gate.is_open());
}

TEST(MockGate, HoldsAnAsynchronousReplyUntilItsGateOpens) {
    MockTransport mock;
    const Gate gate;
    mock.otherwise(Reply{204}.after(gate));
    int completed = 0;
    mock.send_async(make_request(), [&](const TransportResult&) { ++completed; });
    mock.send_async(make_request(), [&](const TransportResult&) { ++completed; });
    EXPECT_EQ(completed, 0);

    gate.open();
    EXPECT_EQ(completed, 2);

    mock.send_async(make_request(), [&](const TransportResult&) { ++completed; });
    EXPECT_EQ(completed, 3) << "once open it stays open";
}

TEST(MockGate, OpensAGateWhoseLastCopyIsGone) {
    MockTransport mock;
    int completed = 0;
    {
        std::vector<Gate> copies(1);
        copies.push_back(copies.front());
        mock.reply(Reply{204}.after(copies.front()));
        mock.send_async(make_request(), [&](const TransportResult&) { ++completed; });
        copies.pop_back();
        EXPECT_EQ(completed, 0);
    }

    EXPECT_EQ(completed, 1);
}

TEST(MockGate, CancelsAHeldReply) {
    MockTransport mock;
    const Gate gate;
    mock.otherwise(Reply{204}.after(gate));
    const CancellationSource source;
    auto request = make_request();
    request.cancel = source.token();
    std::optional<TransportErrorKind> kind;
    mock.send_async(request, [&](const TransportResult& result) {
        if (!result) {
            EXPECT_TRUE(result.error().request_may_have_left);
        }
        kind = kind_of(result);
    });
    auto blocking = std::async(std::launch::async, [&mock, request] { return kind_of(mock.send(request)); });
    ASSERT_TRUE(mock.wait_for_requests(2));

    source.cancel();

    EXPECT_EQ(kind, TransportErrorKind::cancelled);
    EXPECT_EQ(blocking.get(), TransportErrorKind::cancelled);
    kind.reset();
    gate.open();
    EXPECT_FALSE(kind) << "it completed a second time";
}

TEST(MockGate, DoesNotSendWhatIsCancelledBeforehand) {
    MockTransport mock;
    mock.otherwise(204);
    const CancellationSource source;
    source.cancel();
    auto request = make_request();
    request.cancel = source.token();

    const auto result = mock.send(request);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, TransportErrorKind::cancelled);
    EXPECT_FALSE(result.error().request_may_have_left);
    bool completed = false;
    mock.send_async(request, [&](const TransportResult& late) { completed = !late; });
    EXPECT_TRUE(completed);
    EXPECT_TRUE(mock.requests().empty());
}

TEST(MockGate, CancelsWhatItHoldsWhenItIsDestroyed) {
    const Gate gate;
    std::optional<TransportErrorKind> kind;
    {
        MockTransport mock;
        mock.reply(Reply{204}.after(gate));
        mock.send_async(make_request(), [&](const TransportResult& result) { kind = kind_of(result); });
        EXPECT_FALSE(kind);
    }

    EXPECT_EQ(kind, TransportErrorKind::cancelled);
}

TEST(MockGate, SurvivesCancellationAndOpeningAtOnce) {
    for (int round = 0; round < 200; ++round) {
        MockTransport mock;
        const Gate gate;
        mock.otherwise(Reply{204}.after(gate));
        const CancellationSource source;
        auto request = make_request();
        request.cancel = source.token();
        std::atomic<int> completed{0};
        std::thread canceller([&] { source.cancel(); });
        std::thread opener([&] { gate.open(); });
        mock.send_async(request, [&](const TransportResult&) { ++completed; });
        canceller.join();
        opener.join();
        EXPECT_EQ(completed, 1);
    }
}

}  // namespace
