#include "core/url.hpp"

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
    for (const auto* url :
         {"http://api.sent.dm", "http://127.0.0.1.example.com", "http://127.0.0", "http://1270.0.0.1",
          "http://localhost.example", "http://[::2]", "http://128.0.0.1", "http://127.0.0.1.5"}) {
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

TEST(PathOnOrigin, AcceptsOnlyTheSameOrigin) {
    std::string problem;
    const auto base = *parse_base_url("https://api.sent.dm/v", false, problem);
    EXPECT_EQ(path_on_origin("https://api.sent.dm/v/v3/me?x=1", base), "/v/v3/me?x=1");
    EXPECT_EQ(path_on_origin("https://API.sent.dm:443/x", base), "/x");
    EXPECT_FALSE(path_on_origin("https://api.sent.dm.evil.example/x", base));
    EXPECT_FALSE(path_on_origin("https://evil.example/https://api.sent.dm/x", base));
    EXPECT_FALSE(path_on_origin("http://api.sent.dm/x", base));
    EXPECT_FALSE(path_on_origin("https://api.sent.dm:8443/x", base));
    EXPECT_FALSE(path_on_origin("https://api.sent.dm@evil.example/x", base));
    EXPECT_FALSE(path_on_origin("//api.sent.dm/x", base));
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
    EXPECT_EQ(encoded("-._~!$&'()*,;=:@"), "-._~!$&'()*,;=:@");
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
    for (const auto* path : {"/", "/v3/me", "/v3/contacts?page=1&x=../y", "/a%20b", "/a//b"}) {
        EXPECT_TRUE(is_plain_path(path)) << path;
    }
    for (const auto* path :
         {"", "v3/me", "/a/../b", "/a/%2e%2E", "/./b", "/a b", "/a#b", "/a\\b", "/a\nb", "/\xC3\xA9"}) {
        EXPECT_FALSE(is_plain_path(path)) << path;
    }
}

}  // namespace
}  // namespace sent::detail
