#include "gate.hpp"

namespace sent::test {

Gate::Gate() : state_(std::make_shared<State>()) {}

void Gate::open() const {
    state_->open.store(true, std::memory_order_release);
    raise_event(state_->event.get());
}

bool Gate::is_open() const {
    return state_->open.load(std::memory_order_acquire);
}

bool Gate::wait(std::chrono::milliseconds timeout) const {
    pollfd entry{fd(), POLLIN, 0};
    poll_until(&entry, 1, deadline_after(timeout));
    return is_open();
}

int Gate::fd() const {
    return state_->event.get();
}

}  // namespace sent::test
