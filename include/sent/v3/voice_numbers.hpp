#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include <sent/client.hpp>
#include <sent/open_enum.hpp>
#include <sent/page.hpp>
#include <sent/secret.hpp>
#include <sent/timestamp.hpp>
#include <sent/v3/voice_callback_test.hpp>

/// @file
/// Numbers that make and receive calls. `sent/webhooks/voice_question.hpp` has the functions for their
/// callback URL. The vendor enables calls for an account on request.

namespace sent {
inline namespace v3 {

/// Status of a voice number. Open enumeration: see OpenEnum.
class VoiceNumberStatus : public OpenEnum<VoiceNumberStatus> {
  public:
    using OpenEnum::OpenEnum;
    static constexpr Constant active{"ACTIVE"};
    static constexpr Constant inactive{"INACTIVE"};
};

/// A number that makes and receives calls. Members that the service leaves out are empty.
struct VoiceNumber {
    /// E.164.
    std::string number{};
    VoiceNumberStatus status{};
    /// Whether calls from an app use this number. Exactly one active number has it while there is any.
    bool default_for_app_calls = false;
    std::optional<std::string> callback_url{};
    std::optional<Timestamp> created_at{};
    std::optional<Timestamp> updated_at{};
    /// Secret that verifies questions, `whsec_...`. Only VoiceNumbers::create() returns it: store it.
    Secret callback_secret{};
};

/// Turns on calls for a number, or **buys** a number: `POST /v3/channels/voice`. See VoiceNumbers::create().
struct CreateVoiceNumberRequest {
    /// Required. Absolute http or https URL on a public host, which decides what happens to calls.
    std::string callback_url{};
    /// A number of the account, E.164. If it is absent, a new US number is bought. An empty one is refused.
    std::optional<std::string> number{};
    /// US area code of the number that is bought. Not together with `number`.
    std::optional<std::string> area_code{};
    /// Whether calls from an app use this number. The first voice number gets this role by itself.
    std::optional<bool> default_for_app_calls{};
};

/// Lists voice numbers: `GET /v3/channels/voice`. See VoiceNumbers::list().
struct ListVoiceNumbersRequest {};

/// Reads a voice number: `GET /v3/channels/voice/{number}`. See VoiceNumbers::get().
struct GetVoiceNumberRequest {
    /// Required. E.164.
    std::string number{};
};

/// Changes a voice number: `PATCH /v3/channels/voice/{number}`. Set at least one of the optional members.
/// See VoiceNumbers::update().
struct UpdateVoiceNumberRequest {
    /// Required. E.164.
    std::string number{};
    /// Replaces the URL and keeps the secret.
    std::optional<std::string> callback_url{};
    std::optional<VoiceNumberStatus> status{};
    /// Only `true`: to move the role, give it to another number.
    std::optional<bool> default_for_app_calls{};
};

/// Creates a token with which a user of an app registers: `POST /v3/channels/voice/tokens`. See
/// VoiceNumbers::create_token().
struct CreateVoiceTokenRequest {
    /// Required. 1 to 200 letters, digits, `_` and `-`.
    std::string identity{};
    /// A voice number, E.164. Defaults to the number for calls from an app.
    std::optional<std::string> number{};
    /// Life of the token in seconds, at most 3600. Defaults to 600.
    std::optional<std::int32_t> ttl{};
};

/// Token with which a user of an app registers.
struct VoiceToken {
    Secret token{};
    std::string identity{};
    std::string number{};
    std::optional<Timestamp> expires_at{};
};

/// Replaces the callback secret: `POST /v3/channels/voice/{number}/rotate-secret`. See
/// VoiceNumbers::rotate_secret().
struct RotateVoiceSecretRequest {
    /// Required. E.164.
    std::string number{};
};

/// New callback secret of a voice number. The old one is invalid at once.
struct VoiceSecret {
    /// `whsec_...`.
    Secret callback_secret{};
};

/// Manages the voice numbers of the account. Thread-safe. If the number is unknown, a call fails with
/// ErrorKind::not_found.
class SENT_EXPORT VoiceNumbers {
  public:
    explicit VoiceNumbers(Client client) noexcept : client_(std::move(client)) {}

    /// Turns on calls for a number, or **buys** a number if the request has none: `POST /v3/channels/voice`.
    /// For a number that has calls already, replaces its URL, keeps its secret and turns it on again. Store
    /// the `callback_secret` of the answer. A write with an idempotency key: retried with the same key after
    /// transient failures, and never without a key if it may have taken effect.
    Result<VoiceNumber> create(const CreateVoiceNumberRequest& request,
                               const CallOptions& options = {}) const;
    /// Returns all voice numbers, active or not, oldest first, in one page: `GET /v3/channels/voice`. A read:
    /// retried after transient failures.
    Result<Page<VoiceNumber>> list(const CallOptions& options = {}) const;
    /// Returns a voice number: `GET /v3/channels/voice/{number}`. A read: retried after transient failures.
    Result<VoiceNumber> get(std::string number, const CallOptions& options = {}) const;
    /// Changes a voice number: `PATCH /v3/channels/voice/{number}`. A write with an idempotency key: retried
    /// with the same key after transient failures. If the request changes nothing, the call fails with
    /// ErrorKind::invalid_request and nothing is sent. Turning off the number for calls from an app while
    /// others are active fails with ErrorKind::conflict and is not retried.
    Result<VoiceNumber> update(const UpdateVoiceNumberRequest& request,
                               const CallOptions& options = {}) const;
    /// Creates a token: `POST /v3/channels/voice/tokens`. A write with an idempotency key: retried with the
    /// same key after transient failures.
    Result<VoiceToken> create_token(const CreateVoiceTokenRequest& request,
                                    const CallOptions& options = {}) const;
    /// Replaces the callback secret and returns the new one:
    /// `POST /v3/channels/voice/{number}/rotate-secret`. The old secret is invalid at once. A write with an
    /// idempotency key: retried with the same key after transient failures, and never without a key if it may
    /// have taken effect.
    Result<VoiceSecret> rotate_secret(std::string number, const CallOptions& options = {}) const;
    /// Sends one signed test question to the callback URL and returns what came back:
    /// `POST /v3/channels/voice/{number}/test`. It places no call and costs nothing. A failed test is a
    /// success of the call: read VoiceCallbackTest::outcome. A write with an idempotency key: retried with
    /// the same key after transient failures.
    Result<VoiceCallbackTest> test(std::string number, const CallOptions& options = {}) const;

  private:
    Client client_;
};

}  // namespace v3
}  // namespace sent

SENT_DETAIL_OPEN_ENUM(sent::v3::VoiceNumberStatus, active, inactive);

SENT_DETAIL_DESCRIBE(sent::v3::VoiceNumber);
SENT_DETAIL_DESCRIBE(sent::Page<sent::v3::VoiceNumber>);
SENT_DETAIL_DESCRIBE(sent::v3::CreateVoiceNumberRequest);
SENT_DETAIL_DESCRIBE(sent::v3::ListVoiceNumbersRequest);
SENT_DETAIL_DESCRIBE(sent::v3::GetVoiceNumberRequest);
SENT_DETAIL_DESCRIBE(sent::v3::UpdateVoiceNumberRequest);
SENT_DETAIL_DESCRIBE(sent::v3::CreateVoiceTokenRequest);
SENT_DETAIL_DESCRIBE(sent::v3::VoiceToken);
SENT_DETAIL_DESCRIBE(sent::v3::RotateVoiceSecretRequest);
SENT_DETAIL_DESCRIBE(sent::v3::VoiceSecret);
SENT_DETAIL_OPERATION(sent::v3::CreateVoiceNumberRequest, sent::v3::VoiceNumber);
SENT_DETAIL_OPERATION(sent::v3::ListVoiceNumbersRequest, sent::Page<sent::v3::VoiceNumber>);
SENT_DETAIL_OPERATION(sent::v3::GetVoiceNumberRequest, sent::v3::VoiceNumber);
SENT_DETAIL_OPERATION(sent::v3::UpdateVoiceNumberRequest, sent::v3::VoiceNumber);
SENT_DETAIL_OPERATION(sent::v3::CreateVoiceTokenRequest, sent::v3::VoiceToken);
SENT_DETAIL_OPERATION(sent::v3::RotateVoiceSecretRequest, sent::v3::VoiceSecret);
