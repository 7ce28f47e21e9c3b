#pragma once

#include <map>
#include <string>

#include <sent/client.hpp>

namespace sent::v1 {

/// Sends a template message to a contact: `POST /v1/messages/contact`. See Messages::send_to_contact().
struct SendToContactRequest {
    /// Required.
    std::string contact_id{};
    /// Required.
    std::string template_id{};
    /// Values of the template's variables, by name of the variable. Sent as `messageBody`; left out when
    /// empty.
    std::map<std::string, std::string> message_body{};
    /// URL that receives the message's status updates. Optional. The service may ignore it, and does not
    /// document what it posts.
    std::string webhook_url{};
    /// The same values under their later name, `templateVariables`. Set this or `message_body`; a call with
    /// both fails with ErrorKind::invalid_request.
    std::map<std::string, std::string> template_variables{};
};

/// Sends a template message to a number, which need not be a contact: `POST /v1/messages/phone`. See
/// Messages::send_to_phone().
struct SendToPhoneRequest {
    /// Required. International format with `+`.
    std::string phone_number{};
    /// Required.
    std::string template_id{};
    /// Values of the template's variables, by name of the variable. Sent as `messageBody`; left out when
    /// empty.
    std::map<std::string, std::string> message_body{};
    /// URL that receives the message's status updates. Optional. The service may ignore it, and does not
    /// document what it posts.
    std::string webhook_url{};
    /// The same values under their later name, `templateVariables`. Set this or `message_body`; a call with
    /// both fails with ErrorKind::invalid_request.
    std::map<std::string, std::string> template_variables{};
};

/// Sends messages through v1. Thread-safe.
///
/// The service answers 204 without a message id and does not support idempotency keys. So if it is unknown
/// whether a send took effect, the library does not retry it and the call ends with an Error whose outcome is
/// Outcome::unknown. Errors: ErrorKind::invalid_request if a required member is missing, an error
/// for each of the statuses 400, 401, 403, 404 and 429, and the errors of the connection.
class SENT_EXPORT Messages {
  public:
    explicit Messages(Client client) noexcept : client_(std::move(client)) {}

    /// Sends a template message to a contact: `POST /v1/messages/contact`. Success means that the service
    /// accepted the message, not that it was delivered. If it is unknown whether the send took effect, the
    /// library does not retry it and the call ends with Outcome::unknown.
    Result<void> send_to_contact(const SendToContactRequest& request, const CallOptions& options = {}) const;
    /// Sends a template message to a number: `POST /v1/messages/phone`. Success means that the service
    /// accepted the message, not that it was delivered. If it is unknown whether the send took effect, the
    /// library does not retry it and the call ends with Outcome::unknown.
    Result<void> send_to_phone(const SendToPhoneRequest& request, const CallOptions& options = {}) const;

  private:
    Client client_;
};

}  // namespace sent::v1

SENT_DETAIL_DESCRIBE(sent::v1::SendToContactRequest);
SENT_DETAIL_DESCRIBE(sent::v1::SendToPhoneRequest);
SENT_DETAIL_OPERATION(sent::v1::SendToContactRequest, void);
SENT_DETAIL_OPERATION(sent::v1::SendToPhoneRequest, void);
