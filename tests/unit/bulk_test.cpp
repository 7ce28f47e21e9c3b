#include <chrono>
#include <cstddef>
#include <future>
#include <list>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>

#include "unit/client_fixture.hpp"

namespace sent::test {
namespace {

using sent::testing::Gate;
using sent::testing::Reply;
using std::chrono::seconds;
using ::testing::HasSubstr;

class Bulk : public ClientFixture {
  protected:
    static std::vector<v2::GetMessageRequest> reads(int count) {
        std::vector<v2::GetMessageRequest> requests;
        for (int i = 0; i < count; ++i) {
            v2::GetMessageRequest request;
            request.id = std::to_string(i);
            requests.push_back(request);
        }
        return requests;
    }

    /// Answers each read with the id that it asked for.
    void echo_ids() {
        mock->otherwise(Reply::computed([](const testing::RecordedRequest& request) -> TransportResult {
                            const auto id = request.path.substr(request.path.rfind('/') + 1);
                            return HttpResponse{200, {}, R"({"id":")" + id + R"("})"};
                        }).always());
    }

    static void expect_all_in_order(const BulkReport<v2::Message>& report, std::size_t count) {
        ASSERT_EQ(report.results.size(), count);
        EXPECT_TRUE(report.all_succeeded());
        EXPECT_EQ(report.succeeded, count);
        for (std::size_t i = 0; i < count; ++i) {
            ASSERT_TRUE(report.results[i]);
            EXPECT_EQ(report.results[i]->id, std::to_string(i));
        }
    }
};

TEST_F(Bulk, KeepsTheOrderOfTheInput) {
    echo_ids();
    expect_all_in_order(Client{options()}.bulk(reads(500)), 500);
}

TEST_F(Bulk, KeepsTheOrderWhenTheFirstEndsLast) {
    const Gate gate;
    echo_ids();
    mock->on("GET", "/v2/messages/0", Reply::json(200, R"({"id":"0"})").after(gate));
    mock->on("GET", "/v2/messages/150", Reply::json(200, R"({"id":"150"})").after(gate));
    BulkOptions bulk;
    bulk.max_in_flight = 8;
    const Client client{options()};
    auto later = std::async(std::launch::async, [&] { return client.bulk(reads(300), bulk); });
    ASSERT_TRUE(mock->wait_for_requests(300));
    gate.open();
    expect_all_in_order(later.get(), 300);
}

TEST_F(Bulk, AnEmptyRangeIsAnEmptyReport) {
    const auto report = Client{options()}.bulk(reads(0));
    EXPECT_TRUE(report.results.empty());
    EXPECT_TRUE(report.all_succeeded());
}

TEST_F(Bulk, TakesAnyRange) {
    echo_ids();
    const auto some = reads(3);
    const std::list<v2::GetMessageRequest> list(some.begin(), some.end());
    EXPECT_EQ(Client{options()}.bulk(list).succeeded, 3U);
}

TEST_F(Bulk, KeepsAtMostSoManyInFlight) {
    const Gate gate;
    mock->otherwise(Reply::json(200, "{}").after(gate).always());
    BulkOptions bulk;
    bulk.max_in_flight = 7;
    const Client client{options()};
    auto later = std::async(std::launch::async, [&] { return client.bulk(reads(20), bulk); });
    ASSERT_TRUE(mock->wait_for_requests(7));
    EXPECT_EQ(mock->request_count(), 7U);
    gate.open();
    EXPECT_EQ(later.get().succeeded, 20U);
}

TEST_F(Bulk, OneAtATimeIsTheLeast) {
    echo_ids();
    BulkOptions bulk;
    bulk.max_in_flight = 0;
    EXPECT_EQ(Client{options()}.bulk(reads(3), bulk).succeeded, 3U);
}

TEST_F(Bulk, A429PausesTheWholeRun) {
    clock->set_mode(testing::FakeClock::Mode::manual);
    const Gate gate;
    mock->reply(Reply{429, "", {{"Retry-After", "30"}}}).otherwise(Reply::json(200, "{}").always());
    BulkOptions bulk;
    bulk.max_in_flight = 3;
    const Client client{options()};
    auto later = std::async(std::launch::async, [&] { return client.bulk(reads(10), bulk); });
    // The one that was refused, and the others that would have started after it.
    ASSERT_TRUE(clock->wait_for_waiters(3));
    EXPECT_EQ(mock->request_count(), 1U);
    clock->advance(seconds{31});
    EXPECT_EQ(later.get().succeeded, 10U);
    EXPECT_EQ(mock->request_count(), 11U);
}

TEST_F(Bulk, ReportsFailuresInTheirPlaces) {
    echo_ids();
    mock->on("GET", "/v2/messages/1", Reply{404}).on("GET", "/v2/messages/2", Reply{400});
    const auto report = Client{options()}.bulk(reads(4));
    EXPECT_EQ(report.succeeded, 2U);
    EXPECT_EQ(report.failed, 2U);
    EXPECT_EQ(report.uncertain, 0U);
    EXPECT_EQ(report.results[1].error().kind, ErrorKind::not_found);
    EXPECT_EQ(report.results[2].error().kind, ErrorKind::bad_request);
}

TEST_F(Bulk, CountsWhatMayHaveGoneOut) {
    mock->reply(204).reply(Reply::connection_lost()).reply(204);
    const std::vector<v1::SendToContactRequest> sends(3, send_request());
    const auto report = Client{options()}.bulk(sends);
    EXPECT_EQ(report.succeeded, 2U);
    EXPECT_EQ(report.uncertain, 1U);
    EXPECT_EQ(mock->request_count(), 3U);
}

TEST_F(Bulk, StopsOnTheFirstErrorWhenAskedTo) {
    echo_ids();
    mock->on("GET", "/v2/messages/2", Reply{404});
    BulkOptions bulk;
    bulk.max_in_flight = 1;
    bulk.stop_on_error = true;
    const auto report = Client{options()}.bulk(reads(10), bulk);
    ASSERT_EQ(report.results.size(), 10U);
    EXPECT_EQ(report.succeeded, 2U);
    EXPECT_EQ(mock->request_count(), 3U);
    EXPECT_EQ(report.results[9].error().kind, ErrorKind::cancelled);
    ASSERT_TRUE(report.stopped_by);
    EXPECT_EQ(report.stopped_by->kind, ErrorKind::not_found) << "the failure that stopped the run";
    EXPECT_EQ(report.results[9].error().outcome, Outcome::not_sent);
}

TEST_F(Bulk, CanBeCancelled) {
    const Gate gate;
    mock->otherwise(Reply::json(200, "{}").after(gate).always());
    const CancellationSource source;
    BulkOptions bulk;
    bulk.max_in_flight = 4;
    bulk.cancel = source.token();
    const Client client{options()};
    auto later = std::async(std::launch::async, [&] { return client.bulk(reads(100), bulk); });
    ASSERT_TRUE(mock->wait_for_requests(4));
    source.cancel();
    const auto report = later.get();
    EXPECT_EQ(report.results.size(), 100U);
    EXPECT_EQ(report.succeeded, 0U);
    EXPECT_EQ(report.failed, 100U);
    for (const auto& result : report.results) {
        EXPECT_EQ(result.error().kind, ErrorKind::cancelled);
    }
    EXPECT_EQ(mock->request_count(), 4U);
}

TEST_F(Bulk, CanBeCancelledByTheClientsToken) {
    const Gate gate;
    mock->otherwise(Reply::json(200, "{}").after(gate).always());
    const CancellationSource source;
    CallOptions defaults;
    defaults.cancel = source.token();
    BulkOptions bulk;
    bulk.max_in_flight = 4;
    const auto client = Client{options()}.with_options(defaults);
    auto later = std::async(std::launch::async, [&] { return client.bulk(reads(100), bulk); });
    ASSERT_TRUE(mock->wait_for_requests(4));
    source.cancel();
    const auto report = later.get();
    EXPECT_EQ(report.failed, 100U);
    EXPECT_EQ(report.results.at(99).error().kind, ErrorKind::cancelled);
}

TEST_F(Bulk, TellsItsProgressAndEndsWithAllOfIt) {
    echo_ids();
    std::vector<BulkProgress> progress;
    BulkOptions bulk;
    bulk.progress = [&](const BulkProgress& now) {
        progress.push_back(now);
        throw std::runtime_error{"must not harm"};
    };
    EXPECT_EQ(Client{options()}.bulk(reads(20), bulk).succeeded, 20U);
    ASSERT_FALSE(progress.empty());
    EXPECT_EQ(progress.back().finished(), 20U);
    EXPECT_EQ(progress.back().total, 20U);
    EXPECT_EQ(progress.back().started, 20U);
}

TEST_F(Bulk, RefusesOneKeyForAllRequests) {
    BulkOptions bulk;
    bulk.call.idempotency_key = "same";
    const auto report = Client{options()}.bulk(reads(3), bulk);
    EXPECT_EQ(report.failed, 3U);
    EXPECT_EQ(report.results[0].error().kind, ErrorKind::invalid_request);
    EXPECT_THAT(report.results[0].error().message, HasSubstr("same for every request"));
    EXPECT_EQ(mock->request_count(), 0U);
}

TEST_F(Bulk, RefusesTheKeyOfItsClientForAllRequests) {
    CallOptions defaults;
    defaults.idempotency_key = "same";
    std::vector<SendMessageRequest> sends(3);
    for (auto& send : sends) {
        send.to = {"+14155550100"};
    }
    const auto report = Client{options()}.with_options(defaults).bulk(sends);
    EXPECT_EQ(report.failed, 3U);
    EXPECT_THAT(report.results[0].error().message, HasSubstr("same for every request"));
    EXPECT_EQ(mock->request_count(), 0U);
}

/// Answers that hold for every request of a run.
class B7_RunThatCannotSucceed : public Bulk {
  protected:
    static SendMessageRequest message(std::size_t i) {
        SendMessageRequest request;
        request.to = {"+1415555" + std::to_string(1000 + i)};
        return request;
    }
    static std::vector<SendMessageRequest> messages(std::size_t count) {
        std::vector<SendMessageRequest> requests;
        for (std::size_t i = 0; i < count; ++i) {
            requests.push_back(message(i));
        }
        return requests;
    }
    static Reply refusal(int status, const std::string& code) {
        return Reply::json(status, R"({"success":false,"error":{"code":")" + code + R"(","message":"no"}})");
    }
    static BulkOptions few_at_once() {
        BulkOptions bulk;
        bulk.max_in_flight = 4;
        return bulk;
    }
};

TEST_F(B7_RunThatCannotSucceed, EndsAndSendsNothingMore) {
    const std::vector<std::pair<ErrorKind, Reply>> cases = {
        {ErrorKind::authentication, refusal(401, "AUTH_002")},
        {ErrorKind::authentication, Reply{401}},
        {ErrorKind::payment_required, refusal(402, "BUSINESS_003")},
        {ErrorKind::unprocessable, refusal(422, "BUSINESS_003")},
        {ErrorKind::payment_required, refusal(200, "BUSINESS_003")},
        {ErrorKind::permission_denied, refusal(403, "AUTH_005")},
        {ErrorKind::permission_denied, refusal(403, "BUSINESS_014")},
        {ErrorKind::permission_denied, refusal(403, "account_suspended")},
        {ErrorKind::permission_denied, refusal(200, "account_suspended")},
        {ErrorKind::tls, Reply::certificate_rejected()},
    };
    for (const auto& [kind, reply] : cases) {
        SCOPED_TRACE(to_string(kind));
        mock->reset();
        mock->otherwise(reply.always());
        const auto report = Client{options()}.bulk(messages(1000), few_at_once());
        ASSERT_EQ(report.results.size(), 1000U);
        EXPECT_LE(mock->request_count(), 4U);
        EXPECT_EQ(report.failed, 1000U);
        EXPECT_EQ(report.uncertain, 0U);
        ASSERT_TRUE(report.stopped_by);
        EXPECT_EQ(report.stopped_by->kind, kind);
        const auto& last = report.results.back().error();
        EXPECT_EQ(last.kind, kind);
        EXPECT_EQ(last.outcome, Outcome::not_sent);
        EXPECT_EQ(last.attempts, 0);
        EXPECT_EQ(last.http_status, 0);
        EXPECT_EQ(last.code, report.stopped_by->code);
        EXPECT_EQ(last.hint(), report.stopped_by->hint());
        if (last.code == "account_suspended") {
            EXPECT_THAT(std::string{last.hint()}, HasSubstr("The account is suspended"));
        }
        EXPECT_EQ(report.results.front().error().attempts, 1);
    }
}

TEST_F(B7_RunThatCannotSucceed, EndsAfterThreeBare403InARow) {
    mock->otherwise(Reply{403}.always());
    const auto report = Client{options()}.bulk(messages(1000), few_at_once());
    EXPECT_LE(mock->request_count(), 6U) << "ten lock the key";
    ASSERT_TRUE(report.stopped_by);
    EXPECT_EQ(report.stopped_by->kind, ErrorKind::permission_denied);
    EXPECT_EQ(report.results.back().error().outcome, Outcome::not_sent);
}

TEST_F(B7_RunThatCannotSucceed, ABare403AboutOneRequestEndsNoRun) {
    for (const auto& other : {Reply::json(202, R"({"success":true,"data":{}})"), refusal(404, "RESOURCE_002"),
                              refusal(403, "SOMETHING_NEW"), Reply{500}}) {
        mock->reset();
        for (int i = 0; i < 10; ++i) {
            mock->reply(Reply{403}).reply(Reply{403}).reply(other);
        }
        auto settings = options();
        settings.retry.max_retries = 0;
        BulkOptions one_at_a_time;
        one_at_a_time.max_in_flight = 1;
        const auto report = Client{settings}.bulk(messages(30), one_at_a_time);
        EXPECT_FALSE(report.stopped_by);
        EXPECT_EQ(mock->request_count(), 30U);
    }
}

TEST_F(B7_RunThatCannotSucceed, EndsInTheMiddleToo) {
    mock->otherwise(Reply::json(202, R"({"success":true,"data":{}})").always());
    for (int i = 0; i < 10; ++i) {
        mock->reply(Reply::json(202, R"({"success":true,"data":{}})"));
    }
    mock->reply(refusal(401, "AUTH_002"));
    std::vector<std::size_t> told;
    std::size_t taken = 0;
    const auto summary = Client{options()}.bulk(
        [&]() -> std::optional<SendMessageRequest> {
            return taken < 1000 ? std::optional{message(taken++)} : std::nullopt;
        },
        [&](std::size_t index, const Result<SendMessageResponse>&) { told.push_back(index); }, few_at_once());
    EXPECT_EQ(summary.succeeded, 10U);
    ASSERT_TRUE(summary.stopped_by);
    EXPECT_EQ(summary.stopped_by->code, "AUTH_002");
    EXPECT_EQ(told.size(), summary.succeeded + summary.failed);
    EXPECT_LT(taken, 50U) << "nothing more is taken from the source";
}

TEST_F(B7_RunThatCannotSucceed, ARefusalOfOneRequestEndsNoRun) {
    for (const auto& reply :
         {refusal(403, "SOMETHING_NEW"), Reply{403, "<html>blocked by our firewall</html>"},
          refusal(404, "RESOURCE_002"), refusal(400, "VALIDATION_002"), Reply{500},
          refusal(429, "LIMIT_001")}) {
        mock->reset();
        mock->otherwise(reply.always());
        const auto report = Client{options()}.bulk(messages(20), few_at_once());
        EXPECT_GE(mock->request_count(), 20U);
        EXPECT_FALSE(report.stopped_by);
        EXPECT_EQ(report.failed, 20U);
    }
}

TEST_F(B7_RunThatCannotSucceed, WhatWaitsForItsTurnIsToldAtOnce) {
    clock->set_mode(testing::FakeClock::Mode::manual);
    const Gate gate;
    auto settings = options();
    settings.rate_limit.messages_per_minute = 1;
    settings.rate_limit.message_burst = 1;
    mock->otherwise(refusal(401, "AUTH_002").after(gate).always());
    const Client client{settings};
    auto later = std::async(std::launch::async, [&] { return client.bulk(messages(100), few_at_once()); });
    // One is sent, the others of those in flight wait for the client's own rate limit, for minutes.
    ASSERT_TRUE(clock->wait_for_waiters(3));
    gate.open();
    if (later.wait_for(seconds{10}) != std::future_status::ready) {
        ADD_FAILURE() << "the others wait still";
        clock->set_mode(testing::FakeClock::Mode::automatic);
        clock->advance(std::chrono::hours{1});
    }
    const auto report = later.get();
    EXPECT_EQ(mock->request_count(), 1U);
    EXPECT_EQ(report.failed, 100U);
    EXPECT_EQ(report.results[1].error().outcome, Outcome::not_sent);
    EXPECT_EQ(report.results[1].error().code, "AUTH_002");
}

class B6_LongRetryAfter : public B7_RunThatCannotSucceed {
  protected:
    static Reply wait_for(int wait) {
        return Reply{429,
                     R"({"success":false,"error":{"code":"BUSINESS_002"}})",
                     {{"Retry-After", std::to_string(wait)}}};
    }
    static std::vector<Reply> answers_with(int wait) {
        const Headers headers{{"Retry-After", std::to_string(wait)}};
        return {Reply{503, R"({"success":false,"error":{"code":"INTERNAL_005"}})", headers},
                Reply{503, R"({"success":false,"error":{"code":"SERVICE_001"}})", headers},
                Reply{503, "<html>maintenance</html>", headers},
                Reply{500, "", headers},
                Reply{408, "", headers},
                Reply{200, R"({"success":false,"error":{"code":"INTERNAL_005"}})", headers}};
    }
    static v1::SendToPhoneRequest older_message() {
        v1::SendToPhoneRequest request;
        request.phone_number = "+14155550100";
        request.template_id = "7ba7b820-9dad-11d1-80b4-00c04fd430c8";
        return request;
    }
};

TEST_F(B6_LongRetryAfter, PausesTheRunWithinMaxOutage) {
    mock->reply(Reply::json(202, R"({"success":true,"data":{}})"))
        .reply(wait_for(300))
        .otherwise(Reply::json(202, R"({"success":true,"data":{}})").always());
    const auto report = Client{options()}.bulk(messages(200), few_at_once());
    EXPECT_TRUE(report.all_succeeded()) << report.results.at(1).error();
    EXPECT_FALSE(report.stopped_by);
    EXPECT_EQ(mock->request_count(), 201U);
    EXPECT_GE(clock->elapsed(), seconds{300});
}

TEST_F(B6_LongRetryAfter, EndsTheRunWhenItLastsLonger) {
    for (const int wait : {300, 3600}) {
        mock->reset();
        mock->otherwise(wait_for(wait).always());
        const auto report = Client{options()}.bulk(messages(2000));
        EXPECT_LE(mock->request_count(), 130U) << "those in flight, and one or the other more";
        EXPECT_EQ(report.failed, 2000U);
        EXPECT_EQ(report.uncertain, 0U);
        ASSERT_TRUE(report.stopped_by);
        EXPECT_EQ(report.stopped_by->kind, ErrorKind::rate_limited);
        EXPECT_EQ(report.stopped_by->retry_after, seconds{wait});
        const auto& last = report.results.back().error();
        EXPECT_EQ(last.kind, ErrorKind::rate_limited);
        EXPECT_EQ(last.outcome, Outcome::not_sent);
        EXPECT_EQ(last.retry_after, seconds{wait});
    }
}

TEST_F(B6_LongRetryAfter, EndsTheRunAtOnceWhereWaitingIsSwitchedOff) {
    mock->otherwise(wait_for(300).always());
    auto impatient = few_at_once();
    impatient.max_outage = std::chrono::milliseconds{0};
    auto without_retries = few_at_once();
    without_retries.call.retry.emplace().max_retries = 0;
    for (const auto& bulk : {impatient, without_retries}) {
        const auto before = clock->elapsed();
        const auto report = Client{options()}.bulk(messages(100), bulk);
        EXPECT_EQ(clock->elapsed(), before);
        ASSERT_TRUE(report.stopped_by);
        EXPECT_EQ(report.failed, 100U);
    }
}

TEST_F(B6_LongRetryAfter, ShortOnesWithoutEndEndTheRunInsteadOfBurningEachRequest) {
    mock->otherwise(wait_for(20).always());
    const auto report = Client{options()}.bulk(messages(500), few_at_once());
    EXPECT_LE(mock->request_count(), 100U);
    ASSERT_TRUE(report.stopped_by);
    EXPECT_EQ(report.results.back().error().outcome, Outcome::not_sent);
    EXPECT_LT(clock->elapsed(), std::chrono::minutes{10});
}

TEST_F(B6_LongRetryAfter, OfAnyAnswerPausesTheRun) {
    for (const int wait : {5, 200}) {
        for (const auto& reply : answers_with(wait)) {
            SCOPED_TRACE(::testing::PrintToString(wait));
            mock->reset();
            mock->reply(Reply::json(202, R"({"success":true,"data":{}})"))
                .reply(reply)
                .otherwise(Reply::json(202, R"({"success":true,"data":{}})").always());
            const auto before = clock->elapsed();
            auto one = few_at_once();
            one.max_in_flight = 1;
            const auto report = Client{options()}.bulk(messages(50), one);
            EXPECT_TRUE(report.all_succeeded()) << report.results.at(1).error();
            EXPECT_EQ(mock->request_count(), 51U);
            EXPECT_GE(clock->elapsed() - before, seconds{wait});
        }
    }
}

TEST_F(B6_LongRetryAfter, OfAnyAnswerHoldsTheOthersBackToo) {
    clock->set_mode(testing::FakeClock::Mode::manual);
    mock->reply(answers_with(5).front())
        .otherwise(Reply::json(202, R"({"success":true,"data":{}})").always());
    auto one = few_at_once();
    one.call.retry.emplace().max_retries = 0;
    one.max_in_flight = 1;
    const Client client{options()};
    auto later = std::async(std::launch::async, [&] { return client.bulk(messages(3), one); });
    EXPECT_TRUE(clock->wait_for_waiters(1)) << "the second request waits";
    EXPECT_EQ(mock->request_count(), 1U);
    clock->set_mode(testing::FakeClock::Mode::automatic);
    clock->advance(seconds{5});
    const auto report = later.get();
    EXPECT_EQ(report.results[0].error().outcome, Outcome::unknown);
    EXPECT_EQ(report.succeeded, 2U);
}

TEST_F(B6_LongRetryAfter, OfAnyAnswerEndsTheRunWhenItLastsLonger) {
    for (const auto& reply : answers_with(3600)) {
        mock->reset();
        mock->otherwise(reply.always());
        const auto report = Client{options()}.bulk(messages(500), few_at_once());
        EXPECT_LE(mock->request_count(), 8U);
        EXPECT_EQ(report.failed, 500U);
        ASSERT_TRUE(report.stopped_by);
        EXPECT_EQ(report.stopped_by->retry_after, seconds{3600});
        EXPECT_EQ(report.results.back().error().outcome, Outcome::not_sent);
        EXPECT_EQ(report.results.back().error().retry_after, seconds{3600});
        const auto of_first = report.stopped_by->code == "SERVICE_001" ? Outcome::rejected : Outcome::unknown;
        EXPECT_EQ(report.results.front().error().outcome, of_first);
    }
}

TEST_F(B6_LongRetryAfter, OfAWriteWithoutKeyEndsTheRunAndLeavesItsFateOpen) {
    mock->otherwise(Reply{503, "", {{"Retry-After", "3600"}}}.always());
    const auto report =
        Client{options()}.bulk(std::vector<v1::SendToPhoneRequest>(100, older_message()), few_at_once());
    EXPECT_LE(mock->request_count(), 8U);
    EXPECT_EQ(report.results.front().error().outcome, Outcome::unknown);
    EXPECT_EQ(report.results.back().error().outcome, Outcome::not_sent);
    EXPECT_EQ(report.uncertain, mock->request_count());
    ASSERT_TRUE(report.stopped_by);
}

TEST_F(B6_LongRetryAfter, AnUnknownFateStaysUnknownAfterTheWait) {
    mock->reply(Reply::json(202, R"({"success":true,"data":{}})"))
        .reply(answers_with(100).front())
        .otherwise(refusal(401, "AUTH_002").always());
    auto one = few_at_once();
    one.max_in_flight = 1;
    const auto report = Client{options()}.bulk(messages(3), one);
    EXPECT_EQ(report.results[1].error().outcome, Outcome::unknown);
    EXPECT_EQ(report.results[2].error().outcome, Outcome::not_sent);
}

TEST_F(B6_LongRetryAfter, OneRequestThatAlwaysGetsItDoesNotHoldTheRunForEver) {
    for (const int wait : {5, 100}) {
        mock->reset();
        mock->otherwise(Reply::computed([wait](const testing::RecordedRequest& request) -> TransportResult {
            const bool is_bad = request.body.find("+14155551003") != std::string::npos;
            return is_bad ? HttpResponse{503, {{"Retry-After", std::to_string(wait)}}, ""}
                          : HttpResponse{202, {}, R"({"success":true,"data":{}})"};
        }));
        const auto report = Client{options()}.bulk(messages(50), few_at_once());
        EXPECT_EQ(report.succeeded, 49U);
        EXPECT_EQ(report.uncertain, 1U);
        EXPECT_FALSE(report.stopped_by);
    }
}

TEST_F(B6_LongRetryAfter, ShortOnesOfAnyAnswerEndTheRunInTheEnd) {
    for (const auto& reply : answers_with(20)) {
        mock->reset();
        mock->otherwise(reply.always());
        const auto report = Client{options()}.bulk(messages(500), few_at_once());
        EXPECT_LE(mock->request_count(), 200U);
        ASSERT_TRUE(report.stopped_by);
        EXPECT_EQ(report.results.back().error().outcome, Outcome::not_sent);
    }
}

TEST_F(B6_LongRetryAfter, ACallByItselfReturnsAtOnceStill) {
    mock->otherwise(wait_for(300).always());
    const auto done = Client{options()}.call(message(0));
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().attempts, 1);
    EXPECT_EQ(done.error().retry_after, seconds{300});
}

}  // namespace
}  // namespace sent::test
