// The client's own rate limits against the service's, which the emulator keeps.

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include <sent/sent.hpp>
#include <sent/testing/emulator.hpp>
#include <sent/testing/fake_clock.hpp>

namespace sent::test {
namespace {

using sent::testing::Emulator;
using std::chrono::milliseconds;
using std::chrono::seconds;

class RateLimits : public ::testing::Test {
  protected:
    ClientOptions options() const {
        ClientOptions result;
        result.api_key = emulator.api_key();
        result.base_url = emulator.base_url();
        result.use_environment = false;
        result.clock = clock;
        return result;
    }

    SendMessageRequest send_to(std::size_t recipients) const {
        SendMessageRequest request;
        for (std::size_t i = 0; i < recipients; ++i) {
            request.to.push_back("+1415555" + std::to_string(1000 + i));
        }
        request.template_ref.emplace();
        request.template_ref->id = emulator.seeds().templates.at(0).id;
        request.template_ref->parameters = {{"name", "Ada"}, {"order_id", "1"}};
        return request;
    }

    static CallOptions in_a_moment() {
        CallOptions call;
        call.deadline = milliseconds(500);
        return call;
    }

    Emulator emulator{};
    std::shared_ptr<sent::testing::FakeClock> clock = std::make_shared<sent::testing::FakeClock>();
};

TEST_F(RateLimits, AreOffUnlessAskedFor) {
    const Client client{options()};
    for (int i = 0; i < 60; ++i) {
        ASSERT_TRUE(client.contacts().list());
    }
    EXPECT_EQ(clock->elapsed(), seconds(0));
}

TEST_F(RateLimits, CountEachMessageOfASend) {
    auto settings = options();
    settings.rate_limit = starter_rate_limits();
    const Client client{settings};
    ASSERT_TRUE(client.messages().send(send_to(50)));
    ASSERT_TRUE(client.messages().send(send_to(10)));
    const auto late = client.messages().send(send_to(1), in_a_moment());
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().kind, ErrorKind::timeout) << late.error();
    EXPECT_EQ(late.error().outcome, Outcome::not_sent);
    EXPECT_EQ(emulator.accepted_messages(), 60U);
    // Reads have a bucket of their own.
    EXPECT_TRUE(client.contacts().list({}, in_a_moment()));
    // The minute of the first sixty has to pass.
    ASSERT_TRUE(client.messages().send(send_to(1)));
    EXPECT_GE(clock->elapsed(), seconds(60));
    EXPECT_LE(clock->elapsed(), seconds(61));
}

TEST_F(RateLimits, AreSharedByThreadsSubmitBulkAndCopies) {
    auto settings = options();
    settings.rate_limit.messages_per_minute = 60;
    settings.rate_limit.message_burst = 20;
    const Client client{settings};
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] { EXPECT_TRUE(client.messages().send(send_to(1))); });
    }
    for (auto& thread : threads) {
        thread.join();
    }
    for (int i = 0; i < 4; ++i) {
        EXPECT_TRUE(client.submit(send_to(1)).get());
    }
    EXPECT_EQ(client.bulk(std::vector<SendMessageRequest>(6, send_to(1))).succeeded, 6U);
    const auto copy = client.with_options({});
    EXPECT_TRUE(copy.messages().send(send_to(6)));
    EXPECT_EQ(clock->elapsed(), seconds(0)) << "twenty go at once";
    EXPECT_FALSE(copy.messages().send(send_to(1), in_a_moment())) << "and the next one waits";
    EXPECT_EQ(emulator.accepted_messages(), 20U);
}

TEST_F(RateLimits, KeepARunWithinWhatTheServiceAllows) {
    // Without limits of its own the client would be told off.
    emulator.set_rate_limits({0, 0, 30});
    auto settings = options();
    settings.rate_limit.messages_per_minute = 60;
    settings.rate_limit.message_burst = 10;
    settings.retry.max_retries = 0;
    const Client client{settings};
    // One at a time: this clock goes on to the end of the longest wait, past the times of the others.
    BulkOptions one_at_a_time;
    one_at_a_time.max_in_flight = 1;
    const auto report = client.bulk(std::vector<SendMessageRequest>(30, send_to(1)), one_at_a_time);
    EXPECT_EQ(report.succeeded, 30U);
    EXPECT_GE(clock->elapsed(), milliseconds(19'900));
    EXPECT_LE(clock->elapsed(), milliseconds(20'100));
}

TEST_F(RateLimits, FollowTheServiceWhenItAllowsLess) {
    emulator.set_rate_limits({3, 0, 0});
    auto settings = options();
    settings.rate_limit.requests_per_minute = 6000;
    settings.retry.max_retries = 0;
    const Client client{settings};
    for (int i = 0; i < 3; ++i) {
        const auto page = client.contacts().list();
        ASSERT_TRUE(page) << page.error();
        ASSERT_TRUE(page.meta().rate_limit);
        EXPECT_EQ(page.meta().rate_limit->remaining, 2 - i);
    }
    // The last answer said that nothing remains: the next one is not even sent.
    const auto fourth = client.contacts().list({}, in_a_moment());
    ASSERT_FALSE(fourth);
    EXPECT_EQ(fourth.error().kind, ErrorKind::timeout) << fourth.error();
    EXPECT_EQ(fourth.error().attempts, 0);
    // When the window has passed it is, after a wait.
    emulator.advance(seconds(61));
    EXPECT_TRUE(client.contacts().list());
    EXPECT_GT(clock->elapsed(), seconds(0));
}

TEST_F(RateLimits, HoldAllBackAfterARefusal) {
    emulator.set_rate_limits({0, 0, 1});
    auto settings = options();
    settings.rate_limit.messages_per_minute = 6000;
    settings.retry.max_retries = 0;
    const Client client{settings};
    ASSERT_TRUE(client.messages().send(send_to(1)));
    const auto refused = client.messages().send(send_to(1));
    ASSERT_FALSE(refused);
    ASSERT_EQ(refused.error().kind, ErrorKind::rate_limited) << refused.error();
    ASSERT_TRUE(refused.error().retry_after);
    const auto next = client.messages().send(send_to(1), in_a_moment());
    ASSERT_FALSE(next);
    EXPECT_EQ(next.error().attempts, 0) << "it is known what the answer would be";
    emulator.advance(seconds(61));
    EXPECT_TRUE(client.messages().send(send_to(1)));
    EXPECT_GE(clock->elapsed(), *refused.error().retry_after);
}

}  // namespace
}  // namespace sent::test
