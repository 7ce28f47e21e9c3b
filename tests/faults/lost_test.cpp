// N4 to N6: the connection is lost while a request is on its way. A send without a key is never repeated
// then.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "fault_scene.hpp"

namespace sent::test {
namespace {

using std::chrono::milliseconds;
using testing::ElementsAre;

const std::string order{test_order};

TEST(N4_CloseBeforeAnyByte, ConnectionClosedWhileIdleIsReplacedUnnoticed) {
    with_both_drivers([](Driver driver) {
        Scene scene(driver);
        scene.server.on_connection({read_request(), send(http_reply(204)), close()});
        scene.be_healthy();
        ASSERT_TRUE(scene.send("first"));
        ASSERT_TRUE(scene.server.wait_for_finished(1, patience));
        const auto second = scene.send("second");
        EXPECT_TRUE(second) << describe(second);
        EXPECT_EQ(second.meta().attempts, 1);
        EXPECT_EQ(scene.arrivals("second"), 1U);
    });
}

TEST(N4_CloseBeforeAnyByte, UnkeyedSendOnAKeptConnectionIsNotRepeated) {
    with_both_drivers([](Driver driver) {
        Scene scene(driver);
        scene.server.on_connection({read_request(), send(http_reply(204)), read_request(), close()});
        scene.be_healthy();
        ASSERT_TRUE(scene.send("first"));
        const auto second = scene.send("second");
        ASSERT_TRUE(is_unknown(second));
        EXPECT_EQ(second.error().kind, ErrorKind::connection);
        EXPECT_EQ(scene.arrivals("second"), 1U);
        // The client is as good as new.
        ASSERT_TRUE(scene.send("third"));
        EXPECT_EQ(scene.server.request_count(), 3U);
    });
}

TEST(N4_CloseBeforeAnyByte, UnkeyedSendOnAFreshConnectionIsNotRepeated) {
    with_both_drivers([](Driver driver) {
        Scene scene(driver);
        scene.server.on_connection({read_request(), close()});
        scene.be_healthy();
        ASSERT_TRUE(is_unknown(scene.send()));
        EXPECT_EQ(scene.server.request_count(), 1U);
        EXPECT_EQ(scene.server.connection_count(), 1U);
    });
}

TEST(N4_CloseBeforeAnyByte, KeyedSendIsRepeatedWithTheSameKey) {
    Scene scene;
    scene.on_connections(2, {read_request(), close()});
    scene.be_healthy();
    const auto result = scene.send_keyed();
    EXPECT_TRUE(result) << describe(result);
    EXPECT_EQ(result.meta().attempts, 3);
    EXPECT_THAT(scene.keys(), ElementsAre(order, order, order));
}

TEST(N5_ResetAfterRequestSent, UnkeyedSendIsNotRepeated) {
    with_both_drivers([](Driver driver) {
        Scene scene(driver);
        scene.server.on_connection({read_request(), reset()});
        scene.be_healthy();
        const auto result = scene.send();
        ASSERT_TRUE(is_unknown(result));
        EXPECT_EQ(result.error().kind, ErrorKind::connection);
        EXPECT_THROW(result.value(), ConnectionError);
        EXPECT_EQ(scene.server.request_count(), 1U);
    });
}

TEST(N5_ResetAfterRequestSent, UnkeyedSendOnAKeptConnectionIsNotRepeated) {
    with_both_drivers([](Driver driver) {
        Scene scene(driver);
        scene.server.on_connection({read_request(), send(http_reply(204)), read_request(), reset()});
        scene.be_healthy();
        ASSERT_TRUE(scene.send("first"));
        ASSERT_TRUE(is_unknown(scene.send("second")));
        EXPECT_EQ(scene.arrivals("second"), 1U);
        EXPECT_EQ(scene.server.request_count(), 2U);
    });
}

TEST(N5_ResetAfterRequestSent, UnkeyedSendResetAmidItsBodyIsNotRepeated) {
    with_both_drivers([](Driver driver) {
        ServerOptions small;
        small.receive_buffer = 4096;
        Scene scene(driver, small);
        scene.server.on_connection({read_until_headers_end(), read_bytes(1000), reset()});
        scene.be_healthy();
        auto request = send_request("contact-big");
        request.message_body["text"] = std::string(8'000'000, 'x');
        const auto result = perform(scene.client(), driver, request);
        ASSERT_TRUE(is_unknown(result));
        EXPECT_LE(scene.arrivals("contact-big"), 1U);
        EXPECT_EQ(scene.server.connection_count(), 1U);
    });
}

TEST(N5_ResetAfterRequestSent, V3SendWithoutKeyIsNotRepeated) {
    Scene scene;
    scene.server.on_connection({read_request(), reset()});
    scene.be_healthy();
    ASSERT_TRUE(is_unknown(scene.send_keyless()));
    EXPECT_THAT(scene.keys(), ElementsAre(""));
}

TEST(N5_ResetAfterRequestSent, KeyedSendIsRepeatedWithTheSameKey) {
    Scene scene;
    scene.server.on_connection({read_request(), reset()});
    scene.be_healthy();
    const auto result = scene.send_keyed();
    EXPECT_TRUE(result) << describe(result);
    EXPECT_EQ(result.meta().attempts, 2);
    EXPECT_EQ(result.meta().idempotency_key, order);
    EXPECT_THAT(scene.keys(), ElementsAre(order, order));
}

TEST(N5_ResetAfterRequestSent, KeyedSendThatIsAlwaysLostEndsUnknownWithItsKey) {
    Scene scene;
    scene.server.by_default({read_request(), reset()});
    const auto result = scene.send_keyed();
    ASSERT_TRUE(is_unknown(result, 3));
    EXPECT_EQ(result.error().idempotency_key, order);
    EXPECT_THAT(scene.keys(), ElementsAre(order, order, order));
}

TEST(N5_ResetAfterRequestSent, ALaterRefusalDoesNotMakeAKeyedSendKnown) {
    Scene scene;
    scene.server.on_connection({read_request(), reset()});
    scene.answer({json_reply(401, "{}")});
    const auto result = scene.send_keyed();
    ASSERT_TRUE(is_unknown(result, 2));
    EXPECT_EQ(result.error().kind, ErrorKind::authentication);
}

TEST(N5_ResetAfterRequestSent, ReadIsRepeated) {
    with_both_drivers([](Driver driver) {
        Scene scene(driver);
        scene.on_connections(2, {read_request(), reset()});
        scene.be_healthy();
        const auto result = scene.list();
        EXPECT_TRUE(result) << describe(result);
        EXPECT_EQ(result.meta().attempts, 3);
    });
}

TEST(N5_ResetAfterRequestSent, TimeOutOfAnUnkeyedSendIsNotRepeated) {
    with_both_drivers([](Driver driver) {
        Scene scene(driver);
        scene.server.on_connection({read_request(), hold()});
        scene.be_healthy();
        scene.options.attempt_timeout = milliseconds(200);
        const auto result = scene.send();
        ASSERT_TRUE(is_unknown(result));
        EXPECT_EQ(result.error().kind, ErrorKind::timeout);
        EXPECT_EQ(scene.server.request_count(), 1U);
    });
}

TEST(N5_ResetAfterRequestSent, BulkSendsNothingTwiceUnderEveryKindOfLoss) {
    Scene scene;
    // Each request gets another end; most connections die of it.
    std::atomic<unsigned> count{0};
    scene.server.by_default({serve([&count](const ReceivedRequest&) -> Reply {
        switch (count++ % 6) {
            case 0:
                return Reply{"", Reply::Then::reset};
            case 1:
                return Reply{"", Reply::Then::close};
            case 2:
                return Reply{"HTTP/1.1 20", Reply::Then::close};
            case 3:
                return Reply{http_reply(503), Reply::Then::close};
            case 4:
                return Reply{reply_head(200, {{"Content-Length", "10"}}) + "{", Reply::Then::reset};
            default:
                return http_reply(204);
        }
    })});
    constexpr std::size_t messages = 300;
    std::vector<v1::SendToContactRequest> requests;
    for (std::size_t i = 0; i < messages; ++i) {
        requests.push_back(send_request("contact-" + std::to_string(i)));
    }
    BulkOptions bulk;
    bulk.max_in_flight = 16;
    const auto report = scene.client().bulk(requests, bulk);
    std::map<std::string, int> arrived;
    for (const auto& request : scene.server.requests()) {
        const auto begin = request.body.find("contact-");
        ++arrived[request.body.substr(begin, request.body.find('"', begin) - begin)];
    }
    for (std::size_t i = 0; i < messages; ++i) {
        const auto& result = report.results[i];
        const int times = arrived["contact-" + std::to_string(i)];
        if (result) {
            EXPECT_EQ(times, 1);
        } else if (result.error().outcome == Outcome::not_sent) {
            EXPECT_EQ(times, 0);
        } else {
            EXPECT_EQ(result.error().outcome, Outcome::unknown) << describe(result);
            EXPECT_LE(times, 1);
        }
    }
    EXPECT_GT(report.succeeded, 0U);
    EXPECT_GT(report.uncertain, 0U);
}

struct Truncation {
    const char* name;
    std::string bytes;
};

std::vector<Truncation> truncations() {
    const auto gzipped = gzip_reply(200, {}, contacts_page());
    return {
        {"content length never reached", reply_head(200, {{"Content-Length", "100"}}) + R"({"items":[]})"},
        {"chunk cut off", reply_head(200, {{"Transfer-Encoding", "chunked"}}) + "20\r\n{\"items\":[]}"},
        {"last chunk missing",
         reply_head(200, {{"Transfer-Encoding", "chunked"}}) + "c\r\n{\"items\":[]}\r\n"},
        {"amid the headers", "HTTP/1.1 200 OK\r\nContent-Type: application/js"},
        {"amid the status line", "HTTP/1.1 2"},
        {"gzip cut off", gzipped.substr(0, gzipped.size() - 10)},
    };
}

TEST(N6_TruncatedReply, IsNoSuccessAndAReadIsRepeated) {
    with_both_drivers([](Driver driver) {
        for (const auto& truncation : truncations()) {
            for (const auto& end : {close(), reset()}) {
                SCOPED_TRACE(truncation.name);
                Scene scene(driver);
                scene.server.on_connection({read_request(), send(truncation.bytes), end});
                scene.be_healthy();
                const auto result = scene.list();
                ASSERT_TRUE(result) << describe(result);
                EXPECT_EQ(result->items.size(), 1U);
                EXPECT_EQ(result.meta().attempts, 2);
            }
        }
    });
}

TEST(N6_TruncatedReply, EndsAReadAsAConnectionErrorWhenItNeverGetsBetter) {
    for (const auto& truncation : truncations()) {
        SCOPED_TRACE(truncation.name);
        Scene scene;
        scene.server.by_default({read_request(), send(truncation.bytes), close()});
        const auto result = scene.list();
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().kind, ErrorKind::connection) << describe(result);
        EXPECT_EQ(result.error().attempts, 3);
    }
}

TEST(N6_TruncatedReply, UnkeyedSendIsNotRepeated) {
    with_both_drivers([](Driver driver) {
        for (const auto& truncation : truncations()) {
            SCOPED_TRACE(truncation.name);
            Scene scene(driver);
            scene.server.on_connection({read_request(), send(truncation.bytes), close()});
            scene.be_healthy();
            ASSERT_TRUE(is_unknown(scene.send()));
            EXPECT_EQ(scene.server.request_count(), 1U);
        }
    });
}

TEST(N6_TruncatedReply, KeyedSendIsRepeatedWithTheSameKey) {
    for (const auto& truncation : truncations()) {
        SCOPED_TRACE(truncation.name);
        Scene scene;
        scene.server.on_connection({read_request(), send(truncation.bytes), reset()});
        scene.be_healthy();
        const auto result = scene.send_keyed();
        EXPECT_TRUE(result) << describe(result);
        EXPECT_THAT(scene.keys(), ElementsAre(order, order));
    }
}

}  // namespace
}  // namespace sent::test
