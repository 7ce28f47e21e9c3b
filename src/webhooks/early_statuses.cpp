#include <sent/webhooks/early_statuses.hpp>

#include <algorithm>
#include <map>
#include <mutex>
#include <string>
#include <utility>

namespace sent::webhooks {

namespace {

/// A century, which a difference of two times can still be.
constexpr auto longest_memory = std::chrono::hours{24 * 365 * 100};

}  // namespace

class EarlyStatuses::State {
  public:
    explicit State(EarlyStatusesOptions options) : options_(std::move(options)) {
        options_.max_events = std::max<std::size_t>(options_.max_events, 1);
        options_.time_to_live = std::min<std::chrono::milliseconds>(options_.time_to_live, longest_memory);
    }

    /// Returns the number to remove it by; 0 if there is nothing to keep, because the event has no id.
    std::uint64_t keep(const MessageStatusEvent& event) {
        if (event.message_id.empty()) {
            return 0;
        }
        const auto time = now();
        const std::lock_guard lock{mutex_};
        forget_expired(time);
        const auto number = ++last_number_;
        const auto kept = events_.emplace(number, Entry{event, time}).first;
        numbers_.emplace(kept->second.event.message_id, number);
        if (events_.size() > options_.max_events) {
            forget(events_.begin());
        }
        return number;
    }

    void remove(std::uint64_t number) noexcept {
        const std::lock_guard lock{mutex_};
        if (const auto found = events_.find(number); found != events_.end()) {
            forget(found);
        }
    }

    std::vector<MessageStatusEvent> take(std::string_view message_id) {
        const auto time = now();
        std::vector<MessageStatusEvent> taken;
        const std::lock_guard lock{mutex_};
        forget_expired(time);
        const auto [begin, end] = numbers_.equal_range(message_id);
        std::vector<Events::iterator> found;
        for (auto number = begin; number != end; ++number) {
            found.push_back(events_.find(number->second));
            taken.push_back(found.back()->second.event);
        }
        for (const auto event : found) {
            forget(event);
        }
        return taken;
    }

    std::size_t size() {
        const auto time = now();
        const std::lock_guard lock{mutex_};
        forget_expired(time);
        return events_.size();
    }

  private:
    struct Entry {
        MessageStatusEvent event{};
        Clock::SteadyTime time{};
    };
    /// By the order of arrival.
    using Events = std::map<std::uint64_t, Entry>;

    [[nodiscard]] Clock::SteadyTime now() const {
        return options_.clock ? options_.clock->now() : std::chrono::steady_clock::now();
    }

    void forget(Events::iterator event) noexcept {
        const auto [begin, end] = numbers_.equal_range(event->second.event.message_id);
        const auto number =
            std::find_if(begin, end, [&event](const auto& entry) { return entry.second == event->first; });
        if (number != end) {
            numbers_.erase(number);
        }
        events_.erase(event);
    }

    void forget_expired(Clock::SteadyTime time) noexcept {
        while (!events_.empty() && time - events_.begin()->second.time >= options_.time_to_live) {
            forget(events_.begin());
        }
    }

    EarlyStatusesOptions options_;
    std::mutex mutex_{};
    Events events_{};
    /// Message ids, which live in `events_`, to the numbers of their events, oldest first.
    std::multimap<std::string_view, std::uint64_t> numbers_{};
    std::uint64_t last_number_ = 0;
};

EarlyStatuses::EarlyStatuses(EarlyStatusesOptions options)
    : state_(std::make_unique<State>(std::move(options))) {}
EarlyStatuses::~EarlyStatuses() = default;
EarlyStatuses::EarlyStatuses(EarlyStatuses&&) noexcept = default;
EarlyStatuses& EarlyStatuses::operator=(EarlyStatuses&&) noexcept = default;

std::vector<MessageStatusEvent> EarlyStatuses::take(std::string_view message_id) {
    return state_->take(message_id);
}

std::size_t EarlyStatuses::size() const {
    return state_->size();
}

EarlyStatuses::Kept::Kept(EarlyStatuses& owner, const MessageStatusEvent& event)
    : early(&owner), number(owner.state_->keep(event)) {}

EarlyStatuses::Kept::~Kept() {
    if (!is_needed) {
        early->state_->remove(number);
    }
}

}  // namespace sent::webhooks
