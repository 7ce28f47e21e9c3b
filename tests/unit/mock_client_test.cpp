#include <chrono>
#include <functional>
#include <future>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "unit/client_fixture.hpp"

/// What the test kit promises to those who test their own code with a client over a script.

namespace {

using namespace std::chrono_literals;
using sent::Client;
using sent::ErrorKind;
using sent::Outcome;
using sent::Result;
using sent::testing::Gate;
using sent::testing::Reply;

class MockClient : public sent::test::ClientFixture {
  protected:
    const Client client_{options()};
};

TEST_F(MockClient, SaysWhichRequestHadNoReply) {
    mock->reply(204);
    (void)client_.call(send_request());

    for (const auto& message : {client_.call(read_request()), client_.submit(read_request()).get()}) {
        ASSERT_FALSE(message);
        EXPECT_EQ(message.error().kind, ErrorKind::invalid_request);
        EXPECT_EQ(message.error().outcome, Outcome::not_sent);
        EXPECT_NE(message.error().message.find("no reply for request"), std::string::npos);
        EXPECT_NE(message.error().message.find("GET /v2/messages/message-1"), std::string::npos);
        EXPECT_EQ(message.error().attempts, 1) << "a retry would not find a reply either";
    }
}

TEST_F(MockClient, RetriesInNoTime) {
    mock->otherwise(503);
    const auto began = std::chrono::steady_clock::now();

    EXPECT_FALSE(client_.call(read_request()));
    EXPECT_FALSE(client_.submit(read_request()).get());
    const auto report = client_.bulk(std::vector<sent::v2::GetMessageRequest>(5, read_request()));

    EXPECT_EQ(report.failed, 5U);
    EXPECT_EQ(mock->request_count(), 7U * 3U);
    EXPECT_GE(clock->waits().size(), 4U) << "those of the bulk run may overlap";
    EXPECT_GE(clock->elapsed(), 1s);
    EXPECT_LT(std::chrono::steady_clock::now() - began, clock->elapsed());
}

TEST_F(MockClient, CallsBackBeforeSubmitReturns) {
    mock->reply(204);
    std::optional<std::thread::id> thread;

    client_.submit(send_request(), [&](const Result<void>& done) {
        EXPECT_TRUE(done);
        thread = std::this_thread::get_id();
    });

    EXPECT_EQ(thread, std::this_thread::get_id());
}

TEST_F(MockClient, LetsCallbacksCallAndSubmit) {
    mock->otherwise(204);
    int left = 10'000;
    std::function<void(Result<void>)> next = [&](const Result<void>& done) {
        EXPECT_TRUE(done);
        EXPECT_TRUE(client_.call(send_request()));
        if (--left > 0) {
            client_.submit(send_request(), next);
        }
    };

    client_.submit(send_request(), next);

    EXPECT_EQ(left, 0);
}

TEST_F(MockClient, ShowsWhatHappensWhileACallIsUnderWay) {
    const Gate gate;
    mock->otherwise(Reply{204}.after(gate));
    auto call = std::async(std::launch::async, [this] { return client_.call(send_request()); });
    auto submitted = client_.submit(send_request());
    ASSERT_TRUE(mock->wait_for_requests(2));
    EXPECT_EQ(call.wait_for(0s), std::future_status::timeout);
    EXPECT_EQ(submitted.wait_for(0s), std::future_status::timeout);

    gate.open();

    EXPECT_TRUE(call.get());
    EXPECT_TRUE(submitted.get());
}

TEST_F(MockClient, CancelsAHeldCall) {
    const Gate gate;
    mock->otherwise(Reply{204}.after(gate));
    const sent::CancellationSource source;
    sent::CallOptions call_options;
    call_options.cancel = source.token();
    auto call = std::async(std::launch::async, [&] { return client_.call(send_request(), call_options); });
    auto submitted = client_.submit(send_request(), call_options);
    ASSERT_TRUE(mock->wait_for_requests(2));

    source.cancel();

    for (const auto& done : {call.get(), submitted.get()}) {
        ASSERT_FALSE(done);
        EXPECT_EQ(done.error().kind, ErrorKind::cancelled);
        EXPECT_EQ(done.error().outcome, Outcome::unknown) << "it had left";
    }
}

TEST_F(MockClient, EndsHeldSubmitsWhenTheClientIsDestroyed) {
    const Gate gate;
    mock->otherwise(Reply{204}.after(gate));
    std::optional<ErrorKind> kind;
    {
        const Client temporary{options()};
        temporary.submit(send_request(), [&](const Result<void>& done) {
            if (!done) {
                kind = done.error().kind;
            }
        });
        EXPECT_FALSE(kind);
    }

    EXPECT_EQ(kind, ErrorKind::cancelled);
}

TEST_F(MockClient, TurnsExceptionsOfTheTransportIntoErrors) {
    mock->reply(Reply::throwing(std::runtime_error("boom"))).reply(Reply::throwing(7).times(2));

    for (const auto& done :
         {client_.call(send_request()), client_.call(send_request()), client_.submit(send_request()).get()}) {
        ASSERT_FALSE(done);
        EXPECT_EQ(done.error().kind, ErrorKind::connection);
        EXPECT_EQ(done.error().outcome, Outcome::unknown);
    }
    EXPECT_EQ(mock->request_count(), 3U);
}

TEST_F(MockClient, ServesABulkRunThatIsThrottled) {
    mock->reply(204).reply(429, "", {{"Retry-After", "20"}}).otherwise(204);

    const auto report = client_.bulk(std::vector<sent::v1::SendToContactRequest>(50, send_request()));

    EXPECT_TRUE(report.all_succeeded());
    EXPECT_EQ(mock->request_count(), 51U);
    EXPECT_GE(clock->elapsed(), 20s);
}

TEST_F(MockClient, LetsAManualClockDecideWhenARetryComes) {
    clock->set_mode(sent::testing::FakeClock::Mode::manual);
    mock->reply(503).json(200, R"({"status":"read"})");
    auto message = client_.submit(read_request());
    ASSERT_TRUE(clock->wait_for_waiters(1));
    EXPECT_EQ(mock->request_count(), 1U);

    clock->advance(1s);

    EXPECT_EQ(message.get().value().status, sent::v2::MessageStatus::read);
}

}  // namespace
