#pragma once

#include <optional>
#include <string>
#include <vector>

#include <sent/export.hpp>
#include <sent/json_text.hpp>
#include <sent/open_enum.hpp>
#include <sent/operation.hpp>
#include <sent/timestamp.hpp>
#include <sent/v3/common.hpp>

namespace sent {
inline namespace v3 {

/// Direction of a message. Open enumeration: see OpenEnum.
class MessageDirection : public OpenEnum<MessageDirection> {
  public:
    using OpenEnum::OpenEnum;
    static constexpr Constant outbound{"OUTBOUND"};
    static constexpr Constant inbound{"INBOUND"};
};

/// Reads a message: `GET /v3/messages/{id}`. See Messages::get().
struct GetMessageRequest {
    /// Required.
    std::string id{};
};

/// Cancels a message that is still held: `POST /v3/messages/{id}/cancel`. See Messages::cancel().
struct CancelMessageRequest {
    /// Required.
    std::string id{};
};

/// A button as it was sent.
struct MessageButton {
    std::string type{};
    std::string value{};
    std::optional<std::string> text{};
    std::optional<std::string> postback_data{};
};

/// A media file, such as a picture, of a message.
struct MessageMedia {
    std::string url{};
    /// Such as `image/png`.
    std::optional<std::string> media_type{};
};

/// Content of a message after the parameters were filled in.
struct MessageBody {
    std::optional<std::string> header{};
    std::string content{};
    std::optional<std::string> footer{};
    std::vector<MessageButton> buttons{};
    /// Only for MMS.
    std::optional<std::string> subject{};
    std::vector<MessageMedia> media{};
    /// Media of the header, as JSON. header_media_of() reads it.
    RawJson header_media{};
};

/// A picture, video or document above the text of a message.
struct MessageHeaderMedia {
    /// `image`, `video` or `document`.
    std::string type{};
    std::string url{};
};

/// Reads MessageBody::header_media. Returns nothing if the message has no header media.
[[nodiscard]] SENT_EXPORT std::optional<MessageHeaderMedia> header_media_of(const MessageBody& body);

/// One status change of a message.
struct MessageEvent {
    MessageStatus status{};
    std::optional<Timestamp> timestamp{};
    std::optional<std::string> description{};
};

/// A message. Members that the service leaves out are empty.
struct Message {
    std::string id{};
    std::string customer_id{};
    std::string contact_id{};
    /// Number of the contact, E.164.
    std::string phone{};
    std::string phone_international{};
    /// Country of the contact, ISO 3166-1 alpha-2.
    std::string region_code{};
    std::optional<std::string> template_id{};
    std::optional<std::string> template_name{};
    std::optional<TemplateCategory> template_category{};
    Channel channel{};
    std::optional<MessageBody> message_body{};
    MessageStatus status{};
    MessageDirection direction{};
    std::optional<Timestamp> created_at{};
    /// Price. It is a number on the wire, and the service does not document the currency.
    /// MessageActivity::price has the exact text.
    std::optional<double> price{};
    std::optional<double> active_contact_price{};
    std::vector<MessageEvent> events{};
    /// Only for a message that is or was held, by SendMessageRequest::scheduled_at or by quiet hours. If the
    /// message was cancelled, this is the time for which it was scheduled.
    std::optional<Timestamp> scheduled_at{};
    /// JSON of any shape.
    RawJson metadata{};
};

/// Reads the activities of a message: `GET /v3/messages/{id}/activities`. See Messages::activities().
struct GetMessageActivitiesRequest {
    /// Required.
    std::string id{};
};

/// One activity of a message, such as a status change.
struct MessageActivity {
    MessageStatus status{};
    std::string description{};
    std::optional<std::string> from{};
    std::optional<Timestamp> timestamp{};
    /// A decimal number with 4 places, as text.
    std::optional<std::string> price{};
    std::optional<std::string> active_contact_price{};
    /// Only for SCHEDULED. If quiet hours moved the message, it has two such activities.
    std::optional<Timestamp> scheduled_at{};
    /// Code of the reason why the message was not delivered, such as `DELIVERY_007` (`docs/errors.md`,
    /// "Reason codes"). The set is open.
    std::optional<std::string> reason_code{};
    /// The same reason as a sentence, whose wording may change.
    std::optional<std::string> reason{};
};

/// Activities of a message.
struct MessageActivities {
    std::string message_id{};
    /// Newest first.
    std::vector<MessageActivity> activities{};
    std::optional<Pagination> pagination{};
};

}  // namespace v3
}  // namespace sent

SENT_DETAIL_OPEN_ENUM(sent::v3::MessageDirection, outbound, inbound);
SENT_DETAIL_DESCRIBE(sent::v3::GetMessageRequest);
SENT_DETAIL_DESCRIBE(sent::v3::CancelMessageRequest);
SENT_DETAIL_DESCRIBE(sent::v3::MessageButton);
SENT_DETAIL_DESCRIBE(sent::v3::MessageMedia);
SENT_DETAIL_DESCRIBE(sent::v3::MessageBody);
SENT_DETAIL_DESCRIBE(sent::v3::MessageHeaderMedia);
SENT_DETAIL_DESCRIBE(sent::v3::MessageEvent);
SENT_DETAIL_DESCRIBE(sent::v3::Message);
SENT_DETAIL_DESCRIBE(sent::v3::GetMessageActivitiesRequest);
SENT_DETAIL_DESCRIBE(sent::v3::MessageActivity);
SENT_DETAIL_DESCRIBE(sent::v3::MessageActivities);
SENT_DETAIL_OPERATION(sent::v3::GetMessageRequest, sent::v3::Message);
SENT_DETAIL_OPERATION(sent::v3::CancelMessageRequest, sent::v3::Message);
SENT_DETAIL_OPERATION(sent::v3::GetMessageActivitiesRequest, sent::v3::MessageActivities);
