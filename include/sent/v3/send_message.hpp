#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <sent/export.hpp>
#include <sent/open_enum.hpp>
#include <sent/operation.hpp>
#include <sent/timestamp.hpp>
#include <sent/v3/common.hpp>

namespace sent {
inline namespace v3 {

/// How the service chooses among several senders. Open enumeration: see OpenEnum.
class SenderStrategy : public OpenEnum<SenderStrategy> {
  public:
    using OpenEnum::OpenEnum;
    static constexpr Constant sticky{"sticky"};
    static constexpr Constant geo{"geo"};
};

/// Selects the template of a message. Set either `id` or `name`.
struct TemplateRef {
    std::optional<std::string> id{};
    std::optional<std::string> name{};
    /// Values of the template's variables, by name of the variable. Every variable that the template declares
    /// (Template::variables) needs a value; the service ignores other names. A template with an image header
    /// declares `header_image`: a public https URL, which the service fetches when it sends the message.
    std::map<std::string, std::string> parameters{};
};

/// The senders that the service may use on a channel.
struct SenderChoice {
    /// Active senders of this account, E.164. If several fit, the service prefers one with the recipient's
    /// area code.
    std::vector<std::string> from{};
    /// The service stores it but does not use it yet.
    std::optional<std::string> country{};
    /// The service stores it but does not use it yet.
    std::optional<SenderStrategy> strategy{};
};

/// Maximum number of recipients that the service accepts in one send.
inline constexpr std::size_t max_recipients_per_request = 1000;

/// Sends a message to each recipient on each channel: `POST /v3/messages`. See Messages::send().
///
/// **Several channels are a broadcast, not an order of preference:** each recipient gets one message on each
/// channel, and each message is billed. To send each recipient one message on a channel that the service
/// chooses, leave `channel` empty. See message_count().
struct SendMessageRequest {
    /// Required. 1 to 1,000 numbers, E.164. Messages::send_to_many() splits longer lists.
    std::vector<std::string> to{};
    /// If it is empty, which is the default, the service chooses one channel (Channel::automatic). If it has
    /// several, each recipient gets one billed message on each.
    std::vector<Channel> channel{};
    /// Template of the message. Set either this or `text`. `template` on the wire.
    std::optional<TemplateRef> template_ref{};
    /// Free text. The service decides about each message after the 202 (`docs/v3.md`, "Free text"). On
    /// WhatsApp alone, the message is sent within 24 hours of the contact's last WhatsApp message; otherwise
    /// it is FAILED. On other channels, it is sent if the contact has replied, or for 7 days after the last
    /// approved template; otherwise it is BLOCKED.
    std::optional<std::string> text{};
    /// Time of a scheduled send, 1 minute to 30 days from now. The library writes it with an explicit offset,
    /// which the service requires. The service checks balance, approval and quiet hours when it releases the
    /// message; quiet hours can hold it longer.
    std::optional<Timestamp> scheduled_at{};
    /// Public https URLs, which the service fetches after the send. Only for MMS, where they replace the
    /// template's media; every other channel ignores them. If the service chooses the channel, only a message
    /// with media can be sent as MMS.
    std::vector<std::string> media_urls{};
    /// Only for MMS, where it replaces the template's subject; every other channel ignores it.
    std::optional<std::string> subject{};
    /// Permitted senders by channel (`sms`, ...; the service refuses `sent`). It does not select channels:
    /// `channel` does. A channel that is not listed may use any sender. If none of the listed numbers is an
    /// active sender, the service accepts the request and the message ends as BLOCKED with `BUSINESS_029`.
    std::map<std::string, std::vector<SenderChoice>> channels{};
};

/// Returns the number of messages that the request creates, each of which is billed: recipients times
/// channels. An empty `channel` counts as one.
[[nodiscard]] SENT_EXPORT std::size_t message_count(const SendMessageRequest& request) noexcept;

/// One message that a send created.
struct SentMessage {
    /// Id for Messages::get(). The service may leave it out.
    std::optional<std::string> message_id{};
    std::string to{};
    /// Channel as requested. If it is empty, the service chooses; the member does not show the choice.
    Channel channel{};
    /// Text with the parameters filled in.
    std::optional<std::string> body{};
};

/// Answer to `POST /v3/messages`. The service has accepted the messages; it has not delivered them. If the
/// balance is too low, the template is not approved or no conversation is open, the message becomes BLOCKED
/// later. If the contact has opted out, it becomes FILTERED.
struct SendMessageResponse {
    MessageStatus status{};
    std::optional<std::string> template_id{};
    std::optional<std::string> template_name{};
    std::vector<SentMessage> recipients{};
    /// Only for a scheduled send.
    std::optional<Timestamp> scheduled_at{};
};

/// Sends a finished message again: `POST /v3/messages/{id}/resend`. See Messages::resend().
struct ResendMessageRequest {
    /// Required.
    std::string id{};
};

}  // namespace v3
}  // namespace sent

SENT_DETAIL_OPEN_ENUM(sent::v3::SenderStrategy, sticky, geo);
SENT_DETAIL_DESCRIBE(sent::v3::TemplateRef);
SENT_DETAIL_DESCRIBE(sent::v3::SenderChoice);
SENT_DETAIL_DESCRIBE(sent::v3::SendMessageRequest);
SENT_DETAIL_DESCRIBE(sent::v3::SentMessage);
SENT_DETAIL_DESCRIBE(sent::v3::SendMessageResponse);
SENT_DETAIL_DESCRIBE(sent::v3::ResendMessageRequest);
SENT_DETAIL_OPERATION(sent::v3::SendMessageRequest, sent::v3::SendMessageResponse);
SENT_DETAIL_OPERATION(sent::v3::ResendMessageRequest, sent::v3::SendMessageResponse);
