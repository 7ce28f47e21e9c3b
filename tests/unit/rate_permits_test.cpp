#include <algorithm>
#include <chrono>
#include <cstddef>
#include <deque>
#include <memory>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "core/call_machine.hpp"
#include "core/core.hpp"
#include "core/prepared_call.hpp"
#include "unit/client_fixture.hpp"

/// Permits of the client's rate limit, and the waits between taking one and sending.

namespace sent::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using SteadyTime = std::chrono::steady_clock::time_point;
using Action = detail::CallMachine::Action;
using Step = detail::CallMachine::Step;

const SteadyTime start{std::chrono::hours{1}};
constexpr int limit = 60;

/// A call whose machine the test drives.
struct Call {
    Call(detail::Services& services, detail::Throttle* throttle, std::chrono::milliseconds deadline) {
        CallOptions options;
        if (deadline.count() > 0) {
            options.deadline = deadline;
        }
        RawRequest request;
        request.path = "/v3/contacts";
        EXPECT_FALSE(detail::prepare(services.config, request, options, prepared));
        machine = std::make_unique<detail::CallMachine>(services.shared(throttle), prepared,
                                                        detail::ResultAccess::target(result));
    }

    detail::PreparedCall prepared{};
    Result<RawResponse> result = detail::ResultAccess::make<RawResponse>();
    std::unique_ptr<detail::CallMachine> machine{};
};

class B31_RatePermits : public ClientFixture {
  protected:
    B31_RatePermits() {
        auto settings = options();
        settings.rate_limit.requests_per_minute = limit;
        settings.rate_limit.request_burst = 1;
        services_ = std::make_unique<detail::Services>(settings);
    }

    detail::CallMachine& add(milliseconds deadline = {}, detail::Throttle* throttle = nullptr) {
        calls_.emplace_back(*services_, throttle, deadline);
        return *calls_.back().machine;
    }

    /// Wakes each call when it asks to be, and notes when each is sent. No call is answered.
    void run(std::vector<std::pair<SteadyTime, detail::CallMachine*>> waiting) {
        while (!waiting.empty()) {
            const auto first = std::min_element(waiting.begin(), waiting.end());
            const auto [now, call] = *first;
            waiting.erase(first);
            const Step step = call->on_wake(now);
            if (step.action == Action::wait) {
                ASSERT_GT(step.until, now);
                waiting.emplace_back(step.until, call);
            } else if (step.action == Action::send) {
                sent_.push_back(now);
            }
        }
    }

    [[nodiscard]] std::ptrdiff_t most_in_a_minute() const {
        auto sent = sent_;
        std::sort(sent.begin(), sent.end());
        std::ptrdiff_t most = 0;
        for (auto first = sent.begin(); first != sent.end(); ++first) {
            most = std::max(most, std::upper_bound(first, sent.end(), *first + seconds{60}) - first);
        }
        return most;
    }

    std::unique_ptr<detail::Services> services_{};
    std::deque<Call> calls_{};
    std::vector<SteadyTime> sent_{};
};

TEST_F(B31_RatePermits, OneFromBeforeAPauseIsNotUsedAfterIt) {
    detail::Throttle throttle{seconds{600}};
    std::vector<std::pair<SteadyTime, detail::CallMachine*>> waiting;
    for (int i = 0; i < 2 * limit; ++i) {
        auto& call = add({}, &throttle);
        const auto step = call.start(start);
        if (step.action == Action::wait) {
            waiting.emplace_back(step.until, &call);
        } else {
            sent_.push_back(start);
        }
    }
    ASSERT_EQ(sent_.size(), 1U) << "the others wait for their permits";
    throttle.pause_until(start + seconds{60});
    run(std::move(waiting));
    EXPECT_EQ(sent_.size(), std::size_t{2} * limit);
    EXPECT_LE(most_in_a_minute(), limit);
    std::sort(sent_.begin(), sent_.end());
    EXPECT_GE(sent_[1], start + seconds{60});
    EXPECT_LE(sent_[1], start + seconds{62}) << "those whose time comes after the pause keep it";
    EXPECT_GE(sent_[3], start + seconds{61}) << "evenly, not all at once";
    EXPECT_LE(sent_.back(), start + seconds{60 * 4});
}

TEST_F(B31_RatePermits, OneFromBeforeAnOutageIsNotUsedAfterIt) {
    detail::Throttle throttle{seconds{600}};
    std::vector<std::pair<SteadyTime, detail::CallMachine*>> waiting;
    for (int i = 0; i < 2 * limit; ++i) {
        auto& call = add({}, &throttle);
        const auto step = call.start(start);
        if (step.action == Action::wait) {
            waiting.emplace_back(step.until, &call);
        } else {
            sent_.push_back(start);
        }
    }
    ASSERT_LT(throttle.note_throttled(start, seconds{90}, RetryOptions{}), SteadyTime::max());
    // One call asks; when it is answered, all others may go.
    for (const auto& [at, call] : std::exchange(waiting, {})) {
        const auto step = call->on_wake(at);
        if (step.action == Action::wait) {
            waiting.emplace_back(step.until, call);
        } else {
            sent_.push_back(at);
        }
    }
    throttle.note_answer(detail::Extent::one_request);
    run(std::move(waiting));
    EXPECT_EQ(sent_.size(), std::size_t{2} * limit);
    EXPECT_LE(most_in_a_minute(), limit);
}

TEST_F(B31_RatePermits, OneOfACallThatWaitedForAThreadIsNotUsedLate) {
    std::vector<std::pair<SteadyTime, detail::CallMachine*>> waiting;
    for (int i = 0; i < limit; ++i) {
        auto& call = add();
        const auto at = start + seconds{i};
        const auto step = call.start(at);
        ASSERT_EQ(step.action, Action::send);
    }
    const auto late = start + seconds{61};
    for (auto& call : calls_) {
        const auto step = call.machine->on_wake(late);
        if (step.action == Action::send) {
            sent_.push_back(late);
        } else {
            waiting.emplace_back(step.until, call.machine.get());
        }
    }
    for (int i = 0; i < limit; ++i) {
        auto& call = add();
        waiting.emplace_back(late, &call);
        ASSERT_NE(call.start(late).action, Action::done);
    }
    run(std::move(waiting));
    EXPECT_EQ(sent_.size(), std::size_t{2} * limit);
    EXPECT_LE(most_in_a_minute(), limit);
}

TEST_F(B31_RatePermits, AThreadThatIsFreeAtOnceTakesNoSecondPermit) {
    auto& first = add();
    ASSERT_EQ(first.start(start).action, Action::send);
    ASSERT_EQ(first.on_wake(start + milliseconds{200}).action, Action::send);
    EXPECT_EQ(add().start(start + milliseconds{200}).until, start + seconds{1});
}

TEST_F(B31_RatePermits, ACallWaitsForItsThreadAndForTheRunsPause) {
    detail::Throttle throttle{seconds{600}};
    auto& call = add({}, &throttle);
    ASSERT_EQ(call.start(start).action, Action::send);
    throttle.pause_until(start + seconds{30});
    const auto step = call.on_wake(start + milliseconds{1});
    ASSERT_EQ(step.action, Action::wait);
    EXPECT_EQ(step.until, start + seconds{30});
    EXPECT_EQ(call.on_wake(step.until).action, Action::send);
}

TEST_F(B31_RatePermits, ACallThatEndsWhileItWaitsGivesItsPermitBack) {
    ASSERT_EQ(add().start(start).action, Action::send);
    std::vector<detail::CallMachine*> waiting;
    for (int i = 0; i < 300; ++i) {
        auto& call = add();
        ASSERT_EQ(call.start(start).action, Action::wait);
        waiting.push_back(&call);
    }
    for (auto* call : waiting) {
        ASSERT_EQ(call->on_cancelled().action, Action::done);
    }
    EXPECT_EQ(add().start(start).until, start + seconds{1});
}

TEST_F(B31_RatePermits, OneIsNotUsedWhileTheServiceNamesAWait) {
    ASSERT_EQ(add().start(start).action, Action::send);
    auto& waiting = add();
    ASSERT_EQ(waiting.start(start).until, start + seconds{1});
    services_->shares().limiter.hold_back(RateClass::standard, 0, seconds{20}, start);
    const auto step = waiting.on_wake(start + seconds{1});
    ASSERT_EQ(step.action, Action::wait);
    EXPECT_GE(step.until, start + seconds{20});
    EXPECT_EQ(waiting.on_wake(step.until).action, Action::send);
}

TEST_F(B31_RatePermits, OneThatComesTooLateForTheDeadlineEndsTheCall) {
    detail::Throttle throttle{seconds{600}};
    ASSERT_EQ(add({}, &throttle).start(start).action, Action::send);
    auto& call = add(seconds{10}, &throttle);
    ASSERT_EQ(call.start(start).until, start + seconds{1});
    services_->shares().limiter.hold_back(RateClass::standard, 0, seconds{60}, start);
    EXPECT_EQ(call.on_wake(start + seconds{1}).action, Action::done);
    const auto error = call.take_error();
    ASSERT_TRUE(error);
    EXPECT_EQ(error->kind, ErrorKind::timeout);
    EXPECT_EQ(error->outcome, Outcome::not_sent);
}

}  // namespace
}  // namespace sent::test
