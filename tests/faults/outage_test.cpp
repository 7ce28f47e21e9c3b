// N20: the network goes away amid a bulk run. By a script and a clock of the test's own, by a server that
// goes down, and with a real network that is switched off.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <future>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sent/testing/fake_clock.hpp>
#include <sent/testing/mock_transport.hpp>

#include "fault_scene.hpp"
#include "own_network.hpp"

namespace sent::test {
namespace {

using sent::testing::FakeClock;
using sent::testing::MockTransport;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::size_t messages = 300;

std::vector<v1::SendToContactRequest> unkeyed_sends() {
    std::vector<v1::SendToContactRequest> sends;
    for (std::size_t i = 0; i < messages; ++i) {
        sends.push_back(send_request("contact-" + std::to_string(i) + "-"));
    }
    return sends;
}

std::vector<SendMessageRequest> keyed_sends() {
    std::vector<SendMessageRequest> sends(messages);
    for (auto& send : sends) {
        send.to = {"+14155550100"};
        send.text = "hello";
    }
    return sends;
}

/// A service behind a network that is down for a while, by the clock of the test.
class ScriptedOutage {
  public:
    explicit ScriptedOutage(std::chrono::nanoseconds length) : length_(length) {
        mock->otherwise(
            sent::testing::Reply::computed([this](const auto& request) { return answer(request); }).always());
        options = quick_options("https://api.example");
        options.transport = mock;
        options.clock = clock;
        options.retry = RetryOptions{};
    }

    /// Requests that are answered before the network goes.
    std::size_t good_requests = 50;
    std::shared_ptr<MockTransport> mock = std::make_shared<MockTransport>();
    std::shared_ptr<FakeClock> clock = std::make_shared<FakeClock>();
    ClientOptions options{};

    std::size_t refused() const {
        const std::lock_guard lock{mutex_};
        return refused_;
    }
    /// By idempotency key, or by body where there is none, as the service does it.
    std::map<std::string, int> effects() const {
        const std::lock_guard lock{mutex_};
        return effects_;
    }

  private:
    TransportResult answer(const sent::testing::RecordedRequest& request) {
        const std::lock_guard lock{mutex_};
        const auto now = clock->now();
        if (answered_ == good_requests && !began_) {
            began_ = now;
        }
        if (began_ && now - *began_ < length_) {
            ++refused_;
            TransportError error;
            error.kind = TransportErrorKind::connect;
            error.message = "the network is unreachable";
            error.request_may_have_left = false;
            return error;
        }
        ++answered_;
        const auto key = request.headers.get("Idempotency-Key");
        auto& times = effects_[std::string{key.value_or(request.body)}];
        times += key && times > 0 ? 0 : 1;
        if (key && answered_ == good_requests) {
            // The last one before the network goes arrives, but its answer does not.
            TransportError lost;
            lost.kind = TransportErrorKind::closed;
            lost.message = "connection lost";
            return lost;
        }
        return HttpResponse{204, {}, {}};
    }

    std::chrono::nanoseconds length_;
    mutable std::mutex mutex_{};
    std::size_t answered_ = 0;
    std::size_t refused_ = 0;
    std::optional<FakeClock::SteadyTime> began_{};
    std::map<std::string, int> effects_{};
};

template <class Request>
void expect_nothing_lost_or_doubled(const std::vector<Request>& requests) {
    ScriptedOutage outage(seconds(60));
    const BulkOptions bulk;
    const auto report = Client{outage.options}.bulk(requests, bulk);
    EXPECT_EQ(report.succeeded, messages);
    EXPECT_EQ(report.uncertain, 0U);
    EXPECT_EQ(outage.effects().size(), messages);
    for (const auto& [what, times] : outage.effects()) {
        EXPECT_EQ(times, 1) << what;
    }
    EXPECT_GE(outage.clock->elapsed(), seconds(60));
    // All that were under way find out by themselves, then one at a time.
    EXPECT_LE(outage.refused(), bulk.max_in_flight + 20);
}

TEST(N20_NetworkDown, AMinuteAmidARunOfUnkeyedSendsLosesAndDoublesNothing) {
    expect_nothing_lost_or_doubled(unkeyed_sends());
}

TEST(N20_NetworkDown, AMinuteAmidARunOfKeyedSendsLosesAndDoublesNothing) {
    expect_nothing_lost_or_doubled(keyed_sends());
}

TEST(N20_NetworkDown, WaitingCostsNoRetriesAndNoBudget) {
    ScriptedOutage outage(seconds(60));
    outage.good_requests = 1;
    outage.options.retry.max_retries = 1;
    BulkOptions bulk;
    bulk.max_in_flight = 1;
    const auto report = Client{outage.options}.bulk(unkeyed_sends(), bulk);
    EXPECT_EQ(report.succeeded, messages);
    // Measured where one waits: each of several lets the automatic clock pass by its own wait.
    EXPECT_LE(outage.clock->elapsed(), seconds(70)) << "at most one wait too long";
    // The one that was under way has tried all the time.
    EXPECT_GT(report.results[1].meta().attempts, 8);
    EXPECT_EQ(report.results[2].meta().attempts, 1);
}

TEST(N20_NetworkDown, AnOutageThatDoesNotEndIsReportedAsNotSent) {
    ScriptedOutage outage(std::chrono::hours(1000));
    BulkOptions bulk;
    bulk.max_outage = minutes(3);
    const auto report = Client{outage.options}.bulk(unkeyed_sends(), bulk);
    EXPECT_EQ(report.succeeded, outage.good_requests);
    EXPECT_EQ(report.uncertain, 0U);
    for (const auto& result : report.results) {
        if (!result) {
            EXPECT_EQ(result.error().kind, ErrorKind::connection) << describe(result);
            EXPECT_EQ(result.error().outcome, Outcome::not_sent);
        }
    }
    EXPECT_GE(outage.clock->elapsed(), minutes(3));
    EXPECT_LE(outage.clock->elapsed(), minutes(4));
}

TEST(N20_NetworkDown, ARunThatNeverGotAnAnswerDoesNotWait) {
    ScriptedOutage outage(seconds(60));
    outage.good_requests = 0;
    const auto report = Client{outage.options}.bulk(unkeyed_sends());
    EXPECT_EQ(report.succeeded, 0U);
    EXPECT_LT(outage.clock->elapsed(), seconds(60));
}

TEST(N20_NetworkDown, NoWaitingWhereItIsSwitchedOff) {
    ScriptedOutage by_option(seconds(60));
    BulkOptions bulk;
    bulk.max_outage = milliseconds(0);
    EXPECT_GT(Client{by_option.options}.bulk(unkeyed_sends(), bulk).failed, 0U);
    EXPECT_LT(by_option.clock->elapsed(), seconds(60));

    ScriptedOutage by_retries(std::chrono::hours(1));
    by_retries.options.retry.max_retries = 0;
    bulk.max_outage = minutes(1);
    const auto report = Client{by_retries.options}.bulk(unkeyed_sends(), bulk);
    EXPECT_EQ(report.failed, messages - by_retries.good_requests);
    for (const auto& result : report.results) {
        EXPECT_EQ(result.meta().attempts, 1);
    }
}

TEST(N20_NetworkDown, TheDeadlineOfEachRequestEndsItsWait) {
    ScriptedOutage outage(std::chrono::hours(1));
    outage.good_requests = 1;
    BulkOptions bulk;
    bulk.max_in_flight = 1;
    bulk.call.deadline = seconds(20);
    const auto report = Client{outage.options}.bulk(std::vector(3, send_request()), bulk);
    EXPECT_EQ(report.succeeded, 1U);
    EXPECT_EQ(report.uncertain, 0U);
    EXPECT_EQ(report.results[2].error().outcome, Outcome::not_sent);
    EXPECT_LE(outage.clock->elapsed(), 2 * seconds(20));
}

TEST(N20_NetworkDown, CancellingEndsTheWaitAtOnce) {
    ScriptedOutage outage(std::chrono::hours(1));
    outage.clock->set_mode(FakeClock::Mode::manual);
    const CancellationSource source;
    BulkOptions bulk;
    bulk.max_in_flight = 4;
    bulk.cancel = source.token();
    const Client client{outage.options};
    auto later = std::async(std::launch::async, [&] { return client.bulk(unkeyed_sends(), bulk); });
    ASSERT_TRUE(outage.clock->wait_for_waiters(4));
    source.cancel();
    const auto report = later.get();
    EXPECT_EQ(report.succeeded, outage.good_requests);
    EXPECT_EQ(report.uncertain, 0U);
    EXPECT_EQ(report.results.back().error().kind, ErrorKind::cancelled);
}

/// A run over real connections during which the service is out of reach for a while.
class RealOutage {
  public:
    RealOutage(std::function<void()> begin, std::function<void()> end)
        : begin_(std::move(begin)), end_(std::move(end)) {
        // A connection for each request, so that there are always some that have to be made. Announced: else
        // the next request may go out on one just before it is closed, and be of unknown fate.
        scene.server.by_default({serve([](const ReceivedRequest& request) {
            return Reply{healthy_reply(request, {{"Connection", "close"}}), Reply::Then::close};
        })});
        scene.options.log.level = LogLevel::info;
        scene.options.log.sink = [this](const LogRecord& record) {
            if (record.message.find("the run waits until") != std::string_view::npos && ++failures_ == 25) {
                end_();
            }
        };
    }

    template <class Request>
    BulkReport<response_of<Request>> run(const std::vector<Request>& requests) {
        BulkOptions bulk;
        bulk.max_in_flight = in_flight;
        bulk.progress = [this](const BulkProgress& progress) {
            if (progress.finished() > messages / 3 && !std::exchange(has_begun_, true)) {
                begin_();
            }
        };
        return scene.client().bulk(requests, bulk);
    }

    void expect_unkeyed_run_to_survive() {
        const auto report = run(unkeyed_sends());
        EXPECT_GE(failures_, 25) << "the outage went unnoticed";
        // What was under way when the network went or came is of unknown fate; all the rest has come through.
        EXPECT_EQ(report.succeeded + report.uncertain, messages);
        EXPECT_LE(report.uncertain, 2 * in_flight);
        for (std::size_t i = 0; i < messages; ++i) {
            const auto arrivals = scene.arrivals("contact-" + std::to_string(i) + "-");
            if (report.results[i]) {
                EXPECT_EQ(arrivals, 1U) << i;
            } else {
                EXPECT_EQ(report.results[i].error().outcome, Outcome::unknown) << describe(report.results[i]);
                EXPECT_LE(arrivals, 1U) << i;
            }
        }
    }

    void expect_keyed_run_to_survive() {
        const auto report = run(keyed_sends());
        EXPECT_GE(failures_, 25) << "the outage went unnoticed";
        EXPECT_EQ(report.succeeded, messages);
        std::map<std::string, int> arrivals;
        for (const auto& key : scene.keys()) {
            ++arrivals[key];
        }
        EXPECT_EQ(arrivals.size(), messages) << "each has kept its key";
        EXPECT_EQ(arrivals.count(""), 0U);
    }

    Scene scene{};

  private:
    static constexpr std::size_t in_flight = 16;

    std::function<void()> begin_;
    std::function<void()> end_;
    std::atomic<int> failures_{0};
    bool has_begun_ = false;
};

TEST(N20_NetworkDown, AServerThatIsGoneForAWhileLosesAndDoublesNoUnkeyedSend) {
    RealOutage outage([&] { outage.scene.server.go_down(); }, [&] { outage.scene.server.come_up(); });
    outage.expect_unkeyed_run_to_survive();
}

TEST(N20_NetworkDown, AServerThatIsGoneForAWhileLosesAndDoublesNoKeyedSend) {
    RealOutage outage([&] { outage.scene.server.go_down(); }, [&] { outage.scene.server.come_up(); });
    outage.expect_keyed_run_to_survive();
}

TEST(N20_NetworkDown, ARealNetworkThatIsSwitchedOffForAWhileLosesAndDoublesNoUnkeyedSend) {
    in_own_network([] {
        RealOutage outage([] { EXPECT_TRUE(switch_loopback(false)); },
                          [] { EXPECT_TRUE(switch_loopback(true)); });
        outage.scene.options.attempt_timeout = seconds(2);
        outage.expect_unkeyed_run_to_survive();
    });
}

TEST(N20_NetworkDown, ARealNetworkThatIsSwitchedOffForAWhileLosesAndDoublesNoKeyedSend) {
    in_own_network([] {
        RealOutage outage([] { EXPECT_TRUE(switch_loopback(false)); },
                          [] { EXPECT_TRUE(switch_loopback(true)); });
        outage.scene.options.attempt_timeout = seconds(2);
        outage.expect_keyed_run_to_survive();
    });
}

}  // namespace
}  // namespace sent::test
