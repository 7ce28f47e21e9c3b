#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <sent/client.hpp>
#include <sent/open_enum.hpp>
#include <sent/timestamp.hpp>

namespace sent::v2 {

/// Where a message stands. The set is open; compares without regard to case.
class MessageStatus : public OpenEnum<MessageStatus> {
  public:
    using OpenEnum::OpenEnum;
    static constexpr Constant queued{"queued"};
    static constexpr Constant sent{"sent"};
    static constexpr Constant delivered{"delivered"};
    static constexpr Constant read{"read"};
    static constexpr Constant failed{"failed"};
};

/// What a message travels by: `SMS`, `WhatsApp`. The set is open; compares without regard to case.
class Channel : public OpenEnum<Channel> {
  public:
    using OpenEnum::OpenEnum;
    static constexpr Constant sms{"SMS"};
    static constexpr Constant whatsapp{"WhatsApp"};
};

/// `POST /v2/messages/contact`: sends a template message to a contact.
struct SendToContactRequest {
    /// Required.
    std::string contact_id{};
    /// Required.
    std::string template_id{};
    /// Name of the template variable to its value. Left out when empty.
    std::map<std::string, std::string> template_variables{};
};

/// `POST /v2/messages/phone`: sends a template message to a number, contact or
/// not.
struct SendToPhoneRequest {
    /// Required; international format with `+`.
    std::string phone_number{};
    /// Required.
    std::string template_id{};
    /// Name of the template variable to its value. Left out when empty.
    std::map<std::string, std::string> template_variables{};
};

/// `POST /v2/messages/quick-message`: sends free text inside the account's default
/// template. The service accepts 5 per account and day.
struct SendQuickMessageRequest {
    /// Required; international format with `+`.
    std::string phone_number{};
    /// Required.
    std::string custom_message{};
};

/// `GET /v2/messages/{id}`.
struct GetMessageRequest {
    std::string id{};
};

/// A button as it was sent.
struct MessageButton {
    std::string type{};
    std::string value{};
};

/// A message's content after the variables were filled in.
struct MessageBody {
    std::optional<std::string> header{};
    std::string content{};
    std::optional<std::string> footer{};
    std::vector<MessageButton> buttons{};
};

/// One step of a message's life.
struct MessageEvent {
    MessageStatus status{};
    std::optional<Timestamp> timestamp{};
    /// Reason of a failure, in words.
    std::optional<std::string> description{};
};

/// A message. What the service leaves out is empty.
struct Message {
    std::string id{};
    /// The account that sent it.
    std::string customer_id{};
    std::string contact_id{};
    /// Recipient, E.164.
    std::string phone_number{};
    std::string phone_number_international{};
    /// ISO 3166-1 alpha-2.
    std::string region_code{};
    std::optional<std::string> template_id{};
    std::string template_name{};
    /// See TemplateCategory for values.
    std::string template_category{};
    Channel channel{};
    std::optional<MessageBody> message_body{};
    MessageStatus status{};
    std::optional<Timestamp> created_at{};
    /// Final price, a decimal number as text; the documentation names no currency.
    std::optional<std::string> corrected_price{};
    /// Oldest first.
    std::vector<MessageEvent> events{};
};

/// Sending and reading messages by v2. Thread-safe.
///
/// The sends answer 204 without an id, and know no idempotency key: a send that may have gone out is never
/// repeated by the library, and ends as an Error with Outcome::unknown. Errors: invalid_request for missing
/// members, 400, 401, 403, 404, 429, and those of the connection.
class SENT_EXPORT Messages {
  public:
    explicit Messages(Client client) noexcept : client_(std::move(client)) {}

    /// `POST /v2/messages/contact`. Success means that the service has accepted the message, not that it was
    /// delivered.
    Result<void> send_to_contact(const SendToContactRequest& request, const CallOptions& options = {}) const;
    /// `POST /v2/messages/phone`. Success means that the service has accepted the message, not that it was
    /// delivered.
    Result<void> send_to_phone(const SendToPhoneRequest& request, const CallOptions& options = {}) const;
    /// `POST /v2/messages/quick-message`. Beyond the day's limit: ErrorKind::rate_limited.
    Result<void> send_quick_message(const SendQuickMessageRequest& request,
                                    const CallOptions& options = {}) const;
    /// `GET /v2/messages/{id}`. A read: repeated when it fails for a passing reason. Unknown id:
    /// ErrorKind::not_found.
    Result<Message> get(std::string id, const CallOptions& options = {}) const;

  private:
    Client client_;
};

}  // namespace sent::v2

SENT_DETAIL_HASHABLE(sent::v2::MessageStatus);
SENT_DETAIL_HASHABLE(sent::v2::Channel);

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
