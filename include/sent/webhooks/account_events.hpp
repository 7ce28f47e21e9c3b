#pragma once

#include <optional>
#include <string>
#include <vector>

#include <sent/json_text.hpp>
#include <sent/open_enum.hpp>
#include <sent/operation.hpp>
#include <sent/timestamp.hpp>
#include <sent/v3/common.hpp>

/// @file
/// Events of the families `templates`, `contact` and `channel`.

namespace sent::webhooks {

/// The review of a template has a result: family `templates`.
struct TemplateEvent {
    std::string account_id{};
    std::string template_id{};
    std::string template_name{};
    /// Empty until the template is approved.
    std::string whatsapp_template_id{};
    TemplateStatus status{};
    std::string language{};
    TemplateCategory category{};
    /// Each channel of a template is reviewed separately. If it is empty, the decision applies to the whole
    /// template, and a rejection blocks every channel.
    Channel channel{};
    /// Why the template was rejected.
    std::optional<std::string> reason{};
    /// Only for the service's own auto-reply templates, which are reviewed as well.
    std::optional<AutoReplyAction> auto_reply_action{};
};

/// Source of a consent signal. The service may add values.
class ConsentSource : public OpenEnum<ConsentSource> {
  public:
    using OpenEnum::OpenEnum;
    /// The contact has written a keyword.
    static constexpr Constant inbound_keyword{"INBOUND_KEYWORD"};
    /// The provider of the channel reported it.
    static constexpr Constant provider_signal{"PROVIDER_SIGNAL"};
};

/// A contact has opted in or out, asked for help, or written one of your own keywords: `contact.opt_in`,
/// `contact.opt_out`, `contact.help`, `contact.custom_keyword`. Only the first two change the consent. If
/// there are two such events, the one with the later Event::timestamp applies; within the same second, read
/// the contact.
struct ContactEvent {
    std::string account_id{};
    std::string contact_id{};
    /// Same as `from`. Deliveries from before October 2026 use this name.
    std::string phone_number{};
    Channel channel{};
    /// Whether the contact is opted out after the signal. If the member is missing, it follows from the
    /// event's name.
    bool opt_out = false;
    ConsentSource source{};
    /// Id of the message that carried the signal.
    std::optional<std::string> message_id{};
    /// What the contact wrote.
    std::optional<std::string> text{};
    /// The **contact's** number, E.164. Reply to it.
    std::string from{};
    /// **Your** number, E.164. Absent for RCS and for signals without a number.
    std::optional<std::string> to{};
    /// Agent that the contact wrote to. RCS only.
    std::optional<std::string> agent_id{};
    /// The auto-reply template that matched. For `contact.custom_keyword` it shows which keyword.
    std::optional<std::string> template_id{};
};

/// State of a channel's setup. The service may add values.
class ChannelStatus : public OpenEnum<ChannelStatus> {
  public:
    using OpenEnum::OpenEnum;
    static constexpr Constant provisioning{"PROVISIONING"};
    /// The setup waits for you.
    static constexpr Constant action_needed{"ACTION_NEEDED"};
    static constexpr Constant pending_review{"PENDING_REVIEW"};
    static constexpr Constant active{"ACTIVE"};
    static constexpr Constant inactive{"INACTIVE"};
};

/// A document of a channel's registration.
struct ComplianceDocument {
    std::string key{};
    std::string document_id{};
    std::string file_name{};
};

/// A channel's registration with the carriers.
struct ChannelCompliance {
    /// The API does not define its structure.
    RawJson brand{};
    /// The API does not define its structure.
    RawJson campaign{};
    std::vector<ComplianceDocument> documents{};
    /// The API does not define its structure. Only the newest deliveries have it.
    RawJson campaigns{};
};

/// The setup of a channel has changed: `channel.submitted`, `channel.activated`, `channel.deactivated`,
/// `channel.removed` and others. Event and status are independent: a correction of a live channel is
/// `channel.submitted` with ACTIVE. When the service removes a sender, it sent `channel.deactivated` until
/// October 2026 and sends `channel.removed` since then: handle both.
struct ChannelEvent {
    std::string account_id{};
    Channel channel{};
    /// Country code, ISO 3166-1 alpha-2.
    std::string country{};
    /// Empty if the channel has none.
    std::string number_type{};
    std::optional<std::string> sender_value{};
    ChannelStatus status{};
    /// `CHANNEL_...`. Empty while the status is ACTIVE.
    std::optional<std::string> reason_code{};
    std::optional<std::string> reason{};
    std::optional<ChannelCompliance> compliance{};
    std::optional<Timestamp> updated_at{};
};

}  // namespace sent::webhooks

SENT_DETAIL_OPEN_ENUM(sent::webhooks::ConsentSource, inbound_keyword, provider_signal);
SENT_DETAIL_OPEN_ENUM(sent::webhooks::ChannelStatus, provisioning, action_needed, pending_review, active,
                      inactive);
SENT_DETAIL_DESCRIBE_WEBHOOK(sent::webhooks::TemplateEvent);
SENT_DETAIL_DESCRIBE_WEBHOOK(sent::webhooks::ContactEvent);
SENT_DETAIL_DESCRIBE_WEBHOOK(sent::webhooks::ComplianceDocument);
SENT_DETAIL_DESCRIBE_WEBHOOK(sent::webhooks::ChannelCompliance);
SENT_DETAIL_DESCRIBE_WEBHOOK(sent::webhooks::ChannelEvent);
