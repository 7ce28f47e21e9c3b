#include <chrono>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "unit/client_fixture.hpp"

namespace sent::test {
namespace {

using namespace std::chrono_literals;
using sent::testing::Gate;
using sent::testing::Reply;

constexpr const char* id = "3e7b5a10-8c24-4d6f-a1b9-50c2e8f7d613";

Reply status_reply(const std::string& status) {
    return Reply::json(200, R"({"success":true,"data":{"status":")" + status + "\"}}");
}

/// Messages::wait_until_final without a thread that waits; what ends it is in wait_until_final_test.cpp.
class WaitUntilFinalAsync : public ClientFixture {
  protected:
    /// The future of a wait that is given up when the test takes too long.
    static Result<Message> get(std::future<Result<Message>>& later) {
        if (later.wait_for(20s) != std::future_status::ready) {
            Error error;
            error.message = "the wait does not end";
            return error;
        }
        return later.get();
    }
};

TEST_F(WaitUntilFinalAsync, GivesAFuture) {
    mock->reply(404).reply(status_reply("QUEUED")).reply(503).reply(status_reply("FAILED"));
    mock->reply(status_reply("SENT")).reply(status_reply("DELIVERED"));
    const Client client{options()};

    auto later = client.messages().submit_wait_until_final(id);

    const auto result = get(later);
    ASSERT_TRUE(result) << result.error();
    EXPECT_EQ(result->status, MessageStatus::delivered);
    for (const auto& request : mock->requests()) {
        EXPECT_TRUE(request.asynchronous);
    }
}

TEST_F(WaitUntilFinalAsync, CallsBackOnce) {
    mock->reply(status_reply("SENT")).reply(status_reply("READ"));
    const Client client{options()};
    std::promise<Result<Message>> promise;
    auto later = promise.get_future();

    // A second call would throw from set_value().
    client.messages().submit_wait_until_final(
        id, [&promise](Result<Message> result) { promise.set_value(std::move(result)); });

    const auto result = get(later);
    ASSERT_TRUE(result) << result.error();
    EXPECT_EQ(result->status, MessageStatus::read);
}

TEST_F(WaitUntilFinalAsync, EndsByItsDeadline) {
    mock->otherwise(status_reply("SENT"));
    const Client client{options()};
    WaitOptions wait_options;
    wait_options.deadline = 5s;

    auto later = client.messages().submit_wait_until_final(id, wait_options);

    const auto result = get(later);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::timeout);
    EXPECT_LE(clock->elapsed(), 5s);
}

TEST_F(WaitUntilFinalAsync, RefusesWhatIsNoIdBeforeItReturns) {
    const Client client{options()};
    std::optional<Error> refusal;
    client.messages().submit_wait_until_final(
        "..", [&](const Result<Message>& result) { refusal = result.error(); });
    ASSERT_TRUE(refusal);
    EXPECT_EQ(refusal->kind, ErrorKind::invalid_request);
}

TEST_F(WaitUntilFinalAsync, IsCancelled) {
    clock->set_mode(sent::testing::FakeClock::Mode::manual);
    mock->otherwise(status_reply("SENT"));
    const Client client{options()};
    CancellationSource source;
    WaitOptions wait_options;
    wait_options.call.cancel = source.token();
    auto later = client.messages().submit_wait_until_final(id, wait_options);
    ASSERT_TRUE(mock->wait_for_requests(1));

    source.cancel();

    const auto result = get(later);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::cancelled);
}

TEST_F(WaitUntilFinalAsync, EndsWhenTheClientIsDestroyedBetweenPolls) {
    clock->set_mode(sent::testing::FakeClock::Mode::manual);
    mock->otherwise(status_reply("SENT"));
    std::optional<Client> client{options()};
    auto later = client->messages().submit_wait_until_final(id);
    ASSERT_TRUE(mock->wait_for_requests(1));

    client.reset();

    const auto result = get(later);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::cancelled);
    EXPECT_EQ(mock->request_count(), 1U);
}

TEST_F(WaitUntilFinalAsync, EndsWhenTheClientIsDestroyedDuringAPoll) {
    const Gate gate;
    mock->reply(status_reply("SENT").after(gate));
    std::optional<Client> client{options()};
    auto later = client->messages().submit_wait_until_final(id);
    ASSERT_TRUE(mock->wait_for_requests(1));

    client.reset();

    const auto result = get(later);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::cancelled);
}

TEST_F(WaitUntilFinalAsync, FollowsManyMessagesAtOnce) {
    mock->otherwise(status_reply("DELIVERED"));
    for (int i = 0; i < 50; ++i) {
        mock->reply(status_reply("SENT"));
    }
    const Client client{options()};
    // The waits of one move the clock that all look at, so that minutes are soon over.
    WaitOptions wait_options;
    wait_options.deadline = std::chrono::hours{24};
    std::vector<std::future<Result<Message>>> later;
    for (int i = 0; i < 50; ++i) {
        later.push_back(client.messages().submit_wait_until_final(std::to_string(i), wait_options));
    }
    for (auto& each : later) {
        EXPECT_TRUE(get(each));
    }
}

}  // namespace
}  // namespace sent::test
