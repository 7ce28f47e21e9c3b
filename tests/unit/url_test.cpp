#include "base/url.hpp"

#include <string>

#include <gtest/gtest.h>

namespace sent::detail {
namespace {

std::string origin_and_path(std::string_view text, bool allow_insecure_http = false) {
    std::string problem;
    const auto base = parse_base_url(text, allow_insecure_http, problem);
    return base ? base->origin + "|" + base->path : "refused: " + problem;
}

TEST(BaseUrl, IsNormalised) {
    EXPECT_EQ(origin_and_path("https://api.sent.dm"), "https://api.sent.dm|");
    EXPECT_EQ(origin_and_path("HTTPS://API.Sent.DM:443/"), "https://api.sent.dm|");
    EXPECT_EQ(origin_and_path("https://gateway.example:8443/sent//"), "https://gateway.example:8443|/sent");
    EXPECT_EQ(origin_and_path("https://api.sent.dm:08443"), "https://api.sent.dm:8443|");
}

TEST(BaseUrl, PlainHttpGoesToLoopbackOnly) {
    EXPECT_EQ(origin_and_path("http://127.0.0.1:8080"), "http://127.0.0.1:8080|");
    EXPECT_EQ(origin_and_path("http://127.9.9.9"), "http://127.9.9.9|");
    EXPECT_EQ(origin_and_path("http://localhost:80"), "http://localhost|");
    EXPECT_EQ(origin_and_path("http://[::1]:9000"), "http://[::1]:9000|");
    EXPECT_EQ(origin_and_path("http://[0:0::1]:9000"), "http://[0:0::1]:9000|");
    for (const auto* url : {"http://api.sent.dm", "http://127.0.0.1.example.com", "http://localhost.example",
                            "http://[::2]", "http://128.0.0.1"}) {
        EXPECT_NE(origin_and_path(url).find("allow_insecure_http"), std::string::npos) << url;
    }
    EXPECT_EQ(origin_and_path("http://api.sent.dm", true), "http://api.sent.dm|");
}

TEST(BaseUrl, RefusesWhatIsNoBaseUrlAndSaysWhatToDo) {
    EXPECT_NE(origin_and_path("").find("must start with https://"), std::string::npos);
    EXPECT_NE(origin_and_path("api.sent.dm").find("must start with https://"), std::string::npos);
    EXPECT_NE(origin_and_path("ftp://api.sent.dm").find("must start with https://"), std::string::npos);
    EXPECT_NE(origin_and_path("unix:///var/run/sent.sock").find("must start with https://"),
              std::string::npos);
    EXPECT_NE(origin_and_path("https://").find("host"), std::string::npos);
    EXPECT_NE(origin_and_path("https:///x").find("host"), std::string::npos);
    EXPECT_NE(origin_and_path("https://b\xC3\xBC"
                              "cher.example")
                  .find("punycode"),
              std::string::npos);
    EXPECT_NE(origin_and_path("https://a b").find("host"), std::string::npos);
    EXPECT_NE(origin_and_path(std::string_view{"https://a\0b", 11}).find("host"), std::string::npos);
    EXPECT_NE(origin_and_path("https://host\r\nX: y").find("refused"), std::string::npos);
    EXPECT_NE(origin_and_path("https://host:0").find("port"), std::string::npos);
    EXPECT_NE(origin_and_path("https://host:65536").find("port"), std::string::npos);
    EXPECT_NE(origin_and_path("https://host:8o").find("port"), std::string::npos);
    EXPECT_NE(origin_and_path("https://host:").find("port"), std::string::npos);
    EXPECT_NE(origin_and_path("https://host/a?b=c").find("query"), std::string::npos);
    EXPECT_NE(origin_and_path("https://host/#x").find("query or fragment"), std::string::npos);
    EXPECT_NE(origin_and_path("https://host/a/../b").find("plain"), std::string::npos);
}

TEST(BaseUrl, NeverRepeatsAPassword) {
    const auto text = origin_and_path("https://user:hunter2@host");
    EXPECT_NE(text.find("user name or password"), std::string::npos);
    EXPECT_EQ(text.find("hunter2"), std::string::npos);
}

// libcurl reads 0127.0.0.1 as 87.0.0.1, 0x7f.1 as 127.0.0.1 and %31 as 1.
TEST(A14_BaseUrl, RefusesHostsThatLibcurlReadsOtherwise) {
    for (const auto* host : {"0127.0.0.1", "127.0.0.01", "127.00.0.1", "0127.0.0.1:8000", "127.1", "127.0.0",
                             "2130706433", "0x7f.0.0.1", "0x7F000001", "127.0.0.1.", "1270.0.0.1",
                             "127.0.0.1.5", "017700000001", "127.0.0.256"}) {
        for (const auto* scheme : {"http://", "https://"}) {
            const auto text = origin_and_path(scheme + std::string{host}, true);
            EXPECT_NE(text.find("leading zeros"), std::string::npos) << scheme << host << ": " << text;
        }
    }
    for (const auto* host : {"127.0.0.%31", "%6cocalhost", "127.0.0.1%00", "127.0.0.1\\@evil.example", "[::1",
                             "[::1]x", "[1::2::3]", "[::1%25lo]", "[127.0.0.1]", "127.0.0.1,evil.example"}) {
        EXPECT_NE(origin_and_path("http://" + std::string{host}, true).find("refused"), std::string::npos)
            << host;
    }
    for (const auto* host : {"127.0.0.1", "10.0.0.0", "255.255.255.255", "web.1", "1.2.3.4.example"}) {
        EXPECT_EQ(origin_and_path("https://" + std::string{host}), "https://" + std::string{host} + "|");
    }
}

std::string below(std::string_view url, std::string_view base_url) {
    std::string problem;
    const auto base = parse_base_url(base_url, false, problem);
    const auto path = path_below(url, *base);
    return path ? std::string{*path} : "refused";
}

TEST(PathBelow, AcceptsOnlyTheSameOrigin) {
    constexpr auto* base = "https://api.sent.dm";
    EXPECT_EQ(below("https://api.sent.dm/v3/me?x=1", base), "/v3/me?x=1");
    EXPECT_EQ(below("https://API.sent.dm:443/x", base), "/x");
    for (const auto* url :
         {"https://api.sent.dm.evil.example/x", "https://evil.example/https://api.sent.dm/x",
          "http://api.sent.dm/x", "https://api.sent.dm:8443/x", "https://api.sent.dm@evil.example/x",
          "//api.sent.dm/x", "https://api.sent.dm\\@evil.example/x"}) {
        EXPECT_EQ(below(url, base), "refused") << url;
    }
}

TEST(A18_PathBelow, AcceptsOnlyPathsBelowThatOfTheBaseUrl) {
    constexpr auto* base = "https://gateway.example/sent/";
    EXPECT_EQ(below("https://gateway.example/sent/v3/me?x=1", base), "/v3/me?x=1");
    EXPECT_EQ(below("https://gateway.example/sent?x=1", base), "?x=1");
    for (const auto* path :
         {"", "/", "/v3/me", "/sentinel/v3/me", "/SENT/v3/me", "/%73ent/v3/me", "/x/sent/v3/me"}) {
        EXPECT_EQ(below("https://gateway.example" + std::string{path}, base), "refused") << path;
    }
}

TEST(PathSegment, IsOneSegmentOnTheWire) {
    const auto encoded = [](std::string_view text) {
        std::string out;
        append_path_segment(text, out);
        return out;
    };
    EXPECT_EQ(encoded("a2e6c0d8-1b3f"), "a2e6c0d8-1b3f");
    EXPECT_EQ(encoded("../me"), "..%2Fme");
    EXPECT_EQ(encoded("a/b"), "a%2Fb");
    EXPECT_EQ(encoded("a?x=1"), "a%3Fx=1");
    EXPECT_EQ(encoded("a#b"), "a%23b");
    EXPECT_EQ(encoded("%2e%2e"), "%252e%252e");
    EXPECT_EQ(encoded("+442071838750"), "%2B442071838750");
    EXPECT_EQ(encoded("a b\r\n\x7F\xC3\xA9"), "a%20b%0D%0A%7F%C3%A9");
    EXPECT_EQ(encoded("-._~!$&'()*,=:@"), "-._~!$&'()*,=:@");
    EXPECT_EQ(encoded("..;"), "..%3B");
}

TEST(QueryText, KeepsUnreservedCharactersOnly) {
    std::string out;
    append_query_text("+44 20&a=b~", out);
    EXPECT_EQ(out, "%2B44%2020%26a%3Db~");
}

TEST(DotSegment, IsSeenThroughItsEncodings) {
    for (const auto* segment : {".", "..", "%2e", "%2E%2e", ".%2E", "%2e."}) {
        EXPECT_TRUE(is_dot_segment(segment)) << segment;
    }
    for (const auto* segment : {"", "...", "a", ".a", "%2f", "%2", "%252e"}) {
        EXPECT_FALSE(is_dot_segment(segment)) << segment;
    }
}

TEST(PlainPath, RefusesWhatChangesThePath) {
    for (const auto* path : {"/", "/v3/me", "/v3/contacts?page=1&x=../y", "/a%20b", "/a//b", "/a;x=1/b",
                             "/...;x", "/a%2Fb", "/a%2f.b", "/a%5C", "/a?x=%2f..%2f"}) {
        EXPECT_TRUE(is_plain_path(path)) << path;
    }
    for (const auto* path : {"", "v3/me", "/a/../b", "/a/%2e%2E", "/./b", "/..;/b", "/a/.;x=1", "/%2e.%3B/b",
                             "/a b", "/a#b", "/a\\b", "/a\nb", "/\xC3\xA9"}) {
        EXPECT_FALSE(is_plain_path(path)) << path;
    }
}

TEST(A18_PlainPath, SeesDotSegmentsThatOnlySomeServersSee) {
    for (const auto* path : {"/..%00/b", "/..%00x", "/a/.%2E%00%2fb", "/%252e%252e/b", "/a/..%252fb",
                             "/..%255cb", "/..%25252fb", "/..%253bx/b", "/a/%2e%25%32%65", "/..%09/b",
                             "/..%20/b", "/..%3fx", "/..%23", "/.%2500", "/a\\..\\b"}) {
        EXPECT_FALSE(is_plain_path(path)) << path;
    }
    for (const auto* path : {"/a%00b", "/%25", "/a%2fb", "/100%25", "/...%00", "/a?x=..%2f..", "/a%252fb"}) {
        EXPECT_TRUE(is_plain_path(path)) << path;
    }
}

TEST(A18_PlainPath, SeesDotSegmentsBetweenEncodedSlashes) {
    for (const auto* path :
         {"/a%2f..%2Fb", "/..%2fb", "/a%2F..", "/a/..%5Cb", "/a%5c%2e%2E", "/a%2f..;x=1/b"}) {
        EXPECT_FALSE(is_plain_path(path)) << path;
    }
}

}  // namespace
}  // namespace sent::detail
