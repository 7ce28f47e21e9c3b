#include "testing/mock_gate.hpp"

#include <memory>
#include <utility>

namespace sent::testing {

/// Shared by the copies of a Gate, but not by the replies: the gate opens when the last copy is destroyed.
class Gate::Handle {
  public:
    Handle() = default;
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    ~Handle() { state->open(); }

    const std::shared_ptr<State> state = std::make_shared<State>();
};

Gate::Gate() : handle_(std::make_shared<Handle>()) {}

void Gate::open() const {
    handle_->state->open();
}

bool Gate::is_open() const {
    return handle_->state->is_open();
}

Reply Reply::after(const Gate& gate) const {
    Reply changed = *this;
    changed.gate_ = gate.handle_->state;
    return changed;
}

void Gate::State::open() {
    std::vector<std::function<void()>> actions;
    {
        const auto data = data_.lock();
        data->open = true;
        actions.swap(data->actions);
    }
    for (const auto& action : actions) {
        action();
    }
}

bool Gate::State::is_open() const {
    return data_.lock()->open;
}

void Gate::State::when_open(std::function<void()> action) {
    {
        const auto data = data_.lock();
        if (!data->open) {
            data->actions.push_back(std::move(action));
            return;
        }
    }
    action();
}

}  // namespace sent::testing
