// Failures before the request is on its way: nothing has left.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <cerrno>
#include <chrono>
#include <string>
#include <system_error>

#include "requests.hpp"
#include "support/loopback.hpp"
#include "support/sanitized.hpp"
#include "support/scripted_server.hpp"

namespace sent::test {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;
using testing::Not;
using Kind = TransportErrorKind;

class Connecting : public testing::TestWithParam<bool> {
  protected:
    TransportResult fetch(const HttpRequest& request) { return run(transport_, request, GetParam()); }

    CurlTransport transport_;
};

INSTANTIATE_TEST_SUITE_P(Modes, Connecting, testing::Bool(),
                         [](const auto& test) { return test.param ? "Async" : "Blocking"; });

TEST_P(Connecting, RefusedNamesHostAndPortAndNoHeader) {
    const RefusedPort port;
    HttpRequest request = get(port.origin() + "/x?phone=12345");
    request.headers.add("x-api-key", "sentinel-key");
    const TransportResult result = fetch(request);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, Kind::connect);
    EXPECT_FALSE(result.error().request_may_have_left);
    EXPECT_THAT(result.error().message, HasSubstr("127.0.0.1:" + std::to_string(port.port())));
    EXPECT_THAT(result.error().message, HasSubstr("refused"));
    EXPECT_THAT(result.error().message, Not(HasSubstr("sentinel")));
    EXPECT_THAT(result.error().message, Not(HasSubstr("12345")));
}

TEST_P(Connecting, UnknownHostIsAResolveError) {
    const TransportResult result = fetch(get("http://nowhere.invalid/x"));
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, Kind::resolve);
    EXPECT_FALSE(result.error().request_may_have_left);
    EXPECT_THAT(result.error().message, HasSubstr("nowhere.invalid:80"));
}

TEST_P(Connecting, BlackholeEndsAtTheConnectTimeout) {
    const Blackhole hole;
    HttpRequest request = get(hole.origin() + "/x");
    request.connect_timeout = milliseconds(200);
    const auto before = std::chrono::steady_clock::now();
    const TransportResult result = fetch(request);
    const auto took = std::chrono::steady_clock::now() - before;
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, Kind::timeout);
    EXPECT_FALSE(result.error().request_may_have_left);
    EXPECT_THAT(result.error().message, HasSubstr("connect timeout of 200 ms"));
    EXPECT_GE(took, milliseconds(195));  // libcurl rounds
    EXPECT_LT(took, milliseconds(2000));
}

TEST_P(Connecting, BlackholeEndsAtAShorterAttemptTimeout) {
    const Blackhole hole;
    HttpRequest request = get(hole.origin() + "/x");
    request.timeout = milliseconds(150);
    const TransportResult result = fetch(request);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, Kind::timeout);
    EXPECT_FALSE(result.error().request_may_have_left);
    EXPECT_THAT(result.error().message, HasSubstr("attempt timeout of 150 ms"));
}

TEST_P(Connecting, SilentTlsServerEndsAtTheConnectTimeout) {
    ScriptedServer server;
    server.by_default({hold()});
    HttpRequest request = get("https://127.0.0.1:" + std::to_string(server.port()) + "/x");
    request.connect_timeout = milliseconds(200);
    const TransportResult result = fetch(request);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, Kind::timeout);
    EXPECT_FALSE(result.error().request_may_have_left);
}

TEST_P(Connecting, WorksOverIPv6) {
    ServerOptions options;
    options.host = "::1";
    ScriptedServer server(options);
    server.by_default({serve([](const ReceivedRequest&) { return http_reply(204); })});
    const TransportResult result = fetch(get(server.origin() + "/x"));
    EXPECT_TRUE(result) << (result ? "" : result.error().message);
}

TEST_P(Connecting, FallsBackToAnAddressThatWorks) {
    // localhost is ::1 and 127.0.0.1; only the second has a server.
    ScriptedServer server;
    server.by_default({serve([](const ReceivedRequest&) { return http_reply(204); })});
    const TransportResult result = fetch(get(server.origin("http", "localhost") + "/x"));
    EXPECT_TRUE(result) << (result ? "" : result.error().message);
}

TEST_P(Connecting, NoDescriptorLeftIsAWantOfResources) {
    ScriptedServer server;
    server.by_default({serve([](const ReceivedRequest&) { return http_reply(204); })});
    ASSERT_TRUE(fetch(get(server.origin() + "/warm-up")));
    const RefusedPort elsewhere;
    // A sanitizer opens a pipe to check an object of a type for the first time, which it can't soon: this
    // one, and what the server drops when a connection ends.
    EXPECT_FALSE(std::generic_category().message(EMFILE).empty());
    {
        ScriptedServer brief;
        brief.by_default({serve([](const ReceivedRequest&) { return http_reply(204); })});
        ASSERT_TRUE(fetch(get(brief.origin() + "/warm-up")));
    }
    rlimit before{};
    ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &before), 0);
    rlimit none = before;
    none.rlim_cur = 3;
    ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &none), 0);
    const TransportResult result = fetch(get(elsewhere.origin() + "/x"));
    ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &before), 0);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, Kind::resource_exhausted) << result.error().message;
    EXPECT_FALSE(result.error().request_may_have_left);
}

TEST_P(Connecting, B38_NoDescriptorLeftToLookUpANameIsAWantOfResources) {
    if (sanitized) {
        GTEST_SKIP() << "the sanitizer needs a pipe to look at an object of another library";
    }
    ScriptedServer server;
    server.by_default({serve([](const ReceivedRequest&) { return http_reply(204); })});
    ASSERT_TRUE(fetch(get(server.origin() + "/warm-up")));
    rlimit before{};
    ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &before), 0);
    rlimit none = before;
    none.rlim_cur = 3;
    ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &none), 0);
    const TransportResult result = fetch(get("http://name.invalid/x"));
    ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &before), 0);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, Kind::resource_exhausted) << result.error().message;
    EXPECT_FALSE(result.error().request_may_have_left);
}

struct BadRequest {
    const char* name;
    void (*spoil)(HttpRequest&);
};

class Unsendable : public testing::TestWithParam<BadRequest> {};

TEST_P(Unsendable, IsRefusedBeforeConnecting) {
    ScriptedServer server;
    server.by_default({serve([](const ReceivedRequest&) { return http_reply(204); })});
    for (const bool async : {false, true}) {
        CurlTransport transport;
        HttpRequest request = post(server.origin() + "/x", "{}");
        GetParam().spoil(request);
        const TransportResult result = run(transport, request, async);
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().kind, Kind::invalid_request) << result.error().message;
        EXPECT_FALSE(result.error().request_may_have_left);
        EXPECT_THAT(result.error().message, Not(HasSubstr("sentinel")));
        EXPECT_TRUE(run(transport, get(server.origin() + "/x"), async));
    }
    EXPECT_EQ(server.request_count(), 2U);
}

std::string with_nul(const char* before, const char* after) {
    return std::string(before) + '\0' + after;
}

INSTANTIATE_TEST_SUITE_P(
    All, Unsendable,
    testing::Values(
        BadRequest{"MethodWithSpace", [](HttpRequest& r) { r.method = "GET /sentinel"; }},
        BadRequest{"MethodWithLineBreak", [](HttpRequest& r) { r.method = "GET\r\nsentinel"; }},
        BadRequest{"EmptyMethod", [](HttpRequest& r) { r.method = ""; }},
        BadRequest{"HeaderValueWithCr", [](HttpRequest& r) { r.headers.add("X", "sentinel\rb"); }},
        BadRequest{"HeaderValueWithLf", [](HttpRequest& r) { r.headers.add("X", "sentinel\nb"); }},
        BadRequest{"HeaderValueWithNul",
                   [](HttpRequest& r) { r.headers.add("X", with_nul("sentinel", "b")); }},
        BadRequest{"HeaderNameWithColon", [](HttpRequest& r) { r.headers.add("X: sentinel\r\nY", "b"); }},
        BadRequest{"EmptyHeaderName", [](HttpRequest& r) { r.headers.add("", "sentinel"); }},
        BadRequest{"OwnContentLength", [](HttpRequest& r) { r.headers.add("content-length", "1"); }},
        BadRequest{"OwnTransferEncoding",
                   [](HttpRequest& r) { r.headers.add("Transfer-Encoding", "chunked"); }},
        BadRequest{"OtherScheme", [](HttpRequest& r) { r.url = "file:///etc/passwd"; }},
        BadRequest{"NoScheme", [](HttpRequest& r) { r.url = "127.0.0.1/x"; }},
        BadRequest{"EmptyUrl", [](HttpRequest& r) { r.url = ""; }},
        BadRequest{"NoHost", [](HttpRequest& r) { r.url = "http:///x"; }},
        BadRequest{"UserInfo", [](HttpRequest& r) { r.url = "http://user:sentinel@127.0.0.1/x"; }},
        BadRequest{"BackslashInHost", [](HttpRequest& r) { r.url = "http://127.0.0.1\\@sentinel/x"; }},
        BadRequest{"UrlWithLineBreak", [](HttpRequest& r) { r.url += "\r\nX: sentinel"; }},
        BadRequest{"UrlWithSpace", [](HttpRequest& r) { r.url += "/a b"; }},
        BadRequest{"UrlWithNul", [](HttpRequest& r) { r.url += with_nul("/a", "b"); }},
        BadRequest{"PortTooHigh", [](HttpRequest& r) { r.url = "http://127.0.0.1:99999/x"; }},
        BadRequest{"PortNoNumber", [](HttpRequest& r) { r.url = "http://127.0.0.1:http/x"; }}),
    [](const auto& test) { return std::string(test.param.name); });

}  // namespace
}  // namespace sent::test
