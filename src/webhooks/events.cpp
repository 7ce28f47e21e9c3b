#include <sent/webhooks/events.hpp>

#include "json/field.hpp"

namespace sent::detail {
namespace {

using webhooks::CallEvent;
using webhooks::ChannelCompliance;
using webhooks::ChannelEvent;
using webhooks::ComplianceDocument;
using webhooks::ContactEvent;
using webhooks::InboundMessage;
using webhooks::LinkEvent;
using webhooks::MessageStatusEvent;
using webhooks::ReceivedMedia;
using webhooks::TemplateEvent;

/// Current events have the number in `from`.
bool has_an_old_number(const ContactEvent& contact) {
    return contact.phone_number != contact.from;
}

}  // namespace

SENT_TABLE(MessageStatusEvent,
           field<&MessageStatusEvent::account_id>("account_id"),
           field<&MessageStatusEvent::message_id>("message_id"),
           field<&MessageStatusEvent::message_status>("message_status"),
           field<&MessageStatusEvent::channel>("channel"),
           field<&MessageStatusEvent::outbound_number>("outbound_number"),
           field<&MessageStatusEvent::inbound_number>("inbound_number"),
           field<&MessageStatusEvent::template_id>("template_id"),
           field<&MessageStatusEvent::template_name>("template_name"),
           field<&MessageStatusEvent::agent_id>("agent_id"),
           field<&MessageStatusEvent::updated_at>("updated_at"),
           field<&MessageStatusEvent::body>("body"),
           field<&MessageStatusEvent::schedule_reason>("schedule_reason"),
           field<&MessageStatusEvent::scheduled_at>("scheduled_at"),
           field<&MessageStatusEvent::reason_code>("reason_code"),
           field<&MessageStatusEvent::reason>("reason"));
SENT_TABLE(ReceivedMedia,
           field<&ReceivedMedia::url>("url"),
           field<&ReceivedMedia::mime_type>("mime_type"),
           field<&ReceivedMedia::size_bytes>("size_bytes"),
           field<&ReceivedMedia::hash_sha256>("hash_sha256"));
SENT_TABLE(InboundMessage,
           field<&InboundMessage::account_id>("account_id"),
           field<&InboundMessage::message_id>("message_id"),
           field<&InboundMessage::channel>("channel"),
           field<&InboundMessage::inbound_number>("inbound_number"),
           field<&InboundMessage::outbound_number>("outbound_number"),
           field<&InboundMessage::text>("text"),
           field<&InboundMessage::received_at>("received_at"),
           field<&InboundMessage::updated_at>("updated_at"),
           field<&InboundMessage::media>("media"));
SENT_TABLE(TemplateEvent,
           field<&TemplateEvent::account_id>("account_id"),
           field<&TemplateEvent::template_id>("template_id"),
           field<&TemplateEvent::template_name>("template_name"),
           field<&TemplateEvent::whatsapp_template_id>("whatsapp_template_id"),
           field<&TemplateEvent::status>("status"),
           field<&TemplateEvent::language>("language"),
           field<&TemplateEvent::category>("category"),
           field<&TemplateEvent::channel>("channel"),
           field<&TemplateEvent::reason>("reason"),
           field<&TemplateEvent::auto_reply_action>("auto_reply_action"));
SENT_TABLE(ContactEvent,
           field<&ContactEvent::account_id>("account_id"),
           field<&ContactEvent::contact_id>("contact_id"),
           field<&ContactEvent::phone_number>("phone_number").when<&has_an_old_number>(),
           field<&ContactEvent::channel>("channel"),
           field<&ContactEvent::opt_out>("opt_out"),
           field<&ContactEvent::source>("source"),
           field<&ContactEvent::message_id>("message_id"),
           field<&ContactEvent::text>("text"),
           field<&ContactEvent::from>("from"),
           field<&ContactEvent::to>("to"),
           field<&ContactEvent::agent_id>("agent_id"),
           field<&ContactEvent::template_id>("template_id"));
SENT_TABLE(ComplianceDocument,
           field<&ComplianceDocument::key>("key"),
           field<&ComplianceDocument::document_id>("document_id"),
           field<&ComplianceDocument::file_name>("file_name"));
SENT_TABLE(ChannelCompliance,
           field<&ChannelCompliance::brand>("brand"),
           field<&ChannelCompliance::campaign>("campaign"),
           field<&ChannelCompliance::documents>("documents"),
           field<&ChannelCompliance::campaigns>("campaigns"));
SENT_TABLE(ChannelEvent,
           field<&ChannelEvent::account_id>("account_id"),
           field<&ChannelEvent::channel>("channel"),
           field<&ChannelEvent::country>("country"),
           field<&ChannelEvent::number_type>("number_type"),
           field<&ChannelEvent::sender_value>("sender_value"),
           field<&ChannelEvent::status>("status"),
           field<&ChannelEvent::reason_code>("reason_code"),
           field<&ChannelEvent::reason>("reason"),
           field<&ChannelEvent::compliance>("compliance"),
           field<&ChannelEvent::updated_at>("updated_at"));
SENT_TABLE(CallEvent,
           field<&CallEvent::call_id>("call_id"),
           field<&CallEvent::account_id>("account_id"),
           field<&CallEvent::channel>("channel"),
           field<&CallEvent::number>("number"),
           field<&CallEvent::updated_at>("updated_at"),
           field<&CallEvent::duration_seconds>("duration_seconds"),
           field<&CallEvent::price>("price"),
           field<&CallEvent::reason>("reason"),
           field<&CallEvent::recording_id>("recording_id"));
SENT_TABLE(LinkEvent,
           field<&LinkEvent::record_id>("record_id"),
           field<&LinkEvent::customer_id>("customer_id"),
           field<&LinkEvent::sender_profile_id>("sender_profile_id"),
           field<&LinkEvent::message_id>("message_id"),
           field<&LinkEvent::channel>("channel"),
           field<&LinkEvent::link_kind>("link_kind"),
           field<&LinkEvent::occurred_at>("occurred_at"),
           field<&LinkEvent::traffic_class>("traffic_class"),
           field<&LinkEvent::access_country>("access_country"),
           field<&LinkEvent::device>("device"),
           field<&LinkEvent::browser>("browser"),
           field<&LinkEvent::referrer_host>("referrer_host"),
           field<&LinkEvent::request_method>("request_method"),
           field<&LinkEvent::status_code>("status_code"),
           field<&LinkEvent::bytes_served>("bytes_served"),
           field<&LinkEvent::access_outcome>("access_outcome"),
           field<&LinkEvent::reference_key>("reference_key"));

}  // namespace sent::detail
