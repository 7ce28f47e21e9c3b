#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include <sent/client.hpp>
#include <sent/page.hpp>
#include <sent/v3/call.hpp>

/// @file
/// The conference of a live call: who is in it, and who comes and goes.

namespace sent {
inline namespace v3 {

/// Somebody in the conference of a call.
struct CallParticipant {
    /// Also the id of a call, which Calls::get() returns.
    std::string id{};
    /// `user`, `number` or `anonymous`.
    CallPartyKind kind{};
    /// Identity or number (E.164). Absent for an anonymous caller.
    std::optional<std::string> value{};
    bool muted = false;
    std::int32_t duration_seconds = 0;
};

/// Lists who is in the conference of a call: `GET /v3/calls/{id}/participants`. See
/// CallParticipants::list().
struct ListCallParticipantsRequest {
    /// Required. Id of the call.
    std::string id{};
};

/// Dials a user or a number into the conference of a call: `POST /v3/calls/{id}/participants`. See
/// CallParticipants::add().
struct AddCallParticipantRequest {
    /// Required. Id of the call.
    std::string id{};
    /// Required: kind `user` with an identity, or kind `number` with a number (E.164).
    CallParty to{};
    /// A number of the account that a phone displays. Defaults to the number that owns the call.
    std::optional<std::string> caller_id{};
};

/// Mutes or unmutes a participant: `PATCH /v3/calls/{id}/participants/{participantId}`. See
/// CallParticipants::update().
struct UpdateCallParticipantRequest {
    /// Required. Id of the call.
    std::string id{};
    /// Required.
    std::string participant_id{};
    bool muted = false;
};

/// Removes a participant: `DELETE /v3/calls/{id}/participants/{participantId}`. See
/// CallParticipants::remove().
struct RemoveCallParticipantRequest {
    /// Required. Id of the call.
    std::string id{};
    /// Required.
    std::string participant_id{};
};

/// Removes all participants, the call itself included: `DELETE /v3/calls/{id}/participants`. See
/// CallParticipants::remove_all().
struct RemoveAllCallParticipantsRequest {
    /// Required. Id of the call.
    std::string id{};
};

/// The participants of a call that the callback URL connected to a conference. Thread-safe. If the call has
/// ended or is not in a conference, every call of these functions fails with ErrorKind::conflict, and is not
/// retried. If the id is unknown, it fails with ErrorKind::not_found.
class SENT_EXPORT CallParticipants {
  public:
    explicit CallParticipants(Client client) noexcept : client_(std::move(client)) {}

    /// Returns all participants, in one page: `GET /v3/calls/{id}/participants`. The call itself is one of
    /// them. A read: retried after transient failures.
    Result<Page<CallParticipant>> list(std::string call_id, const CallOptions& options = {}) const;
    /// Dials a user or a number into the conference, and returns the participant's own call:
    /// `POST /v3/calls/{id}/participants`. It is billed like any call. A write with an idempotency key:
    /// retried with the same key after transient failures, and never without a key if it may have taken
    /// effect.
    Result<Call> add(const AddCallParticipantRequest& request, const CallOptions& options = {}) const;
    /// Mutes or unmutes a participant: `PATCH /v3/calls/{id}/participants/{participantId}`. A write with an
    /// idempotency key: retried with the same key after transient failures. Calling it again is harmless.
    Result<void> update(const UpdateCallParticipantRequest& request, const CallOptions& options = {}) const;
    /// Removes a participant and ends that call: `DELETE /v3/calls/{id}/participants/{participantId}`. The
    /// service accepts no idempotency key here: if it is unknown whether the request took effect, the library
    /// does not retry it and the call ends with Outcome::unknown.
    Result<void> remove(const RemoveCallParticipantRequest& request, const CallOptions& options = {}) const;
    /// Removes all participants and ends their calls, the call itself included:
    /// `DELETE /v3/calls/{id}/participants`. Succeeds for an empty conference, too. Not retried, like
    /// remove().
    Result<void> remove_all(std::string call_id, const CallOptions& options = {}) const;

  private:
    Client client_;
};

}  // namespace v3
}  // namespace sent

SENT_DETAIL_DESCRIBE(sent::v3::CallParticipant);
SENT_DETAIL_DESCRIBE(sent::Page<sent::v3::CallParticipant>);
SENT_DETAIL_DESCRIBE(sent::v3::ListCallParticipantsRequest);
SENT_DETAIL_DESCRIBE(sent::v3::AddCallParticipantRequest);
SENT_DETAIL_DESCRIBE(sent::v3::UpdateCallParticipantRequest);
SENT_DETAIL_DESCRIBE(sent::v3::RemoveCallParticipantRequest);
SENT_DETAIL_DESCRIBE(sent::v3::RemoveAllCallParticipantsRequest);
SENT_DETAIL_OPERATION(sent::v3::ListCallParticipantsRequest, sent::Page<sent::v3::CallParticipant>);
SENT_DETAIL_OPERATION(sent::v3::AddCallParticipantRequest, sent::v3::Call);
SENT_DETAIL_OPERATION(sent::v3::UpdateCallParticipantRequest, void);
SENT_DETAIL_OPERATION(sent::v3::RemoveCallParticipantRequest, void);
SENT_DETAIL_OPERATION(sent::v3::RemoveAllCallParticipantsRequest, void);
