#include "base/timer_queue.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <vector>

namespace sent::detail::http {
namespace {

using Clock = TimerQueue::Clock;

TEST(TimerQueue, GivesTheEarliestFirstAndKeepsOrderAmongEqual) {
    const Clock::time_point start{};
    TimerQueue timers;
    std::vector<int> order;
    const auto add = [&](int after, int mark) {
        TimerQueue::Timer timer;
        timer.when = start + std::chrono::seconds(after);
        timer.task = [&order, mark] { order.push_back(mark); };
        timers.add(std::move(timer));
    };
    add(3, 30);
    for (int i = 0; i < 20; ++i) {
        add(2, i);
    }
    add(1, 10);
    EXPECT_EQ(timers.next(), start + std::chrono::seconds(1));
    std::vector<int> expected{10};
    for (int i = 0; i < 20; ++i) {
        expected.push_back(i);
    }
    expected.push_back(30);
    while (!timers.empty()) {
        timers.pop()();
    }
    EXPECT_EQ(order, expected);
}

}  // namespace
}  // namespace sent::detail::http
