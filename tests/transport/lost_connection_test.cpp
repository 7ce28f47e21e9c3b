// A request is never sent twice, although libcurl would do that when a reused connection dies.

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <string>

#include "requests.hpp"
#include "support/eventually.hpp"
#include "support/scripted_server.hpp"

namespace sent::test {
namespace {

class LossOfConnections : public testing::Test {
  protected:
    std::size_t seen(const std::string& body) const {
        std::size_t count = 0;
        for (const auto& connection : server_.connections()) {
            for (std::size_t at = 0; (at = connection.received.find(body, at)) != std::string::npos; ++at) {
                ++count;
            }
        }
        return count;
    }

    ScriptedServer server_;
    CurlTransport transport_;
};

class LostConnection : public LossOfConnections, public testing::WithParamInterface<bool> {
  protected:
    TransportResult send_post(const std::string& body) {
        return run(transport_, post(server_.origin() + "/send", body), GetParam());
    }
};

INSTANTIATE_TEST_SUITE_P(Modes, LostConnection, testing::Bool(),
                         [](const auto& test) { return test.param ? "Async" : "Blocking"; });

TEST_P(LostConnection, RequestReadAndConnectionClosedIsSeenOnce) {
    server_.on_connection({read_request(), test::send(http_reply(204)), read_request(), close()});
    server_.by_default({serve([](const ReceivedRequest&) { return http_reply(204); })});
    ASSERT_TRUE(send_post("first"));
    const TransportResult second = send_post("second");
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().kind, TransportErrorKind::closed);
    EXPECT_TRUE(second.error().request_may_have_left);
    ASSERT_TRUE(send_post("third"));
    EXPECT_EQ(seen("second"), 1U);
    EXPECT_EQ(server_.request_count(), 3U);
}

TEST_P(LostConnection, RequestReadAndConnectionResetIsSeenOnce) {
    server_.on_connection({read_request(), test::send(http_reply(204)), read_request(), reset()});
    server_.by_default({serve([](const ReceivedRequest&) { return http_reply(204); })});
    ASSERT_TRUE(send_post("first"));
    const TransportResult second = send_post("second");
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().kind, TransportErrorKind::closed);
    EXPECT_TRUE(second.error().request_may_have_left);
    EXPECT_EQ(seen("second"), 1U);
}

TEST_P(LostConnection, ResetAmidTheBodyIsNotRepeated) {
    const std::string body = "begin-" + std::string(8'000'000, 'x');
    server_.on_connection({read_request(), test::send(http_reply(204)), read_bytes(1000), reset()});
    server_.by_default({serve([](const ReceivedRequest&) { return http_reply(204); })});
    ASSERT_TRUE(send_post("first"));
    const TransportResult second = send_post(body);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().kind, TransportErrorKind::closed) << second.error().message;
    EXPECT_TRUE(second.error().request_may_have_left);
    EXPECT_LE(seen("begin-"), 1U);
    EXPECT_EQ(server_.connection_count(), 1U);
}

TEST_P(LostConnection, ConnectionClosedWhileIdleIsReplacedUnnoticed) {
    server_.on_connection({read_request(), test::send(http_reply(204)), close()});
    server_.by_default({serve([](const ReceivedRequest&) { return http_reply(204); })});
    ASSERT_TRUE(send_post("first"));
    ASSERT_TRUE(server_.wait_for_finished(1, patience));
    const TransportResult second = send_post("second");
    EXPECT_TRUE(second) << (second ? "" : second.error().message);
    EXPECT_EQ(seen("second"), 1U);
    EXPECT_EQ(server_.connection_count(), 2U);
}

TEST_P(LostConnection, BytesOnAnIdleConnectionAreNobodysReply) {
    Gate answered;
    server_.on_connection({read_request(), test::send(http_reply(200, {}, "one")), wait_for(answered),
                           test::send(http_reply(200, {}, "smuggled")), hold()});
    server_.by_default({serve([](const ReceivedRequest&) { return http_reply(200, {}, "two"); })});
    ASSERT_TRUE(send_post("first"));
    answered.open();
    // The bytes are there as soon as the server has written them: loopback has no way in between.
    const std::size_t both = 2 * http_reply(200, {}, "one").size();
    ASSERT_TRUE(eventually([&] { return server_.connections()[0].bytes_sent >= both; }));
    TransportResult second = send_post("second");
    ASSERT_TRUE(second) << second.error().message;
    EXPECT_EQ(second.response().body, "two");
    EXPECT_EQ(seen("second"), 1U);
}

TEST_P(LostConnection, SurplusBytesBehindAReplyAreNobodysReply) {
    server_.on_connection(
        {read_request(), test::send(http_reply(200, {}, "one") + http_reply(200, {}, "smuggled")), hold()});
    server_.by_default({serve([](const ReceivedRequest&) { return http_reply(200, {}, "two"); })});
    TransportResult first = send_post("first");
    ASSERT_TRUE(first);
    EXPECT_EQ(first.response().body, "one");
    TransportResult second = send_post("second");
    ASSERT_TRUE(second) << second.error().message;
    EXPECT_EQ(second.response().body, "two");
}

TEST_F(LossOfConnections, AnotherIdleConnectionIsNoWayToRepeatEither) {
    const Gate both_there;
    std::atomic<int> there{0};
    const Step wait_for_both = call([&] {
        if (++there == 2) {
            both_there.open();
        }
        (void)both_there.wait(patience);
    });
    for (int i = 0; i < 2; ++i) {
        server_.on_connection(
            {read_request(), wait_for_both, test::send(http_reply(204)), read_request(), close()});
    }
    server_.by_default({serve([](const ReceivedRequest&) { return http_reply(204); })});
    Results results;
    for (int i = 0; i < 2; ++i) {
        transport_.send_async(post(server_.origin() + "/x", "first"), results.collector());
    }
    ASSERT_TRUE(results.wait_for(2));
    Results last;
    transport_.send_async(post(server_.origin() + "/x", "second"), last.collector());
    ASSERT_TRUE(last.wait_for(1));
    const auto second = last.take();
    ASSERT_FALSE(second[0]);
    EXPECT_TRUE(second[0].error().request_may_have_left);
    EXPECT_EQ(seen("second"), 1U);
    EXPECT_EQ(server_.connection_count(), 2U);
}

TEST_P(LostConnection, FreshConnectionClosedWithoutAReplyMayHaveLeft) {
    server_.on_connection({read_request(), close()});
    server_.by_default({serve([](const ReceivedRequest&) { return http_reply(204); })});
    const TransportResult result = send_post("only");
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, TransportErrorKind::closed);
    EXPECT_TRUE(result.error().request_may_have_left);
    EXPECT_EQ(result.error().partial.status, 0);
    EXPECT_EQ(server_.connection_count(), 1U);
}

}  // namespace
}  // namespace sent::test
