#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include <sent/clock.hpp>
#include <sent/export.hpp>
#include <sent/webhooks/events.hpp>

/// @file
/// Keeps statuses that arrive before the message's id is stored. The service may deliver an event before the
/// send call has returned the id, and long before if the answer to that call was lost.
///
///     // Where deliveries arrive:
///     early.deliver(event, [&](const auto& event) { return update_order(event) == 1; });  // rows changed
///     // Where messages are sent:
///     store_id(order, message_id);                                  // committed
///     for (const auto& event : early.take(message_id)) update_order(event);

namespace sent::webhooks {

/// Options of EarlyStatuses.
struct EarlyStatusesOptions {
    /// Maximum number of events that are kept. Default 10,000. Beyond it, the oldest are forgotten. An event
    /// takes about 500 bytes plus its text, which has at most 3,072 characters.
    std::size_t max_events = 10'000;
    /// How long an event is kept. Default 1 hour.
    std::chrono::milliseconds time_to_live = std::chrono::hours{1};
    /// Null means the system's clock. Only its steady time is used.
    std::shared_ptr<Clock> clock{};
};

/// Keeps, in memory, statuses of messages whose ids are not stored yet. With a database, a table of statuses
/// by message id does the same for several processes (`docs/webhooks.md`). Thread-safe.
class SENT_WEBHOOKS_EXPORT EarlyStatuses {
  public:
    explicit EarlyStatuses(EarlyStatusesOptions options);
    /// Uses default options. The parameter makes `EarlyStatuses x({})` unambiguous.
    explicit EarlyStatuses(std::nullptr_t /*no_options*/ = nullptr) : EarlyStatuses(EarlyStatusesOptions{}) {}
    ~EarlyStatuses();
    EarlyStatuses(EarlyStatuses&&) noexcept;
    EarlyStatuses& operator=(EarlyStatuses&&) noexcept;
    EarlyStatuses(const EarlyStatuses&) = delete;
    EarlyStatuses& operator=(const EarlyStatuses&) = delete;

    /// Calls `update(event)`, which applies the event to the message with its id and returns whether there is
    /// one. If there is none, the event is kept for take(). Returns what `update` returned. If `update`
    /// throws, the event is not kept: answer 5xx, so that the service delivers it again.
    ///
    /// The event is kept before `update` runs, so that it is not lost if the id is stored at the same time.
    /// take() may then return it although `update` applied it, so updates must ignore repetitions.
    template <class Update>
    bool deliver(const MessageStatusEvent& event, Update&& update) {
        Kept kept{*this, event};
        kept.is_needed = !static_cast<bool>(update(event));
        return !kept.is_needed;
    }

    /// Returns the events that are kept for the message, in order of arrival, and forgets them. Call it once,
    /// after the id has been stored where `update` finds it.
    [[nodiscard]] std::vector<MessageStatusEvent> take(std::string_view message_id);

    /// Number of events that are kept.
    [[nodiscard]] std::size_t size() const;

  private:
    class State;

    /// Keeps an event, and forgets it on destruction unless `is_needed` is set.
    struct SENT_WEBHOOKS_EXPORT Kept {
        Kept(EarlyStatuses& owner, const MessageStatusEvent& event);
        ~Kept();
        Kept(const Kept&) = delete;
        Kept& operator=(const Kept&) = delete;

        EarlyStatuses* early;
        std::uint64_t number;
        bool is_needed = false;
    };

    std::unique_ptr<State> state_;
};

}  // namespace sent::webhooks
