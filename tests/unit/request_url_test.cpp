#include "http/transfer/request_url.hpp"

#include <gtest/gtest.h>

#include <string>

namespace sent::detail::http {
namespace {

UrlAuthority parsed(std::string_view url) {
    UrlAuthority parts;
    const char* wrong = parse_request_url(url, parts);
    EXPECT_EQ(wrong, nullptr) << wrong;
    return parts;
}

bool is_refused(std::string_view url) {
    UrlAuthority parts;
    return parse_request_url(url, parts) != nullptr;
}

TEST(RequestUrl, HostAndPortAreFound) {
    const UrlAuthority full = parsed("https://api.example:8443/v1/x?y=1");
    EXPECT_TRUE(full.https);
    EXPECT_EQ(full.host, "api.example");
    EXPECT_EQ(port_of(full), "8443");
    EXPECT_EQ(port_of(parsed("https://api.example")), "443");
    EXPECT_EQ(port_of(parsed("http://api.example/")), "80");
    EXPECT_EQ(port_of(parsed("http://api.example:/")), "80");
    EXPECT_EQ(parsed("HTTP://a?b").host, "a");
    EXPECT_FALSE(parsed("HTTP://a").https);
    EXPECT_EQ(parsed("http://[::1]:8080/").host, "::1");
    EXPECT_EQ(port_of(parsed("http://[::1]:8080/")), "8080");
    EXPECT_EQ(port_of(parsed("http://[::1]")), "80");
}

TEST(RequestUrl, TellsNamesFromAddresses) {
    for (const char* url : {"http://api.example/x", "http://1.2.3.example", "http://localhost.example"}) {
        EXPECT_TRUE(parsed(url).is_name) << url;
    }
    for (const char* url :
         {"https://127.0.0.1:1/x", "https://[::1]", "http://localhost", "http://LOCALHOST:8080"}) {
        EXPECT_FALSE(parsed(url).is_name) << url;
    }
}

TEST(ProxyUrl, MayHaveNoSchemeOrOneOfSocks) {
    UrlAuthority parts;
    for (const char* url :
         {"proxy.example:3128", "socks5h://proxy.example:3128", "HTTP://proxy.example:3128/"}) {
        ASSERT_EQ(parse_proxy_url(url, parts), nullptr) << url;
        EXPECT_EQ(parts.host, "proxy.example") << url;
        EXPECT_EQ(parts.port, "3128") << url;
        EXPECT_TRUE(parts.is_name) << url;
    }
    EXPECT_NE(parse_proxy_url("ftp://proxy.example", parts), nullptr);
}

TEST(RequestUrl, WhatReadersDisagreeOnIsRefused) {
    for (const char* url : {"",
                            "http",
                            "http:/a",
                            "ftp://a",
                            "//a",
                            "http://",
                            "http:///a",
                            "http://:80",
                            "http://a@b",
                            "http://a:b@c",
                            "http://a\\b",
                            "http://a b",
                            "http://a/\t",
                            "http://a/\x7f",
                            "http://[::1",
                            "http://[::1]x",
                            "http://a:b",
                            "http://a:123456",
                            "http://a:0",
                            "http://0127.0.0.1/",
                            "http://127.1/",
                            "http://0x7f.0.0.1/",
                            "http://127.0.0.%31/",
                            "http://[::g]/"}) {
        EXPECT_TRUE(is_refused(url)) << url;
    }
    EXPECT_FALSE(is_refused("http://a/x@y"));
    EXPECT_FALSE(is_refused("http://a/\xc3\xa4"));
}

TEST(RequestUrl, MessagesNameHostAndPortOnly) {
    HttpRequest request;
    request.url = "https://api.example/contacts/+14155550100?key=1";
    EXPECT_EQ(server_name(request), "api.example:443");
    request.url = "http://[::1]:81/";
    EXPECT_EQ(server_name(request), "[::1]:81");
    request.url = "https://user:password@api.example/";
    EXPECT_EQ(server_name(request), "the server");
}

}  // namespace
}  // namespace sent::detail::http
