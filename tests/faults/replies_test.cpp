// N10 to N13: unusual replies, empty ones, and a 2xx that is none of the service's.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "fault_scene.hpp"
#include "support/compression.hpp"

namespace sent::test {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(N10_InterimReplies, AFewAreIgnored) {
    with_both_drivers([](Driver driver) {
        Scene scene(driver);
        scene.answer({reply_head(100) + reply_head(103, {{"Link", "</style.css>"}}) + reply_head(102) +
                      json_reply(200, contacts_page())});
        const auto result = scene.list();
        ASSERT_TRUE(result) << describe(result);
        EXPECT_EQ(result.meta().http_status, 200);
        EXPECT_FALSE(result.meta().headers.contains("Link"));
    });
}

TEST(N10_InterimReplies, AFloodOfThemEndsTheAttempt) {
    with_both_drivers([](Driver driver) {
        Scene scene(driver);
        scene.server.by_default({read_request(), send_repeated(reply_head(100), 1'000'000'000)});
        const auto result = scene.send();
        ASSERT_TRUE(is_unknown(result));
        EXPECT_EQ(result.error().kind, ErrorKind::connection);
        EXPECT_EQ(scene.server.request_count(), 1U);
    });
}

TEST(N11_OddHeaders, AreReadAllTheSame) {
    const auto page = contacts_page();
    const auto length = "content-LENGTH: " + std::to_string(page.size()) + "\r\n";
    const std::vector<std::pair<const char*, std::string>> replies = {
        {"HTTP/1.0", "HTTP/1.0 200 OK\r\n\r\n" + page},
        {"no reason phrase", "HTTP/1.1 200\r\n" + length + "\r\n" + page},
        {"empty reason phrase", "HTTP/1.1 200 \r\n" + length + "\r\n" + page},
        {"odd case", "HTTP/1.1 200 OK\r\ncOnTeNt-TyPe: application/json\r\n" + length + "\r\n" + page},
        {"folded", "HTTP/1.1 200 OK\r\nX-Folded: a\r\n b\r\n" + length + "\r\n" + page},
        {"twice", "HTTP/1.1 200 OK\r\nX-A: 1\r\nX-A: 2\r\n" + length + "\r\n" + page},
    };
    for (const auto& [name, reply] : replies) {
        SCOPED_TRACE(name);
        Scene scene;
        scene.server.by_default({read_request(), send(reply), close()});
        const auto result = scene.list();
        ASSERT_TRUE(result) << describe(result);
        EXPECT_EQ(result->items.size(), 1U);
    }
}

TEST(N11_OddHeaders, TooManyOfThemAreAnErrorAndNoSecondSend) {
    const auto huge_line = "HTTP/1.1 200 OK\r\nX-Huge: " + std::string(1'000'000, 'h') + "\r\n\r\n";
    std::string many = "HTTP/1.1 200 OK\r\n";
    for (int i = 0; i < 10'000; ++i) {
        many += "X-Number-" + std::to_string(i) + ": one of ten thousand\r\n";
    }
    const std::pair<std::string, ErrorKind> heads[] = {{huge_line, ErrorKind::response_too_large},
                                                       {many + "\r\n", ErrorKind::connection}};
    for (const auto& [head, kind] : heads) {
        Scene scene;
        scene.server.by_default({read_request(), send(head), hold()});
        const auto result = scene.send();
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().kind, kind) << describe(result);
        EXPECT_EQ(result.error().attempts, 1);
        EXPECT_NE(result.error().outcome, Outcome::not_sent);
        EXPECT_EQ(scene.server.request_count(), 1U);
    }
}

/// Headers that say two different things about where the reply ends, or nothing that can be read.
const std::vector<std::string>& contradictions() {
    static const std::vector<std::string> heads = {
        "Content-Length: 2\r\nContent-Length: 5\r\n",
        "Content-Length: 5\r\nX-A: 1\r\nCONTENT-LENGTH: 2\r\n",
        "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 2\r\n",
        "Transfer-Encoding: chunked, identity\r\n",
        "Content-Length: +2\r\n",
        "Content-Length: -2\r\n",
        "Content-Length: 2, 2\r\n",
        "Content-Length: 2,5\r\n",
        "Content-Length: 0x2\r\n",
        "Content-Length: two\r\n",
        "Content-Length:\r\n",
        "Content-Length: 99999999999999999999\r\n",
        "Content-Length : 2\r\n",
        "Content-Length: 2\r\n 5\r\n",
    };
    return heads;
}

TEST(A19_ContradictoryLength, LeavesASendWithoutKeyUnknown) {
    with_both_drivers([](Driver driver) {
        for (const auto& head : contradictions()) {
            for (const auto* status : {"204 No Content", "200 OK", "500 Internal Server Error"}) {
                SCOPED_TRACE(std::string{status} + " " + head);
                Scene scene(driver);
                scene.server.by_default({read_request(),
                                         send("HTTP/1.1 " + std::string{status} + "\r\n" + head + "\r\n{}"),
                                         hold()});
                const auto result = scene.send();
                EXPECT_TRUE(is_unknown(result));
                EXPECT_EQ(result ? ErrorKind::configuration : result.error().kind, ErrorKind::connection);
                EXPECT_EQ(scene.server.request_count(), 1U);
            }
        }
    });
}

TEST(A19_ContradictoryLength, IsRepeatedOverAnotherConnectionWhereThatIsSafe) {
    for (const auto& head : contradictions()) {
        SCOPED_TRACE(head);
        Scene scene;
        scene.server.on_connection({read_request(), send("HTTP/1.1 200 OK\r\n" + head + "\r\n{}"), hold()});
        scene.be_healthy();
        const auto result = scene.send_keyed();
        EXPECT_TRUE(result) << describe(result);
        EXPECT_EQ(result.meta().attempts, 2);
        EXPECT_EQ(scene.server.connection_count(), 2U);
        EXPECT_EQ(scene.keys()[0], scene.keys()[1]);
    }
}

TEST(A19_ContradictoryLength, TheSameLengthTwiceIsNone) {
    const auto page = contacts_page();
    const auto length = "Content-Length: " + std::to_string(page.size()) + "\r\n";
    Scene scene;
    scene.server.by_default(
        {read_request(), send("HTTP/1.1 200 OK\r\n" + length + length + "\r\n" + page), hold()});
    const auto result = scene.list();
    EXPECT_TRUE(result) << describe(result);
}

TEST(N12_EmptyReply, IsSuccessForEvery2xxOfAReadAndForThe204OfASend) {
    with_both_drivers([](Driver driver) {
        for (const int status : {200, 202, 204, 205}) {
            SCOPED_TRACE(status);
            Scene scene(driver);
            scene.answer({http_reply(status)});
            const auto sent_message = scene.send();
            EXPECT_EQ(static_cast<bool>(sent_message), status == 204) << describe(sent_message);
            EXPECT_EQ(sent_message.meta().http_status, status);
            if (!sent_message) {
                EXPECT_EQ(sent_message.error().outcome, Outcome::unknown) << "a proxy may have answered";
                EXPECT_EQ(sent_message.error().kind, ErrorKind::undecodable);
                EXPECT_EQ(sent_message.error().attempts, 1);
            }
            const auto keyed = scene.send_keyed();
            ASSERT_TRUE(keyed) << describe(keyed);
            EXPECT_EQ(keyed->body, "");
            const auto list = scene.list();
            ASSERT_TRUE(list) << describe(list);
            EXPECT_TRUE(list->items.empty());
            EXPECT_FALSE(list->has_more);
        }
    });
}

TEST(N12_EmptyReply, ABodyOnA204IsNotRead) {
    with_both_drivers([](Driver driver) {
        Scene scene(driver);
        scene.server.on_connection({read_request(),
                                    send(reply_head(204, {{"Content-Length", "9"}}) + "not JSON!"),
                                    read_request(), send(http_reply(204)), hold()});
        scene.be_healthy();
        const auto first = scene.send();
        EXPECT_TRUE(first) << describe(first);
        EXPECT_EQ(first.meta().raw_body, "");
        const auto second = scene.send();
        EXPECT_TRUE(second) << describe(second);
    });
}

struct Foreign {
    const char* name;
    std::string reply;
};

/// Bodies of a 2xx that are none of the API's.
std::vector<Foreign> foreign_replies() {
    const std::string portal =
        "<!DOCTYPE html><html><body>Please log in to the hotel's network</body></html>";
    return {
        {"captive portal", http_reply(200, {{"Content-Type", "text/html"}}, portal)},
        {"HTML that claims to be JSON", json_reply(200, portal)},
        {"plain text", http_reply(200, {{"Content-Type", "text/plain"}}, "OK")},
        {"Latin-1 outside of strings", json_reply(200, "{\"items\":[],M\xFCller}")},
        {"UTF-16", json_reply(200, std::string("\xFF\xFE{\0}\0", 6))},
        {"half JSON", json_reply(200, R"({"items":[)")},
        {"two documents", json_reply(200, "{}{}")},
    };
}

TEST(N13_ForeignReply, IsNoSuccessForASendAndNotRepeated) {
    with_both_drivers([](Driver driver) {
        for (const auto& foreign : foreign_replies()) {
            SCOPED_TRACE(foreign.name);
            Scene scene(driver);
            scene.answer({foreign.reply});
            const auto result = scene.send();
            ASSERT_FALSE(result);
            EXPECT_EQ(result.error().kind, ErrorKind::undecodable);
            EXPECT_EQ(result.error().outcome, Outcome::unknown);
            EXPECT_EQ(result.error().http_status, 200);
            EXPECT_EQ(result.error().attempts, 1);
            EXPECT_THROW(result.value(), UndecodableError);
            EXPECT_EQ(scene.server.request_count(), 1U);
        }
    });
}

TEST(N13_ForeignReply, IsNoEmptyListForARead) {
    with_both_drivers([](Driver driver) {
        for (const auto& foreign : foreign_replies()) {
            SCOPED_TRACE(foreign.name);
            Scene scene(driver);
            scene.answer({foreign.reply});
            const auto result = scene.list();
            ASSERT_FALSE(result);
            EXPECT_EQ(result.error().kind, ErrorKind::undecodable);
            EXPECT_EQ(scene.server.request_count(), 1U);
        }
    });
}

TEST(N13_ForeignReply, IsQuotedInPartAndRedacted) {
    Scene scene;
    const std::string page = "<html>" + std::string{test_api_key} + " called +14155550123 \x1B[31m" +
                             std::string(400, '.') + "the end</html>";
    scene.answer({http_reply(200, {{"Content-Type", "text/html"}}, page)});
    const auto result = scene.send();
    ASSERT_FALSE(result);
    const auto& message = result.error().message;
    EXPECT_THAT(message, HasSubstr("<html>"));
    EXPECT_THAT(message, Not(HasSubstr("the end")));
    EXPECT_LT(message.size(), 600U);
    EXPECT_THAT(message, Not(HasSubstr(std::string{test_api_key})));
    EXPECT_THAT(message, Not(HasSubstr("4155550123")));
    EXPECT_THAT(message, Not(HasSubstr("\x1B")));
    EXPECT_THAT(result.error().raw_body, HasSubstr("the end"));
}

TEST(N13_ForeignReply, AByteOrderMarkIsEitherReadOverOrAnError) {
    Scene scene;
    scene.answer({json_reply(200, "\xEF\xBB\xBF" + contacts_page("after-the-mark"))});
    const auto result = scene.list();
    if (result) {
        ASSERT_EQ(result->items.size(), 1U);
        EXPECT_EQ(result->items.front().id, "after-the-mark");
    } else {
        EXPECT_EQ(result.error().kind, ErrorKind::undecodable);
    }
}

TEST(B2_ForeignSuccess, LeavesASendOfV3UnknownAndItsKeyServesAgain) {
    with_both_drivers([](Driver driver) {
        for (const auto& foreign :
             {http_reply(200, {{"Content-Type", "text/html"}}, "<html>Please log in</html>"), http_reply(200),
              http_reply(202), json_reply(200, "{}"), json_reply(202, R"({"success":true,"data":{"recip)")}) {
            SCOPED_TRACE(foreign);
            Scene scene(driver);
            scene.answer({foreign, json_reply(202, R"({"success":true,"data":{"status":"QUEUED"}})")});
            SendMessageRequest request;
            request.to = {"+14155550100"};
            CallOptions call;
            call.idempotency_key = test_order;
            const auto first = perform(scene.client(), driver, request, call);
            ASSERT_TRUE(is_unknown(first)) << describe(first);
            EXPECT_EQ(first.error().kind, ErrorKind::undecodable);
            EXPECT_EQ(first.error().idempotency_key, test_order);
            EXPECT_THAT(std::string{first.error().hint()}, HasSubstr("same idempotency key"));
            const auto second = perform(scene.client(), driver, request, call);
            EXPECT_TRUE(second) << describe(second);
            EXPECT_EQ(scene.server.request_count(), 2U);
        }
    });
}

}  // namespace
}  // namespace sent::test
