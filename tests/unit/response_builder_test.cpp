#include "http/transfer/response_builder.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/allocations.hpp"

namespace sent::detail::http {
namespace {

using Violation = ResponseBuilder::Violation;

class ResponseBuilderTest : public testing::Test {
  protected:
    ResponseBuilderTest() { builder_.begin(1000, 100); }
    bool feed(const std::vector<std::string>& lines) {
        for (const std::string& line : lines) {
            if (!builder_.header_line(line)) {
                return false;
            }
        }
        return true;
    }

    ResponseBuilder builder_;
};

TEST_F(ResponseBuilderTest, HasNothingBeforeAFinalStatusLine) {
    EXPECT_EQ(builder_.take().status, 0);
    EXPECT_TRUE(feed({"HTTP/1.1 103 Early Hints\r\n", "Link: x\r\n", "\r\n"}));
    EXPECT_FALSE(builder_.headers_complete());
    EXPECT_EQ(builder_.take().status, 0);
}

TEST_F(ResponseBuilderTest, ReadsLinesWithAnyEnding) {
    EXPECT_TRUE(feed({"HTTP/1.1 202 Accepted\n", "A: 1\r\n", "B:2", "\n"}));
    EXPECT_TRUE(builder_.headers_complete());
    const HttpResponse response = builder_.take();
    EXPECT_EQ(response.status, 202);
    EXPECT_EQ(response.headers, (Headers{{"A", "1"}, {"B", "2"}}));
}

TEST_F(ResponseBuilderTest, StatusIsReadFromAnything) {
    const std::pair<const char*, int> cases[] = {
        {"HTTP/1.1 200 OK", 200}, {"HTTP/2 204", 204}, {"HTTP/1.1  201 X", 201}, {"HTTP/1.1 000 X", 0},
        {"HTTP/1.1", 0},          {"HTTP/1.1 2x0", 0}, {"HTTP/1.1 9999", 999},   {"", 0}};
    for (const auto& [line, status] : cases) {
        builder_.begin(1000, 100);
        EXPECT_TRUE(builder_.header_line(line));
        EXPECT_EQ(builder_.response().status, status) << line;
    }
}

TEST_F(ResponseBuilderTest, CountsHeaderBytesOfAllReplies) {
    EXPECT_TRUE(feed({"HTTP/1.1 103 Early Hints\r\n", "Link: " + std::string(900, 'x') + "\r\n", "\r\n"}));
    EXPECT_FALSE(feed({"HTTP/1.1 200 OK\r\n", "A: " + std::string(100, 'x') + "\r\n"}));
    EXPECT_EQ(builder_.violation(), Violation::headers_too_large);
}

TEST_F(ResponseBuilderTest, A19_ACrWithinAFieldLineIsRefused) {
    for (const char* line :
         {"A: 1\rContent-Length: 5\r\n", "A\r: 1\r\n", "A: 1\r\r\n", "\rA: 1\n", " folded\rA: 1\r\n"}) {
        builder_.begin(1000, 100);
        EXPECT_TRUE(feed({"HTTP/1.1 200 OK\r\n", "Content-Length: 2\r\n"}));
        EXPECT_FALSE(feed({line})) << line;
        EXPECT_EQ(builder_.violation(), Violation::broken_line);
    }
}

TEST_F(ResponseBuilderTest, A2_AReplyWithMoreThanAThousandFieldsIsRefused) {
    for (const std::size_t count : {1000U, 1001U}) {
        builder_.begin(100'000, 100);
        EXPECT_TRUE(feed({"HTTP/1.1 200 OK\r\n"}));
        EXPECT_TRUE(feed(std::vector<std::string>(1000, "X: a\r\n")));
        EXPECT_EQ(feed(std::vector<std::string>(count - 1000, "X: a\r\n")), count <= 1000);
    }
    EXPECT_EQ(builder_.violation(), Violation::too_many_fields);
}

// Results in their thousands are kept with their headers.
TEST_F(ResponseBuilderTest, SetsAsideWhatTheHeadersBeforeTook) {
    if (!test::allocations_are_counted()) {
        GTEST_SKIP() << "a sanitizer has its own operator new";
    }
    const std::vector<std::string> lines{"HTTP/1.1 204 No Content\r\n", "Server: nginx\r\n",
                                         "Date: Sat, 28 Nov 2026 05:34:59 GMT\r\n", "\r\n"};
    const auto taken_by_reply = [&] {
        builder_.begin(10000, 100);
        const std::size_t before = test::allocated_bytes();
        EXPECT_TRUE(feed(lines));
        EXPECT_EQ(builder_.take().headers.size(), 2U);
        return test::allocated_bytes() - before;
    };
    const std::size_t first = taken_by_reply();
    EXPECT_LT(taken_by_reply(), 200U) << "the first took " << first;

    // One large reply is not a lasting burden.
    builder_.begin(100000, 100);
    EXPECT_TRUE(feed({"HTTP/1.1 204 No Content\r\n", "A: " + std::string(50000, 'x') + "\r\n", "\r\n"}));
    EXPECT_EQ(builder_.take().headers.size(), 1U);
    EXPECT_LT(taken_by_reply(), 5000U);
    EXPECT_LT(taken_by_reply(), 200U);
}

TEST_F(ResponseBuilderTest, BodyUpToTheLimitIsKept) {
    EXPECT_TRUE(feed({"HTTP/1.1 200 OK\r\n", "\r\n"}));
    EXPECT_TRUE(builder_.body_piece(std::string(60, 'a'), -1));
    EXPECT_TRUE(builder_.body_piece(std::string(40, 'b'), -1));
    EXPECT_TRUE(builder_.body_piece("", -1));
    EXPECT_FALSE(builder_.body_piece("c", -1));
    EXPECT_EQ(builder_.violation(), Violation::body_too_large);
    EXPECT_EQ(builder_.take().body, std::string(60, 'a') + std::string(40, 'b'));
}

TEST_F(ResponseBuilderTest, MemoryIsNotSetAsideBeyondTheLimit) {
    EXPECT_TRUE(feed({"HTTP/1.1 200 OK\r\n", "\r\n"}));
    EXPECT_TRUE(builder_.body_piece("a", 9'000'000'000'000'000'000));
    EXPECT_LE(builder_.response().body.capacity(), 200U);
}

TEST_F(ResponseBuilderTest, BeginForgetsTheReplyBefore) {
    EXPECT_TRUE(feed({"HTTP/1.1 200 OK\r\n", "A: 1\r\n", "\r\n"}));
    EXPECT_TRUE(builder_.body_piece("body", -1));
    builder_.begin(1000, 100);
    EXPECT_FALSE(builder_.headers_complete());
    EXPECT_EQ(builder_.header_bytes(), 0U);
    EXPECT_TRUE(feed({"HTTP/1.1 204 No Content\r\n", "\r\n"}));
    const HttpResponse response = builder_.take();
    EXPECT_TRUE(response.headers.empty());
    EXPECT_EQ(response.body, "");
}

TEST_F(ResponseBuilderTest, A1_ABodyInVeryManySmallPiecesIsRefused) {
    constexpr std::size_t limit = 1024 * 1024;
    builder_.begin(1000, limit);
    EXPECT_TRUE(feed({"HTTP/1.1 200 OK\r\n", "\r\n"}));
    std::size_t pieces = 0;
    while (builder_.body_piece("x", -1)) {
        ++pieces;
    }
    EXPECT_EQ(builder_.violation(), Violation::too_many_pieces);
    EXPECT_GE(pieces, 4096U);
    EXPECT_LE(pieces, limit / 64);

    builder_.begin(1000, limit);
    EXPECT_TRUE(feed({"HTTP/1.1 200 OK\r\n", "\r\n"}));
    const std::string piece(256, 'x');
    for (std::size_t size = 0; size < limit; size += piece.size()) {
        ASSERT_TRUE(builder_.body_piece(piece, -1));
    }
}

}  // namespace
}  // namespace sent::detail::http
