#include <sent/webhooks/status_tracker.hpp>

#include <algorithm>
#include <chrono>
#include <list>
#include <string>
#include <unordered_map>
#include <utility>

#include "base/this_process.hpp"

namespace sent::webhooks {

namespace {

/// In the order in which a message passes through them.
constexpr MessageStatus::Constant ranked_statuses[] = {MessageStatus::queued,    MessageStatus::processed,
                                                       MessageStatus::routed,    MessageStatus::sent,
                                                       MessageStatus::delivered, MessageStatus::read};

StatusChange compare_within_second(const MessageStatus& stored, const MessageStatus& offered) noexcept {
    if (stored == offered) {
        return StatusChange::repeated;
    }
    const auto stored_rank = rank_within_second(stored);
    const auto offered_rank = rank_within_second(offered);
    if (!stored_rank || !offered_rank) {
        return StatusChange::undecidable;
    }
    return *stored_rank < *offered_rank ? StatusChange::applied : StatusChange::older;
}

}  // namespace

std::optional<int> rank_within_second(const MessageStatus& status) noexcept {
    int rank = 1;
    for (const auto ranked : ranked_statuses) {
        if (status == ranked) {
            return rank;
        }
        ++rank;
    }
    return std::nullopt;
}

StatusChange compare_statuses(const TrackedStatus& stored, const TrackedStatus& offered) noexcept {
    if (!stored.updated_at && !offered.updated_at) {
        return stored.status == offered.status ? StatusChange::repeated : StatusChange::undecidable;
    }
    if (!offered.updated_at) {
        return StatusChange::undecidable;
    }
    if (!stored.updated_at) {
        return StatusChange::applied;
    }
    using std::chrono::seconds;
    const auto stored_second = std::chrono::floor<seconds>(*stored.updated_at);
    const auto offered_second = std::chrono::floor<seconds>(*offered.updated_at);
    if (stored_second != offered_second) {
        return stored_second < offered_second ? StatusChange::applied : StatusChange::older;
    }
    return compare_within_second(stored.status, offered.status);
}

class StatusTracker::State {
  public:
    explicit State(std::size_t max_messages) : max_messages_(std::max<std::size_t>(max_messages, 1)) {}

    StatusChange apply(std::string_view message_id, TrackedStatus status) {
        const auto memory = memory_.lock();
        const auto found = memory->index.find(message_id);
        const auto change = found == memory->index.end() ? StatusChange::applied
                                                         : compare_statuses(found->second->status, status);
        if (change == StatusChange::applied) {
            memory->hold(message_id, std::move(status), max_messages_);
        }
        return change;
    }

    void set(std::string_view message_id, TrackedStatus status) {
        memory_.lock()->hold(message_id, std::move(status), max_messages_);
    }

    std::optional<TrackedStatus> find(std::string_view message_id) {
        const auto memory = memory_.lock();
        const auto found = memory->index.find(message_id);
        return found == memory->index.end() ? std::nullopt : std::optional{found->second->status};
    }

    bool forget(std::string_view message_id) {
        const auto memory = memory_.lock();
        const auto found = memory->index.find(message_id);
        if (found == memory->index.end()) {
            return false;
        }
        const auto message = found->second;
        memory->index.erase(found);
        memory->messages.erase(message);
        return true;
    }

    std::size_t size() { return memory_.lock()->messages.size(); }

  private:
    struct Message {
        std::string id{};
        TrackedStatus status{};
    };
    using Messages = std::list<Message>;

    struct Memory {
        void inherited() noexcept {}

        void hold(std::string_view message_id, TrackedStatus status, std::size_t max_messages) {
            if (const auto found = index.find(message_id); found != index.end()) {
                found->second->status = std::move(status);
                messages.splice(messages.end(), messages, found->second);
                return;
            }
            Messages fresh;
            fresh.push_back({std::string{message_id}, std::move(status)});
            index.emplace(fresh.front().id, fresh.begin());
            messages.splice(messages.end(), fresh);
            if (messages.size() > max_messages) {
                index.erase(messages.front().id);
                messages.pop_front();
            }
        }

        /// In the order in which their statuses were applied.
        Messages messages{};
        /// The keys are views of the ids in `messages`.
        std::unordered_map<std::string_view, Messages::iterator> index{};
    };

    std::size_t max_messages_;
    detail::Guarded<Memory> memory_{};
};

StatusTracker::StatusTracker(std::size_t max_messages) : state_(std::make_unique<State>(max_messages)) {}
StatusTracker::~StatusTracker() = default;
StatusTracker::StatusTracker(StatusTracker&&) noexcept = default;
StatusTracker& StatusTracker::operator=(StatusTracker&&) noexcept = default;

StatusChange StatusTracker::apply(const MessageStatusEvent& event) {
    return apply(event.message_id, {event.message_status, event.updated_at});
}

StatusChange StatusTracker::apply(std::string_view message_id, TrackedStatus status) {
    return message_id.empty() ? StatusChange::undecidable : state_->apply(message_id, std::move(status));
}

void StatusTracker::set(std::string_view message_id, TrackedStatus status) {
    state_->set(message_id, std::move(status));
}

std::optional<TrackedStatus> StatusTracker::find(std::string_view message_id) const {
    return state_->find(message_id);
}

bool StatusTracker::forget(std::string_view message_id) {
    return state_->forget(message_id);
}

std::size_t StatusTracker::size() const {
    return state_->size();
}

}  // namespace sent::webhooks
