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
    applied,     ///< newer than what was held, or the first: it is held now
    repeated,    ///< the same as what is held
    older,       ///< what is held is newer: ignore it
    undecidable  ///< another status of the same second, or one without a time: what is held stays; read the
                 ///< message to know (`client.messages().get`)
};

/// A message's status and when it was reached.
struct TrackedStatus {
    MessageStatus status{};
    std::optional<Timestamp> updated_at{};
};

/// Applies a status only when its `updated_at` is newer than that of the status it holds. It never ranks
/// statuses: a message that is FAILED may be SENT and DELIVERED later, by another way. In memory; with a
/// database, put the comparison into the update instead (`... WHERE updated_at < ?`). Thread-safe.
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
