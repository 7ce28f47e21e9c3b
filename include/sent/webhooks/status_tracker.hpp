#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>

#include <sent/export.hpp>
#include <sent/timestamp.hpp>
#include <sent/v3/common.hpp>
#include <sent/webhooks/events.hpp>

/// @file
/// The latest status of each message, although deliveries come in any order.

namespace sent::webhooks {

/// What became of a status that was offered to a StatusTracker.
enum class StatusChange {
    applied,     ///< it is newer than the held status, or the first one: it is held now
    repeated,    ///< it is the same as the held status
    older,       ///< the held status is newer: ignore the offered one
    undecidable  ///< a status of the same second without a rank, or a status without a time: the held status
                 ///< stays. Read the message to know (`client.messages().get`)
};

/// A message's status and when it was reached.
struct TrackedStatus {
    MessageStatus status{};
    std::optional<Timestamp> updated_at{};
};

/// Orders statuses that were reached within the same second: QUEUED 1, PROCESSED 2, ROUTED 3, SENT 4,
/// DELIVERED 5, READ 6. Returns nothing for all others, FAILED above all. Across seconds statuses have no
/// order: FAILED can be followed by SENT, and a resend goes back to QUEUED.
[[nodiscard]] SENT_WEBHOOKS_EXPORT std::optional<int> rank_within_second(
    const MessageStatus& status) noexcept;

/// What to do with `offered` if `stored` is what you have, as StatusTracker does it. The later second wins;
/// within one second, the higher rank_within_second() wins. Fractions of a second are ignored, because
/// `updated_at` of a delivery has none.
[[nodiscard]] SENT_WEBHOOKS_EXPORT StatusChange compare_statuses(const TrackedStatus& stored,
                                                                 const TrackedStatus& offered) noexcept;

/// Holds the latest status of each message, by compare_statuses(). A status of a message that nobody has
/// stored yet is held as well, see EarlyStatuses. In memory; with a database, put the comparison into the
/// update (`docs/webhooks.md`, "Order"). Thread-safe.
class SENT_WEBHOOKS_EXPORT StatusTracker {
  public:
    /// Beyond `max_messages` those whose status was applied the longest time ago are forgotten.
    explicit StatusTracker(std::size_t max_messages = 100'000);
    ~StatusTracker();
    StatusTracker(StatusTracker&&) noexcept;
    StatusTracker& operator=(StatusTracker&&) noexcept;
    StatusTracker(const StatusTracker&) = delete;
    StatusTracker& operator=(const StatusTracker&) = delete;

    /// A status without a message's id is `undecidable`.
    [[nodiscard]] StatusChange apply(const MessageStatusEvent& event);
    [[nodiscard]] StatusChange apply(std::string_view message_id, TrackedStatus status);
    /// Holds this status whatever was held: what reading the message has told.
    void set(std::string_view message_id, TrackedStatus status);
    /// Nothing when the message is not known.
    [[nodiscard]] std::optional<TrackedStatus> find(std::string_view message_id) const;
    /// False when it was not known.
    bool forget(std::string_view message_id);
    [[nodiscard]] std::size_t size() const;

  private:
    class State;
    std::unique_ptr<State> state_;
};

}  // namespace sent::webhooks
