#include <sent/cancellation.hpp>

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <memory>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace sent {
namespace {

using Registration = CancellationToken::Registration;

TEST(Cancellation, DefaultTokenIsNeverCancelled) {
    const CancellationToken token;
    EXPECT_FALSE(token.cancelled());
    EXPECT_FALSE(token.can_be_cancelled());
    bool called = false;
    const Registration registration = token.on_cancel([&] { called = true; });
    EXPECT_FALSE(called);
}

TEST(Cancellation, AllCopiesSeeIt) {
    const CancellationSource source;
    const CancellationSource copy = source;  // NOLINT(performance-unnecessary-copy-initialization)
    const CancellationToken token = source.token();
    EXPECT_TRUE(token.can_be_cancelled());
    EXPECT_FALSE(token.cancelled());
    copy.cancel();
    EXPECT_TRUE(token.cancelled());
    EXPECT_TRUE(source.cancelled());
}

TEST(Cancellation, CallbacksRunOnceInOrderOnTheCancellingThread) {
    const CancellationSource source;
    std::vector<int> order;
    std::thread::id ran_on;
    const Registration a = source.token().on_cancel([&] { order.push_back(1); });
    const Registration b = source.token().on_cancel([&] {
        order.push_back(2);
        ran_on = std::this_thread::get_id();
    });
    source.cancel();
    source.cancel();
    EXPECT_EQ(order, (std::vector<int>{1, 2}));
    EXPECT_EQ(ran_on, std::this_thread::get_id());
}

TEST(Cancellation, LateCallbackRunsAtOnce) {
    const CancellationSource source;
    source.cancel();
    bool called = false;
    const Registration registration = source.token().on_cancel([&] { called = true; });
    EXPECT_TRUE(called);
}

TEST(Cancellation, UnregisteredCallbackIsNotCalled) {
    const CancellationSource source;
    int called = 0;
    {
        const Registration gone = source.token().on_cancel([&] { ++called; });
    }
    Registration reset = source.token().on_cancel([&] { ++called; });
    reset.reset();
    Registration replaced = source.token().on_cancel([&] { ++called; });
    replaced = Registration();
    source.cancel();
    EXPECT_EQ(called, 0);
}

TEST(Cancellation, MovedRegistrationStaysRegistered) {
    const CancellationSource source;
    int called = 0;
    Registration first = source.token().on_cancel([&] { ++called; });
    const Registration second = std::move(first);
    first.reset();  // NOLINT(bugprone-use-after-move): holds nothing any more
    source.cancel();
    EXPECT_EQ(called, 1);
}

TEST(Cancellation, TokenOutlivesItsSource) {
    std::optional<CancellationSource> source(std::in_place);
    const CancellationToken token = source->token();
    const Registration registration = token.on_cancel([] {});
    source.reset();
    EXPECT_FALSE(token.cancelled());
}

TEST(Cancellation, WhatACallbackThrowsIsDropped) {
    const CancellationSource source;
    bool called = false;
    const Registration a = source.token().on_cancel([] { throw 1; });
    const Registration b = source.token().on_cancel([&] { called = true; });
    source.cancel();
    EXPECT_TRUE(called);
}

TEST(Cancellation, CallbackMayUnregisterItselfAndOthers) {
    const CancellationSource source;
    int called = 0;
    Registration self;
    Registration other;
    self = source.token().on_cancel([&] {
        ++called;
        self.reset();
        other.reset();
    });
    other = source.token().on_cancel([&] { ++called; });
    source.cancel();
    EXPECT_EQ(called, 1);
}

TEST(Cancellation, CallbackMayRegisterAndCancel) {
    const CancellationSource source;
    int called = 0;
    Registration inner;
    const Registration outer = source.token().on_cancel([&] {
        source.cancel();
        inner = source.token().on_cancel([&] { ++called; });
    });
    source.cancel();
    EXPECT_EQ(called, 1);
}

TEST(Cancellation, CallbackMayDestroyTheLastSource) {
    auto source = std::make_unique<CancellationSource>();
    Registration registration = source->token().on_cancel([&] { source.reset(); });
    const CancellationSource* raw = source.get();
    raw->cancel();
    registration.reset();
    EXPECT_EQ(source, nullptr);
}

TEST(Cancellation, UnregisteringWaitsForACallbackOnAnotherThread) {
    const CancellationSource source;
    std::promise<void> entered;
    std::promise<void> go_on;
    std::atomic<bool> finished{false};
    std::optional<Registration> registration(source.token().on_cancel([&] {
        entered.set_value();
        go_on.get_future().wait();
        finished = true;
    }));
    std::thread canceller([&] { source.cancel(); });
    entered.get_future().wait();
    std::promise<bool> unregistered;
    auto saw_the_end = unregistered.get_future();
    std::thread other([&] {
        registration.reset();
        unregistered.set_value(finished);
    });
    EXPECT_EQ(saw_the_end.wait_for(std::chrono::milliseconds(20)), std::future_status::timeout);
    go_on.set_value();
    EXPECT_TRUE(saw_the_end.get());
    other.join();
    canceller.join();
}

TEST(Cancellation, CapturesAreGoneWhenUnregisteringReturns) {
    const CancellationSource source;
    auto captured = std::make_shared<int>(1);
    const std::weak_ptr<int> watch = captured;
    Registration registration = source.token().on_cancel([captured] {});
    captured.reset();
    EXPECT_FALSE(watch.expired());
    registration.reset();
    EXPECT_TRUE(watch.expired());
}

TEST(Cancellation, RegisteringAndCancellingMayRace) {
    for (int round = 0; round < 200; ++round) {
        const CancellationSource source;
        std::atomic<int> called{0};
        int kept = 0;
        std::thread canceller([&] { source.cancel(); });
        {
            std::vector<Registration> registrations;
            for (int i = 0; i < 20; ++i) {
                registrations.push_back(source.token().on_cancel([&] { ++called; }));
                ++kept;
            }
            canceller.join();
        }
        EXPECT_EQ(called, kept);
    }
}

}  // namespace
}  // namespace sent
