#include <sent/testing/mock_transport.hpp>

#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;
using sent::HttpRequest;
using sent::HttpResponse;
using sent::TransportError;
using sent::TransportErrorKind;
using sent::TransportResult;
using sent::testing::MockTransport;
using sent::testing::RecordedRequest;
using sent::testing::Reply;

HttpRequest make_request(const std::string& target = "/v1/messages/contact",
                         const std::string& method = "POST") {
    HttpRequest request;
    request.method = method;
    request.url = "https://api.sent.dm" + target;
    return request;
}

int status_of(const TransportResult& result) {
    return result ? result.response().status : -1;
}

std::string body_of(MockTransport& mock, const HttpRequest& request) {
    const auto result = mock.send(request);
    return result ? result.response().body : result.error().message;
}

TransportError error_of(MockTransport& mock, const HttpRequest& request = make_request()) {
    const auto result = mock.send(request);
    return result ? TransportError{} : result.error();
}

// --- the script

TEST(MockTransport, GivesRepliesInTheirOrder) {
    MockTransport mock;
    mock.reply(503).reply(200, "hello", {{"X-Test", "1"}}).no_content();

    EXPECT_EQ(status_of(mock.send(make_request())), 503);
    const auto second = mock.send(make_request());
    ASSERT_TRUE(second);
    EXPECT_EQ(second.response().body, "hello");
    EXPECT_EQ(second.response().headers.get("x-test"), "1");
    EXPECT_EQ(status_of(mock.send(make_request())), 204);
}

TEST(MockTransport, LabelsJson) {
    MockTransport mock;
    mock.json(200, "{}").json(400, "{}", {{"content-type", "application/problem+json"}});

    const auto plain = mock.send(make_request());
    EXPECT_EQ(plain.response().headers.get("Content-Type"), "application/json");
    const auto problem = mock.send(make_request());
    EXPECT_EQ(problem.response().headers.get("Content-Type"), "application/problem+json");
    EXPECT_EQ(problem.response().headers.size(), 1U);
}

TEST(MockTransport, SaysWhichRequestHasNoReply) {
    MockTransport mock;
    mock.reply(204);
    (void)mock.send(make_request());

    const auto error = error_of(mock, make_request("/v2/contacts?page=0", "GET"));

    EXPECT_EQ(error.kind, TransportErrorKind::invalid_request);
    EXPECT_FALSE(error.request_may_have_left);
    EXPECT_EQ(error.message,
              "MockTransport has no reply for request 2, GET /v2/contacts: add one with reply(), on() or "
              "otherwise() before the code under test sends it");
}

TEST(MockTransport, PrefersRepliesForTheRequest) {
    MockTransport mock;
    mock.reply(200, "any");
    mock.on("GET", "/v2/messages/{id}", {200, "message"});
    mock.on("", "/v2/contacts", {200, "contacts"});
    mock.on("DELETE", "", {200, "delete"});
    mock.otherwise({200, "default"});

    EXPECT_EQ(body_of(mock, make_request("/v2/messages/3e7b?x=1", "GET")), "message");
    EXPECT_EQ(body_of(mock, make_request("/v2/contacts?page=0", "GET")), "contacts");
    EXPECT_EQ(body_of(mock, make_request("/v2/templates/1", "DELETE")), "delete");
    EXPECT_EQ(body_of(mock, make_request("/v2/messages/3e7b", "GET")), "any") << "its own reply is used up";
    EXPECT_EQ(body_of(mock, make_request("/v2/contacts", "GET")), "default");
    EXPECT_EQ(body_of(mock, make_request()), "default") << "any number of times";
}

TEST(MockTransport, FitsWholePathsOnly) {
    MockTransport mock;
    mock.on("GET", "/v2/messages/{id}", Reply{200, "fits"}.always());
    mock.otherwise({200, "other"});

    EXPECT_EQ(body_of(mock, make_request("/v2/messages/1", "GET")), "fits");
    for (const char* target : {"/v2/messages", "/v2/messages/", "/v2/messages/1/events", "/v2/contacts/1",
                               "/v2", "", "/prefix/v2/messages/1"}) {
        EXPECT_EQ(body_of(mock, make_request(target, "GET")), "other") << target;
    }
    EXPECT_EQ(body_of(mock, make_request("/v2/messages/1", "POST")), "other");
}

TEST(MockTransport, RepeatsAReplyAsOftenAsAsked) {
    MockTransport mock;
    mock.reply(Reply{500}.times(2)).reply(Reply{200}.always()).reply(404);

    std::vector<int> statuses;
    statuses.reserve(5);
    for (int i = 0; i < 5; ++i) {
        statuses.push_back(status_of(mock.send(make_request())));
    }

    EXPECT_EQ(statuses, (std::vector<int>{500, 500, 200, 200, 200}));
    EXPECT_EQ(mock.unused_replies(), 1U) << "the 404, which nobody can get";
}

TEST(MockTransport, CountsUnusedReplies) {
    MockTransport mock;
    mock.reply(Reply{200}.times(3)).on("GET", "/x", 200).otherwise(500);
    EXPECT_EQ(mock.unused_replies(), 4U);

    (void)mock.send(make_request());

    EXPECT_EQ(mock.unused_replies(), 3U);
}

TEST(MockTransport, ForgetsScriptAndRequests) {
    MockTransport mock;
    mock.reply(200).on("GET", "/x", 200).otherwise(200);
    (void)mock.send(make_request());

    mock.reset();

    EXPECT_TRUE(mock.requests().empty());
    EXPECT_EQ(mock.unused_replies(), 0U);
    EXPECT_EQ(error_of(mock).kind, TransportErrorKind::invalid_request);
}

TEST(MockTransport, ComputesRepliesFromRequests) {
    MockTransport mock;
    mock.otherwise(Reply::computed([](const RecordedRequest& request) -> TransportResult {
        return HttpResponse{200, {}, request.body};
    }));
    auto request = make_request();
    request.body = "echo";

    EXPECT_EQ(body_of(mock, request), "echo");
}

// --- what goes wrong

struct FaultCase {
    Reply reply;
    TransportErrorKind kind;
    bool may_have_left;
};

TEST(MockTransport, SimulatesFaults) {
    const FaultCase cases[] = {
        {Reply::name_not_resolved(), TransportErrorKind::resolve, false},
        {Reply::connection_refused(), TransportErrorKind::connect, false},
        {Reply::connect_timeout(), TransportErrorKind::timeout, false},
        {Reply::certificate_rejected(), TransportErrorKind::certificate, false},
        {Reply::timeout(), TransportErrorKind::timeout, true},
        {Reply::connection_lost(), TransportErrorKind::closed, true},
        {Reply::truncated(), TransportErrorKind::incomplete, true},
    };
    for (const auto& expected : cases) {
        MockTransport mock;
        mock.reply(expected.reply);

        const auto error = error_of(mock);

        EXPECT_EQ(error.kind, expected.kind) << error.message;
        EXPECT_EQ(error.request_may_have_left, expected.may_have_left) << error.message;
        EXPECT_EQ(error.message.rfind("mock: ", 0), 0U) << error.message;
    }
}

TEST(MockTransport, GivesWhatArrivedOfATruncatedAnswer) {
    MockTransport mock;
    mock.reply(Reply::truncated({502, {}, "<htm"}));

    const auto error = error_of(mock);

    EXPECT_EQ(error.partial.status, 502);
    EXPECT_EQ(error.partial.body, "<htm");
}

TEST(MockTransport, ThrowsWhatItIsTold) {
    MockTransport mock;
    mock.reply(Reply::throwing(std::runtime_error("boom"))).reply(Reply::throwing(42).times(2));

    EXPECT_THROW((void)mock.send(make_request()), std::runtime_error);
    EXPECT_THROW((void)mock.send(make_request()), int);
    EXPECT_THROW(mock.send_async(make_request(), [](const TransportResult&) { FAIL(); }), int);
    EXPECT_EQ(mock.request_count(), 3U);
}

TEST(MockTransport, RefusesBodiesBeyondTheLimit) {
    MockTransport mock;
    mock.otherwise({200, "12345"});
    auto request = make_request();
    request.max_response_bytes = 4;

    const auto error = error_of(mock, request);

    EXPECT_EQ(error.kind, TransportErrorKind::too_large);
    EXPECT_EQ(error.partial.status, 200);
    EXPECT_EQ(error.partial.body, "1234");
    request.max_response_bytes = 5;
    EXPECT_EQ(body_of(mock, request), "12345");
}

// --- the record

TEST(MockTransport, RecordsWhatItWasSent) {
    MockTransport mock;
    mock.otherwise(204);
    HttpRequest request;
    request.method = "PUT";
    request.url = "https://api.sent.dm:8443/v1/contacts/phone?phoneNumber=%2B44&empty=&flag&a=b%20c+d#part";
    request.headers.add("X-Api-Key", "k");
    request.body = "{}";
    request.connect_timeout = 1s;
    request.timeout = 2s;
    (void)mock.send(request);

    const auto recorded = mock.requests().at(0);

    EXPECT_EQ(recorded.method, "PUT");
    EXPECT_EQ(recorded.url, request.url);
    EXPECT_EQ(recorded.path, "/v1/contacts/phone");
    EXPECT_EQ(recorded.target(), "/v1/contacts/phone?phoneNumber=%2B44&empty=&flag&a=b%20c+d");
    EXPECT_EQ(recorded.query,
              (sent::Headers{{"phoneNumber", "+44"}, {"empty", ""}, {"flag", ""}, {"a", "b c d"}}));
    EXPECT_EQ(recorded.headers.get("x-api-key"), "k");
    EXPECT_EQ(recorded.body, "{}");
    EXPECT_EQ(recorded.connect_timeout, 1s);
    EXPECT_EQ(recorded.timeout, 2s);
    EXPECT_FALSE(recorded.asynchronous);
}

TEST(MockTransport, KeepsMalformedEscapesAsTheyAre) {
    MockTransport mock;
    mock.otherwise(204);
    (void)mock.send(make_request("/x?a=%zz&b=%4&c=%"));

    EXPECT_EQ(mock.requests().at(0).query, (sent::Headers{{"a", "%zz"}, {"b", "%4"}, {"c", "%"}}));
}

TEST(MockTransport, CallsTheEmptyPathARoot) {
    MockTransport mock;
    mock.otherwise(204);
    (void)mock.send(make_request("?x=1"));

    EXPECT_EQ(mock.requests().at(0).path, "/");
    EXPECT_EQ(mock.requests().at(0).query.get("x"), "1");
}

TEST(MockTransport, WaitsForRequests) {
    MockTransport mock;
    mock.otherwise(204);
    EXPECT_FALSE(mock.wait_for_requests(1, 1ms));

    std::thread sender([&mock] { (void)mock.send(make_request()); });

    EXPECT_TRUE(mock.wait_for_requests(1));
    sender.join();
}

TEST(MockTransport, ServesManyThreads) {
    MockTransport mock;
    mock.otherwise(204);
    std::vector<std::thread> threads;
    threads.reserve(8);
    for (int thread = 0; thread < 8; ++thread) {
        threads.emplace_back([&mock] {
            for (int i = 0; i < 50; ++i) {
                (void)mock.send(make_request());
                mock.send_async(make_request(), [](const TransportResult&) {});
            }
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }

    EXPECT_EQ(mock.request_count(), 800U);
}

}  // namespace
