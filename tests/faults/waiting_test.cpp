// A8, A9: calls that wait for their turn, and callers that wait where others must work.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <sent/testing/fake_clock.hpp>

#include "base/system_clock.hpp"
#include "core/worker_pool.hpp"
#include "fault_scene.hpp"
#include "stopwatch.hpp"

namespace sent::test {
namespace {

using std::chrono::milliseconds;
using ::testing::HasSubstr;

constexpr milliseconds promised{100};
constexpr std::size_t threads = detail::WorkerPool::max_threads;

/// A transport that can only block: each request ends a little after its time-out, when it is cancelled, or
/// when all are let go.
class Blocking final : public Transport {
  public:
    TransportResult send(const HttpRequest& request) override {
        begun_.fetch_add(1);
        std::unique_lock lock{mutex_};
        const auto wake = request.cancel.on_cancel([this] { notify(); });
        const auto left = [&] { return open_ || request.cancel.cancelled(); };
        changed_.wait_for(lock, std::min(request.timeout + milliseconds{30}, milliseconds{patience}), left);
        lock.unlock();  // or a cancellation would wait for it
        if (open_) {
            HttpResponse response;
            response.status = 204;
            return response;
        }
        TransportError error;
        error.kind = request.cancel.cancelled() ? TransportErrorKind::cancelled : TransportErrorKind::timeout;
        return error;
    }
    void let_go() {
        open_ = true;
        notify();
    }
    [[nodiscard]] std::size_t begun() const { return begun_; }

  private:
    void notify() {
        const std::lock_guard lock{mutex_};
        changed_.notify_all();
    }
    std::mutex mutex_{};
    std::condition_variable changed_{};
    std::atomic<bool> open_{false};
    std::atomic<std::size_t> begun_{0};
};

class A8_Waiting : public ::testing::Test {
  protected:
    Client client(std::shared_ptr<Clock> clock = nullptr) {
        auto options = quick_options("http://127.0.0.1:1");
        options.transport = transport;
        options.clock = std::move(clock);
        options.retry.max_retries = 0;
        return Client{options};
    }
    static std::vector<std::future<Result<void>>> submit(const Client& client, std::size_t count,
                                                         const CallOptions& call) {
        std::vector<std::future<Result<void>>> futures;
        for (std::size_t i = 0; i < count; ++i) {
            futures.push_back(client.submit(send_request(), call));
        }
        return futures;
    }
    /// How many were sent, all of which must have ended as is right for those.
    static std::size_t expect_ended(std::vector<std::future<Result<void>>>& futures, ErrorKind kind) {
        std::size_t sent = 0;
        for (auto& future : futures) {
            const auto result = future.get();
            if (result) {
                ADD_FAILURE() << "a success";
                continue;
            }
            EXPECT_EQ(result.error().kind, kind) << describe(result);
            const bool was_sent = result.error().attempts > 0;
            EXPECT_EQ(result.error().outcome, was_sent ? Outcome::unknown : Outcome::not_sent)
                << describe(result);
            sent += was_sent ? 1U : 0U;
        }
        return sent;
    }
    std::shared_ptr<Blocking> transport = std::make_shared<Blocking>();
};

TEST_F(A8_Waiting, CallsThatFindNoThreadEndByTheirDeadlineAndAreNotSent) {
    const auto client = this->client();
    CallOptions call;
    call.deadline = milliseconds{300};
    Stopwatch stopwatch{*call.deadline};
    auto futures = submit(client, 64, call);
    for (auto& future : futures) {
        ASSERT_EQ(future.wait_for(patience), std::future_status::ready);
    }
    EXPECT_LE(stopwatch.lateness(), promised);
    EXPECT_EQ(expect_ended(futures, ErrorKind::timeout), threads);
    EXPECT_EQ(transport->begun(), threads);
}

TEST_F(A8_Waiting, CallsThatFindNoThreadEndWhileTheOthersGoOn) {
    const auto client = this->client();
    auto first = submit(client, threads, {});
    CallOptions call;
    call.deadline = milliseconds{100};
    Stopwatch stopwatch{*call.deadline};
    auto second = submit(client, threads, call);
    for (auto& future : second) {
        ASSERT_EQ(future.wait_for(patience), std::future_status::ready);
    }
    EXPECT_LE(stopwatch.lateness(), promised);
    EXPECT_EQ(expect_ended(second, ErrorKind::timeout), 0U);
    transport->let_go();
    for (auto& future : first) {
        EXPECT_TRUE(future.get());
    }
    EXPECT_EQ(transport->begun(), threads);
}

TEST_F(A8_Waiting, CallsThatFindNoThreadEndWhenTheyAreCancelled) {
    const auto client = this->client();
    auto first = submit(client, threads, {});
    CancellationSource source;
    CallOptions call;
    call.cancel = source.token();
    auto second = submit(client, threads, call);
    Stopwatch stopwatch{milliseconds{0}};
    source.cancel();
    for (auto& future : second) {
        ASSERT_EQ(future.wait_for(patience), std::future_status::ready);
    }
    EXPECT_LE(stopwatch.lateness(), promised);
    EXPECT_EQ(expect_ended(second, ErrorKind::cancelled), 0U);
    transport->let_go();
    for (auto& future : first) {
        EXPECT_TRUE(future.get());
    }
    EXPECT_EQ(transport->begun(), threads);
}

TEST_F(A8_Waiting, CallsThatFindAThreadInTimeAreSentOnceEach) {
    const auto client = this->client();
    CallOptions call;
    call.deadline = milliseconds{patience};
    auto futures = submit(client, 4 * threads, call);
    transport->let_go();
    for (auto& future : futures) {
        const auto result = future.get();
        EXPECT_TRUE(result) << describe(result);
    }
    EXPECT_EQ(transport->begun(), 4 * threads);
}

TEST_F(A8_Waiting, ATaskThatCanWaitNoLongerRunsWhileAllThreadsAreBusy) {
    detail::WorkerPool pool{std::make_shared<detail::SystemClock>()};
    std::promise<void> release;
    const auto released = release.get_future().share();
    for (std::size_t i = 0; i < threads; ++i) {
        pool.run_before(Clock::SteadyTime::max(), [released] { released.wait(); });
    }
    std::promise<void> late;
    pool.run_before(std::chrono::steady_clock::now() + milliseconds{20}, [&late] { late.set_value(); });
    EXPECT_EQ(late.get_future().wait_for(patience), std::future_status::ready);
    release.set_value();
}

TEST_F(A8_Waiting, CallsThatFindNoThreadEndByTheDeadlineOfATestsClock) {
    const auto clock = std::make_shared<testing::FakeClock>(testing::FakeClock::Mode::manual);
    const auto client = this->client(clock);
    CallOptions call;
    call.deadline = milliseconds{300};
    auto futures = submit(client, 64, call);
    clock->advance(std::chrono::seconds{1});
    for (std::size_t i = threads; i < futures.size(); ++i) {
        ASSERT_EQ(futures[i].wait_for(patience), std::future_status::ready);
    }
    transport->let_go();
    std::size_t not_sent = 0;
    for (auto& future : futures) {
        const auto result = future.get();
        not_sent +=
            !result && result.error().kind == ErrorKind::timeout && result.error().attempts == 0 ? 1U : 0U;
    }
    EXPECT_EQ(not_sent + transport->begun(), futures.size());
    EXPECT_GE(not_sent, futures.size() - threads);
}

TEST_F(A8_Waiting, DoesNotMoveTheTimeOfATestsClock) {
    const auto clock = std::make_shared<testing::FakeClock>();
    const auto client = this->client(clock);
    CallOptions call;
    call.deadline = milliseconds{300};
    auto futures = submit(client, 64, call);
    transport->let_go();
    for (auto& future : futures) {
        EXPECT_TRUE(future.get());
    }
    EXPECT_EQ(clock->elapsed().count(), 0);
    EXPECT_TRUE(clock->waits().empty());
}

TEST_F(A8_Waiting, ABulkRunOverABlockingTransportEndsByTheDeadline) {
    const auto client = this->client();
    BulkOptions options;
    options.call.deadline = milliseconds{300};
    Stopwatch stopwatch{*options.call.deadline};
    const auto report = client.bulk(std::vector<v1::SendToContactRequest>(48, send_request()), options);
    EXPECT_LE(stopwatch.lateness(), promised);
    EXPECT_EQ(report.uncertain, threads);
    EXPECT_EQ(transport->begun(), threads);
}

/// What runs in a completion callback of a client, and whether it came back.
template <class Body>
bool returns_inside_a_completion(const Client& client, Body body) {
    auto returned = std::make_shared<std::promise<void>>();
    client.submit(v1::ListContactsRequest{}, [&, returned](const auto&) {
        body();
        returned->set_value();
    });
    return returned->get_future().wait_for(patience) == std::future_status::ready;
}

SendMessageRequest to_two() {
    SendMessageRequest request;
    request.to = {"+14155550100", "+14155550101"};
    request.text = "hello";
    return request;
}

class A9_InsideACompletion : public ::testing::TestWithParam<bool> {
  protected:
    Scene& scene() {
        scene_.be_healthy();
        if (GetParam()) {
            scene_.options.transport = std::make_shared<OnlyBlocking>();
        }
        return scene_;
    }

  private:
    class OnlyBlocking final : public Transport {
      public:
        TransportResult send(const HttpRequest& request) override { return curl_.send(request); }

      private:
        CurlTransport curl_{};
    };
    Scene scene_{};
};

INSTANTIATE_TEST_SUITE_P(, A9_InsideACompletion, ::testing::Bool(),
                         [](const auto& test) { return test.param ? "BlockingTransport" : "CurlTransport"; });

TEST_P(A9_InsideACompletion, ABulkRunIsRefusedAndSaysWhy) {
    auto& scene = this->scene();
    const auto& client = scene.client();
    BulkReport<void> report;
    ASSERT_TRUE(returns_inside_a_completion(
        client, [&] { report = client.bulk(std::vector<v1::SendToContactRequest>(3, send_request())); }));
    ASSERT_EQ(report.results.size(), 3U);
    for (const auto& result : report.results) {
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().kind, ErrorKind::invalid_request);
        EXPECT_EQ(result.error().outcome, Outcome::not_sent);
        EXPECT_THAT(result.error().message, HasSubstr("AsyncOptions::executor"));
    }
    EXPECT_EQ(scene.server.request_count(), 1U);
}

TEST_P(A9_InsideACompletion, SendToManyIsRefusedAndSaysWhy) {
    auto& scene = this->scene();
    const auto& client = scene.client();
    std::size_t accepted = 99;
    ASSERT_TRUE(returns_inside_a_completion(
        client, [&] { accepted = client.messages().send_to_many(to_two()).accepted; }));
    EXPECT_EQ(accepted, 0U);
    EXPECT_EQ(scene.server.request_count(), 1U);
}

TEST_P(A9_InsideACompletion, ABlockingCallWorks) {
    auto& scene = this->scene();
    const auto& client = scene.client();
    std::optional<Result<void>> result;
    ASSERT_TRUE(returns_inside_a_completion(client, [&] { result.emplace(client.call(send_request())); }));
    ASSERT_TRUE(result);
    EXPECT_TRUE(*result) << describe(*result);
}

TEST_P(A9_InsideACompletion, ABulkRunOfAnotherClientIsRefusedToo) {
    auto& scene = this->scene();
    auto options = scene.options;
    options.transport = nullptr;
    const Client other{options};
    std::size_t failed = 0;
    ASSERT_TRUE(returns_inside_a_completion(scene.client(), [&] {
        failed = other.bulk(std::vector<v1::SendToContactRequest>(3, send_request())).failed;
    }));
    EXPECT_EQ(failed, 3U);
}

TEST_P(A9_InsideACompletion, TwoClientsDoNotWaitForEachOther) {
    auto& scene = this->scene();
    auto options = scene.options;
    options.transport = nullptr;
    const Client clients[] = {scene.client(), Client{options}};
    std::atomic<int> inside{0};
    std::vector<std::future<std::size_t>> failed;
    for (const int i : {0, 1}) {
        auto promise = std::make_shared<std::promise<std::size_t>>();
        failed.push_back(promise->get_future());
        clients[i].submit(send_request(), [&, promise, i](const auto&) {
            ++inside;
            while (inside < 2) {
                std::this_thread::yield();
            }
            promise->set_value(clients[1 - i].bulk(std::vector(2, send_request())).failed);
        });
    }
    for (auto& each : failed) {
        ASSERT_EQ(each.wait_for(patience), std::future_status::ready);
        EXPECT_EQ(each.get(), 2U);
    }
}

TEST_P(A9_InsideACompletion, ABulkRunIsRefusedInALogSinkOnTheTransportsThread) {
    auto& scene = this->scene();
    const Client* client = nullptr;
    std::promise<std::size_t> failed;
    std::atomic<bool> is_first{true};
    scene.options.log.level = LogLevel::debug;
    scene.options.log.sink = [&](const LogRecord& record) {
        if (record.message.find("status 204") != std::string_view::npos && is_first.exchange(false)) {
            failed.set_value(client->bulk(std::vector(2, send_request())).failed);
        }
    };
    client = &scene.client();
    auto ended = client->submit(send_request());
    ASSERT_EQ(ended.wait_for(patience), std::future_status::ready);
    EXPECT_TRUE(ended.get());
    EXPECT_EQ(failed.get_future().get(), 2U);
}

TEST_P(A9_InsideACompletion, ABulkRunWorksInALogSinkOfABlockingCall) {
    auto& scene = this->scene();
    const Client* client = nullptr;
    std::size_t succeeded = 0;
    std::atomic<bool> is_first{true};
    scene.options.log.level = LogLevel::debug;
    scene.options.log.sink = [&](const LogRecord& record) {
        if (record.message.find("status 204") != std::string_view::npos && is_first.exchange(false)) {
            succeeded = client->bulk(std::vector(2, send_request())).succeeded;
        }
    };
    client = &scene.client();
    EXPECT_TRUE(client->call(send_request()));
    EXPECT_EQ(succeeded, 2U);
}

TEST_P(A9_InsideACompletion, ABulkRunIsRefusedInsideACompletionOfAnotherClientInside) {
    class Immediate final : public AsyncTransport {
      public:
        TransportResult send(const HttpRequest& /*request*/) override {
            HttpResponse response;
            response.status = 204;
            return response;
        }
        void send_async(HttpRequest request, Completion done) override { done(send(request)); }
    };
    auto& scene = this->scene();
    auto options = scene.options;
    options.transport = std::make_shared<Immediate>();
    const Client other{options};
    const auto& client = scene.client();
    std::size_t failed = 0;
    ASSERT_TRUE(returns_inside_a_completion(client, [&] {
        other.submit(send_request(), [&](const auto&) {
            failed = client.bulk(std::vector<v1::SendToContactRequest>(3, send_request())).failed;
        });
    }));
    EXPECT_EQ(failed, 3U);
}

TEST_P(A9_InsideACompletion, ABulkRunOnTheExecutorWorks) {
    auto& scene = this->scene();
    std::vector<std::thread> started;
    std::mutex mutex;
    scene.options.async.executor = [&](std::function<void()> task) {
        const std::lock_guard lock{mutex};
        started.push_back(start_thread(std::move(task)));
    };
    const auto& client = scene.client();
    std::size_t succeeded = 0;
    EXPECT_TRUE(returns_inside_a_completion(client, [&] {
        succeeded = client.bulk(std::vector<v1::SendToContactRequest>(3, send_request())).succeeded;
    }));
    const std::lock_guard lock{mutex};
    for (auto& thread : started) {
        thread.join();
    }
    EXPECT_EQ(succeeded, 3U);
}

TEST_P(A9_InsideACompletion, ABulkRunIsRefusedWhenTheExecutorRunsItsTaskAtOnce) {
    auto& scene = this->scene();
    scene.options.async.executor = [](const std::function<void()>& task) { task(); };
    const auto& client = scene.client();
    std::size_t failed = 0;
    EXPECT_TRUE(returns_inside_a_completion(client, [&] {
        failed = client.bulk(std::vector<v1::SendToContactRequest>(3, send_request())).failed;
    }));
    EXPECT_EQ(failed, 3U);
}

}  // namespace
}  // namespace sent::test
