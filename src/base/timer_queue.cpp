#include "base/timer_queue.hpp"

#include <algorithm>
#include <utility>

namespace sent::detail::http {

namespace {

bool later(const TimerQueue::Timer& a, const TimerQueue::Timer& b) noexcept {
    return a.when != b.when ? a.when > b.when : a.number > b.number;
}

}  // namespace

void TimerQueue::add(Timer timer) {
    timer.number = ++last_number_;
    heap_.push_back(std::move(timer));
    std::push_heap(heap_.begin(), heap_.end(), later);
}

TimerQueue::Task TimerQueue::pop() {
    std::pop_heap(heap_.begin(), heap_.end(), later);
    Task task = std::move(heap_.back().task);
    heap_.pop_back();
    return task;
}

}  // namespace sent::detail::http
