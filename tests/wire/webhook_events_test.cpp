#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include <gtest/gtest.h>

#include <sent/webhooks/events.hpp>

#include "wire/golden.hpp"

/// Deliveries from tests/data/webhooks, one for each event of each family, and bodies that are none.

namespace {

namespace event_names = sent::webhooks::event_names;
using sent::AutoReplyAction;
using sent::Channel;
using sent::ErrorKind;
using sent::TemplateCategory;
using sent::TemplateStatus;
using sent::webhooks::CallEvent;
using sent::webhooks::ChannelEvent;
using sent::webhooks::ChannelStatus;
using sent::webhooks::ConsentSource;
using sent::webhooks::ContactEvent;
using sent::webhooks::Event;
using sent::webhooks::EventFamily;
using sent::webhooks::EventPayload;
using sent::webhooks::InboundMessage;
using sent::webhooks::LinkEvent;
using sent::webhooks::LinkKind;
using sent::webhooks::MessageStatusEvent;
using sent::webhooks::parse_event;
using sent::webhooks::parse_logged_event;
using sent::webhooks::TemplateEvent;
using sent::webhooks::TrafficClass;
using sent::webhooks::UnknownEvent;

const std::string directory = std::string{SENT_TEST_DATA_DIR} + "/webhooks/";

std::string delivery(const std::string& name) {
    std::string body = wire::read_file(directory + name + ".json");
    body.pop_back();
    return body;
}

Event parsed(std::string_view body) {
    auto event = parse_event(body);
    EXPECT_TRUE(event) << body;
    return event ? *std::move(event) : Event{};
}

template <class T>
T payload(const Event& event) {
    const auto* found = std::get_if<T>(&event.payload);
    EXPECT_NE(found, nullptr) << event.raw.text;
    return found != nullptr ? *found : T{};
}

template <class T>
T golden_payload(const std::string& name) {
    return payload<T>(parsed(delivery(name)));
}

sent::Timestamp at(std::string_view time) {
    return sent::parse_timestamp(time).value();
}

constexpr auto account = "11111111-2222-4333-8444-555555555555";
constexpr auto message_id = "c0a8012e-5f43-4b57-a1d1-2f0d7f6e9b10";
constexpr auto template_id = "7ba7b820-9dad-11d1-80b4-00c04fd430c8";
constexpr auto contact_number = "+12025550123";
constexpr auto own_number = "+12025550199";

// The envelope

TEST(WebhookEvent, HoldsTheEnvelopeAndTheBodyAsItCame) {
    const auto body = delivery("message.failed");
    const auto event = parsed(body);
    EXPECT_EQ(event.field, EventFamily::message);
    EXPECT_EQ(event.event, event_names::message_failed);
    EXPECT_EQ(event.timestamp, at("2026-08-01T09:00:06Z"));
    EXPECT_EQ(event.request_id, "req_9f3c");
    EXPECT_EQ(event.raw.text, body);
}

TEST(WebhookEvent, HasNoRequestIdWhenItIsNullOrMissing) {
    EXPECT_EQ(parsed(delivery("message.received")).request_id, std::nullopt);
    EXPECT_EQ(parsed(delivery("message.read")).request_id, std::nullopt);
}

TEST(WebhookEvent, IsReadWhateverTheOrderOfItsMembers) {
    const auto status = payload<MessageStatusEvent>(
        parsed(R"({"payload":{"message_id":"m1"},"event":"message.sent","field":"message"})"));
    EXPECT_EQ(status.message_id, "m1");
    const auto link =
        payload<LinkEvent>(parsed(R"({"payload":{"record_id":"r1"},"event":"link.clicked","field":"link"})"));
    EXPECT_EQ(link.record_id, "r1");
}

TEST(WebhookEvent, IsToldByItsNameAndNotByItsMembers) {
    const std::string members =
        R"("payload":{"message_id":"m1","template_id":"t1","contact_id":"c1","call_id":"k1","record_id":"r1"}})";
    EXPECT_EQ(payload<CallEvent>(parsed(R"({"field":"call","event":"call.failed",)" + members)).call_id,
              "k1");
    EXPECT_EQ(payload<TemplateEvent>(parsed(R"({"field":"templates",)" + members)).template_id, "t1");
    // Neither half of the name is enough.
    payload<UnknownEvent>(parsed(R"({"field":"message",)" + members));
    payload<UnknownEvent>(parsed(R"({"event":"message.sent",)" + members));
    payload<UnknownEvent>(parsed(R"({"field":"call","event":"message.sent",)" + members));
}

TEST(WebhookEvent, LastOfDuplicateMembersCountsWhole) {
    const auto status = payload<MessageStatusEvent>(
        parsed(R"({"field":"message","event":"message.sent","payload":{"message_id":"m1","channel":"sms"},)"
               R"("payload":{"message_id":"m2"}})"));
    EXPECT_EQ(status.message_id, "m2");
    EXPECT_TRUE(status.channel.empty());
}

// Messages that were sent

struct StatusCase {
    const char* event;
    const char* status;
    const char* channel;
};

void PrintTo(const StatusCase& row, std::ostream* out) {
    *out << row.event;
}

class WebhookStatusEvent : public testing::TestWithParam<StatusCase> {};

TEST_P(WebhookStatusEvent, HasStatusChannelAndMessage) {
    const auto event = parsed(delivery(GetParam().event));
    EXPECT_EQ(event.event, GetParam().event);
    const auto status = payload<MessageStatusEvent>(event);
    EXPECT_EQ(status.message_status.str(), GetParam().status);
    EXPECT_EQ(status.channel.str(), GetParam().channel);
    EXPECT_EQ(status.account_id, account);
    EXPECT_EQ(status.message_id, message_id);
    EXPECT_EQ(status.outbound_number, contact_number);
    EXPECT_EQ(status.updated_at, at("2026-08-01T09:00:05Z"));
}

INSTANTIATE_TEST_SUITE_P(Golden, WebhookStatusEvent,
                         testing::Values(StatusCase{"message.queued", "QUEUED", "sent"},
                                         StatusCase{"message.routed", "ROUTED", "sms"},
                                         StatusCase{"message.scheduled", "SCHEDULED", "sent"},
                                         StatusCase{"message.sent", "SENT", "sms"},
                                         StatusCase{"message.delivered", "DELIVERED", "sms"},
                                         StatusCase{"message.read", "READ", "whatsapp"},
                                         StatusCase{"message.failed", "FAILED", "rcs"},
                                         StatusCase{"message.filtered", "FILTERED", "auto"},
                                         StatusCase{"message.blocked", "BLOCKED", "auto"},
                                         StatusCase{"message.cancelled", "CANCELLED", "auto"}));

TEST(WebhookStatusEvent, HasEveryOptionalMember) {
    const auto failed = golden_payload<MessageStatusEvent>("message.failed");
    EXPECT_EQ(failed.inbound_number, own_number);
    EXPECT_EQ(failed.template_id, template_id);
    EXPECT_EQ(failed.template_name, "order_confirmation");
    EXPECT_EQ(failed.agent_id, "agent_7");
    EXPECT_EQ(failed.body, "Hi Ada, order 12345 is on its way.");
    const auto scheduled = golden_payload<MessageStatusEvent>("message.scheduled");
    EXPECT_EQ(scheduled.schedule_reason, "quiet_hours");
    EXPECT_EQ(scheduled.scheduled_at, at("2026-08-02T07:00:00Z"));
}

TEST(B36_StatusEvent, SaysWhyAMessageGotNoFurther) {
    const auto failed = golden_payload<MessageStatusEvent>("message.failed");
    EXPECT_EQ(failed.reason_code, "DELIVERY_007");
    EXPECT_EQ(failed.reason, "The recipient is not registered on this channel");
    EXPECT_EQ(golden_payload<MessageStatusEvent>("message.filtered").reason_code, "BUSINESS_004");
    EXPECT_EQ(golden_payload<MessageStatusEvent>("message.blocked").reason_code, "BUSINESS_003");
}

TEST(WebhookStatusEvent, SaysWhichTimeWasCalledOff) {
    const auto cancelled = golden_payload<MessageStatusEvent>("message.cancelled");
    EXPECT_EQ(cancelled.scheduled_at, at("2026-08-02T07:00:00Z"));
    EXPECT_EQ(cancelled.schedule_reason, std::nullopt);
}

TEST(WebhookStatusEvent, LeavesEmptyWhatIsNotThere) {
    const auto status = golden_payload<MessageStatusEvent>("message.delivered");
    EXPECT_EQ(status.inbound_number, std::nullopt);
    EXPECT_EQ(status.template_id, std::nullopt);
    EXPECT_EQ(status.template_name, std::nullopt);
    EXPECT_EQ(status.agent_id, std::nullopt);
    EXPECT_EQ(status.body, std::nullopt);
    EXPECT_EQ(status.schedule_reason, std::nullopt);
    EXPECT_EQ(status.scheduled_at, std::nullopt);
    EXPECT_EQ(status.reason_code, std::nullopt);
    EXPECT_EQ(status.reason, std::nullopt);
}

// Messages that came in

TEST(WebhookInboundMessage, HasEveryMember) {
    const auto message = golden_payload<InboundMessage>("message.received");
    EXPECT_EQ(message.account_id, account);
    EXPECT_EQ(message.message_id, "6c1b0a99-2d7e-4c3e-8a5f-9f4e6a2c0b1d");
    EXPECT_EQ(message.channel, Channel::whatsapp);
    EXPECT_EQ(message.inbound_number, contact_number);
    EXPECT_EQ(message.outbound_number, own_number);
    EXPECT_EQ(message.text, "Café ☕ ok");
    EXPECT_EQ(message.received_at, at("2026-03-14T09:22:10Z"));
    EXPECT_EQ(message.updated_at, at("2026-03-14T09:22:10Z"));
    ASSERT_EQ(message.media.size(), 2U);
    EXPECT_EQ(message.media[0].url, "https://media.example.com/1");
    EXPECT_EQ(message.media[0].mime_type, "image/jpeg");
    EXPECT_EQ(message.media[0].size_bytes, 48213);
    EXPECT_EQ(message.media[0].hash_sha256,
              "4a06323a6fcdd28e3074294ffb08ba2855bfd977249f3ec194c5203cd2a95458");
    EXPECT_EQ(message.media[1].url, std::nullopt);
    EXPECT_EQ(message.media[1].size_bytes, std::nullopt);
}

TEST(WebhookInboundMessage, MayHaveNeitherTextNorMedia) {
    const auto message = golden_payload<InboundMessage>("message.received.no_text");
    EXPECT_EQ(message.text, std::nullopt);
    EXPECT_TRUE(message.media.empty());
}

TEST(WebhookInboundMessage, IsReadFromItsOldNames) {
    const auto event = parsed(delivery("old.received"));
    EXPECT_EQ(event.field.str(), "message");
    EXPECT_EQ(event.event, event_names::message_received);
    const auto message = payload<InboundMessage>(event);
    EXPECT_EQ(message.inbound_number, contact_number);
    EXPECT_EQ(message.outbound_number, own_number);
    EXPECT_EQ(message.channel, Channel::whatsapp);
}

TEST(WebhookInboundMessage, PrefersItsNewNamesWhateverTheOrder) {
    const auto message = payload<InboundMessage>(parsed(
        R"({"field":"message","event":"message.received","payload":{"from":"+1","inbound_number":"+2",)"
        R"("outbound_number":"+3","to":"+4","channel":"rcs","provider":"acme"}})"));
    EXPECT_EQ(message.inbound_number, "+2");
    EXPECT_EQ(message.outbound_number, "+3");
    EXPECT_EQ(message.channel, Channel::rcs);
}

// Older shapes

TEST(WebhookEvent, IsReadFromItsOldNames) {
    for (const auto* name : {"old.messages.sub_type", "old.value"}) {
        SCOPED_TRACE(name);
        const auto event = parsed(delivery(name));
        EXPECT_EQ(event.field.str(), "message");
        EXPECT_EQ(event.event, event_names::message_delivered);
        EXPECT_EQ(payload<MessageStatusEvent>(event).message_id, message_id);
    }
}

TEST(WebhookEvent, PrefersTheNewNamesOfItsMembers) {
    const auto status = payload<MessageStatusEvent>(
        parsed(R"({"field":"message","sub_type":"message.received","event":"message.sent",)"
               R"("value":{"message_id":"old"},"payload":{"message_id":"new"}})"));
    EXPECT_EQ(status.message_id, "new");
    const auto call = payload<CallEvent>(parsed(
        R"({"field":"call","event":"call.failed","payload":{"call_id":"new"},"value":{"call_id":"old"}})"));
    EXPECT_EQ(call.call_id, "new");
}

TEST(WebhookEvent, TakesTheOldNamesWhereTheNewOnesAreOfNoUse) {
    for (const auto* useless : {"null", "7", "[]"}) {
        SCOPED_TRACE(useless);
        const std::string rest =
            R"(,"value":{"message_id":"m1","call_id":"k1"},"payload":)" + std::string{useless} + '}';
        EXPECT_EQ(payload<MessageStatusEvent>(
                      parsed(R"({"field":"message","event":null,"sub_type":"message.sent")" + rest))
                      .message_id,
                  "m1");
        EXPECT_EQ(payload<CallEvent>(parsed(R"({"field":"call","event":"","sub_type":"call.failed")" + rest))
                      .call_id,
                  "k1");
    }
}

// Templates

TEST(WebhookTemplateEvent, HasEveryMember) {
    const auto event = parsed(delivery("templates.rejected"));
    EXPECT_EQ(event.field, EventFamily::templates);
    EXPECT_EQ(event.event, "");
    const auto rejected = payload<TemplateEvent>(event);
    EXPECT_EQ(rejected.account_id, account);
    EXPECT_EQ(rejected.template_id, template_id);
    EXPECT_EQ(rejected.template_name, "order_confirmation");
    EXPECT_EQ(rejected.whatsapp_template_id, "");
    EXPECT_EQ(rejected.status, TemplateStatus::rejected);
    EXPECT_EQ(rejected.language, "en_US");
    EXPECT_EQ(rejected.category, TemplateCategory::utility);
    EXPECT_EQ(rejected.channel, Channel::whatsapp);
    EXPECT_EQ(rejected.reason, "INVALID_FORMAT");
    EXPECT_EQ(golden_payload<TemplateEvent>("templates.approved").whatsapp_template_id, "1234567890123456");
    EXPECT_EQ(golden_payload<TemplateEvent>("templates.approved").reason, std::nullopt);
}

TEST(WebhookTemplateEvent, OfTheWholeTemplateHasNoChannel) {
    const auto rejected = golden_payload<TemplateEvent>("templates.rejected.whole");
    EXPECT_TRUE(rejected.channel.empty());
    EXPECT_EQ(rejected.reason, "INVALID_FORMAT");
    EXPECT_EQ(rejected.auto_reply_action, std::nullopt);
}

TEST(WebhookTemplateEvent, TellsTheServicesOwnTemplatesApart) {
    EXPECT_EQ(golden_payload<TemplateEvent>("templates.auto_reply").auto_reply_action,
              AutoReplyAction::opt_out);
}

TEST(WebhookTemplateEvent, HasEveryStatus) {
    EXPECT_EQ(golden_payload<TemplateEvent>("templates.revoked").status, TemplateStatus::revoked);
    EXPECT_EQ(golden_payload<TemplateEvent>("templates.pending").status, TemplateStatus::pending);
    EXPECT_EQ(golden_payload<TemplateEvent>("templates.approved").status, TemplateStatus::approved);
    EXPECT_EQ(golden_payload<TemplateEvent>("templates.category_updated").status,
              TemplateStatus::category_updated);
    EXPECT_EQ(golden_payload<TemplateEvent>("templates.paused").status, TemplateStatus::paused);
    EXPECT_EQ(golden_payload<TemplateEvent>("templates.disabled").status, TemplateStatus::disabled);
}

// Contacts

TEST(B36_ContactEvent, HasEveryMemberOfToday) {
    const auto contact = golden_payload<ContactEvent>("contact.opt_out");
    EXPECT_EQ(contact.account_id, account);
    EXPECT_EQ(contact.contact_id, "6ba7b810-9dad-11d1-80b4-00c04fd430c8");
    EXPECT_EQ(contact.from, contact_number);
    EXPECT_EQ(contact.phone_number, contact_number);
    EXPECT_EQ(contact.to, "+12025550140");
    EXPECT_EQ(contact.agent_id, std::nullopt);
    EXPECT_EQ(contact.channel, Channel::sms);
    EXPECT_TRUE(contact.opt_out);
    EXPECT_EQ(contact.source, ConsentSource::inbound_keyword);
    EXPECT_EQ(contact.message_id, message_id);
    EXPECT_EQ(contact.template_id, "3d0b9a3e-8a52-4f0e-9d4e-0f8f4b0c1a11");
    EXPECT_EQ(contact.text, "STOP");
    const auto rcs = golden_payload<ContactEvent>("contact.help");
    EXPECT_EQ(rcs.from, contact_number);
    EXPECT_EQ(rcs.to, std::nullopt);
    EXPECT_EQ(rcs.agent_id, "agent_7");
    EXPECT_EQ(rcs.template_id, std::nullopt);
}

TEST(B36_ContactEvent, HasItsNumberAlsoInDeliveriesOfBeforeOctober2026) {
    const auto contact = golden_payload<ContactEvent>("old.contact");
    EXPECT_EQ(contact.from, contact_number);
    EXPECT_EQ(contact.phone_number, contact_number);
    const auto both = payload<ContactEvent>(
        parsed(R"({"field":"contact","event":"contact.help","payload":{"phone_number":"+1","from":"+2"}})"));
    EXPECT_EQ(both.from, "+2");
    for (const auto* useless : {"null", "[]", "\"\""}) {
        const auto old = payload<ContactEvent>(
            parsed(R"({"field":"contact","event":"contact.help","payload":{"phone_number":"+1","from":)" +
                   std::string{useless} + "}}"));
        EXPECT_EQ(old.from, "+1") << useless;
    }
}

TEST(B36_ContactEvent, OfACustomKeywordIsNoChangeOfConsent) {
    const auto event = parsed(delivery("contact.custom_keyword"));
    EXPECT_EQ(event.event, event_names::contact_custom_keyword);
    const auto contact = payload<ContactEvent>(event);
    EXPECT_FALSE(contact.opt_out);
    EXPECT_EQ(contact.text, "HOURS");
    EXPECT_EQ(contact.template_id, "0b5b8d34-6a0f-4a41-8d1b-2f6f6f6f0c22");
    for (const std::string name : {"contact.custom_keyword", "contact.help"}) {
        const auto silent = parsed(R"({"field":"contact","event":")" + name + R"(","payload":{}})");
        EXPECT_FALSE(payload<ContactEvent>(silent).opt_out) << name << " without `opt_out`";
    }
}

TEST(WebhookContactEvent, SaysWhetherTheContactIsOptedOut) {
    EXPECT_FALSE(golden_payload<ContactEvent>("contact.opt_in").opt_out);
    const auto help = golden_payload<ContactEvent>("contact.help");
    EXPECT_TRUE(help.opt_out);
    EXPECT_EQ(help.source, ConsentSource::provider_signal);
    EXPECT_EQ(help.message_id, std::nullopt);
    EXPECT_EQ(help.text, std::nullopt);
}

TEST(WebhookContactEvent, OptsOutByItsNameWhereThePayloadDoesNotSay) {
    for (const auto* content : {"{}", R"({"opt_out":null})", R"({"opt_out":"yes"})", "null"}) {
        SCOPED_TRACE(content);
        const std::string rest = R"(","payload":)" + std::string{content} + '}';
        EXPECT_TRUE(
            payload<ContactEvent>(parsed(R"({"field":"contact","event":"contact.opt_out)" + rest)).opt_out);
        EXPECT_FALSE(
            payload<ContactEvent>(parsed(R"({"field":"contact","event":"contact.opt_in)" + rest)).opt_out);
    }
}

// Channels

TEST(WebhookChannelEvent, HasEveryMember) {
    const auto channel = golden_payload<ChannelEvent>("channel.action_needed");
    EXPECT_EQ(channel.account_id, account);
    EXPECT_EQ(channel.channel, Channel::sms);
    EXPECT_EQ(channel.country, "US");
    EXPECT_EQ(channel.number_type, "TEN_DLC");
    EXPECT_EQ(channel.sender_value, std::nullopt);
    EXPECT_EQ(channel.status, ChannelStatus::action_needed);
    EXPECT_EQ(channel.reason_code, "CHANNEL_004");
    EXPECT_EQ(channel.reason, "A document is missing.");
    EXPECT_EQ(channel.updated_at, at("2026-09-20T11:00:00Z"));
    ASSERT_TRUE(channel.compliance);
    EXPECT_EQ(channel.compliance->brand.text, R"({"name":"Ada's Books","tier":2})");
    EXPECT_EQ(channel.compliance->campaign.text, R"([1,{"id":"c1"}])");
    ASSERT_EQ(channel.compliance->documents.size(), 2U);
    EXPECT_EQ(channel.compliance->documents[0].key, "business_registration");
    EXPECT_EQ(channel.compliance->documents[0].document_id, "doc_1");
    EXPECT_EQ(channel.compliance->documents[0].file_name, "registration.pdf");
}

TEST(WebhookChannelEvent, IsOfItsFamilyWhateverItsName) {
    const auto submitted = parsed(delivery("channel.submitted"));
    EXPECT_EQ(submitted.event, event_names::channel_submitted);
    EXPECT_EQ(payload<ChannelEvent>(submitted).status, ChannelStatus::pending_review);
    EXPECT_FALSE(payload<ChannelEvent>(submitted).compliance);
    EXPECT_EQ(payload<ChannelEvent>(submitted).number_type, "");
    const auto activated = parsed(delivery("channel.activated"));
    EXPECT_EQ(activated.event, event_names::channel_activated);
    EXPECT_EQ(payload<ChannelEvent>(activated).status, ChannelStatus::active);
    EXPECT_EQ(payload<ChannelEvent>(activated).sender_value, own_number);
    EXPECT_EQ(payload<ChannelEvent>(
                  parsed(R"({"field":"channel","event":"channel.moved","payload":{"country":"DE"}})"))
                  .country,
              "DE");
}

TEST(B36_ChannelEvent, OfARemovedSenderHasEitherName) {
    for (const auto name : {event_names::channel_removed, event_names::channel_deactivated}) {
        const auto event = parsed(delivery(std::string{name}));
        EXPECT_EQ(event.event, name);
        const auto channel = payload<ChannelEvent>(event);
        EXPECT_EQ(channel.status, ChannelStatus::inactive);
        EXPECT_EQ(channel.reason_code, "CHANNEL_009");
    }
    EXPECT_EQ(golden_payload<ChannelEvent>("channel.removed").compliance->campaigns.text, R"([{"id":"c1"}])");
}

// Calls

TEST(WebhookCallEvent, HasEveryMember) {
    const auto completed = golden_payload<CallEvent>("call.completed");
    EXPECT_EQ(completed.call_id, "call_1a2b");
    EXPECT_EQ(completed.account_id, account);
    EXPECT_EQ(completed.channel, Channel::voice);
    EXPECT_EQ(completed.number, contact_number);
    EXPECT_EQ(completed.updated_at, at("2026-09-20T11:00:00Z"));
    EXPECT_EQ(completed.duration_seconds, 42);
    EXPECT_EQ(completed.price, 0.014);
    EXPECT_EQ(golden_payload<CallEvent>("call.failed").reason, "no_answer");
    EXPECT_EQ(golden_payload<CallEvent>("call.recording_ready").recording_id, "rec_77");
}

TEST(WebhookCallEvent, LeavesEmptyWhatDoesNotApply) {
    for (const auto* name : {"call.initiated", "call.answered"}) {
        const auto call = golden_payload<CallEvent>(name);
        EXPECT_EQ(call.call_id, "call_1a2b");
        EXPECT_EQ(call.duration_seconds, std::nullopt);
        EXPECT_EQ(call.price, std::nullopt);
        EXPECT_EQ(call.reason, std::nullopt);
        EXPECT_EQ(call.recording_id, std::nullopt);
    }
}

// Links

TEST(WebhookLinkEvent, HasEveryMember) {
    const auto link = golden_payload<LinkEvent>("link.clicked");
    EXPECT_EQ(link.record_id, "lnk5k7q2");
    EXPECT_EQ(link.customer_id, account);
    EXPECT_EQ(link.sender_profile_id, "770e8400-e29b-41d4-a716-446655440002");
    EXPECT_EQ(link.message_id, message_id);
    EXPECT_EQ(link.channel, Channel::sms);
    EXPECT_EQ(link.link_kind, LinkKind::url);
    EXPECT_EQ(link.occurred_at, at("2026-10-02T18:30:00Z"));
    EXPECT_EQ(link.traffic_class, TrafficClass::likely_human);
    EXPECT_EQ(link.access_country, "US");
    EXPECT_EQ(link.device, "mobile");
    EXPECT_EQ(link.browser, "Safari");
    EXPECT_EQ(link.referrer_host, "example.com");
    EXPECT_EQ(link.request_method, "GET");
    EXPECT_EQ(link.status_code, 302);
    EXPECT_EQ(link.bytes_served, 5'000'000'000);
    EXPECT_EQ(link.access_outcome, "redirected");
    EXPECT_EQ(link.reference_key, "spring-sale");
}

TEST(WebhookLinkEvent, MayHaveItsRecordOnly) {
    const auto downloaded = golden_payload<LinkEvent>("link.downloaded");
    EXPECT_EQ(downloaded.link_kind, LinkKind::file);
    EXPECT_EQ(downloaded.traffic_class, TrafficClass::provider);
    EXPECT_EQ(golden_payload<LinkEvent>("link.expired").message_id, std::nullopt);
    const auto revoked = golden_payload<LinkEvent>("link.revoked");
    EXPECT_EQ(revoked.record_id, "lnk5k7q2");
    EXPECT_EQ(revoked.customer_id, account);
    EXPECT_EQ(revoked.link_kind, std::nullopt);
    EXPECT_EQ(revoked.status_code, std::nullopt);
}

// The log of deliveries

TEST(LoggedEvent, IsReadAsTheDeliveryWas) {
    for (const auto& entry : std::filesystem::directory_iterator(directory)) {
        const auto body = delivery(entry.path().stem().string());
        SCOPED_TRACE(body);
        const auto logged = parse_logged_event({body});
        const auto delivered = parsed(body);
        EXPECT_EQ(logged.event, delivered.event);
        EXPECT_EQ(logged.payload.index(), delivered.payload.index());
        EXPECT_EQ(logged.raw.text, body);
    }
}

TEST(LoggedEvent, IsUnknownWhateverElseItIs) {
    for (const auto* content :
         {"", "null", "7", "[1]", "\"text\"", "{}", "{\"field\":\"wallet\"}", "{broken"}) {
        const auto event = parse_logged_event({content});
        EXPECT_TRUE(std::holds_alternative<UnknownEvent>(event.payload)) << content;
        EXPECT_EQ(event.raw.text, content);
    }
}

TEST(WebhookEvent, MayHaveNoPayload) {
    const auto event = parsed(R"({"field":"message","event":"message.delivered"})");
    EXPECT_EQ(payload<MessageStatusEvent>(event).message_id, "");
}

// What no document names

TEST(WebhookUnknownEvent, KeepsItsNameAndItsPayload) {
    const auto family = parsed(delivery("unknown.family"));
    EXPECT_EQ(family.field.str(), "wallet");
    EXPECT_EQ(family.event, "wallet.low");
    EXPECT_EQ(payload<UnknownEvent>(family).payload.text, R"({"balance":"1.50","levels":[1,2]})");
    const auto event = parsed(delivery("unknown.event"));
    EXPECT_EQ(event.field, EventFamily::message);
    EXPECT_EQ(event.event, "message.translated");
    EXPECT_NE(payload<UnknownEvent>(event).payload.text.find(message_id), std::string::npos);
}

TEST(WebhookUnknownEvent, MayBeOfAKnownFamily) {
    for (const auto* body : {R"({"field":"message","event":"message.moved","payload":{}})",
                             R"({"field":"contact","event":"contact.moved","payload":{}})",
                             R"({"field":"call","event":"call.moved","payload":{}})",
                             R"({"field":"link","event":"link.moved","payload":{}})"}) {
        EXPECT_TRUE(std::holds_alternative<UnknownEvent>(parsed(body).payload)) << body;
    }
}

TEST(WebhookUnknownEvent, MayHaveAnyPayload) {
    EXPECT_EQ(payload<UnknownEvent>(parsed("{}")).payload.text, "");
    EXPECT_EQ(payload<UnknownEvent>(parsed(R"({"payload":null})")).payload.text, "");
    EXPECT_EQ(payload<UnknownEvent>(parsed(R"({"payload":[1, "a"]})")).payload.text, R"([1,"a"])");
    EXPECT_EQ(payload<UnknownEvent>(parsed(R"({"value":1.50})")).payload.text, "1.50");
}

TEST(WebhookEvent, KeepsUnknownMembersAndValues) {
    const auto event = parsed(delivery("unknown.members"));
    EXPECT_EQ(payload<MessageStatusEvent>(event).channel.str(), "pigeon");
    EXPECT_NE(event.raw.text.find(R"("carrier":{"name":"Example Mobile","mcc":310})"), std::string::npos);
    EXPECT_NE(event.raw.text.find(R"("trace":["a"])"), std::string::npos);
}

TEST(WebhookEvent, EveryGoldenFileIsAnEvent) {
    std::set<std::string> names;
    std::set<std::size_t> alternatives;
    for (const auto& entry : std::filesystem::directory_iterator(directory)) {
        const auto event = parsed(delivery(entry.path().stem().string()));
        names.insert(event.event);
        alternatives.insert(event.payload.index());
    }
    EXPECT_EQ(alternatives.size(), std::variant_size_v<EventPayload>);
    EXPECT_GE(names.size(), 28U);
}

// Bad input

/// Every member of every golden delivery, one at a time, as something else.
TEST(WebhookEvent, WrongTypesNullsAndMissingMembersNeverFail) {
    for (const auto& entry : std::filesystem::directory_iterator(directory)) {
        const auto body = delivery(entry.path().stem().string());
        std::size_t members = 0;
        for (auto colon = body.find("\":"); colon != std::string::npos; colon = body.find("\":", colon + 1)) {
            ++members;
            for (const std::string_view other :
                 {"null", "0", "-1.5e300", "true", "\"\"", "[]", "{}", "[[{}]]", R"({"a":[null]})"}) {
                // The old value moves under a name that nobody knows.
                std::string changed = body;
                changed.insert(colon + 2, std::string{other} + R"(,"elsewhere":)");
                EXPECT_TRUE(parse_event(changed)) << changed;
            }
        }
        EXPECT_GE(members, 4U);
    }
}

TEST(WebhookEvent, WrongTypesLeaveTheirMembersEmpty) {
    const auto event = parsed(R"({"field":"message","event":"message.sent","timestamp":17,"request_id":{},)"
                              R"("payload":{"message_id":["m1"],"updated_at":"yesterday","template_id":{},)"
                              R"("channel":null,"outbound_number":true}})");
    EXPECT_EQ(event.timestamp, std::nullopt);
    EXPECT_EQ(event.request_id, std::nullopt);
    const auto status = payload<MessageStatusEvent>(event);
    EXPECT_EQ(status.message_id, "");
    EXPECT_EQ(status.updated_at, std::nullopt);
    EXPECT_EQ(status.template_id, std::nullopt);
    EXPECT_TRUE(status.channel.empty());
}

TEST(WebhookEvent, PayloadThatIsNoObjectIsAnEmptyOne) {
    for (const auto* content : {"null", "\"text\"", "[1]", "7"}) {
        const auto status = payload<MessageStatusEvent>(
            parsed(R"({"field":"message","event":"message.sent","payload":)" + std::string{content} + '}'));
        EXPECT_EQ(status.message_id, "") << content;
        const auto inbound = payload<InboundMessage>(parsed(
            R"({"field":"message","event":"message.received","payload":)" + std::string{content} + '}'));
        EXPECT_EQ(inbound.message_id, "") << content;
    }
}

std::string nested(std::size_t levels) {
    return R"({"payload":)" + std::string(levels - 1, '[') + std::string(levels - 1, ']') + '}';
}

TEST(WebhookEvent, BodyThatIsNoJsonObjectIsAnError) {
    const std::string_view nul{"{\"field\":\"message\"}\0", 20};
    for (const std::string_view body :
         {std::string_view{""}, std::string_view{" "}, std::string_view{"null"}, std::string_view{" null "},
          std::string_view{"[]"}, std::string_view{"7"}, std::string_view{"\"message\""},
          std::string_view{"{\"field\":\"message\""}, std::string_view{"{}{}"},
          std::string_view{"field=message"}, std::string_view{"{\"field\":\"message\"\xC3\x28}"},
          std::string_view{"{\"a\":NaN}"}, nul}) {
        const auto event = parse_event(body);
        ASSERT_FALSE(event) << body;
        EXPECT_EQ(event.error().kind, ErrorKind::undecodable) << body;
        EXPECT_NE(event.error().message, "") << body;
    }
}

TEST(WebhookEvent, BodyThatIsNestedTooDeeplyIsAnError) {
    EXPECT_TRUE(parse_event(nested(64)));
    for (const std::size_t levels : {std::size_t{65}, std::size_t{100'000}}) {
        const auto event = parse_event(nested(levels));
        ASSERT_FALSE(event);
        EXPECT_EQ(event.error().kind, ErrorKind::undecodable);
    }
}

TEST(WebhookEvent, ErrorsDoNotRepeatTheBody) {
    const auto event = parse_event(R"({"field":"message","payload":{"outbound_number":"+12025550123" oops)");
    ASSERT_FALSE(event);
    EXPECT_EQ(to_string(event.error()).find("202555"), std::string::npos);
}

TEST(WebhookEvent, IsReadAfterAByteOrderMark) {
    const std::string body = "\xEF\xBB\xBF" + delivery("message.sent");
    const auto event = parsed(body);
    EXPECT_EQ(payload<MessageStatusEvent>(event).message_id, message_id);
    EXPECT_EQ(event.raw.text, body);
}

}  // namespace
