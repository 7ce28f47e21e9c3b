#include "core/call_machine.hpp"

#include <chrono>
#include <stdexcept>
#include <string>
#include <vector>

#include <gmock/gmock.h>

#include "unit/client_fixture.hpp"

namespace sent::test {
namespace {

using sent::testing::Reply;
using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::HasSubstr;

/// The rules of retrying, seen through the blocking driver.
class CallMachine : public ClientFixture {};

TEST_F(CallMachine, ReadsAreRepeatedWithGrowingWaits) {
    mock->reply(503).reply(500).json(200, R"({"id":"message-1"})");
    const Client client{options()};
    const auto message = client.call(read_request());
    ASSERT_TRUE(message) << message.error();
    EXPECT_EQ(message->id, "message-1");
    EXPECT_EQ(message.meta().attempts, 3);
    const auto waits = clock->waits();
    ASSERT_EQ(waits.size(), 2U);
    EXPECT_GE(waits[0], milliseconds{375});
    EXPECT_LE(waits[0], milliseconds{500});
    EXPECT_GE(waits[1], milliseconds{750});
    EXPECT_LE(waits[1], milliseconds{1000});
}

TEST_F(CallMachine, StopsAfterTheRetriesThatWereAllowed) {
    mock->otherwise(Reply{503}.always());
    auto settings = options();
    settings.retry.max_retries = 4;
    const auto message = Client{settings}.call(read_request());
    ASSERT_FALSE(message);
    EXPECT_EQ(message.error().kind, ErrorKind::server);
    EXPECT_EQ(message.error().attempts, 5);
    EXPECT_EQ(mock->request_count(), 5U);
}

TEST_F(CallMachine, ASendThatMayHaveLeftIsNeverRepeated) {
    for (const auto& reply : {Reply::connection_lost(), Reply::timeout(), Reply::truncated(), Reply{500},
                              Reply{502}, Reply{503}, Reply{504}, Reply{408}}) {
        mock->reset();
        mock->reply(reply).reply(204);
        const auto done = Client{options()}.call(send_request());
        ASSERT_FALSE(done);
        EXPECT_EQ(done.error().outcome, Outcome::unknown) << done.error();
        EXPECT_EQ(done.error().attempts, 1);
        EXPECT_EQ(mock->request_count(), 1U);
        EXPECT_THAT(done.error().hint(), HasSubstr("may have been carried out"));
    }
}

TEST_F(CallMachine, ASendThatNeverLeftIsRepeated) {
    mock->reply(Reply::connection_refused()).reply(Reply::name_not_resolved()).reply(204);
    const auto done = Client{options()}.call(send_request());
    EXPECT_TRUE(done) << done.error();
    EXPECT_EQ(done.meta().attempts, 3);
}

TEST_F(CallMachine, ASendThatNeverLeftAtAllIsNotSent) {
    mock->otherwise(Reply::connection_refused().always());
    const auto done = Client{options()}.call(send_request());
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().kind, ErrorKind::connection);
    EXPECT_EQ(done.error().outcome, Outcome::not_sent);
    EXPECT_EQ(done.error().attempts, 3);
}

TEST_F(CallMachine, ThrottledSendsAreRepeatedAfterTheWaitThatWasAskedFor) {
    mock->reply(429, "", {{"Retry-After", "7"}}).reply(204);
    const auto done = Client{options()}.call(send_request());
    ASSERT_TRUE(done) << done.error();
    EXPECT_EQ(clock->waits(), std::vector<std::chrono::nanoseconds>{seconds{7}});
}

TEST_F(CallMachine, ALongRetryAfterIsReportedAtOnce) {
    mock->reply(429, "", {{"Retry-After", "86400"}}).reply(204);
    const auto done = Client{options()}.call(send_request());
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().kind, ErrorKind::rate_limited);
    EXPECT_EQ(done.error().retry_after, seconds{86400});
    EXPECT_EQ(done.error().outcome, Outcome::rejected);
    EXPECT_TRUE(clock->waits().empty());
}

TEST_F(CallMachine, ARetryAfterBeyondTheDeadlineIsReportedAtOnce) {
    mock->reply(429, "", {{"Retry-After", "30"}}).reply(204);
    CallOptions call;
    call.deadline = seconds{20};
    const auto done = Client{options()}.call(send_request(), call);
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().retry_after, seconds{30});
    EXPECT_TRUE(clock->waits().empty());
}

TEST_F(CallMachine, RetryAfterDatesAreReadByTheWallClock) {
    clock->set_wall(std::chrono::system_clock::time_point{seconds{784111777}});
    mock->reply(503, "", {{"Retry-After", "Sun, 06 Nov 1994 08:49:47 GMT"}}).json(200, "{}");
    const auto message = Client{options()}.call(read_request());
    ASSERT_TRUE(message) << message.error();
    EXPECT_EQ(clock->waits(), std::vector<std::chrono::nanoseconds>{seconds{10}});
}

TEST_F(CallMachine, KeyedWritesKeepTheirKeyOverAllAttempts) {
    mock->reply(Reply::connection_lost()).reply(503, R"({"error":{"code":"SERVICE_001"}})").json(202, "{}");
    const auto done = keyed_write(Client{options()}, "order-7");
    ASSERT_TRUE(done) << done.error();
    EXPECT_EQ(done.meta().idempotency_key, "order-7");
    for (const auto& request : mock->requests()) {
        EXPECT_EQ(request.headers.get("Idempotency-Key"), "order-7");
    }
    EXPECT_EQ(mock->request_count(), 3U);
}

TEST_F(CallMachine, ConflictOfAKeyInFlightIsRepeatedButNotAnExistingResource) {
    mock->reply(409, R"({"error":{"code":"CONFLICT_001"}})").json(202, "{}");
    EXPECT_TRUE(keyed_write(Client{options()}));
    mock->reset();
    mock->reply(409, R"({"error":{"code":"RESOURCE_007"}})").json(202, "{}");
    const auto done = keyed_write(Client{options()});
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().kind, ErrorKind::conflict);
    EXPECT_EQ(mock->request_count(), 1U);
}

TEST_F(CallMachine, WhatOnceMayHaveBeenDoneStaysUnknownWhateverComesLater) {
    mock->reply(Reply::connection_lost()).otherwise(Reply::connection_refused().always());
    auto done = keyed_write(Client{options()});
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().outcome, Outcome::unknown);
    EXPECT_EQ(done.error().idempotency_key, "order-1");
    EXPECT_THAT(done.error().hint(), HasSubstr("same idempotency key"));

    mock->reset();
    mock->reply(Reply::timeout()).reply(401);
    done = keyed_write(Client{options()});
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().kind, ErrorKind::authentication);
    EXPECT_EQ(done.error().outcome, Outcome::unknown);
}

TEST_F(CallMachine, TheOfficialPolicyRepeatsSendsLikeTheVendorsSdks) {
    mock->reply(502).reply(Reply::connection_lost()).reply(204);
    auto settings = options();
    settings.retry.safety = RetrySafety::official;
    const auto done = Client{settings}.call(send_request());
    EXPECT_TRUE(done) << done.error();
    EXPECT_EQ(mock->request_count(), 3U);
}

TEST_F(CallMachine, CertificateErrorsAndThrowingTransportsAreNotRepeated) {
    mock->reply(Reply::certificate_rejected()).reply(204);
    auto done = Client{options()}.call(send_request());
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().kind, ErrorKind::tls);
    EXPECT_EQ(done.error().outcome, Outcome::not_sent);

    mock->reset();
    mock->reply(Reply::throwing(std::runtime_error{"boom"})).reply(204);
    done = Client{options()}.call(send_request());
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().kind, ErrorKind::connection);
    EXPECT_EQ(done.error().outcome, Outcome::unknown);
    EXPECT_THAT(done.error().message, HasSubstr("boom"));

    mock->reset();
    mock->reply(Reply::throwing(42));
    done = Client{options()}.call(send_request());
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().outcome, Outcome::unknown);
}

TEST_F(CallMachine, AttemptsAreCutToWhatIsLeftOfTheDeadline) {
    mock->reply(503, "", {{"Retry-After", "4"}}).json(200, "{}");
    CallOptions call;
    call.deadline = seconds{5};
    ASSERT_TRUE(Client{options()}.call(read_request(), call));
    const auto requests = mock->requests();
    EXPECT_EQ(requests.at(0).timeout, seconds{5});
    EXPECT_EQ(requests.at(1).timeout, seconds{1});
    EXPECT_EQ(requests.at(1).connect_timeout, seconds{1});
}

TEST_F(CallMachine, ACancelledCallSendsNothing) {
    const CancellationSource source;
    source.cancel();
    CallOptions call;
    call.cancel = source.token();
    const auto done = Client{options()}.call(send_request(), call);
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().kind, ErrorKind::cancelled);
    EXPECT_EQ(done.error().outcome, Outcome::not_sent);
    EXPECT_EQ(mock->request_count(), 0U);
}

TEST_F(CallMachine, CancellingEndsAWait) {
    const CancellationSource source;
    CallOptions call;
    call.cancel = source.token();
    mock->reply(Reply::computed([&](const auto&) -> TransportResult {
        source.cancel();
        return HttpResponse{429, {}, {}};
    }));
    const auto done = Client{options()}.call(send_request(), call);
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().kind, ErrorKind::cancelled);
    EXPECT_EQ(mock->request_count(), 1U);
}

TEST_F(CallMachine, TheBudgetEndsAStormOfRetries) {
    mock->otherwise(Reply{503}.always());
    const Client client{options()};
    for (int i = 0; i < 200; ++i) {
        EXPECT_FALSE(client.call(read_request()));
    }
    EXPECT_LE(mock->request_count(), 240U);
}

TEST_F(CallMachine, APageOfACaptivePortalIsNoSuccess) {
    mock->reply(200, "<html><body>Log in to the WiFi</body></html>");
    auto done = Client{options()}.call(send_request());
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().kind, ErrorKind::undecodable);
    EXPECT_EQ(done.error().outcome, Outcome::unknown);
    EXPECT_THAT(done.error().message, HasSubstr("Log in to the WiFi"));

    mock->reply(200, "<html>");
    const auto message = Client{options()}.call(read_request());
    ASSERT_FALSE(message);
    EXPECT_EQ(message.error().kind, ErrorKind::undecodable);
    EXPECT_EQ(mock->request_count(), 2U);
}

TEST_F(CallMachine, AnyEmpty2xxIsASuccessOfARead) {
    for (const int status : {200, 201, 202, 204, 205}) {
        mock->reply(status);
        EXPECT_EQ(static_cast<bool>(Client{options()}.call(send_request())), status == 204) << status;
        mock->reply(status);
        EXPECT_TRUE(Client{options()}.call(read_request())) << status;
    }
}

TEST_F(CallMachine, WhereNothingIsExpectedAnyContentIsASuccessUnlessItSaysNo) {
    const RemoveContactRequest request{"contact-1"};
    for (const auto* body : {R"({"success":true})", R"({"success":true,"data":[1]})",
                             R"({"success":true,"data":"removed","error":null})"}) {
        mock->json(200, body);
        const auto done = Client{options()}.call(request);
        EXPECT_TRUE(done) << body << ": " << done.error();
        EXPECT_EQ(done.meta().raw_body, body);
    }
    mock->json(200, R"({"success":false,"error":{"code":"RESOURCE_001","message":"no such contact"}})");
    const auto refused = Client{options()}.call(request);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "RESOURCE_001");
}

TEST_F(CallMachine, RepliesBeyondTheLimitAreToldByTheirStatus) {
    const auto too_large = [](int status) {
        TransportError error;
        error.kind = TransportErrorKind::too_large;
        error.message = "too large";
        error.partial.status = status;
        error.partial.body = "{";
        return Reply::failure(error);
    };
    mock->reply(too_large(200)).reply(too_large(404));
    auto message = Client{options()}.call(read_request());
    ASSERT_FALSE(message);
    EXPECT_EQ(message.error().kind, ErrorKind::response_too_large);
    EXPECT_EQ(message.error().outcome, Outcome::unknown);
    message = Client{options()}.call(read_request());
    ASSERT_FALSE(message);
    EXPECT_EQ(message.error().kind, ErrorKind::not_found);
}

TEST_F(CallMachine, MetaTellsOfTheExchange) {
    mock->json(200, R"({"id":"m"})",
               {{"X-Request-Id", "req_1"},
                {"X-RateLimit-Remaining", "9"},
                {"Idempotent-Replayed", "true"},
                {"X-Original-Request-Id", "req_0"},
                {"X-Sandbox", "true"},
                {"X-Profile-Id", "p"}});
    const auto message = Client{options()}.call(read_request());
    ASSERT_TRUE(message);
    const auto& meta = message.meta();
    EXPECT_EQ(meta.http_status, 200);
    EXPECT_EQ(meta.request_id, "req_1");
    EXPECT_EQ(meta.rate_limit.value().remaining, 9);
    EXPECT_TRUE(meta.replayed);
    EXPECT_EQ(meta.original_request_id, "req_0");
    EXPECT_TRUE(meta.sandbox);
    EXPECT_EQ(meta.profile_id, "p");
    EXPECT_EQ(meta.raw_body, R"({"id":"m"})");
    EXPECT_EQ(meta.headers.get("x-request-id"), "req_1");
}

TEST_F(CallMachine, TheClientsOwnRateLimitHoldsCallsBack) {
    mock->otherwise(Reply{204}.always());
    auto settings = options();
    settings.rate_limit.messages_per_minute = 60;
    settings.rate_limit.message_burst = 1;
    const Client client{settings};
    ASSERT_TRUE(client.call(send_request()));
    ASSERT_TRUE(client.call(send_request()));
    ASSERT_EQ(clock->waits().size(), 1U);
    EXPECT_GE(clock->waits()[0], milliseconds{999});
    CallOptions call;
    call.deadline = milliseconds{100};
    const auto late = client.call(send_request(), call);
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().kind, ErrorKind::timeout);
    EXPECT_EQ(late.error().outcome, Outcome::not_sent);
    EXPECT_THAT(late.error().message, HasSubstr("rate limit"));
}

TEST_F(CallMachine, TakesTheLongestDurationsForNoLimit) {
    constexpr auto longest = milliseconds::max();
    for (const auto* retry_after : {"5", "9223372036854775807"}) {
        mock->reset();
        mock->reply(Reply{503, "", {{"Retry-After", retry_after}}}).json(200, R"({"id":"message-1"})");
        CallOptions call;
        call.deadline = longest;
        call.retry = RetryOptions{};
        call.retry->max_retry_after = longest;
        call.retry->max_backoff = longest;

        const auto message = Client{options()}.call(read_request(), call);

        EXPECT_TRUE(message) << "the caller would wait that long: " << retry_after;
    }
}

}  // namespace
}  // namespace sent::test
