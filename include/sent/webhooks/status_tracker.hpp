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
/// Tracks the latest status of each message, although deliveries arrive in any order.

namespace sent::webhooks {

/// What happened to a status that was offered to a StatusTracker.
enum class StatusChange {
    applied,     ///< it is newer than the held status, or the first one: it is held now
    repeated,    ///< it is the same as the held status
    older,       ///< the held status is newer: ignore the offered one
    undecidable  ///< a status of the same second without a rank, or a status without a time: the held status
                 ///< stays. Read the message to decide (`client.messages().get`)
};

/// Status of a message, and when it was reached.
struct TrackedStatus {
    MessageStatus status{};
    std::optional<Timestamp> updated_at{};
};

/// Returns the rank of statuses that were reached within the same second: QUEUED 1, PROCESSED 2, ROUTED 3,
/// SENT 4, DELIVERED 5, READ 6. Returns nothing for all others, in particular FAILED. Statuses of different
/// seconds have no such order: FAILED can be followed by SENT, and a resend returns to QUEUED.
[[nodiscard]] SENT_WEBHOOKS_EXPORT std::optional<int> rank_within_second(
    const MessageStatus& status) noexcept;

/// Decides what to do with `offered` if `stored` is the current status, as StatusTracker does. The later
/// second wins. Within one second, the higher rank_within_second() wins. Fractions of a second are ignored,
/// because `updated_at` of a delivery has none.
[[nodiscard]] SENT_WEBHOOKS_EXPORT StatusChange compare_statuses(const TrackedStatus& stored,
                                                                 const TrackedStatus& offered) noexcept;

/// Holds the latest status of each message in memory, by compare_statuses(). It also holds statuses of
/// messages that your program has not stored yet: see EarlyStatuses. With a database, put the comparison into
/// the update (`docs/webhooks.md`, "Order"). Thread-safe.
class SENT_WEBHOOKS_EXPORT StatusTracker {
  public:
    /// Maximum number of messages. Default 100,000. Beyond it, the messages whose status was applied the
    /// longest time ago are forgotten.
    explicit StatusTracker(std::size_t max_messages = 100'000);
    ~StatusTracker();
    StatusTracker(StatusTracker&&) noexcept;
    StatusTracker& operator=(StatusTracker&&) noexcept;
    StatusTracker(const StatusTracker&) = delete;
    StatusTracker& operator=(const StatusTracker&) = delete;

    /// Offers a status. A status without a message id is `undecidable`.
    [[nodiscard]] StatusChange apply(const MessageStatusEvent& event);
    [[nodiscard]] StatusChange apply(std::string_view message_id, TrackedStatus status);
    /// Holds this status, whatever was held before. Use it after reading the message.
    void set(std::string_view message_id, TrackedStatus status);
    /// Returns the held status, or nothing if the message is not known.
    [[nodiscard]] std::optional<TrackedStatus> find(std::string_view message_id) const;
    /// Forgets a message. Returns false if it was not known.
    bool forget(std::string_view message_id);
    /// Number of messages that are held.
    [[nodiscard]] std::size_t size() const;

  private:
    class State;
    std::unique_ptr<State> state_;
};

}  // namespace sent::webhooks
