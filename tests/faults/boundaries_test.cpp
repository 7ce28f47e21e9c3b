// N7, N8, N9: replies with surplus bytes, and replies that come too slowly or in pieces.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "fault_scene.hpp"
#include "stopwatch.hpp"
#include "support/eventually.hpp"
#include "support/gate.hpp"
#include "support/sanitized.hpp"

namespace sent::test {
namespace {

using std::chrono::milliseconds;

std::string first_id(const Result<Page<v1::Contact>>& result) {
    return result && result->items.size() == 1 ? result->items.front().id : describe(result);
}

TEST(N7_SurplusBytes, ASmuggledReplyIsNotServedToTheNextCall) {
    with_both_drivers([](Driver driver) {
        Scene scene(driver);
        scene.server.on_connection(
            {read_request(),
             send(json_reply(200, contacts_page("own")) + json_reply(200, contacts_page("smuggled"))),
             hold()});
        scene.be_healthy();
        EXPECT_EQ(first_id(scene.list()), "own");
        EXPECT_EQ(first_id(scene.list()), "contact-1");
        EXPECT_EQ(scene.server.connection_count(), 2U);
    });
}

TEST(N7_SurplusBytes, AReplyThatComesWhileNobodyAsksIsNotServedToTheNextCall) {
    with_both_drivers([](Driver driver) {
        Scene scene(driver);
        const Gate answered;
        const auto own = json_reply(200, contacts_page("own"));
        const auto smuggled = json_reply(200, contacts_page("smuggled"));
        scene.server.on_connection({read_request(), send(own), wait_for(answered), send(smuggled), hold()});
        scene.be_healthy();
        EXPECT_EQ(first_id(scene.list()), "own");
        answered.open();
        // On loopback the bytes are there once the server has written them.
        ASSERT_TRUE(eventually(
            [&] { return scene.server.connections()[0].bytes_sent >= own.size() + smuggled.size(); }));
        EXPECT_EQ(first_id(scene.list()), "contact-1");
    });
}

TEST(N7_SurplusBytes, AContentLengthThatIsTooShortMakesNoReplyOfTheRest) {
    with_both_drivers([](Driver driver) {
        Scene scene(driver);
        const auto page = contacts_page("own");
        scene.server.on_connection({read_request(),
                                    send(reply_head(200, {{"Content-Length", std::to_string(page.size())}}) +
                                         page + "SURPLUS" + json_reply(200, contacts_page("smuggled"))),
                                    hold()});
        scene.be_healthy();
        EXPECT_EQ(first_id(scene.list()), "own");
        EXPECT_EQ(first_id(scene.list()), "contact-1");
    });
}

TEST(N7_SurplusBytes, ABodyThatIsCutByItsLengthIsNoSuccess) {
    Scene scene;
    const auto page = contacts_page("own");
    scene.server.by_default(
        {read_request(), send(reply_head(200, {{"Content-Length", std::to_string(page.size() - 5)}}) + page),
         hold()});
    const auto result = scene.list();
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::undecodable);
}

TEST(N7_SurplusBytes, ABodyOnA204IsNotTheNextSendsReply) {
    with_both_drivers([](Driver driver) {
        Scene scene(driver);
        scene.server.on_connection({read_request(), send(http_reply(204) + http_reply(204)), read_request(),
                                    send(http_reply(403)), hold()});
        scene.answer({http_reply(403)});
        EXPECT_TRUE(scene.send("first"));
        // With the smuggled 204 this would be a success that the service never gave.
        const auto second = scene.send("second");
        ASSERT_FALSE(second);
        EXPECT_EQ(second.error().kind, ErrorKind::permission_denied);
        EXPECT_EQ(scene.arrivals("second"), 1U);
    });
}

struct Slowness {
    const char* name;
    Script script;
};

/// 100 ms a byte: no reply would be complete within the time-outs below.
std::vector<Slowness> slow_replies() {
    const milliseconds pause{100};
    const auto page = json_reply(200, contacts_page());
    const auto body = page.find("\r\n\r\n") + 4;
    return {
        {"silence", {read_request(), hold()}},
        {"slow headers", {read_request(), send_sliced(page, 1, pause)}},
        {"slow body", {read_request(), send(page.substr(0, body)), send_sliced(page.substr(body), 1, pause)}},
        {"stall after the headers", {read_request(), send(page.substr(0, body)), hold()}},
        {"stall amid the body", {read_request(), send(page.substr(0, body + 10)), hold()}},
    };
}

TEST(N8_SlowLoris, UnkeyedSendEndsAtTheAttemptTimeoutAndIsNotRepeated) {
    with_both_drivers([](Driver driver) {
        for (const auto& slow : slow_replies()) {
            SCOPED_TRACE(slow.name);
            Scene scene(driver);
            scene.server.by_default(slow.script);
            scene.options.attempt_timeout = milliseconds(250);
            static_cast<void>(scene.client());
            Stopwatch watch(scene.options.attempt_timeout);
            const auto result = scene.send();
            EXPECT_LE(watch.lateness(), deadline_slack);
            ASSERT_TRUE(is_unknown(result));
            EXPECT_EQ(result.error().kind, ErrorKind::timeout);
            EXPECT_EQ(scene.server.request_count(), 1U);
        }
    });
}

TEST(N8_SlowLoris, ReadEndsByItsDeadlineWhateverItsAttemptsAllow) {
    with_both_drivers([](Driver driver) {
        for (const auto& slow : slow_replies()) {
            SCOPED_TRACE(slow.name);
            Scene scene(driver);
            scene.server.by_default(slow.script);
            scene.options.attempt_timeout = milliseconds(200);
            scene.options.deadline = milliseconds(350);
            scene.options.retry.max_retries = 10;
            static_cast<void>(scene.client());
            Stopwatch watch(*scene.options.deadline);
            const auto result = scene.list();
            EXPECT_LE(watch.lateness(), deadline_slack);
            ASSERT_FALSE(result);
            EXPECT_EQ(result.error().kind, ErrorKind::timeout);
        }
    });
}

TEST(N8_SlowLoris, StallGuardEndsAReplyThatHasBegunLongBeforeTheAttemptTimeout) {
    with_both_drivers([](Driver driver) {
        Scene scene(driver);
        scene.server.by_default({read_request(), send(reply_head(200, {{"Content-Length", "10"}})), hold()});
        CurlTransportOptions curl;
        curl.stall_timeout = milliseconds(200);
        scene.options.transport = std::make_shared<CurlTransport>(curl);
        scene.options.attempt_timeout = std::chrono::minutes(5);
        const auto result = scene.send();
        ASSERT_TRUE(is_unknown(result));
        EXPECT_EQ(result.error().kind, ErrorKind::timeout);
    });
}

TEST(N9_SlicedReply, IsTheSameAsInOnePiece) {
    with_both_drivers([](Driver driver) {
        const auto page = contacts_page("sliced");
        const std::vector<std::pair<const char*, std::string>> replies = {
            {"plain", json_reply(200, page)},
            {"chunked", chunked_reply(200, {}, page, 7)},
            {"gzip", gzip_reply(200, {}, page)},
        };
        for (const auto& [name, reply] : replies) {
            SCOPED_TRACE(name);
            Scene scene(driver);
            scene.server.by_default({read_request(), send_sliced(reply, 1, {}, milliseconds(1)), hold()});
            const auto result = scene.list();
            ASSERT_TRUE(result) << describe(result);
            EXPECT_EQ(first_id(result), "sliced");
            EXPECT_EQ(result.meta().raw_body, page);
        }
    });
}

}  // namespace
}  // namespace sent::test
