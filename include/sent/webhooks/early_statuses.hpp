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
/// Statuses that arrive before the message's id is stored. The service may deliver an event before the send
/// call has returned the id, and if the answer of that call was lost, long before.
///
///     // Where deliveries arrive:
///     early.deliver(event, [&](const auto& event) { return update_order(event) == 1; });  // rows changed
///     // Where messages are sent:
///     store_id(order, message_id);                                  // committed
///     for (const auto& event : early.take(message_id)) update_order(event);

namespace sent::webhooks {

struct EarlyStatusesOptions {
    /// Maximum number of events that are kept. Beyond it the oldest are forgotten. An event takes about 500
    /// bytes and its text, which is at most 3,072 characters long.
    std::size_t max_events = 10'000;
    /// How long an event is kept.
    std::chrono::milliseconds time_to_live = std::chrono::hours{1};
    /// Null means the system's clock. Only its steady time is used.
    std::shared_ptr<Clock> clock{};
};

/// Keeps statuses of messages whose ids are not stored yet, until they are. In memory. With a database, a
/// table of statuses by message id does the same for several processes (`docs/webhooks.md`). Thread-safe.
class SENT_WEBHOOKS_EXPORT EarlyStatuses {
  public:
    explicit EarlyStatuses(EarlyStatusesOptions options);
    /// With default options. The parameter makes `EarlyStatuses x({})` mean this one, not perhaps a copy.
    explicit EarlyStatuses(std::nullptr_t /*no_options*/ = nullptr) : EarlyStatuses(EarlyStatusesOptions{}) {}
    ~EarlyStatuses();
    EarlyStatuses(EarlyStatuses&&) noexcept;
    EarlyStatuses& operator=(EarlyStatuses&&) noexcept;
    EarlyStatuses(const EarlyStatuses&) = delete;
    EarlyStatuses& operator=(const EarlyStatuses&) = delete;

    /// Calls `update(event)`, which applies the event to the message that has its id, and returns whether
    /// there is one. If there is none, the event is kept for take(). Returns what `update` returned. If
    /// `update` throws, the event is not kept: answer 5xx, so that the service delivers it again.
    ///
    /// The event is kept before `update` runs, so that it is not lost if the id is stored meanwhile. take()
    /// may return it then, although `update` applied it: updates have to ignore repetitions.
    template <class Update>
    bool deliver(const MessageStatusEvent& event, Update&& update) {
        Kept kept{*this, event};
        kept.is_needed = !static_cast<bool>(update(event));
        return !kept.is_needed;
    }

    /// Returns what is kept for the message, in the order of arrival, and forgets it. Call it once, after the
    /// message's id has been stored where `update` finds it.
    [[nodiscard]] std::vector<MessageStatusEvent> take(std::string_view message_id);

    /// How many events are kept.
    [[nodiscard]] std::size_t size() const;

  private:
    class State;

    /// An event that is forgotten again unless it turns out to be needed.
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
