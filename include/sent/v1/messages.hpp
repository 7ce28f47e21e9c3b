#pragma once

#include <map>
#include <string>

#include <sent/client.hpp>

namespace sent::v1 {

/// `POST /v1/messages/contact`: sends a template message to a contact.
struct SendToContactRequest {
    /// Required.
    std::string contact_id{};
    /// Required.
    std::string template_id{};
    /// Template variable to value, sent as `messageBody`. Left out when empty.
    std::map<std::string, std::string> message_body{};
    /// Gets the message's status updates. The service may ignore it, and does not document what it posts.
    std::string webhook_url{};
    /// The same map under its later name, `templateVariables`. Set this or `message_body`, not both.
    std::map<std::string, std::string> template_variables{};
};

/// `POST /v1/messages/phone`: sends a template message to a number, contact or
/// not.
struct SendToPhoneRequest {
    /// Required; international format with `+`.
    std::string phone_number{};
    /// Required.
    std::string template_id{};
    /// Template variable to value, sent as `messageBody`. Left out when empty.
    std::map<std::string, std::string> message_body{};
    /// Gets the message's status updates. The service may ignore it, and does not document what it posts.
    std::string webhook_url{};
    /// The same map under its later name, `templateVariables`. Set this or `message_body`, not both.
    std::map<std::string, std::string> template_variables{};
};

/// Sending by v1. Thread-safe.
///
/// The service answers 204 without an id, and knows no idempotency key: a send that may have gone out is
/// never repeated by the library, and ends as an Error with Outcome::unknown. Errors: invalid_request for
/// missing members, 400, 401, 403, 404, 429, and those of the connection.
class SENT_EXPORT Messages {
  public:
    explicit Messages(Client client) noexcept : client_(std::move(client)) {}

    /// `POST /v1/messages/contact`. Success means that the service has accepted the message, not that it was
    /// delivered.
    Result<void> send_to_contact(const SendToContactRequest& request, const CallOptions& options = {}) const;
    /// `POST /v1/messages/phone`. Success means that the service has accepted the message, not that it was
    /// delivered.
    Result<void> send_to_phone(const SendToPhoneRequest& request, const CallOptions& options = {}) const;

  private:
    Client client_;
};

}  // namespace sent::v1

SENT_DETAIL_DESCRIBE(sent::v1::SendToContactRequest);
SENT_DETAIL_DESCRIBE(sent::v1::SendToPhoneRequest);
SENT_DETAIL_OPERATION(sent::v1::SendToContactRequest, void);
SENT_DETAIL_OPERATION(sent::v1::SendToPhoneRequest, void);
