// R7: memory runs out at each place where an asynchronous call asks for some, on the caller's thread or on
// the library's. A call that was started ends once, whatever happens.

#include <gtest/gtest.h>

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <future>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "support/gate.hpp"
#include "trial.hpp"

namespace sent::test {
namespace {

class R7_NoMemoryAsync : public Torture {};
class R7_NoMemoryForNewAsync : public Torture {};
using SendResult = Result<v3::SendMessageResponse>;

/// Keeps the result of one call; needs no memory for that.
class Box {
  public:
    void put(SendResult&& result) {
        const std::lock_guard lock{mutex_};
        result_.emplace(std::move(result));
        ++count_;
        changed_.notify_all();
    }
    [[nodiscard]] bool wait() {
        std::unique_lock lock{mutex_};
        return changed_.wait_for(lock, patience, [this] { return count_ > 0; });
    }
    [[nodiscard]] int count() {
        const std::lock_guard lock{mutex_};
        return count_;
    }
    [[nodiscard]] const std::optional<SendResult>& result() const { return result_; }

  private:
    std::mutex mutex_{};
    std::condition_variable changed_{};
    std::optional<SendResult> result_{};
    int count_ = 0;
};

TEST_P(R7_NoMemoryAsync, SubmitWithACallback) {
    Service service;
    const auto request = message();
    torture(GetParam(), [&](Trial& trial) {
        service.fail_once_with(503);
        Box box;
        bool ended = true;
        {
            std::optional<Client> client(service.options());
            const bool started = trial.run([&] {
                client->submit(request, [&box](SendResult result) { box.put(std::move(result)); });
                ended = box.wait();
            });
            EXPECT_TRUE(ended) << "the callback was never called";
            EXPECT_EQ(box.count(), started ? 1 : 0);
            service.fail_once_with(0);
            expect_usable(*client);
        }
        expect_honest(box.result(), service.take_accepted());
    });
}

TEST_P(R7_NoMemoryAsync, SubmitWithAnExecutorAndABound) {
    Service service;
    const auto request = message();
    auto options = service.options();
    options.async.executor = [](const std::function<void()>& task) { task(); };
    options.async.max_pending = 1;
    torture(GetParam(), [&](Trial& trial) {
        Box first;
        Box second;
        bool ended = true;
        {
            std::optional<Client> client(options);
            bool second_started = false;
            trial.run([&] {
                client->submit(request, [&first](SendResult result) { first.put(std::move(result)); });
                ended = first.wait();
                // Finds the first one's place taken, now and then.
                client->submit(request, [&second](SendResult result) { second.put(std::move(result)); });
                second_started = true;
                ended = ended && second.wait();
            });
            EXPECT_TRUE(ended) << "a callback was never called";
            EXPECT_EQ(second.count(), second_started ? 1 : 0);
            expect_usable(*client);
        }
        const auto successes =
            (first.result() && *first.result() ? 1U : 0U) + (second.result() && *second.result() ? 1U : 0U);
        const auto accepted = service.take_accepted();
        EXPECT_LE(accepted, 2U);
        EXPECT_GE(accepted, successes);
    });
}

TEST_P(R7_NoMemoryAsync, SubmitWithAFuture) {
    Service service;
    const auto request = message();
    torture(GetParam(), [&](Trial& trial) {
        std::optional<Client> client(service.options());
        std::optional<SendResult> result;
        bool ended = true;
        trial.run([&] {
            auto future = client->submit(request);
            ended = future.wait_for(patience) == std::future_status::ready;
            if (ended) {
                result.emplace(future.get());  // a broken promise would be another exception than bad_alloc
            }
        });
        EXPECT_TRUE(ended) << "the future never got a result";
        const auto again = perform(*client, Driver::submit, v1::ListContactsRequest{});
        EXPECT_TRUE(again) << describe(again);
        client.reset();
        expect_honest(result, service.take_accepted());
    });
}

TEST_P(R7_NoMemoryAsync, CallbackThatThrows) {
    Service service;
    const auto request = message();
    auto options = service.options();
    options.log.level = LogLevel::error;
    options.log.sink = [](const LogRecord&) {};
    torture(GetParam(), [&](Trial& trial) {
        std::optional<Client> client(options);
        Box box;
        bool ended = true;
        trial.run([&] {
            client->submit(request, [&box](SendResult result) {
                box.put(std::move(result));
                throw std::runtime_error("a text of the callback that is long enough for the heap");
            });
            ended = box.wait();
            // Refused on this thread.
            client->submit(v1::SendToContactRequest{}, [](const Result<void>&) {
                throw 42;  // NOLINT(hicpp-exception-baseclass): that is the point
            });
        });
        EXPECT_TRUE(ended);
        expect_usable(*client);
        client.reset();
        expect_honest(box.result(), service.take_accepted());
    });
}

TEST_P(R7_NoMemoryAsync, Bulk) {
    Service service;
    const std::vector<v3::SendMessageRequest> requests(5, message());
    torture(GetParam(), [&](Trial& trial) {
        std::optional<Client> client(service.options());
        BulkOptions bulk;
        bulk.max_in_flight = 2;
        bulk.progress = [](const BulkProgress&) {
            throw std::string("a text that is too long to do without memory of its own");
        };
        std::optional<BulkReport<v3::SendMessageResponse>> report;
        trial.run([&] { report.emplace(client->bulk(requests, bulk)); });
        expect_usable(*client);
        client.reset();
        const std::size_t accepted = service.take_accepted();
        EXPECT_LE(accepted, requests.size());
        if (report) {
            EXPECT_EQ(report->results.size(), requests.size());
            EXPECT_GE(accepted, report->succeeded);
            EXPECT_LE(accepted, report->succeeded + report->uncertain);
        }
    });
}

TEST_P(R7_NoMemoryForNewAsync, BulkWhoseRequestsAreRefused) {
    Service service;
    const std::vector<v3::SendMessageRequest> requests(4, message());
    torture(GetParam(), [&](Trial& trial) {
        std::optional<Client> client(service.options());
        BulkOptions bulk;
        bulk.call.idempotency_key = "the-same-key-for-all-of-these-requests";
        std::optional<BulkReport<v3::SendMessageResponse>> report;
        trial.run([&] { report.emplace(client->bulk(requests, bulk)); });
        if (report) {
            EXPECT_EQ(report->failed, requests.size());
        }
        expect_usable(*client);
        client.reset();
        EXPECT_EQ(service.take_accepted(), 0U);
    });
}

TEST_P(R7_NoMemoryForNewAsync, ClientDestroyedAmidCalls) {
    ScriptedServer silent;
    silent.by_default({read_request(), hold()});
    Service service;
    auto options = service.options();
    options.base_url = silent.origin();
    const auto request = message();
    torture(GetParam(), [&](Trial& trial) {
        std::optional<Client> client(options);
        std::vector<Box> boxes(3);
        const std::size_t before = silent.request_count();
        for (Box& box : boxes) {
            client->submit(request, [&box](SendResult result) { box.put(std::move(result)); });
        }
        EXPECT_TRUE(silent.wait_for_requests(before + boxes.size(), patience));
        trial.run([&] { client.reset(); });
        for (Box& box : boxes) {
            EXPECT_TRUE(box.wait());
            EXPECT_EQ(box.count(), 1);
            ASSERT_TRUE(box.result());
            EXPECT_FALSE(*box.result());
            EXPECT_EQ(box.result()->error().outcome, Outcome::unknown) << describe(*box.result());
        }
    });
}

TEST_P(R7_NoMemoryForNewAsync, CancelledAmidACallAndAmidAWait) {
    ScriptedServer silent;
    silent.by_default({read_request(), hold()});
    Service service;
    auto options = service.options();
    options.base_url = silent.origin();
    auto refused = service.options();
    refused.retry.initial_backoff = std::chrono::seconds(60);
    refused.retry.max_backoff = std::chrono::seconds(60);
    service.server().go_down();
    const auto request = message();
    torture(GetParam(), [&](Trial& trial) {
        const Client in_flight(options);
        const Client waiting(refused);
        Box first;
        Box second;
        const CancellationSource source;
        CallOptions call;
        call.cancel = source.token();
        const std::size_t before = silent.request_count();
        in_flight.submit(
            request, [&](SendResult result) { first.put(std::move(result)); }, call);
        waiting.submit(
            request, [&](SendResult result) { second.put(std::move(result)); }, call);
        EXPECT_TRUE(silent.wait_for_requests(before + 1, patience));
        bool ended = false;
        trial.run([&] {
            source.cancel();
            ended = first.wait() && second.wait();
        });
        ASSERT_TRUE(ended);
        EXPECT_EQ(first.result()->error().outcome, Outcome::unknown) << describe(*first.result());
        EXPECT_EQ(second.result()->error().outcome, Outcome::not_sent) << describe(*second.result());
    });
}

INSTANTIATE_TEST_SUITE_P(EachSite, R7_NoMemoryForNewAsync, injections_into_new(), injection_name);
INSTANTIATE_TEST_SUITE_P(EachSite, R7_NoMemoryAsync, all_injections(), injection_name);

}  // namespace
}  // namespace sent::test
