#include "support/replies.hpp"

#include <gtest/gtest.h>
#include <zlib.h>

#include <array>
#include <stdexcept>

#include "support/compression.hpp"

namespace sent::test {
namespace {

/// Unpacks a gzip stream; zlib checks its CRC and length. Empty when it is not one whole, valid stream.
std::string unpack(std::string packed) {
    z_stream stream{};
    EXPECT_EQ(inflateInit2(&stream, 15 + 16), Z_OK);
    stream.next_in = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_in = static_cast<uInt>(packed.size());
    std::string text;
    std::array<char, 64 * 1024> buffer;
    int result = Z_OK;
    while (result == Z_OK) {
        stream.next_out = reinterpret_cast<Bytef*>(buffer.data());
        stream.avail_out = static_cast<uInt>(buffer.size());
        result = inflate(&stream, Z_NO_FLUSH);
        text.append(buffer.data(), buffer.size() - stream.avail_out);
    }
    inflateEnd(&stream);
    return result == Z_STREAM_END && stream.avail_in == 0 ? text : "";
}

TEST(Replies, AddContentLengthWhereABodyIsAllowed) {
    EXPECT_EQ(http_reply(200, {{"A", "b"}}, "xyz"),
              "HTTP/1.1 200 OK\r\nA: b\r\nContent-Length: 3\r\n\r\nxyz");
    EXPECT_EQ(http_reply(202), "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n");
    EXPECT_EQ(http_reply(204), "HTTP/1.1 204 No Content\r\n\r\n");
    EXPECT_EQ(http_reply(100), "HTTP/1.1 100 Continue\r\n\r\n");
    EXPECT_EQ(reply_head(999), "HTTP/1.1 999 Other\r\n\r\n");
    EXPECT_THROW(http_reply(204, {}, "x"), std::invalid_argument);
}

TEST(Replies, ChunkTheBody) {
    EXPECT_EQ(chunked_reply(200, {}, "0123456789abcdefXY", 16),
              "HTTP/1.1 200 OK\r\nTransfer-Encoding: "
              "chunked\r\n\r\n10\r\n0123456789abcdef\r\n2\r\nXY\r\n0\r\n\r\n");
}

TEST(Replies, NameTheContentTypeOfJson) {
    EXPECT_EQ(json_reply(404, "{}"),
              "HTTP/1.1 404 Not Found\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
}

TEST(Replies, PackABodyThatUnpacksAgain) {
    const std::string body = R"({"items":[1,2,3]})" + std::string(100000, 'x');
    EXPECT_EQ(unpack(gzip(body)), body);
    EXPECT_LT(gzip(body).size(), 1000U);
    EXPECT_EQ(gzip_reply(200, {}, body), http_reply(200, {{"Content-Encoding", "gzip"}}, gzip(body)));
}

TEST(Replies, MakeGzipStreamsOfZeros) {
    for (const std::uint64_t size : {0ULL, 1ULL, 1000ULL, 1ULL << 20U, (5ULL << 20U) + 123U}) {
        const GzipZeros zeros(size);
        std::string packed = zeros.head;
        for (std::uint64_t i = 0; i < zeros.block_count; ++i) {
            packed += zeros.block;
        }
        packed += zeros.tail;
        EXPECT_EQ(packed.size(), gzip_zeros_size(size));
        EXPECT_EQ(unpack(packed), std::string(size, '\0')) << size;
    }
}

TEST(Replies, MakeABombOfTenGigabytesFromAFewKilobytes) {
    const GzipZeros zeros(10ULL << 30U);
    EXPECT_EQ(zeros.block_count, 10240U);
    EXPECT_LT(zeros.head.size() + zeros.block.size() + zeros.tail.size(), 4096U);
    EXPECT_LT(zeros.size(), 20ULL << 20U);
}

TEST(Replies, StoreABodyAsBrotli) {
    // Bits, lowest first: WBITS 0, ISLAST 0, MNIBBLES 00, MLEN-1 = 1 in 16 bits, ISUNCOMPRESSED 1; then 11 to
    // end.
    EXPECT_EQ(brotli_stored("hi"), std::string("\x10\x00\x10hi\x03", 6));
    EXPECT_EQ(brotli_stored(""), "\x06");
}

struct ParseCase {
    std::string text;
    ParseState state;
};

TEST(ReceivedRequest, ReadsHeadsAndTellsWhatIsNone) {
    const ParseCase cases[] = {
        {"GET / HTTP/1.1\r\n\r\n", ParseState::complete},
        {"GET / HTTP/1.1\r\nA: b\r\n", ParseState::incomplete},
        {"", ParseState::incomplete},
        {"GET /\r\n\r\n", ParseState::malformed},
        {"GET / a HTTP/1.1\r\n\r\n", ParseState::malformed},
        {"GET / FTP/1\r\n\r\n", ParseState::malformed},
        {"GET / HTTP/1.1\r\nA b\r\n\r\n", ParseState::malformed},
        {"GET / HTTP/1.1\r\n: b\r\n\r\n", ParseState::malformed},
    };
    for (const auto& entry : cases) {
        ReceivedRequest request;
        std::size_t used = 0;
        EXPECT_EQ(parse_head(entry.text, request, used), entry.state) << entry.text;
        EXPECT_EQ(!request.malformed.empty(), entry.state == ParseState::malformed) << entry.text;
    }
}

TEST(ReceivedRequest, FindsHeadersInAnyCase) {
    ReceivedRequest request;
    std::size_t used = 0;
    ASSERT_EQ(parse_head("GET / HTTP/1.1\r\nX-a: 1\r\nx-A: 2\r\n\r\n", request, used), ParseState::complete);
    EXPECT_EQ(request.header("x-a"), "1");
    EXPECT_EQ(request.header_count("X-A"), 2U);
    EXPECT_EQ(request.header("x-b"), std::nullopt);
}

TEST(ReceivedRequest, ReadsChunkedBodiesWhole) {
    ReceivedRequest request;
    std::size_t head_size = 0;
    parse_head("POST / HTTP/1.1\r\ntransfer-encoding: Chunked\r\n\r\n", request, head_size);
    ASSERT_TRUE(request.chunked);
    const std::string text = "3;ext=1\r\nabc\r\n0A\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\n";
    for (std::size_t size = 0; size < text.size(); ++size) {
        std::size_t used = 0;
        ASSERT_EQ(parse_body(text.substr(0, size), request, used), ParseState::incomplete) << size;
    }
    std::size_t used = 0;
    ASSERT_EQ(parse_body(text + "next", request, used), ParseState::complete);
    EXPECT_EQ(used, text.size());
    EXPECT_EQ(request.body, "abc0123456789");
    EXPECT_EQ(parse_body("x\r\n", request, used), ParseState::malformed);
    EXPECT_EQ(parse_body("1\r\nabc", request, used), ParseState::malformed);
}

TEST(ReceivedRequest, RefusesAContentLengthThatIsNoNumber) {
    for (const char* value : {"", "-1", "1x", "99999999999999999999999"}) {
        ReceivedRequest request;
        request.headers = {{"content-length", value}};
        std::size_t used = 0;
        EXPECT_EQ(parse_body("abc", request, used), ParseState::malformed) << value;
    }
}

}  // namespace
}  // namespace sent::test
