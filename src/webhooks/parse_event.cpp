#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <sent/webhooks/events.hpp>

#include "json/decode.hpp"
#include "json/field.hpp"
#include "webhooks/bodies.hpp"

namespace sent::detail {
namespace {

/// The names of an inbound message's members before May 2026. The service may return to them.
struct OldInboundNames {
    std::string from{};
    std::string to{};
    Channel provider{};
};

constexpr Field old_inbound_fields[] = {
    field<&OldInboundNames::from>("from"),
    field<&OldInboundNames::to>("to"),
    field<&OldInboundNames::provider>("provider"),
};
constexpr StructInfo old_inbound_info{"webhooks::OldInboundNames", old_inbound_fields};

}  // namespace
}  // namespace sent::detail

namespace sent::webhooks {
namespace {

namespace names = event_names;
using detail::EnvelopeMember;
using detail::type_info;

constexpr std::string_view status_events[] = {
    names::message_queued,    names::message_routed,    names::message_scheduled, names::message_sent,
    names::message_delivered, names::message_read,      names::message_failed,    names::message_filtered,
    names::message_blocked,   names::message_cancelled,
};
constexpr std::string_view contact_events[] = {names::contact_opt_in, names::contact_opt_out,
                                               names::contact_help, names::contact_custom_keyword};
constexpr std::string_view call_events[] = {names::call_initiated, names::call_answered,
                                            names::call_completed, names::call_failed,
                                            names::call_recording_ready};
constexpr std::string_view link_events[] = {names::link_clicked, names::link_downloaded, names::link_expired,
                                            names::link_revoked};

template <std::size_t Count>
bool is_one_of(const std::string& event, const std::string_view (&known)[Count]) noexcept {
    return std::find(std::begin(known), std::end(known), event) != std::end(known);
}

bool is_object(const RawJson& json) noexcept {
    return !json.text.empty() && json.text.front() == '{';
}

/// Returns the text of `payload`, or of the member with its older name.
RawJson payload_of(std::string_view body) {
    RawJson payload;
    RawJson value;
    EnvelopeMember members[] = {{"payload", &type_info<RawJson>, &payload},
                                {"value", &type_info<RawJson>, &value}};
    (void)detail::decode_envelope(body, members);
    const bool older = payload.text.empty() || (!is_object(payload) && is_object(value));
    return older ? std::move(value) : std::move(payload);
}

/// A payload, and whether its lists exceed the limit on their memory.
struct Payload {
    RawJson json{};
    detail::Room room = 0;
    bool is_too_large = false;
};

/// Decodes the payload. Missing members keep their values; a payload that is not an object has no members.
template <class T>
T read(Payload& payload, T object = {}) {
    if (is_object(payload.json)) {
        const auto decoded = detail::decode(payload.json.text, object, payload.room);
        payload.is_too_large = decoded.status == detail::DecodeStatus::too_large;
    }
    return object;
}

template <class Text>
void fill_if_empty(Text& target, Text old) {
    if (target.empty()) {
        target = std::move(old);
    }
}

InboundMessage read_inbound(Payload& payload) {
    auto message = read<InboundMessage>(payload);
    if (message.inbound_number.empty() || message.outbound_number.empty() || message.channel.empty()) {
        detail::OldInboundNames old;
        (void)detail::decode(payload.json.text, detail::old_inbound_info, &old);
        fill_if_empty(message.inbound_number, std::move(old.from));
        fill_if_empty(message.outbound_number, std::move(old.to));
        fill_if_empty(message.channel, std::move(old.provider));
    }
    return message;
}

ContactEvent read_contact(Payload& payload, const std::string& event) {
    ContactEvent contact;
    contact.opt_out = event == names::contact_opt_out;
    contact = read(payload, std::move(contact));
    // Until September 2026 there was only `phone_number`; since then there is only `from`.
    fill_if_empty(contact.from, contact.phone_number);
    fill_if_empty(contact.phone_number, contact.from);
    return contact;
}

/// Decodes any payload except a message's status, which the first pass has decoded.
EventPayload read_payload(Payload& payload, const EventFamily& field, const std::string& event) {
    if (field == EventFamily::message && event == names::message_received) {
        return read_inbound(payload);
    }
    if (field == EventFamily::templates) {
        return read<TemplateEvent>(payload);
    }
    if (field == EventFamily::contact && is_one_of(event, contact_events)) {
        return read_contact(payload, event);
    }
    if (field == EventFamily::channel) {
        return read<ChannelEvent>(payload);
    }
    if (field == EventFamily::call && is_one_of(event, call_events)) {
        return read<CallEvent>(payload);
    }
    if (field == EventFamily::link && is_one_of(event, link_events)) {
        return read<LinkEvent>(payload);
    }
    return UnknownEvent{std::move(payload.json)};
}

}  // namespace

Result<Event> parse_event(std::string_view body) {
    Event event;
    const auto room = detail::room_for_text(body.size());
    std::string sub_type;
    // Most deliveries are statuses, so the payload is decoded as one until the family is known. The family
    // may come after the payload.
    std::optional<MessageStatusEvent> status;
    std::optional<MessageStatusEvent> older_status;
    EnvelopeMember members[] = {{"field", &type_info<EventFamily>, &event.field},
                                {"event", &type_info<std::string>, &event.event},
                                {"timestamp", &type_info<std::optional<Timestamp>>, &event.timestamp},
                                {"payload", &type_info<std::optional<MessageStatusEvent>>, &status},
                                {"request_id", &type_info<std::optional<std::string>>, &event.request_id},
                                {"sub_type", &type_info<std::string>, &sub_type},
                                {"value", &type_info<std::optional<MessageStatusEvent>>, &older_status}};
    if (auto decoded = detail::decode_envelope(body, members, nullptr, room); !decoded) {
        return undecodable(std::move(decoded.message));
    }
    if (is_null(body)) {
        return undecodable("unexpected JSON: the whole: expected object, found null");
    }
    fill_if_empty(event.event, std::move(sub_type));
    if (event.field == EventFamily{"messages"}) {
        event.field = EventFamily::message;
    }
    if (event.field == EventFamily::message && is_one_of(event.event, status_events)) {
        event.payload = status         ? *std::move(status)
                        : older_status ? *std::move(older_status)
                                       : MessageStatusEvent{};
    } else {
        Payload payload{payload_of(body), room};
        event.payload = read_payload(payload, event.field, event.event);
        if (payload.is_too_large) {
            return undecodable("the lists of its payload take more memory than they may, which is " +
                               std::to_string(room) + " bytes for a body of this length");
        }
    }
    event.raw.text = body;
    return event;
}

Event parse_logged_event(const RawJson& event_data) {
    if (auto event = parse_event(event_data.text)) {
        return *std::move(event);
    }
    Event unknown;
    unknown.payload = UnknownEvent{event_data};
    unknown.raw = event_data;
    return unknown;
}

}  // namespace sent::webhooks
