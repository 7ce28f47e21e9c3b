#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <sent/client.hpp>
#include <sent/open_enum.hpp>
#include <sent/timestamp.hpp>

namespace sent::v2 {

/// Status of a message. Open enumeration: see OpenEnum. Comparison ignores ASCII case.
class MessageStatus : public OpenEnum<MessageStatus> {
  public:
    using OpenEnum::OpenEnum;
    static constexpr Constant queued{"queued"};
    static constexpr Constant sent{"sent"};
    static constexpr Constant delivered{"delivered"};
    static constexpr Constant read{"read"};
    static constexpr Constant failed{"failed"};
};

/// Channel of a message: `SMS` or `WhatsApp`. Open enumeration: see OpenEnum. Comparison ignores ASCII case.
class Channel : public OpenEnum<Channel> {
  public:
    using OpenEnum::OpenEnum;
    static constexpr Constant sms{"SMS"};
    static constexpr Constant whatsapp{"WhatsApp"};
};

/// Sends a template message to a contact: `POST /v2/messages/contact`. See Messages::send_to_contact().
struct SendToContactRequest {
    /// Required.
    std::string contact_id{};
    /// Required.
    std::string template_id{};
    /// Values of the template's variables, by name of the variable. Left out when empty.
    std::map<std::string, std::string> template_variables{};
};

/// Sends a template message to a number, which need not be a contact: `POST /v2/messages/phone`. See
/// Messages::send_to_phone().
struct SendToPhoneRequest {
    /// Required. International format with `+`.
    std::string phone_number{};
    /// Required.
    std::string template_id{};
    /// Values of the template's variables, by name of the variable. Left out when empty.
    std::map<std::string, std::string> template_variables{};
};

/// Sends free text inside the account's default template: `POST /v2/messages/quick-message`. The service
/// accepts 5 a day for each account. See Messages::send_quick_message().
struct SendQuickMessageRequest {
    /// Required. International format with `+`.
    std::string phone_number{};
    /// Required.
    std::string custom_message{};
};

/// Reads a message: `GET /v2/messages/{id}`. See Messages::get().
struct GetMessageRequest {
    /// Required.
    std::string id{};
};

/// A button as it was sent.
struct MessageButton {
    std::string type{};
    std::string value{};
};

/// Content of a message after the variables were filled in.
struct MessageBody {
    std::optional<std::string> header{};
    std::string content{};
    std::optional<std::string> footer{};
    std::vector<MessageButton> buttons{};
};

/// One status change of a message.
struct MessageEvent {
    MessageStatus status{};
    std::optional<Timestamp> timestamp{};
    /// Reason of a failure, as text for people.
    std::optional<std::string> description{};
};

/// A message. Members that the service leaves out are empty.
struct Message {
    std::string id{};
    /// Account that sent the message.
    std::string customer_id{};
    std::string contact_id{};
    /// Number of the recipient, E.164.
    std::string phone_number{};
    std::string phone_number_international{};
    /// Country of the recipient, ISO 3166-1 alpha-2.
    std::string region_code{};
    std::optional<std::string> template_id{};
    std::string template_name{};
    /// Category of the template. TemplateCategory has the known values.
    std::string template_category{};
    Channel channel{};
    std::optional<MessageBody> message_body{};
    MessageStatus status{};
    std::optional<Timestamp> created_at{};
    /// Final price, a decimal number as text. The service does not document the currency.
    std::optional<std::string> corrected_price{};
    /// Status changes, oldest first.
    std::vector<MessageEvent> events{};
};

/// Sends and reads messages through v2. Thread-safe.
///
/// The service answers sends with 204 without a message id and does not support idempotency keys. So if it is
/// unknown whether a send took effect, the library does not retry it and the call ends with an Error whose
/// outcome is Outcome::unknown. Errors: ErrorKind::invalid_request if a required member is missing, an error
/// for each of the statuses 400, 401, 403, 404 and 429, and the errors of the connection.
class SENT_EXPORT Messages {
  public:
    explicit Messages(Client client) noexcept : client_(std::move(client)) {}

    /// Sends a template message to a contact: `POST /v2/messages/contact`. Success means that the service
    /// accepted the message, not that it was delivered. If it is unknown whether the send took effect, the
    /// library does not retry it and the call ends with Outcome::unknown.
    Result<void> send_to_contact(const SendToContactRequest& request, const CallOptions& options = {}) const;
    /// Sends a template message to a number: `POST /v2/messages/phone`. Success means that the service
    /// accepted the message, not that it was delivered. If it is unknown whether the send took effect, the
    /// library does not retry it and the call ends with Outcome::unknown.
    Result<void> send_to_phone(const SendToPhoneRequest& request, const CallOptions& options = {}) const;
    /// Sends free text inside the account's default template: `POST /v2/messages/quick-message`. If the day's
    /// limit of 5 is used up, the call fails with ErrorKind::rate_limited. If it is unknown whether the send
    /// took effect, the library does not retry it and the call ends with Outcome::unknown.
    Result<void> send_quick_message(const SendQuickMessageRequest& request,
                                    const CallOptions& options = {}) const;
    /// Returns the message with this id: `GET /v2/messages/{id}`. A read: retried after transient failures.
    /// If the id is unknown, the call fails with ErrorKind::not_found.
    Result<Message> get(std::string id, const CallOptions& options = {}) const;

  private:
    Client client_;
};

}  // namespace sent::v2

SENT_DETAIL_OPEN_ENUM(sent::v2::MessageStatus, queued, sent, delivered, read, failed);
SENT_DETAIL_OPEN_ENUM(sent::v2::Channel, sms, whatsapp);

SENT_DETAIL_DESCRIBE(sent::v2::SendToContactRequest);
SENT_DETAIL_DESCRIBE(sent::v2::SendToPhoneRequest);
SENT_DETAIL_DESCRIBE(sent::v2::SendQuickMessageRequest);
SENT_DETAIL_DESCRIBE(sent::v2::GetMessageRequest);
SENT_DETAIL_DESCRIBE(sent::v2::MessageButton);
SENT_DETAIL_DESCRIBE(sent::v2::MessageBody);
SENT_DETAIL_DESCRIBE(sent::v2::MessageEvent);
SENT_DETAIL_DESCRIBE(sent::v2::Message);
SENT_DETAIL_OPERATION(sent::v2::SendToContactRequest, void);
SENT_DETAIL_OPERATION(sent::v2::SendToPhoneRequest, void);
SENT_DETAIL_OPERATION(sent::v2::SendQuickMessageRequest, void);
SENT_DETAIL_OPERATION(sent::v2::GetMessageRequest, sent::v2::Message);
