// What comes back, well-formed or not: parsed, or an error that says what had arrived; bounded in any case.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "requests.hpp"
#include "support/compression.hpp"
#include "support/scripted_server.hpp"

namespace sent::test {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;
using Kind = TransportErrorKind;

class Replies : public testing::TestWithParam<bool> {
  protected:
    TransportResult fetch(Script script) { return fetch(std::move(script), get(server_.origin() + "/x")); }
    TransportResult fetch(Script script, HttpRequest request) {
        server_.on_connection(std::move(script));
        CurlTransport transport(options_);
        return run(transport, request, GetParam());
    }
    /// The server reads the request, sends the bytes, and closes.
    TransportResult reply(const std::string& bytes) { return fetch({read_request(), send(bytes)}); }
    HttpRequest limited(std::size_t max_response_bytes) {
        HttpRequest request = get(server_.origin() + "/x");
        request.max_response_bytes = max_response_bytes;
        return request;
    }

    ScriptedServer server_;
    CurlTransportOptions options_;
};

INSTANTIATE_TEST_SUITE_P(Modes, Replies, testing::Bool(),
                         [](const auto& test) { return test.param ? "Async" : "Blocking"; });

#define EXPECT_ERROR(result, expected)                                          \
    do {                                                                        \
        ASSERT_FALSE(result) << "status " << (result).response().status;        \
        EXPECT_EQ((result).error().kind, expected) << (result).error().message; \
        EXPECT_TRUE((result).error().request_may_have_left);                    \
    } while (false)

TEST_P(Replies, OneByteAtATimeIsTheSameReply) {
    const std::string bytes = json_reply(200, "{\"a\":[1,2,3]}", {{"X-A", "1"}});
    TransportResult result = fetch({read_request(), send_sliced(bytes, 1)});
    ASSERT_TRUE(result) << result.error().message;
    EXPECT_EQ(result.response().body, "{\"a\":[1,2,3]}");
    EXPECT_EQ(result.response().headers.get("x-a"), "1");
}

TEST_P(Replies, ChunkedBodyIsJoined) {
    TransportResult result = reply(chunked_reply(200, {}, "0123456789", 3));
    ASSERT_TRUE(result) << result.error().message;
    EXPECT_EQ(result.response().body, "0123456789");
}

TEST_P(Replies, TrailersAreNoHeaders) {
    TransportResult result = reply(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX-A: 1\r\n\r\n2\r\nab\r\n0\r\nX-Trailer: "
        "1\r\n\r\n");
    ASSERT_TRUE(result) << result.error().message;
    EXPECT_EQ(result.response().body, "ab");
    EXPECT_FALSE(result.response().headers.contains("X-Trailer"));
    EXPECT_TRUE(result.response().headers.contains("X-A"));
}

TEST_P(Replies, BodyUpToTheCloseIsComplete) {
    TransportResult result = reply("HTTP/1.1 200 OK\r\n\r\nall of it");
    ASSERT_TRUE(result) << result.error().message;
    EXPECT_EQ(result.response().body, "all of it");
}

TEST_P(Replies, CloseAfterHalfTheBodyIsIncomplete) {
    const TransportResult result =
        reply("HTTP/1.1 202 Accepted\r\nX-A: 1\r\nContent-Length: 10\r\n\r\n12345");
    EXPECT_ERROR(result, Kind::incomplete);
    EXPECT_EQ(result.error().partial.status, 202);
    EXPECT_EQ(result.error().partial.headers.get("x-a"), "1");
    EXPECT_EQ(result.error().partial.body, "12345");
}

TEST_P(Replies, ResetAfterHalfTheBodyIsIncomplete) {
    const TransportResult result =
        fetch({read_request(), send("HTTP/1.1 202 Accepted\r\nContent-Length: 10\r\n\r\n12345"), reset()});
    EXPECT_ERROR(result, Kind::incomplete);
    EXPECT_EQ(result.error().partial.status, 202);
}

TEST_P(Replies, TruncatedChunksAreIncomplete) {
    const TransportResult result =
        reply("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n12345\r\n5\r\n12");
    EXPECT_ERROR(result, Kind::incomplete);
    EXPECT_EQ(result.error().partial.body, "1234512");
}

TEST_P(Replies, MissingLastChunkIsIncomplete) {
    EXPECT_ERROR(reply("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n12345\r\n"),
                 Kind::incomplete);
}

TEST_P(Replies, UnreadableChunkSizeBreaksTheProtocol) {
    EXPECT_ERROR(reply("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n12345\r\n"),
                 Kind::protocol);
}

TEST_P(Replies, CloseAmidTheHeadersIsClosed) {
    for (const char* bytes : {"HTTP/1.1 200 OK\r\nContent-Le", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n",
                              "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK"}) {
        const TransportResult result = reply(bytes);
        EXPECT_ERROR(result, Kind::closed);
    }
}

TEST_P(Replies, StatusWithoutABodyNeedsNone) {
    for (const int status : {200, 202, 204, 205, 304}) {
        TransportResult result = reply(http_reply(status));
        ASSERT_TRUE(result) << result.error().message;
        EXPECT_EQ(result.response().status, status);
        EXPECT_EQ(result.response().body, "");
    }
}

TEST_P(Replies, BodyOfA204IsIgnored) {
    TransportResult result = reply("HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n12345");
    ASSERT_TRUE(result) << result.error().message;
    EXPECT_EQ(result.response().body, "");
}

TEST_P(Replies, OldAndOddFormsAreRead) {
    TransportResult result = reply(
        "HTTP/1.0 200\r\nx-LOWER:1\r\nX-Space  :  2  \r\nX-Fold: a\r\n\t b\r\n  c\r\n: "
        "nameless\r\n"
        "X-Empty:\r\nX-Twice: 1\r\nx-twice: 2\r\nContent-Length: 2\r\n\r\nok");
    ASSERT_TRUE(result) << result.error().message;
    HttpResponse& response = result.response();
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.body, "ok");
    EXPECT_EQ(response.headers.get("X-Lower"), "1");
    EXPECT_EQ(response.headers.get("X-Fold"), "a b c");
    EXPECT_EQ(response.headers.get("X-Empty"), "");
    EXPECT_EQ(response.headers.get("X-Twice"), "1");
}

TEST_P(Replies, StatusBeyondTheUsualIsPassedOn) {
    for (const int status : {299, 418, 599, 600, 999}) {
        TransportResult result =
            reply("HTTP/1.1 " + std::to_string(status) + " X\r\nContent-Length: 0\r\n\r\n");
        ASSERT_TRUE(result) << result.error().message;
        EXPECT_EQ(result.response().status, status);
    }
}

TEST_P(Replies, WhatIsNoHttpBreaksTheProtocol) {
    for (const char* bytes :
         {"HTTP/1.1 000 X\r\nContent-Length: 0\r\n\r\n", "SSH-2.0-OpenSSH_9\r\n\r\n",
          "HTTP/9.9 200 OK\r\n\r\n", "HTTP/1.1 abc\r\nContent-Length: 0\r\n\r\n", "HTTP/1.1 12 X\r\n\r\n",
          "HTTP/1.1 200 OK\r\nno colon\r\n\r\n", "{\"no\": \"headers\"}",
          "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: x\r\n\r\n12345"}) {
        const TransportResult result = reply(bytes);
        ASSERT_FALSE(result) << bytes;
        EXPECT_TRUE(result.error().kind == Kind::protocol || result.error().kind == Kind::closed)
            << bytes << ": " << result.error().message;
        EXPECT_TRUE(result.error().request_may_have_left);
    }
}

TEST_P(Replies, InterimRepliesAreSkipped) {
    TransportResult result =
        reply("HTTP/1.1 100 Continue\r\nX-Interim: 1\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" +
              http_reply(200, {{"X-A", "1"}}, "ok"));
    ASSERT_TRUE(result) << result.error().message;
    EXPECT_EQ(result.response().status, 200);
    EXPECT_EQ(result.response().body, "ok");
    EXPECT_FALSE(result.response().headers.contains("X-Interim"));
    EXPECT_FALSE(result.response().headers.contains("Link"));
}

TEST_P(Replies, CloseAfterAnInterimReplyHasNoStatus) {
    const TransportResult result = reply("HTTP/1.1 100 Continue\r\n\r\n");
    EXPECT_ERROR(result, Kind::closed);
    EXPECT_EQ(result.error().partial.status, 0);
}

TEST_P(Replies, FloodOfInterimRepliesEndsInAnError) {
    const TransportResult result =
        fetch({read_request(), send_repeated("HTTP/1.1 102 Processing\r\n\r\n", 10'000'000)});
    EXPECT_ERROR(result, Kind::protocol);
    EXPECT_EQ(result.error().partial.status, 0);
}

TEST_P(Replies, HeadersBeyondTheLimitAreTooLarge) {
    const TransportResult one = fetch(
        {read_request(), send("HTTP/1.1 200 OK\r\nX-A: "), send_repeated(std::string(1000, 'a'), 1'000'000)});
    EXPECT_ERROR(one, Kind::too_large);
    const std::string line = "X-A: " + std::string(1000, 'a') + "\r\n";
    const TransportResult many =
        fetch({read_request(), send("HTTP/1.1 200 OK\r\n"), send_repeated(line, 10'000'000)});
    EXPECT_ERROR(many, Kind::too_large);
    EXPECT_EQ(many.error().partial.status, 200);
}

TEST_P(Replies, A2_MoreThanAThousandHeadersEndInAnError) {
    const TransportResult result =
        fetch({read_request(), send("HTTP/1.1 200 OK\r\n"), send_repeated("X-A: 123\r\n", 10'000'000)});
    EXPECT_ERROR(result, Kind::protocol);
    EXPECT_EQ(result.error().partial.status, 200);
}

TEST_P(Replies, A19_ACrWithinAHeaderLineEndsInAnError) {
    for (const char* line : {"X: a\rContent-Length: 5\r\n", "X: a\r\r\n"}) {
        const TransportResult result =
            reply("HTTP/1.1 200 OK\r\n" + std::string{line} + "Content-Length: 2\r\n\r\n{}");
        EXPECT_ERROR(result, Kind::protocol);
    }
}

TEST_P(Replies, ManyHeadersWithinTheLimitAreKept) {
    std::string bytes = "HTTP/1.1 200 OK\r\n";
    for (int i = 0; i < 999; ++i) {
        bytes += "X-" + std::to_string(i) + ": v\r\n";
    }
    TransportResult result = reply(bytes + "Content-Length: 0\r\n\r\n");
    ASSERT_TRUE(result) << result.error().message;
    EXPECT_EQ(result.response().headers.size(), 1'000U);
}

TEST_P(Replies, FloodOfFoldedLinesEndsInAnError) {
    const TransportResult result =
        fetch({read_request(), send("HTTP/1.1 200 OK\r\nX-A: 1\r\n"), send_repeated(" x\r\n", 10'000'000)});
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, Kind::protocol) << result.error().message;
}

TEST_P(Replies, CompressedBodiesAreUnpacked) {
    TransportResult result = reply(gzip_reply(200, {}, "packed text"));
    ASSERT_TRUE(result) << result.error().message;
    EXPECT_EQ(result.response().body, "packed text");
    const std::string packed = brotli_stored("packed otherwise");
    result = reply(http_reply(200, {{"Content-Encoding", "br"}}, packed));
    ASSERT_TRUE(result) << result.error().message;
    EXPECT_EQ(result.response().body, "packed otherwise");
}

TEST_P(Replies, CorruptCompressionBreaksTheProtocol) {
    EXPECT_ERROR(reply(http_reply(200, {{"Content-Encoding", "gzip"}}, "this is no gzip")), Kind::protocol);
}

TEST_P(Replies, CompressionBombIsStoppedAtTheLimit) {
    const std::uint64_t unpacked = 10'000'000'000;
    const auto size = std::to_string(gzip_zeros_size(unpacked));
    const TransportResult result = fetch(
        {read_request(), send(reply_head(200, {{"Content-Encoding", "gzip"}, {"Content-Length", size}})),
         send_gzip_zeros(unpacked)},
        limited(100'000));
    EXPECT_ERROR(result, Kind::too_large);
    EXPECT_EQ(result.error().partial.status, 200);
    EXPECT_EQ(result.error().partial.body.size(), 100'000U);
}

TEST_P(Replies, BodyOfExactlyTheLimitIsFine) {
    TransportResult result = fetch({read_request(), send(http_reply(200, {}, "12345"))}, limited(5));
    ASSERT_TRUE(result) << result.error().message;
    EXPECT_EQ(result.response().body, "12345");
}

TEST_P(Replies, LargerBodyKeepsStatusHeadersAndBeginning) {
    const TransportResult result =
        fetch({read_request(), send(http_reply(500, {{"X-Request-Id", "r"}}, "12345678"))}, limited(5));
    EXPECT_ERROR(result, Kind::too_large);
    EXPECT_EQ(result.error().partial.status, 500);
    EXPECT_EQ(result.error().partial.headers.get("x-request-id"), "r");
    EXPECT_EQ(result.error().partial.body, "12345");
    EXPECT_THAT(result.error().message, HasSubstr("more than 5 bytes"));
}

TEST_P(Replies, PromisedLengthIsNotBelieved) {
    const TransportResult result =
        reply("HTTP/1.1 200 OK\r\nContent-Length: 9000000000000000000\r\n\r\nshort");
    EXPECT_ERROR(result, Kind::incomplete);
}

TEST_P(Replies, SilenceEndsAtTheTimeout) {
    for (const char* begun : {"", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n12"}) {
        HttpRequest request = get(server_.origin() + "/x");
        request.timeout = milliseconds(200);
        const auto before = std::chrono::steady_clock::now();
        const TransportResult result = fetch({read_request(), send(begun), hold()}, request);
        const auto took = std::chrono::steady_clock::now() - before;
        EXPECT_ERROR(result, Kind::timeout);
        EXPECT_THAT(result.error().message, HasSubstr("attempt timeout of 200 ms"));
        EXPECT_GE(took, milliseconds(195));  // libcurl rounds
        EXPECT_LT(took, milliseconds(2000));
    }
}

TEST_P(Replies, TrickleEndsAtTheTimeout) {
    HttpRequest request = get(server_.origin() + "/x");
    request.timeout = milliseconds(300);
    const std::string bytes = http_reply(200, {}, std::string(10'000, 'x'));
    EXPECT_ERROR(fetch({read_request(), send_sliced(bytes, 1, milliseconds(10))}, request), Kind::timeout);
}

TEST_P(Replies, ReplyThatStallsEndsAtTheStallTimeout) {
    options_.stall_timeout = milliseconds(150);
    const TransportResult result =
        fetch({read_request(), send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n12"), hold()});
    EXPECT_ERROR(result, Kind::timeout);
    EXPECT_THAT(result.error().message, HasSubstr("stalled for 150 ms"));
    EXPECT_EQ(result.error().partial.status, 200);
    EXPECT_EQ(result.error().partial.body, "12");
}

TEST_P(Replies, SlowReplyThatGoesOnIsNoStall) {
    options_.stall_timeout = milliseconds(1000);
    const std::string bytes = http_reply(200, {}, "0123456789");
    TransportResult result = fetch({read_request(), send_sliced(bytes, 4, milliseconds(100))});
    EXPECT_TRUE(result) << result.error().message;
}

TEST_P(Replies, WaitingForTheFirstByteIsNoStall) {
    options_.stall_timeout = milliseconds(50);
    TransportResult result = fetch({read_request(), pause(milliseconds(300)), send(http_reply(204))});
    EXPECT_TRUE(result) << result.error().message;
}

TEST_P(Replies, ConnectionIsNotUsedAgainAfterAFailure) {
    server_.on_connection({read_request(), send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n12"), hold()});
    server_.by_default({serve([](const ReceivedRequest&) { return http_reply(200, {}, "fresh"); })});
    CurlTransport transport;
    HttpRequest request = get(server_.origin() + "/x");
    request.timeout = milliseconds(100);
    ASSERT_FALSE(run(transport, request, GetParam()));
    TransportResult result = run(transport, get(server_.origin() + "/x"), GetParam());
    ASSERT_TRUE(result) << result.error().message;
    EXPECT_EQ(result.response().body, "fresh");
    EXPECT_TRUE(server_.wait_for_peer_closes(1, patience));
}

}  // namespace
}  // namespace sent::test
