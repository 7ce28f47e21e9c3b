#pragma once

#include <string_view>

#include <sent/open_enum.hpp>

/// @file
/// Families and names of events.

namespace sent::webhooks {

/// What an event is about (`field` on the wire). The service may add values.
class EventFamily : public OpenEnum<EventFamily> {
  public:
    using OpenEnum::OpenEnum;
    /// The status of a message, or a received message. The old name `messages` is read as this.
    static constexpr Constant message{"message"};
    /// The review of a template.
    static constexpr Constant templates{"templates"};
    /// The consent of a contact.
    static constexpr Constant contact{"contact"};
    /// The setup of a channel.
    static constexpr Constant channel{"channel"};
    /// A call.
    static constexpr Constant call{"call"};
    /// A tracked link or file.
    static constexpr Constant link{"link"};
};

/// Known values of Event::event. Events of the family `templates` have no name; events of the family
/// `channel` may have further names.
namespace event_names {
inline constexpr std::string_view message_queued = "message.queued";
inline constexpr std::string_view message_routed = "message.routed";
inline constexpr std::string_view message_scheduled = "message.scheduled";
inline constexpr std::string_view message_sent = "message.sent";
inline constexpr std::string_view message_delivered = "message.delivered";
inline constexpr std::string_view message_read = "message.read";
inline constexpr std::string_view message_failed = "message.failed";
inline constexpr std::string_view message_filtered = "message.filtered";
inline constexpr std::string_view message_blocked = "message.blocked";
inline constexpr std::string_view message_cancelled = "message.cancelled";
inline constexpr std::string_view message_received = "message.received";
inline constexpr std::string_view contact_opt_in = "contact.opt_in";
inline constexpr std::string_view contact_opt_out = "contact.opt_out";
inline constexpr std::string_view contact_help = "contact.help";
inline constexpr std::string_view contact_custom_keyword = "contact.custom_keyword";
inline constexpr std::string_view channel_submitted = "channel.submitted";
inline constexpr std::string_view channel_activated = "channel.activated";
inline constexpr std::string_view channel_deactivated = "channel.deactivated";
inline constexpr std::string_view channel_removed = "channel.removed";
inline constexpr std::string_view call_initiated = "call.initiated";
inline constexpr std::string_view call_answered = "call.answered";
inline constexpr std::string_view call_completed = "call.completed";
inline constexpr std::string_view call_failed = "call.failed";
inline constexpr std::string_view call_recording_ready = "call.recording_ready";
inline constexpr std::string_view link_clicked = "link.clicked";
inline constexpr std::string_view link_downloaded = "link.downloaded";
inline constexpr std::string_view link_expired = "link.expired";
inline constexpr std::string_view link_revoked = "link.revoked";
}  // namespace event_names

}  // namespace sent::webhooks

SENT_DETAIL_OPEN_ENUM(sent::webhooks::EventFamily, message, templates, contact, channel, call, link);
