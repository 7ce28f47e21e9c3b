#include <atomic>
#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
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

/// The asynchronous driver.
class Submit : public ClientFixture {};

TEST_F(Submit, GivesAFuture) {
    mock->json(200, R"({"id":"message-1","status":"delivered"})");
    const Client client{options()};
    auto later = client.submit(read_request());
    const auto message = later.get();
    ASSERT_TRUE(message) << message.error();
    EXPECT_EQ(message->status, v2::MessageStatus::delivered);
}

TEST_F(Submit, CallsBackOnce) {
    mock->reply(204);
    const Client client{options()};
    std::promise<Result<void>> promise;
    client.submit(send_request(), [&](Result<void> result) { promise.set_value(std::move(result)); });
    EXPECT_TRUE(promise.get_future().get());
}

TEST_F(Submit, ObeysTheSameRulesAsCall) {
    mock->reply(503).reply(Reply::connection_lost()).json(200, R"({"id":"m"})");
    const Client client{options()};
    const auto message = client.submit(read_request()).get();
    ASSERT_TRUE(message) << message.error();
    EXPECT_EQ(message.meta().attempts, 3);
    mock->reset();
    mock->reply(502).reply(204);
    const auto done = client.submit(send_request()).get();
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().outcome, Outcome::unknown);
    EXPECT_EQ(mock->request_count(), 1U);
}

TEST_F(Submit, ReportsWhatCanNotBeSentBeforeItReturns) {
    const Client client{options()};
    bool called = false;
    client.submit(v2::GetMessageRequest{}, [&](const Result<v2::Message>& result) {
        called = true;
        EXPECT_EQ(result.error().kind, ErrorKind::invalid_request);
    });
    EXPECT_TRUE(called);
}

TEST_F(Submit, TheRequestNeedNotLiveOn) {
    const Gate gate;
    mock->reply(Reply{204}.after(gate));
    const Client client{options()};
    std::future<Result<void>> later;
    {
        auto request = send_request();
        request.message_body = {{"name", "Mira"}};
        later = client.submit(request);
    }
    gate.open();
    EXPECT_TRUE(later.get());
    EXPECT_THAT(mock->requests().at(0).body, HasSubstr("Mira"));
}

TEST_F(Submit, DestroyingTheClientCancelsAndStillCallsBack) {
    const Gate gate;
    mock->otherwise(Reply{204}.after(gate).always());
    std::vector<std::future<Result<void>>> futures;
    {
        const Client client{options()};
        for (int i = 0; i < 10; ++i) {
            futures.push_back(client.submit(send_request()));
        }
        ASSERT_TRUE(mock->wait_for_requests(10));
    }
    for (auto& future : futures) {
        ASSERT_EQ(future.wait_for(seconds{0}), std::future_status::ready);
        const auto result = future.get();
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().kind, ErrorKind::cancelled);
    }
}

TEST_F(Submit, DestroyingTheClientEndsWaitsToo) {
    clock->set_mode(testing::FakeClock::Mode::manual);
    mock->otherwise(Reply{429}.always());
    std::future<Result<void>> later;
    {
        const Client client{options()};
        later = client.submit(send_request());
        ASSERT_TRUE(clock->wait_for_waiters(1));
    }
    ASSERT_EQ(later.wait_for(seconds{0}), std::future_status::ready);
    EXPECT_EQ(later.get().error().kind, ErrorKind::cancelled);
}

TEST_F(Submit, TheClientMayBeDestroyedByItsOwnCallback) {
    const Gate gate;
    mock->reply(Reply{204}.after(gate));
    auto client = std::make_unique<Client>(options());
    std::promise<bool> promise;
    client->submit(send_request(), [&](const Result<void>& result) {
        client.reset();
        promise.set_value(result.has_value());
    });
    gate.open();
    EXPECT_TRUE(promise.get_future().get());
}

TEST_F(Submit, CancellingEndsTheCallInEveryPhase) {
    clock->set_mode(testing::FakeClock::Mode::manual);
    const Gate gate;
    mock->reply(Reply{204}.after(gate)).reply(429);
    const Client client{options()};
    for (const bool while_sending : {true, false}) {
        const CancellationSource source;
        CallOptions call;
        call.cancel = source.token();
        auto later = client.submit(send_request(), call);
        if (!while_sending) {
            ASSERT_TRUE(clock->wait_for_waiters(1));
        }
        source.cancel();
        ASSERT_EQ(later.wait_for(seconds{5}), std::future_status::ready);
        EXPECT_EQ(later.get().error().kind, ErrorKind::cancelled);
    }
}

TEST_F(Submit, ThrowingCallbacksAreLogged) {
    std::vector<std::string> lines;
    auto settings = options();
    settings.log.sink = [&](const LogRecord& record) { lines.emplace_back(record.message); };
    mock->otherwise(Reply{204}.always());
    const Client client{settings};
    client.submit(send_request(), [](const Result<void>&) { throw std::runtime_error{"broken callback"}; });
    client.submit(send_request(), [](const Result<void>&) { throw 42; });
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_THAT(lines[0], HasSubstr("broken callback"));
}

TEST_F(Submit, CallbacksMaySubmitAgain) {
    mock->otherwise(Reply{204}.always());
    const Client client{options()};
    std::promise<void> promise;
    std::function<void(int)> send = [&](int left) {
        client.submit(send_request(), [&, left](const Result<void>&) {
            if (left == 0) {
                promise.set_value();
            } else {
                send(left - 1);
            }
        });
    };
    send(50);
    promise.get_future().get();
    EXPECT_EQ(mock->request_count(), 51U);
}

/// A transport that can only block.
class BlockingTransport final : public Transport {
  public:
    explicit BlockingTransport(std::shared_ptr<testing::MockTransport> mock) : mock_(std::move(mock)) {}
    TransportResult send(const HttpRequest& request) override { return mock_->send(request); }

  private:
    std::shared_ptr<testing::MockTransport> mock_;
};

TEST_F(Submit, WorksOverATransportThatCanOnlyBlock) {
    const Gate gate;
    for (int i = 0; i < 4; ++i) {
        mock->reply(Reply{204}.after(gate));
    }
    mock->reply(Reply::connection_refused()).reply(204);
    auto settings = options();
    settings.transport = std::make_shared<BlockingTransport>(mock);
    const Client client{settings};
    std::vector<std::future<Result<void>>> futures;
    futures.reserve(5);
    for (int i = 0; i < 4; ++i) {
        futures.push_back(client.submit(send_request()));
    }
    // All at once, not one after the other.
    ASSERT_TRUE(mock->wait_for_requests(4));
    gate.open();
    futures.push_back(client.submit(send_request()));
    for (auto& future : futures) {
        EXPECT_TRUE(future.get());
    }
}

TEST_F(Submit, WaitsByTheSystemsClockToo) {
    mock->reply(503).json(200, R"({"id":"m"})");
    auto settings = options();
    settings.clock = nullptr;
    settings.retry.initial_backoff = std::chrono::milliseconds{1};
    const Client client{settings};
    EXPECT_TRUE(client.submit(read_request()).get());
}

/// Calls the completion on a thread of its own, and keeps it for a while after that.
class KeepingTransport final : public AsyncTransport {
  public:
    ~KeepingTransport() override { thread_.join(); }
    TransportResult send(const HttpRequest& /*request*/) override { return HttpResponse{204, {}, {}}; }
    void send_async(HttpRequest /*request*/, Completion done) override {
        thread_ = std::thread([this, done = std::move(done)]() mutable {
            done(HttpResponse{204, {}, {}});
            is_destroying.get_future().wait();
            std::this_thread::sleep_for(std::chrono::milliseconds(20));  // slower than a client's destructor
            is_released = true;
            done = nullptr;
        });
    }

    std::promise<void> is_destroying{};
    std::atomic<bool> is_released{false};

  private:
    std::thread thread_{};
};

// Else the transport's thread might be the one to destroy it.
TEST_F(Submit, NothingIsLeftOfACallWhenItsClientHasGone) {
    const auto keeping = std::make_shared<KeepingTransport>();
    auto changed = options();
    changed.transport = keeping;
    auto client = std::make_unique<Client>(changed);
    ASSERT_TRUE(client->submit(send_request()).get());
    keeping->is_destroying.set_value();
    client.reset();
    EXPECT_TRUE(keeping->is_released);
}

/// A transport that loses what it is given.
class LosingTransport final : public AsyncTransport {
  public:
    TransportResult send(const HttpRequest& /*request*/) override { return TransportError{}; }
    void send_async(HttpRequest /*request*/, Completion /*done*/) override {}
};

TEST_F(Submit, A8_AWaitThatFindsNoThreadEndsByTheDeadlineOfATestsClock) {
    constexpr int threads = 16;
    const auto manual = std::make_shared<testing::FakeClock>(testing::FakeClock::Mode::manual);
    auto with_clock = options();
    with_clock.clock = manual;
    mock->reply(testing::Reply::error(503, "INTERNAL_005", {}, {{"Retry-After", "55"}}).times(threads));
    mock->reply(testing::Reply::error(503, "INTERNAL_005", {}, {{"Retry-After", "30"}}));
    mock->otherwise(testing::Reply{500}.always());
    const Client client{with_clock};
    std::vector<std::future<Result<v2::Message>>> waiting;
    for (int i = 0; i < threads; ++i) {
        waiting.push_back(client.submit(read_request()));
    }
    ASSERT_TRUE(mock->wait_for_requests(threads));
    CallOptions call;
    call.deadline = std::chrono::seconds{40};
    auto late = client.submit(read_request(), call);
    ASSERT_TRUE(mock->wait_for_requests(threads + 1));
    manual->advance(std::chrono::seconds{41});
    ASSERT_EQ(late.wait_for(std::chrono::seconds{10}), std::future_status::ready);
    EXPECT_EQ(late.get().error().kind, ErrorKind::timeout);
    manual->advance(std::chrono::hours{1});
}

/// Runs each task on a thread of its own, and returns when the task is waiting for somebody.
class EagerClock final : public Clock {
  public:
    [[nodiscard]] SteadyTime now() const override { return {}; }
    [[nodiscard]] std::chrono::system_clock::time_point wall_now() const override { return {}; }
    bool wait_until(SteadyTime /*when*/, const CancellationToken& /*cancel*/) override { return true; }
    [[nodiscard]] std::unique_ptr<Timer> call_at(SteadyTime /*when*/, std::function<void()> task) override {
        auto timer = std::make_unique<Task>();
        timer->thread = std::thread{std::move(task)};
        is_waiting.get_future().wait();
        return timer;
    }
    std::promise<void> is_waiting{};

  private:
    struct Task final : Timer {
        Task() = default;
        Task(const Task&) = delete;
        Task& operator=(const Task&) = delete;
        ~Task() override {
            if (thread.get_id() == std::this_thread::get_id()) {
                thread.detach();
            } else {
                thread.join();
            }
        }
        std::thread thread{};
    };
};

// It may hold a lock that the callback needs.
TEST_F(Submit, TheThreadThatSubmitsDoesNotWaitForACallback) {
    const auto eager = std::make_shared<EagerClock>();
    auto settings = options();
    settings.clock = eager;
    mock->reply(503).json(200, R"({"id":"m"})");
    const Client client{settings};
    std::promise<void> submitted;
    auto is_submitted = submitted.get_future();
    std::promise<bool> ended;
    client.submit(read_request(), [&](const Result<v2::Message>& result) {
        EXPECT_TRUE(result) << result.error();
        eager->is_waiting.set_value();
        ended.set_value(is_submitted.wait_for(std::chrono::seconds(5)) == std::future_status::ready);
    });
    submitted.set_value();
    EXPECT_TRUE(ended.get_future().get());
}

TEST_F(Submit, ADroppedCompletionEndsTheCallAsUnknown) {
    auto settings = options();
    settings.transport = std::make_shared<LosingTransport>();
    const Client client{settings};
    const auto done = client.submit(send_request()).get();
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().outcome, Outcome::unknown);
    EXPECT_THAT(done.error().message, HasSubstr("dropped"));
}

}  // namespace
}  // namespace sent::test
