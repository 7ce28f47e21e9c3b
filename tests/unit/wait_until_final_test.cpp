#include <chrono>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "unit/client_fixture.hpp"

namespace sent::test {
namespace {

using namespace std::chrono_literals;
using sent::testing::RecordedRequest;
using sent::testing::Reply;

constexpr const char* id = "3e7b5a10-8c24-4d6f-a1b9-50c2e8f7d613";

Reply status_reply(const std::string& status) {
    return Reply::json(200, R"({"success":true,"data":{"id":"m","status":")" + status + "\"}}");
}

Reply not_found() {
    return Reply::json(404, R"({"success":false,"error":{"code":"RESOURCE_003","message":"No message"}})");
}

/// Messages::wait_until_final.
class WaitUntilFinal : public ClientFixture {
  protected:
    void script(const std::vector<std::string>& statuses) const {
        for (const auto& status : statuses) {
            mock->reply(status_reply(status));
        }
    }
    [[nodiscard]] Result<Message> wait(const WaitOptions& wait_options = {}) const {
        return Client{options()}.messages().wait_until_final(id, wait_options);
    }
    static WaitOptions until(std::chrono::milliseconds deadline) {
        WaitOptions wait_options;
        wait_options.deadline = deadline;
        return wait_options;
    }
    void expect_status(const Result<Message>& result, const MessageStatus& status) const {
        ASSERT_TRUE(result) << result.error();
        EXPECT_EQ(result->status, status);
        EXPECT_EQ(mock->unused_replies(), 0U);
    }
};

TEST_F(WaitUntilFinal, EndsWithTheFirstFinalStatus) {
    for (const auto* final_status : {"DELIVERED", "READ", "FILTERED", "BLOCKED", "CANCELLED", "RECEIVED"}) {
        mock->reset();
        script({"QUEUED", "ROUTED", "SENT", final_status});

        const auto result = wait();

        expect_status(result, MessageStatus{final_status});
        EXPECT_EQ(mock->request_count(), 4U);
        EXPECT_EQ(mock->requests().at(3).path, std::string{"/v3/messages/"} + id);
    }
}

TEST_F(WaitUntilFinal, PollsAtOnceThenLessAndLessOften) {
    mock->otherwise(status_reply("SENT"));

    EXPECT_FALSE(wait(until(120s)));

    const auto waits = clock->waits();
    ASSERT_GE(waits.size(), 8U);
    EXPECT_LE(waits[0], 500ms);
    EXPECT_GE(waits[0], 375ms);
    EXPECT_GE(waits[1], 750ms);
    EXPECT_LE(waits[1], 1s);
    for (const auto each : waits) {
        EXPECT_LE(each, 15s);
    }
    EXPECT_LE(mock->request_count(), 25U);
}

TEST_F(WaitUntilFinal, GoesOnForAStatusThatNobodyKnows) {
    script({"TELEPORTED", "", "DELIVERED"});
    expect_status(wait(), MessageStatus::delivered);
}

TEST_F(WaitUntilFinal, WaitsForTheRerouteOfAFailedMessage) {
    script({"SENT", "FAILED", "FAILED", "ROUTED", "SENT", "DELIVERED"});
    expect_status(wait(), MessageStatus::delivered);
}

TEST_F(WaitUntilFinal, GivesAMessageUpThatStaysFailed) {
    mock->otherwise(status_reply("FAILED"));
    auto wait_options = until(10min);
    wait_options.failed_for = 20s;

    const auto result = wait(wait_options);

    expect_status(result, MessageStatus::failed);
    EXPECT_GE(clock->elapsed(), 20s);
    EXPECT_LE(clock->elapsed(), 36s) << "one poll later at most";
}

TEST_F(WaitUntilFinal, CountsFailureAnewAfterAReroute) {
    // Failed for 2 s, on its way, failed again: the first time does not count.
    WaitOptions wait_options;
    wait_options.initial_interval = 1s;
    wait_options.max_interval = 1s;
    wait_options.failed_for = 3s;
    script({"FAILED", "FAILED", "FAILED", "SENT", "FAILED", "FAILED", "FAILED", "DELIVERED"});
    expect_status(wait(wait_options), MessageStatus::delivered);
}

TEST_F(WaitUntilFinal, TakesFailedAtTheDeadlineForFailed) {
    mock->otherwise(status_reply("FAILED"));

    const auto result = wait(until(5s));

    expect_status(result, MessageStatus::failed);
    EXPECT_LE(clock->elapsed(), 5s);
}

TEST_F(WaitUntilFinal, EndsByItsDeadline) {
    for (const auto deadline : {1ms, 700ms, 2000ms, 120'000ms}) {
        const auto before = clock->elapsed();
        mock->reset();
        mock->otherwise(status_reply("SENT"));

        const auto result = wait(until(deadline));

        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().kind, ErrorKind::timeout);
        EXPECT_EQ(result.error().outcome, Outcome::accepted) << "the message itself was";
        EXPECT_NE(result.error().message.find("SENT"), std::string::npos) << result.error();
        EXPECT_LE(clock->elapsed() - before, deadline);
    }
}

TEST_F(WaitUntilFinal, LooksOnceMoreShortlyBeforeTheDeadline) {
    mock->otherwise(status_reply("SENT"));
    const auto before = clock->elapsed();
    std::chrono::nanoseconds last{};
    mock->otherwise(Reply::computed([&](const RecordedRequest&) {
        last = clock->elapsed() - before;
        return TransportResult{HttpResponse{200, {}, R"({"data":{"status":"SENT"}})"}};
    }));

    EXPECT_FALSE(wait(until(60s)));

    EXPECT_GE(last, 58s);
}

TEST_F(WaitUntilFinal, BoundsEachPollByTheDeadline) {
    mock->otherwise(status_reply("SENT"));
    EXPECT_FALSE(wait(until(3s)));
    for (const auto& request : mock->requests()) {
        EXPECT_LE(request.timeout, 3s);
        EXPECT_GT(request.timeout, 0s);
    }
}

TEST_F(WaitUntilFinal, EndsAtTheDeadlineWhenNoPollEverEnds) {
    mock->otherwise(Reply::computed([&](const RecordedRequest& request) {
        clock->advance(request.timeout);
        return TransportResult{TransportError{TransportErrorKind::timeout, "no answer", true}};
    }));

    const auto result = wait(until(30s));

    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::timeout);
    EXPECT_LE(clock->elapsed(), 31s);
}

TEST_F(WaitUntilFinal, WaitsForAMessageThatIsNotThereYet) {
    mock->reply(not_found()).reply(not_found());
    script({"QUEUED", "DELIVERED"});
    expect_status(wait(), MessageStatus::delivered);
}

TEST_F(WaitUntilFinal, GivesAWrongIdUp) {
    mock->otherwise(not_found());

    const auto result = wait(until(10min));

    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::not_found);
    EXPECT_EQ(result.error().code, "RESOURCE_003");
    EXPECT_GE(clock->elapsed(), 10s);
    EXPECT_LE(clock->elapsed(), 20s);
}

TEST_F(WaitUntilFinal, BelievesThatAMessageIsGoneThatWasThere) {
    script({"SENT"});
    mock->reply(not_found());

    const auto result = wait();

    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::not_found);
    EXPECT_EQ(mock->request_count(), 2U);
}

TEST_F(WaitUntilFinal, OutlivesTransientErrors) {
    script({"SENT"});
    for (int i = 0; i < 4; ++i) {
        mock->reply(503).reply(Reply::connection_lost()).reply(Reply::connection_refused());
    }
    script({"DELIVERED"});
    expect_status(wait(), MessageStatus::delivered);
}

TEST_F(WaitUntilFinal, WaitsAsLongAsTheServiceAsks) {
    auto no_retries = RetryOptions{};
    no_retries.max_retries = 0;
    WaitOptions wait_options;
    wait_options.call.retry = no_retries;
    mock->reply(Reply{429, "", {{"Retry-After", "40"}}});
    script({"DELIVERED"});

    expect_status(wait(wait_options), MessageStatus::delivered);

    EXPECT_GE(clock->elapsed(), 40s);
}

TEST_F(WaitUntilFinal, ReportsTheLastErrorWhenItIsAllThereWas) {
    mock->otherwise(503);

    const auto result = wait(until(10s));

    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::server);
    EXPECT_LE(clock->elapsed(), 10s);
}

TEST_F(WaitUntilFinal, EndsWithAnErrorThatWaitingDoesNotMend) {
    for (const int status : {400, 401, 403, 501}) {
        mock->reset();
        script({"SENT"});
        mock->reply(status);

        const auto result = wait();

        ASSERT_FALSE(result) << status;
        EXPECT_EQ(result.error().http_status, status);
        EXPECT_EQ(mock->request_count(), 2U) << status;
    }
}

TEST_F(WaitUntilFinal, RefusesWhatIsNoId) {
    const auto result = Client{options()}.messages().wait_until_final("");
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::invalid_request);
    EXPECT_EQ(mock->request_count(), 0U);
}

TEST_F(WaitUntilFinal, UsesTheCallsOptionsForEachPoll) {
    script({"SENT", "DELIVERED"});
    WaitOptions wait_options;
    wait_options.call.profile_id = "profile-1";

    EXPECT_TRUE(wait(wait_options));

    for (const auto& request : mock->requests()) {
        EXPECT_EQ(request.headers.get("x-profile-id"), "profile-1");
    }
}

TEST_F(WaitUntilFinal, SurvivesOddOptions) {
    script({"SENT", "SENT", "DELIVERED"});
    WaitOptions wait_options;
    wait_options.deadline = std::chrono::milliseconds::max();
    wait_options.initial_interval = -5ms;
    wait_options.max_interval = 0ms;
    expect_status(wait(wait_options), MessageStatus::delivered);

    mock->reset();
    mock->otherwise(status_reply("FAILED"));
    wait_options.failed_for = -1s;
    expect_status(wait(wait_options), MessageStatus::failed);
    EXPECT_EQ(mock->request_count(), 1U);

    mock->reset();
    script({"DELIVERED"});
    expect_status(wait(until(-1s)), MessageStatus::delivered);
}

TEST_F(WaitUntilFinal, TakesTheLongestDurationsThereAre) {
    constexpr auto longest = std::chrono::milliseconds::max();
    WaitOptions wait_options;
    wait_options.deadline = longest;
    wait_options.failed_for = longest;
    wait_options.call.deadline = longest;
    script({"FAILED", "SENT", "FAILED", "DELIVERED"});
    expect_status(wait(wait_options), MessageStatus::delivered);

    mock->reset();
    mock->otherwise(status_reply("SENT"));
    wait_options.deadline = 1min;
    wait_options.initial_interval = longest;
    wait_options.max_interval = longest;
    const auto result = wait(wait_options);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::timeout);
    EXPECT_EQ(mock->request_count(), 1U);
}

TEST_F(WaitUntilFinal, IsCancelledBetweenPolls) {
    CancellationSource source;
    WaitOptions wait_options;
    wait_options.call.cancel = source.token();
    script({"SENT"});
    mock->otherwise(Reply::computed([&](const RecordedRequest&) {
        source.cancel();
        return TransportResult{HttpResponse{200, {}, R"({"data":{"status":"SENT"}})"}};
    }));

    const auto result = wait(wait_options);

    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::cancelled);
    EXPECT_EQ(mock->request_count(), 2U);
}

TEST_F(WaitUntilFinal, IsCancelledDuringAWait) {
    clock->set_mode(sent::testing::FakeClock::Mode::manual);
    CancellationSource source;
    WaitOptions wait_options;
    wait_options.call.cancel = source.token();
    mock->otherwise(status_reply("SENT"));
    auto later = std::async(std::launch::async, [&] { return wait(wait_options); });
    ASSERT_TRUE(clock->wait_for_waiters(1));

    source.cancel();

    const auto result = later.get();
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::cancelled);
    EXPECT_EQ(mock->request_count(), 1U);
}

}  // namespace
}  // namespace sent::test
