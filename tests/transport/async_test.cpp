// The asynchronous engine: many requests, one thread, timers, and an orderly end.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <future>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "requests.hpp"
#include "support/scripted_server.hpp"

namespace sent::test {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;
using Kind = TransportErrorKind;

Script echo() {
    return {serve([](const ReceivedRequest& request) { return http_reply(200, {}, request.body); })};
}

TEST(Async, ManyRequestsGetTheirOwnReplies) {
    ScriptedServer server;
    server.by_default(echo());
    Results results;
    std::atomic<int> wrong{0};
    CurlTransport transport;
    for (int i = 0; i < 500; ++i) {
        const std::string mine = std::to_string(i);
        transport.send_async(post(server.origin() + "/x", mine), [&, mine](TransportResult result) {
            wrong += result && result.response().body == mine ? 0 : 1;
            results.add(std::move(result));
        });
    }
    ASSERT_TRUE(results.wait_for(500));
    EXPECT_EQ(wrong, 0);
    EXPECT_EQ(server.request_count(), 500U);
    EXPECT_LE(server.connection_count(), 128U);
}

TEST(Async, SubmittingFromManyThreadsIsSafe) {
    ScriptedServer server;
    server.by_default(echo());
    Results results;
    CurlTransport transport;
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&] {
            for (int i = 0; i < 50; ++i) {
                transport.send_async(post(server.origin() + "/x", "{}"), results.collector());
            }
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }
    ASSERT_TRUE(results.wait_for(200));
    for (const auto& result : results.take()) {
        EXPECT_TRUE(result);
    }
}

TEST(Async, OpensNoMoreConnectionsThanAllowed) {
    ScriptedServer server;
    server.by_default(echo());
    CurlTransportOptions options;
    options.max_async_connections = 3;
    Results results;
    CurlTransport transport(options);
    for (int i = 0; i < 60; ++i) {
        transport.send_async(post(server.origin() + "/x", "{}"), results.collector());
    }
    ASSERT_TRUE(results.wait_for(60));
    for (const auto& result : results.take()) {
        EXPECT_TRUE(result);
    }
    EXPECT_LE(server.connection_count(), 3U);
}

TEST(Async, WaitingForAConnectionCountsForTheTimeout) {
    ScriptedServer server;
    Gate reached;
    server.on_connection({read_request(), notify(reached), hold()});
    server.by_default(echo());
    CurlTransportOptions options;
    options.max_async_connections = 1;
    Results slow;
    Results waiting;
    CurlTransport transport(options);
    transport.send_async(get(server.origin() + "/slow"), slow.collector());
    ASSERT_TRUE(reached.wait(patience));
    HttpRequest request = get(server.origin() + "/waiting");
    request.timeout = milliseconds(100);
    transport.send_async(request, waiting.collector());
    ASSERT_TRUE(waiting.wait_for(1));
    const auto results = waiting.take();
    ASSERT_FALSE(results[0]);
    EXPECT_EQ(results[0].error().kind, Kind::timeout);
    EXPECT_FALSE(results[0].error().request_may_have_left);
    EXPECT_EQ(slow.count(), 0U);
}

TEST(Async, CancellingAWaitingRequestEndsIt) {
    ScriptedServer server;
    Gate reached;
    server.on_connection({read_request(), notify(reached), hold()});
    CurlTransportOptions options;
    options.max_async_connections = 1;
    Results slow;
    Results waiting;
    CurlTransport transport(options);
    transport.send_async(get(server.origin() + "/slow"), slow.collector());
    ASSERT_TRUE(reached.wait(patience));
    CancellationSource source;
    HttpRequest request = get(server.origin() + "/waiting");
    request.cancel = source.token();
    transport.send_async(request, waiting.collector());
    source.cancel();
    ASSERT_TRUE(waiting.wait_for(1));
    const auto results = waiting.take();
    EXPECT_EQ(results[0].error().kind, Kind::cancelled);
    EXPECT_FALSE(results[0].error().request_may_have_left);
    EXPECT_EQ(slow.count(), 0U);
}

TEST(Async, CancelledBeforeSubmissionEndsAlthoughNoConnectionIsFree) {
    ScriptedServer server;
    Gate reached;
    server.on_connection({read_request(), notify(reached), hold()});
    CurlTransportOptions options;
    options.max_async_connections = 1;
    Results slow;
    Results cancelled;
    CurlTransport transport(options);
    transport.send_async(get(server.origin() + "/slow"), slow.collector());
    ASSERT_TRUE(reached.wait(patience));
    CancellationSource source;
    source.cancel();
    HttpRequest request = get(server.origin() + "/waiting");
    request.cancel = source.token();
    for (int i = 0; i < 300; ++i) {
        transport.send_async(request, cancelled.collector());
    }
    EXPECT_TRUE(cancelled.wait_for(300));
    EXPECT_EQ(slow.count(), 0U);
}

TEST(Async, OneTokenCancelsMany) {
    ScriptedServer server;
    server.by_default({read_request(), hold()});
    CancellationSource source;
    Results results;
    CurlTransport transport;
    for (int i = 0; i < 40; ++i) {
        HttpRequest request = get(server.origin() + "/x");
        request.cancel = source.token();
        transport.send_async(request, results.collector());
    }
    ASSERT_TRUE(server.wait_for_requests(40, patience));
    source.cancel();
    ASSERT_TRUE(results.wait_for(40));
    for (const auto& result : results.take()) {
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().kind, Kind::cancelled);
        EXPECT_TRUE(result.error().request_may_have_left);
    }
}

TEST(Async, CompletionMaySubmitTheNextRequest) {
    ScriptedServer server;
    server.by_default(echo());
    std::promise<int> done;
    CurlTransport transport;
    int count = 0;
    AsyncTransport::Completion next = [&](TransportResult result) {
        if (!result || ++count == 100) {
            done.set_value(count);
            return;
        }
        transport.send_async(post(server.origin() + "/x", "{}"), next);
    };
    transport.send_async(post(server.origin() + "/x", "{}"), next);
    auto future = done.get_future();
    ASSERT_EQ(future.wait_for(patience), std::future_status::ready);
    EXPECT_EQ(future.get(), 100);
    EXPECT_EQ(server.connection_count(), 1U);
}

TEST(Async, WhatACompletionThrowsIsDropped) {
    ScriptedServer server;
    server.by_default(echo());
    Results results;
    CurlTransport transport;
    transport.send_async(get(server.origin() + "/x"),
                         [](TransportResult) { throw std::runtime_error("no"); });
    transport.send_async(get(server.origin() + "/x"), results.collector());
    EXPECT_TRUE(results.wait_for(1));
}

TEST(Async, DestructionCompletesWhatIsUnderWay) {
    ScriptedServer server;
    server.by_default({read_request(), hold()});
    Results results;
    {
        CurlTransportOptions options;
        options.max_async_connections = 5;
        CurlTransport transport(options);
        for (int i = 0; i < 20; ++i) {
            transport.send_async(get(server.origin() + "/x"), results.collector());
        }
        ASSERT_TRUE(server.wait_for_requests(5, patience));
    }
    ASSERT_EQ(results.count(), 20U);
    int left = 0;
    for (const auto& result : results.take()) {
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().kind, Kind::cancelled);
        left += result.error().request_may_have_left ? 1 : 0;
    }
    EXPECT_EQ(left, 5);
}

TEST(Async, WhatCompletionsSubmitDuringDestructionIsCancelled) {
    ScriptedServer server;
    server.by_default({read_request(), hold()});
    Results results;
    {
        CurlTransport transport;
        transport.send_async(get(server.origin() + "/x"), [&](TransportResult result) {
            results.add(std::move(result));
            transport.send_async(get(server.origin() + "/y"), results.collector());
        });
        ASSERT_TRUE(server.wait_for_requests(1, patience));
    }
    ASSERT_EQ(results.count(), 2U);
    for (const auto& result : results.take()) {
        EXPECT_EQ(result.error().kind, Kind::cancelled);
    }
    EXPECT_EQ(server.request_count(), 1U);
}

TEST(Async, LastOwnerMayLetGoInsideACompletion) {
    ScriptedServer server;
    server.by_default(echo());
    Results results;
    auto transport = std::make_shared<CurlTransport>();
    CurlTransport* raw = transport.get();
    Gate submitted;
    raw->send_async(get(server.origin() + "/x"),
                    [&results, &submitted, owner = std::move(transport)](TransportResult result) mutable {
                        EXPECT_TRUE(submitted.wait(patience));
                        owner.reset();
                        results.add(std::move(result));
                    });
    submitted.open();
    ASSERT_TRUE(results.wait_for(1));
    EXPECT_TRUE(results.take()[0]);
}

TEST(Async, BlockingCallInsideACompletionWorks) {
    ScriptedServer server;
    server.by_default(echo());
    Results results;
    CurlTransport transport;
    transport.send_async(get(server.origin() + "/x"),
                         [&](TransportResult) { results.add(transport.send(get(server.origin() + "/y"))); });
    ASSERT_TRUE(results.wait_for(1));
    EXPECT_TRUE(results.take()[0]);
}

TEST(Async, UnusedTransportStartsNoThreadAndNeedsNone) {
    const CurlTransport transport;
    SUCCEED();
}

}  // namespace
}  // namespace sent::test
