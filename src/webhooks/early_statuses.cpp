#include <sent/webhooks/early_statuses.hpp>

#include <algorithm>
#include <map>
#include <new>
#include <string>
#include <utility>

#include "base/this_process.hpp"

namespace sent::webhooks {

namespace {

/// One century, which the difference of two times can represent.
constexpr auto longest_time_to_live = std::chrono::hours{24 * 365 * 100};

}  // namespace

class EarlyStatuses::State {
  public:
    explicit State(EarlyStatusesOptions options) : options_(std::move(options)) {
        options_.max_events = std::max<std::size_t>(options_.max_events, 1);
        options_.time_to_live =
            std::min<std::chrono::milliseconds>(options_.time_to_live, longest_time_to_live);
    }

    /// Returns the number for removing it, or 0 if the event has no id and was not kept.
    std::uint64_t keep(const MessageStatusEvent& event) {
        if (event.message_id.empty()) {
            return 0;
        }
        const auto time = now();
        const auto early = early_.lock();
        early->forget_expired(time, options_);
        const auto number = early->last_number + 1;
        early->add(number, {event, time});
        if (early->events.size() > options_.max_events) {
            early->forget(early->events.begin());
        }
        return number;
    }

    void remove(std::uint64_t number) {
        const auto early = early_.lock();
        if (const auto found = early->events.find(number); found != early->events.end()) {
            early->forget(found);
        }
    }

    std::vector<MessageStatusEvent> take(std::string_view message_id) {
        const auto time = now();
        std::vector<MessageStatusEvent> taken;
        const auto early = early_.lock();
        early->forget_expired(time, options_);
        const auto [begin, end] = early->numbers.equal_range(message_id);
        std::vector<Events::iterator> found;
        for (auto number = begin; number != end; ++number) {
            found.push_back(early->events.find(number->second));
            taken.push_back(found.back()->second.event);
        }
        for (const auto event : found) {
            early->forget(event);
        }
        return taken;
    }

    std::size_t size() {
        const auto time = now();
        const auto early = early_.lock();
        early->forget_expired(time, options_);
        return early->events.size();
    }

  private:
    struct Entry {
        MessageStatusEvent event{};
        Clock::SteadyTime time{};
    };
    /// In order of arrival.
    using Events = std::map<std::uint64_t, Entry>;

    struct Early {
        [[nodiscard]] Early for_child() const {
            Early childs;
            for (const auto& [number, entry] : events) {
                childs.add(number, entry);
            }
            childs.last_number = last_number;
            return childs;
        }

        void add(std::uint64_t number, const Entry& entry) {
            const auto added = events.emplace(number, entry).first;
            try {
                numbers.emplace(added->second.event.message_id, number);
            } catch (...) {
                events.erase(added);
                throw;
            }
            last_number = number;
        }

        void forget(Events::iterator event) noexcept {
            const auto [begin, end] = numbers.equal_range(event->second.event.message_id);
            const auto number = std::find_if(
                begin, end, [&event](const auto& entry) { return entry.second == event->first; });
            if (number != end) {
                numbers.erase(number);
            }
            events.erase(event);
        }

        void forget_expired(Clock::SteadyTime time, const EarlyStatusesOptions& options) noexcept {
            while (!events.empty() && time - events.begin()->second.time >= options.time_to_live) {
                forget(events.begin());
            }
        }

        Events events{};
        /// Maps message ids, which are views into `events`, to the numbers of their events, oldest first.
        std::multimap<std::string_view, std::uint64_t> numbers{};
        std::uint64_t last_number = 0;
    };

    [[nodiscard]] Clock::SteadyTime now() const {
        return options_.clock ? options_.clock->now() : std::chrono::steady_clock::now();
    }

    EarlyStatusesOptions options_;
    detail::Guarded<Early> early_{};
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
        try {
            early->state_->remove(number);
        } catch (const std::bad_alloc&) {  // NOLINT(bugprone-empty-catch): a child, which did not keep it
        }
    }
}

}  // namespace sent::webhooks
