#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <sent/operation.hpp>
#include <sent/timestamp.hpp>
#include <sent/v3/common.hpp>

/// @file
/// Events of the family `message`.

namespace sent::webhooks {

/// A message that you sent has reached a status. Deliveries arrive in any order: apply one only if its
/// `updated_at` is newer than the stored one (see StatusTracker).
struct MessageStatusEvent {
    std::string account_id{};
    std::string message_id{};
    /// FAILED is not always final: see is_final().
    MessageStatus message_status{};
    /// Channel::automatic before the message is routed. Channel::undecided if it ended before that.
    Channel channel{};
    /// Number of the **recipient**, E.164.
    std::string outbound_number{};
    /// Number of the sender, if the event has it.
    std::optional<std::string> inbound_number{};
    std::optional<std::string> template_id{};
    std::optional<std::string> template_name{};
    std::optional<std::string> agent_id{};
    /// When the status was reached.
    std::optional<Timestamp> updated_at{};
    /// The text as it was sent, at most 3,072 characters.
    std::optional<std::string> body{};
    /// Why the message is held. SCHEDULED only.
    std::optional<std::string> schedule_reason{};
    /// SCHEDULED: when the message will be released. CANCELLED: the time that was cancelled.
    std::optional<Timestamp> scheduled_at{};
    /// Reason for FAILED, FILTERED and BLOCKED, such as `DELIVERY_007` or `BUSINESS_003` (`docs/errors.md`,
    /// "Reason codes"). The service may add codes. Deliveries from before October 2026 have none: see
    /// Messages::failure_reason().
    std::optional<std::string> reason_code{};
    /// The reason as a sentence. Its wording may change.
    std::optional<std::string> reason{};
};

/// A file of a received message.
struct ReceivedMedia {
    /// The carrier's own link. It is public and expires after some days, so fetch the file soon.
    std::optional<std::string> url{};
    std::optional<std::string> mime_type{};
    std::optional<std::int64_t> size_bytes{};
    std::optional<std::string> hash_sha256{};
};

/// A contact has written to you: `message.received`. Consent keywords (STOP and similar) arrive here too, but
/// the service has already acted on them. A tap on an RCS chip arrives with the text of the chip.
struct InboundMessage {
    std::string account_id{};
    std::string message_id{};
    /// `provider` in deliveries from before May 2026.
    Channel channel{};
    /// Number of **the contact who wrote**, E.164. Read from `from` if `inbound_number` is missing.
    std::string inbound_number{};
    /// **Your number**, E.164. Read from `to` if `outbound_number` is missing.
    std::string outbound_number{};
    std::optional<std::string> text{};
    std::optional<Timestamp> received_at{};
    /// Same as `received_at`.
    std::optional<Timestamp> updated_at{};
    /// Files of the message. MMS only.
    std::vector<ReceivedMedia> media{};
};

}  // namespace sent::webhooks

SENT_DETAIL_DESCRIBE_WEBHOOK(sent::webhooks::MessageStatusEvent);
SENT_DETAIL_DESCRIBE_WEBHOOK(sent::webhooks::ReceivedMedia);
SENT_DETAIL_DESCRIBE_WEBHOOK(sent::webhooks::InboundMessage);
