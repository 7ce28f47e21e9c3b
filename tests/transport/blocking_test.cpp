#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "requests.hpp"
#include "support/scripted_server.hpp"

namespace sent::test {
namespace {

using testing::HasSubstr;

class Blocking : public testing::Test {
  protected:
    ReceivedRequest received(const HttpRequest& request) {
        server_.by_default({serve([](const ReceivedRequest&) { return http_reply(204); })});
        const TransportResult result = transport_.send(request);
        EXPECT_TRUE(result) << (result ? "" : result.error().message);
        const auto all = server_.requests();
        return all.empty() ? ReceivedRequest{} : all.back();
    }
    std::string url(const std::string& path = "/v1/x") const { return server_.origin() + path; }

    ScriptedServer server_;
    CurlTransport transport_;
};

TEST_F(Blocking, ReturnsStatusHeadersAndBody) {
    server_.by_default({serve([](const ReceivedRequest&) {
        return http_reply(404, {{"X-One", "1"}, {"Set-Cookie", "a"}, {"Set-Cookie", "b"}}, "not here");
    })});
    TransportResult result = transport_.send(get(url()));
    ASSERT_TRUE(result) << result.error().message;
    EXPECT_EQ(result.response().status, 404);
    EXPECT_EQ(result.response().body, "not here");
    EXPECT_EQ(result.response().headers.get("x-one"), "1");
    EXPECT_EQ(result.response().headers.get("content-length"), "8");
    std::vector<std::string> cookies;
    for (const auto field : result.response().headers) {
        if (field.name == "Set-Cookie") {
            cookies.emplace_back(field.value);
        }
    }
    EXPECT_EQ(cookies, (std::vector<std::string>{"a", "b"}));
}

TEST_F(Blocking, ReusesOneConnection) {
    server_.by_default({serve([](const ReceivedRequest&) { return http_reply(204); })});
    for (int i = 0; i < 50; ++i) {
        ASSERT_TRUE(transport_.send(post(url(), "{}")));
    }
    EXPECT_EQ(server_.connection_count(), 1U);
    EXPECT_EQ(server_.request_count(), 50U);
}

TEST_F(Blocking, SendsOnlyTheHeadersGivenAndWhatHttpNeeds) {
    HttpRequest request = post(url("/a%2Fb/../c?q=%2B1"), "{\"a\":1}");
    request.headers.add("X-Empty", "");
    request.headers.add("X-Blank", "  ");
    request.headers.add("X-Twice", "1");
    request.headers.add("X-Twice", "2");
    const ReceivedRequest got = received(request);
    EXPECT_EQ(got.method, "POST");
    EXPECT_EQ(got.target, "/a%2Fb/../c?q=%2B1");
    EXPECT_EQ(got.version, "HTTP/1.1");
    EXPECT_EQ(got.body, "{\"a\":1}");
    EXPECT_EQ(got.header("content-type"), "application/json");
    EXPECT_EQ(got.header("content-length"), "7");
    EXPECT_EQ(got.header("x-empty"), "");
    EXPECT_EQ(got.header("x-blank"), "");
    EXPECT_EQ(got.header_count("x-twice"), 2U);
    EXPECT_EQ(got.header_count("expect"), 0U);
    EXPECT_EQ(got.header_count("user-agent"), 0U);
    EXPECT_EQ(got.header_count("cookie"), 0U);
    EXPECT_EQ(got.header_count("accept-encoding"), 0U);
    std::vector<std::string> names;
    for (const auto& [name, value] : got.headers) {
        names.push_back(name);
    }
    EXPECT_THAT(names, testing::UnorderedElementsAre("Host", "Accept", "Content-Type", "X-Empty", "X-Blank",
                                                     "X-Twice", "X-Twice", "Content-Length"));
}

TEST_F(Blocking, AsksForPackedRepliesWhereTheyMayBeLarge) {
    EXPECT_THAT(received(get(url())).header("accept-encoding").value_or(""), HasSubstr("gzip"));
    const std::string large(5000, 'x');
    EXPECT_THAT(received(post(url(), large)).header("accept-encoding").value_or(""), HasSubstr("gzip"));
    EXPECT_EQ(received(post(url(), "{}")).header_count("accept-encoding"), 0U);
    HttpRequest asked = post(url(), "{}");
    asked.headers.add("Accept-Encoding", "gzip");
    EXPECT_EQ(received(asked).header("accept-encoding"), "gzip");
}

TEST_F(Blocking, UnpacksWhatItHasNotAskedFor) {
    const std::string text = R"({"success":true})";
    server_.by_default({serve([&](const ReceivedRequest&) { return gzip_reply(202, {}, text); })});
    const TransportResult result = transport_.send(post(url(), "{}"));
    ASSERT_TRUE(result) << result.error().message;
    EXPECT_EQ(server_.requests().back().header_count("accept-encoding"), 0U);
    EXPECT_EQ(result.response().body, text);
}

TEST_F(Blocking, SendsLargeBodiesWithoutAskingFirst) {
    const std::string body(3'000'000, 'x');
    const ReceivedRequest got = received(post(url(), body));
    EXPECT_EQ(got.body.size(), body.size());
    EXPECT_EQ(got.header_count("expect"), 0U);
}

TEST_F(Blocking, SendsBodiesWithAnyByte) {
    const std::string body("a\0b\r\n\xff", 6);
    EXPECT_EQ(received(post(url(), body)).body, body);
}

struct MethodCase {
    const char* method;
    const char* body;
    const char* content_length;  ///< null: none
};

class Methods : public Blocking, public testing::WithParamInterface<MethodCase> {};

TEST_P(Methods, FramesTheBodyAsTheMethodNeeds) {
    HttpRequest request = get(url());
    request.method = GetParam().method;
    request.body = GetParam().body;
    const ReceivedRequest got = received(request);
    EXPECT_EQ(got.method, GetParam().method);
    EXPECT_EQ(got.body, GetParam().body);
    EXPECT_EQ(got.header_count("content-type"), 0U);
    EXPECT_FALSE(got.chunked);
    if (GetParam().content_length == nullptr) {
        EXPECT_EQ(got.header("content-length"), std::nullopt);
    } else {
        EXPECT_EQ(got.header("content-length"), GetParam().content_length);
    }
}

INSTANTIATE_TEST_SUITE_P(All, Methods,
                         testing::Values(MethodCase{"GET", "", nullptr}, MethodCase{"GET", "{}", "2"},
                                         MethodCase{"POST", "", "0"}, MethodCase{"POST", "{}", "2"},
                                         MethodCase{"PUT", "", "0"}, MethodCase{"PUT", "{}", "2"},
                                         MethodCase{"PATCH", "", "0"}, MethodCase{"PATCH", "{}", "2"},
                                         MethodCase{"DELETE", "", nullptr}, MethodCase{"DELETE", "{}", "2"},
                                         MethodCase{"OPTIONS", "", nullptr}),
                         [](const auto& test) {
                             return std::string(test.param.method) +
                                    (*test.param.body != '\0' ? "WithBody" : "Bare");
                         });

TEST_F(Blocking, OneHandleTakesAnyMethodAfterAnyOther) {
    constexpr MethodCase kinds[] = {{"GET", "", nullptr}, {"GET", "{}", "2"},   {"HEAD", "", nullptr},
                                    {"POST", "", "0"},    {"POST", "[1]", "3"}, {"PUT", "", "0"},
                                    {"PUT", "{}", "2"},   {"PATCH", "{}", "2"}, {"DELETE", "", nullptr},
                                    {"DELETE", "{}", "2"}};
    const auto send = [this](const MethodCase& kind) {
        HttpRequest request = get(url());
        request.method = kind.method;
        request.body = kind.body;
        const ReceivedRequest got = received(request);
        EXPECT_EQ(got.method, kind.method);
        EXPECT_EQ(got.body, kind.body);
        EXPECT_EQ(got.header("content-length").value_or("none"),
                  kind.content_length == nullptr ? "none" : kind.content_length);
    };
    for (const MethodCase& first : kinds) {
        for (const MethodCase& second : kinds) {
            SCOPED_TRACE(std::string(first.method) + first.body + " " + second.method + second.body);
            send(first);
            send(second);
            send(second);
        }
    }
    EXPECT_EQ(server_.connection_count(), 1U);
}

TEST_F(Blocking, LeavesNothingOfARequestBehindForTheNext) {
    HttpRequest first = post(url("/first"), "{\"secret\":1}");
    first.method = "PUT";
    first.headers.add("X-First", "1");
    received(first);
    const ReceivedRequest plain = received(get(url("/second")));
    EXPECT_EQ(plain.method, "GET");
    EXPECT_EQ(plain.target, "/second");
    EXPECT_EQ(plain.body, "");
    EXPECT_EQ(plain.header_count("x-first"), 0U);
    EXPECT_EQ(plain.header_count("content-length"), 0U);
    HttpRequest removal = get(url());
    removal.method = "DELETE";
    received(removal);
    EXPECT_EQ(received(post(url(), "{}")).method, "POST");
    EXPECT_EQ(received(get(url())).method, "GET");
    EXPECT_EQ(server_.connection_count(), 1U);
}

TEST_F(Blocking, EachRequestGoesWhereItSays) {
    ScriptedServer other;
    other.by_default({serve([](const ReceivedRequest&) { return http_reply(204); })});
    for (const auto* target : {"/a", "/a", "/a?b=1", "/a?b=1", "/a?b=2", "/a", "/"}) {
        EXPECT_EQ(received(get(url(target))).target, target);
    }
    ASSERT_TRUE(transport_.send(get(other.origin() + "/")));
    EXPECT_EQ(other.requests().back().target, "/");
    EXPECT_EQ(received(get(url("/"))).target, "/");
    EXPECT_EQ(other.request_count(), 1U);
    EXPECT_EQ(server_.connection_count(), 1U);
}

TEST_F(Blocking, AUrlThatIsRefusedStaysRefusedAndLeavesTheOneBeforeUsable) {
    EXPECT_EQ(received(get(url("/a?b=1"))).target, "/a?b=1");
    for (const auto& bad : {url("/a b"), url("/a b"), std::string{}, std::string{}}) {
        const TransportResult result = transport_.send(get(bad));
        ASSERT_FALSE(result) << bad;
        EXPECT_EQ(result.error().kind, TransportErrorKind::invalid_request);
        EXPECT_FALSE(result.error().request_may_have_left);
    }
    EXPECT_EQ(received(get(url("/a?b=1"))).target, "/a?b=1");
    EXPECT_EQ(server_.request_count(), 2U);
}

TEST_F(Blocking, HeadReplyHasNoBody) {
    server_.by_default({read_request(), send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n"), read_request(),
                        send(http_reply(200, {}, "ok"))});
    HttpRequest head = get(url());
    head.method = "HEAD";
    TransportResult result = transport_.send(head);
    ASSERT_TRUE(result) << result.error().message;
    EXPECT_EQ(result.response().body, "");
    result = transport_.send(get(url()));
    ASSERT_TRUE(result) << result.error().message;
    EXPECT_EQ(result.response().body, "ok");
}

TEST_F(Blocking, DoesNotFollowRedirects) {
    ScriptedServer other;
    server_.by_default({serve([&](const ReceivedRequest&) {
        return http_reply(307, {{"Location", other.origin() + "/x"}});
    })});
    TransportResult result = transport_.send(post(url(), "{}"));
    ASSERT_TRUE(result);
    EXPECT_EQ(result.response().status, 307);
    EXPECT_EQ(result.response().headers.get("location"), other.origin() + "/x");
    EXPECT_EQ(other.connection_count(), 0U);
    EXPECT_EQ(server_.request_count(), 1U);
}

TEST_F(Blocking, SendsNoCredentialsOnA401) {
    server_.by_default({serve([](const ReceivedRequest&) {
        return http_reply(401, {{"WWW-Authenticate", "Basic realm=\"x\""}, {"Set-Cookie", "a=b"}});
    })});
    ASSERT_TRUE(transport_.send(get(url())));
    ASSERT_TRUE(transport_.send(get(url())));
    ASSERT_EQ(server_.request_count(), 2U);
    EXPECT_EQ(server_.requests()[1].header_count("authorization"), 0U);
    EXPECT_EQ(server_.requests()[1].header_count("cookie"), 0U);
}

TEST_F(Blocking, ManyThreadsGetTheirOwnReplies) {
    server_.by_default(
        {serve([](const ReceivedRequest& request) { return http_reply(200, {}, request.body); })});
    std::vector<std::thread> threads;
    std::atomic<int> wrong{0};
    for (int t = 0; t < 8; ++t) {
        threads.emplace_back([&, t] {
            for (int i = 0; i < 50; ++i) {
                const std::string mine = std::to_string(t) + "/" + std::to_string(i);
                TransportResult result = transport_.send(post(url(), mine));
                wrong += result && result.response().body == mine ? 0 : 1;
            }
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }
    EXPECT_EQ(wrong, 0);
    EXPECT_EQ(server_.request_count(), 400U);
    EXPECT_LE(server_.connection_count(), 8U);
}

TEST(IdleHandles, BeyondTheLimitAreClosed) {
    ScriptedServer server;
    Gate all_there;
    std::atomic<int> there{0};
    server.by_default({serve([&](const ReceivedRequest&) {
        if (++there == 3) {
            all_there.open();
        }
        (void)all_there.wait(patience);
        return http_reply(204);
    })});
    CurlTransportOptions options;
    options.max_idle_handles = 1;
    CurlTransport transport(options);
    std::vector<std::thread> threads;
    for (int i = 0; i < 3; ++i) {
        threads.emplace_back([&] { EXPECT_TRUE(transport.send(get(server.origin() + "/x"))); });
    }
    for (auto& thread : threads) {
        thread.join();
    }
    EXPECT_TRUE(server.wait_for_peer_closes(2, patience));
    EXPECT_TRUE(transport.send(get(server.origin() + "/x")));
    EXPECT_EQ(server.connection_count(), 3U);
    EXPECT_EQ(server.peer_close_count(), 2U);
}

TEST(IdleHandles, TooOldOnesAreNotUsedAgain) {
    ScriptedServer server;
    server.by_default({serve([](const ReceivedRequest&) { return http_reply(204); })});
    CurlTransportOptions options;
    options.max_idle_time = std::chrono::seconds(0);
    CurlTransport transport(options);
    EXPECT_TRUE(transport.send(get(server.origin() + "/x")));
    EXPECT_TRUE(transport.send(get(server.origin() + "/x")));
    EXPECT_EQ(server.connection_count(), 2U);
    EXPECT_TRUE(server.wait_for_peer_closes(1, patience));
}

TEST(IdleHandles, AreClosedWithTheTransport) {
    ScriptedServer server;
    server.by_default({serve([](const ReceivedRequest&) { return http_reply(204); })});
    {
        CurlTransport transport;
        EXPECT_TRUE(transport.send(get(server.origin() + "/x")));
        EXPECT_TRUE(run(transport, get(server.origin() + "/x"), true));
    }
    EXPECT_TRUE(server.wait_for_peer_closes(2, patience));
}

}  // namespace
}  // namespace sent::test
