#include <sent/webhooks/status_tracker.hpp>

#include <algorithm>
#include <chrono>
#include <utility>

#include "base/lru_index.hpp"
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
        const auto tracked = tracked_.lock();
        const auto* const stored = tracked->statuses.find(message_id);
        const auto change = stored == nullptr ? StatusChange::applied : compare_statuses(*stored, status);
        if (change == StatusChange::applied) {
            tracked->set(message_id, std::move(status), max_messages_);
        }
        return change;
    }

    void set(std::string_view message_id, TrackedStatus status) {
        tracked_.lock()->set(message_id, std::move(status), max_messages_);
    }

    std::optional<TrackedStatus> find(std::string_view message_id) {
        const auto tracked = tracked_.lock();
        const auto* const stored = tracked->statuses.find(message_id);
        return stored == nullptr ? std::nullopt : std::optional{*stored};
    }

    bool forget(std::string_view message_id) { return tracked_.lock()->statuses.remove(message_id); }

    std::size_t size() { return tracked_.lock()->statuses.size(); }

  private:
    struct Tracked {
        [[nodiscard]] Tracked for_child() const { return *this; }

        void set(std::string_view message_id, TrackedStatus status, std::size_t max_messages) {
            if (auto* const stored = statuses.find(message_id)) {
                *stored = std::move(status);
                statuses.renew(message_id);
                return;
            }
            statuses.add(message_id, std::move(status));
            if (statuses.size() > max_messages) {
                statuses.remove_oldest();
            }
        }

        /// By message id.
        detail::LruIndex<TrackedStatus> statuses{};
    };

    std::size_t max_messages_;
    detail::Guarded<Tracked> tracked_{};
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
