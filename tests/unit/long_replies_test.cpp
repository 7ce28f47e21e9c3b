#include <signal.h>

#include <chrono>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "base/system_clock.hpp"
#include "core/worker_pool.hpp"
#include "unit/client_fixture.hpp"

/// Long replies of asynchronous calls, which are read on the threads of the worker pool.

namespace sent::test {
namespace {

using sent::detail::WorkerPool;
using std::chrono::milliseconds;
using std::chrono::seconds;

/// Keeps each request until the test answers it.
class HeldTransport final : public AsyncTransport {
  public:
    TransportResult send(const HttpRequest& /*request*/) override { return HttpResponse{}; }
    void send_async(HttpRequest /*request*/, Completion done) override {
        const std::lock_guard<std::mutex> lock(mutex_);
        held_.push_back(std::move(done));
    }
    /// Answers the request that came first.
    void answer(HttpResponse response) {
        Completion done;
        {
            const std::lock_guard<std::mutex> lock(mutex_);
            done = std::move(held_.at(answered_++));
        }
        done(std::move(response));
    }
    [[nodiscard]] std::size_t waiting() {
        const std::lock_guard<std::mutex> lock(mutex_);
        return held_.size() - answered_;
    }

  private:
    std::mutex mutex_{};
    std::vector<Completion> held_{};
    std::size_t answered_ = 0;
};

HttpResponse long_reply() {
    HttpResponse response;
    response.status = 202;
    response.body =
        R"({"success":true,"data":{"status":"QUEUED"},"filler":")" + std::string(100'000, 'x') + "\"}";
    return response;
}

SendMessageRequest message() {
    SendMessageRequest request;
    request.to = {"+14155550100"};
    request.text = "Hello";
    return request;
}

class A8_LongReplies : public ClientFixture {
  protected:
    A8_LongReplies() {
        auto settings = options_without_transport();
        settings.transport = transport_;
        client_.emplace(settings);
    }
    ~A8_LongReplies() override { release(); }
    A8_LongReplies(const A8_LongReplies&) = delete;
    A8_LongReplies& operator=(const A8_LongReplies&) = delete;

    /// Callbacks of long replies that do not return.
    void make_the_pool_busy() {
        auto released = release_.get_future().share();
        for (int i = 0; i < WorkerPool::max_threads; ++i) {
            auto busy = std::make_shared<std::promise<void>>();
            auto is_busy = busy->get_future();
            client_->submit(message(), [busy, released](const Result<SendMessageResponse>&) {
                busy->set_value();
                released.wait();
            });
            transport_->answer(long_reply());
            is_busy.wait();
        }
    }
    void release() {
        if (!std::exchange(is_released_, true)) {
            release_.set_value();
        }
    }

    std::shared_ptr<HeldTransport> transport_ = std::make_shared<HeldTransport>();
    std::optional<Client> client_{};

  private:
    std::promise<void> release_{};
    bool is_released_ = false;
};

TEST_F(A8_LongReplies, CancellingEndsACallWhoseReplyWaitsForAThread) {
    make_the_pool_busy();
    const CancellationSource source;
    CallOptions call;
    call.cancel = source.token();
    auto later = client_->submit(message(), call);
    transport_->answer(long_reply());
    ASSERT_EQ(later.wait_for(seconds{0}), std::future_status::timeout);
    source.cancel();
    ASSERT_EQ(later.wait_for(seconds{0}), std::future_status::ready);
    const auto result = later.get();
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::cancelled);
    EXPECT_EQ(result.error().outcome, Outcome::unknown) << "the service may have accepted it";
    EXPECT_NE(result.error().idempotency_key, "");
}

TEST_F(A8_LongReplies, TheDeadlineEndsACallWhoseReplyWaitsForAThread) {
    make_the_pool_busy();
    CallOptions call;
    call.deadline = milliseconds{50};
    auto later = client_->submit(message(), call);
    transport_->answer(long_reply());
    ASSERT_EQ(later.wait_for(seconds{10}), std::future_status::ready);
    const auto result = later.get();
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::timeout);
    EXPECT_EQ(result.error().outcome, Outcome::unknown);
}

TEST_F(A8_LongReplies, AThreadThatIsFreeAgainReadsTheReply) {
    make_the_pool_busy();
    const CancellationSource source;
    CallOptions call;
    call.cancel = source.token();
    auto later = client_->submit(message(), call);
    transport_->answer(long_reply());
    release();
    ASSERT_EQ(later.wait_for(seconds{10}), std::future_status::ready);
    const auto result = later.get();
    EXPECT_TRUE(result) << result.error();
    source.cancel();
}

TEST_F(A8_LongReplies, AReplyThatHasComeIsReadAlthoughTheRunHasEnded) {
    make_the_pool_busy();
    auto run = std::async(std::launch::async, [this] {
        return client_->bulk(std::vector<SendMessageRequest>{message(), message()});
    });
    while (transport_->waiting() < 2) {
        std::this_thread::yield();
    }
    transport_->answer(long_reply());
    HttpResponse revoked;
    revoked.status = 401;
    revoked.body = R"({"success":false,"error":{"code":"AUTH_002","message":"no"}})";
    transport_->answer(revoked);
    release();
    const auto report = run.get();
    EXPECT_TRUE(report.stopped_by);
    EXPECT_EQ(report.succeeded, 1U);
    EXPECT_EQ(report.uncertain, 0U);
}

TEST_F(A8_LongReplies, TheEndOfTheClientEndsACallWhoseReplyWaitsForAThread) {
    make_the_pool_busy();
    auto later = client_->submit(message());
    transport_->answer(long_reply());
    auto destroyed = std::async(std::launch::async, [this] { client_.reset(); });
    ASSERT_EQ(later.wait_for(seconds{10}), std::future_status::ready);
    EXPECT_EQ(later.get().error().kind, ErrorKind::cancelled);
    release();
    destroyed.get();
}

TEST(WorkerPoolSignals, R6_AreLeftToTheThreadsOfTheApplication) {
    std::promise<int> blocked;
    WorkerPool pool{std::make_shared<detail::SystemClock>()};
    pool.run_before(Clock::SteadyTime::max(), [&blocked] {
        sigset_t mask;
        pthread_sigmask(SIG_SETMASK, nullptr, &mask);
        blocked.set_value(sigismember(&mask, SIGUSR1));
    });
    EXPECT_EQ(blocked.get_future().get(), 1);
}

}  // namespace
}  // namespace sent::test
