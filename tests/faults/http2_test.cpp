// HTTP/2 by option: streams that share a connection, against a web server that others have made.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include <sent/http/curl_transport.hpp>

#include "fault_scene.hpp"
#include "nginx.hpp"
#include "stopwatch.hpp"
#include "support/eventually.hpp"
#include "support/loopback.hpp"
#include "support/sanitized.hpp"

namespace sent::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::HasSubstr;
using testing::Not;

class HTTP2_Shared : public testing::Test {
  protected:
    void SetUp() override {
        if (!Nginx::is_here()) {
            GTEST_SKIP() << "skipped: nginx is not installed";
        }
        if (!Nginx::speaks_http2()) {
            GTEST_SKIP() << "skipped: this nginx does not speak HTTP/2";
        }
    }

    Client client_of(const std::string& origin) const {
        CurlTransportOptions curl;
        curl.http2 = true;
        curl.proxy.mode = ProxyOptions::Mode::off;
        curl.tls.ca_pem = authority.pem();
        auto options = quick_options(origin);
        options.transport = std::make_shared<CurlTransport>(curl);
        return Client{options};
    }

    /// The connections that the answers came over, as the server numbers them.
    template <class T>
    static std::set<std::string> connections(const std::vector<Result<T>>& results) {
        std::set<std::string> numbers;
        for (const auto& result : results) {
            EXPECT_TRUE(result) << describe(result);
            numbers.emplace(result.meta().headers.get("x-connection").value_or("none"));
        }
        return numbers;
    }

    static v2::GetMessageRequest read() {
        v2::GetMessageRequest request;
        request.id = "message-1";
        return request;
    }
    static std::vector<v1::SendToContactRequest> sends(std::size_t count) {
        return std::vector<v1::SendToContactRequest>(count, send_request());
    }

    CertificateAuthority authority{};
    /// nginx ends each connection after 1,000 requests, and HTTP/2's with all that is under way on it.
    std::string endless = "keepalive_requests 1000000;";
    std::string numbered = "add_header X-Connection $connection always; return 204;";
};

TEST_F(HTTP2_Shared, RequestsThatStartTogetherShareAConnection) {
    Nginx server(authority.localhost(), endless, "ssl http2", numbered);
    ASSERT_TRUE(server.start()) << server.log();
    const auto report = client_of(server.origin()).bulk(std::vector<v2::GetMessageRequest>(64, read()));
    EXPECT_EQ(report.succeeded, 64U);
    EXPECT_EQ(connections(report.results).size(), 1U);
    EXPECT_TRUE(server.has_logged("HTTP/2.0 204"));
}

TEST_F(HTTP2_Shared, ALongRunNeedsFewConnections) {
    Nginx server(authority.localhost(), endless, "ssl http2", numbered);
    ASSERT_TRUE(server.start()) << server.log();
    const auto report = client_of(server.origin()).bulk(std::vector<v2::GetMessageRequest>(2000, read()));
    EXPECT_EQ(report.succeeded, 2000U);
    EXPECT_LE(connections(report.results).size(), 20U);
}

// Somebody always uses the connection, so that libcurl by itself would hand it out for ever.
TEST_F(HTTP2_Shared, B16_ABusyConnectionTakesNoNewRequestsWhenItIsOld) {
    Nginx server(authority.localhost(), endless, "ssl http2", numbered);
    ASSERT_TRUE(server.start()) << server.log();
    CurlTransportOptions curl;
    curl.http2 = true;
    curl.proxy.mode = ProxyOptions::Mode::off;
    curl.tls.ca_pem = authority.pem();
    curl.max_connection_age = seconds(1);
    auto options = quick_options(server.origin());
    options.transport = std::make_shared<CurlTransport>(curl);
    const Client client{options};
    std::set<std::string> numbers;  // of the engine's thread, until the chains have ended
    std::atomic<int> chains{4};
    const auto end = std::chrono::steady_clock::now() + milliseconds(2600);
    std::function<void()> next = [&] {
        client.submit(read(), [&](const Result<v2::Message>& result) {
            EXPECT_TRUE(result) << describe(result);
            numbers.emplace(result.meta().headers.get("x-connection").value_or("none"));
            if (std::chrono::steady_clock::now() < end) {
                next();
            } else {
                --chains;
            }
        });
    };
    for (int i = 0; i < 4; ++i) {
        next();
    }
    ASSERT_TRUE(eventually([&] { return chains == 0; }));
    EXPECT_GE(numbers.size(), 3U);
    // At each change those that find the new connection still being made may make one each.
    EXPECT_LE(numbers.size(), 1U + 3U * 4U);
}

// This server answers without a look at the request's body, and ends the stream while that is on its way.
TEST_F(HTTP2_Shared, AnAnswerThatComesBeforeTheRequestIsTakenCounts) {
    Nginx server(authority.localhost(), endless, "ssl http2", numbered);
    ASSERT_TRUE(server.start()) << server.log();
    const auto report = client_of(server.origin()).bulk(sends(2000));
    EXPECT_EQ(report.succeeded, 2000U);
    EXPECT_EQ(report.uncertain, 0U);
}

TEST_F(HTTP2_Shared, BlockingCallsStayWithHttp11) {
    Nginx server(authority.localhost(), endless, "ssl http2", numbered);
    ASSERT_TRUE(server.start()) << server.log();
    const auto client = client_of(server.origin());
    EXPECT_TRUE(client.call(send_request()));
    EXPECT_TRUE(server.has_logged("HTTP/1.1 204"));
    EXPECT_THAT(server.requests(), Not(HasSubstr("HTTP/2")));
}

TEST_F(HTTP2_Shared, AServerWithoutItIsSpokenToAsBefore) {
    Nginx server(authority.localhost(), {}, "ssl", numbered);
    ASSERT_TRUE(server.start()) << server.log();
    const auto report = client_of(server.origin()).bulk(sends(64));
    EXPECT_EQ(report.succeeded, 64U);
    EXPECT_TRUE(server.has_logged("HTTP/1.1 204"));
}

TEST_F(HTTP2_Shared, BodiesOfRequestsAndRepliesAreWhole) {
    Nginx server(authority.localhost(), {}, "ssl http2",
                 "default_type application/json; return 200 "
                 "'{\"items\":[{\"id\":\"contact-1\"}],\"totalCount\":1}';");
    ASSERT_TRUE(server.start()) << server.log();
    const auto report = client_of(server.origin()).bulk(std::vector<v1::ListContactsRequest>(200));
    ASSERT_EQ(report.succeeded, 200U);
    for (const auto& result : report.results) {
        EXPECT_EQ(result->items.at(0).id, "contact-1");
    }
}

TEST_F(HTTP2_Shared, AServerThatEndsItsConnectionsNowAndThenLosesNoKeyedRequest) {
    Nginx server(authority.localhost(), "keepalive_requests 20;", "ssl http2",
                 "default_type application/json; return 200 '{\"items\":[],\"totalCount\":0}';");
    ASSERT_TRUE(server.start()) << server.log();
    const auto client = client_of(server.origin());
    // Reads, which may be repeated like writes with a key. All in flight may end with a connection, and be
    // repeated: few enough that the client's retry budget of 35 at once does not run out.
    BulkOptions bulk;
    bulk.max_in_flight = 4;
    RetryOptions patient;
    patient.max_retries = 20;
    patient.initial_backoff = milliseconds{1};
    patient.max_backoff = milliseconds{5};
    bulk.call.retry = patient;
    const auto report = client.bulk(std::vector<v1::ListContactsRequest>(100), bulk);
    EXPECT_EQ(report.succeeded, 100U);
    for (const auto& result : report.results) {
        EXPECT_TRUE(result) << describe(result);
    }
}

/// nginx in front of a service that may stay silent.
class HTTP2_SilentService : public HTTP2_Shared {
  protected:
    void SetUp() override {
        HTTP2_Shared::SetUp();
        if (IsSkipped()) {
            return;
        }
        front = std::make_unique<Nginx>(
            authority.localhost(), "proxy_http_version 1.1;", "ssl http2",
            "proxy_pass http://127.0.0.1:" + std::to_string(service.port()) + "; proxy_read_timeout 60s;");
        ASSERT_TRUE(front->start()) << front->log();
    }

    ScriptedServer service{};
    std::unique_ptr<Nginx> front{};
};

TEST_F(HTTP2_SilentService, AnAttemptEndsInItsTimeAndItsNeighboursGoOn) {
    service.on_connection({read_request(), hold()});
    service.by_default({serve([](const ReceivedRequest&) { return http_reply(204); })});
    const auto client = client_of(front->origin());
    CallOptions short_time;
    short_time.attempt_timeout = milliseconds{300};
    auto silent = client.submit(send_request(), short_time);
    ASSERT_TRUE(service.wait_for_requests(1, patience));
    const auto report = client.bulk(sends(20));
    EXPECT_EQ(report.succeeded, 20U);
    const auto result = silent.get();
    EXPECT_TRUE(is_unknown(result));
    EXPECT_EQ(result.error().kind, ErrorKind::timeout);
}

TEST_F(HTTP2_SilentService, CancellingOneLeavesTheOthersAlone) {
    service.on_connection({read_request(), hold()});
    service.by_default({serve([](const ReceivedRequest&) { return http_reply(204); })});
    const auto client = client_of(front->origin());
    const CancellationSource stop;
    CallOptions call;
    call.cancel = stop.token();
    auto silent = client.submit(send_request(), call);
    ASSERT_TRUE(service.wait_for_requests(1, patience));
    Stopwatch watch{milliseconds{0}};
    stop.cancel();
    const auto result = silent.get();
    EXPECT_LE(watch.lateness(), deadline_slack);
    EXPECT_TRUE(is_unknown(result));
    EXPECT_EQ(client.bulk(sends(20)).succeeded, 20U);
}

TEST_F(HTTP2_SilentService, ALostConnectionLeavesUnkeyedSendsUnknownAndSendsNoneTwice) {
    service.by_default({read_request(), hold()});
    const auto client = client_of(front->origin());
    std::vector<std::future<Result<void>>> pending;
    for (int i = 0; i < 10; ++i) {
        pending.push_back(client.submit(send_request("contact-" + std::to_string(i))));
    }
    ASSERT_TRUE(service.wait_for_requests(10, patience));
    front.reset();  // the server dies, and all streams with it
    for (auto& later : pending) {
        const auto result = later.get();
        EXPECT_TRUE(is_unknown(result));
    }
    EXPECT_EQ(service.request_count(), 10U);
}

TEST(HTTP2_Waiting, ARequestThatWaitsForAConnectionEndsInItsTime) {
    // Connections are accepted, and TLS never begins: all but the first request wait for the first one's.
    ScriptedServer mute;
    mute.by_default({hold()});
    CurlTransportOptions curl;
    curl.http2 = true;
    curl.proxy.mode = ProxyOptions::Mode::off;
    auto options = quick_options(mute.origin("https", "127.0.0.1"));
    options.transport = std::make_shared<CurlTransport>(curl);
    options.retry.max_retries = 0;
    options.attempt_timeout = milliseconds{400};
    const Client client{options};
    Stopwatch watch{options.attempt_timeout};
    std::vector<std::future<Result<void>>> pending;
    for (int i = 0; i < 8; ++i) {
        pending.push_back(client.submit(send_request()));
    }
    for (auto& later : pending) {
        ASSERT_EQ(later.wait_for(patience), std::future_status::ready);
        const auto result = later.get();
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().kind, ErrorKind::timeout) << describe(result);
        EXPECT_EQ(result.error().outcome, Outcome::not_sent);
    }
    EXPECT_LE(watch.lateness(), deadline_slack);
}

}  // namespace
}  // namespace sent::test
