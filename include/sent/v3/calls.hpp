#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <sent/client.hpp>
#include <sent/open_enum.hpp>
#include <sent/page.hpp>
#include <sent/timestamp.hpp>
#include <sent/v3/call.hpp>
#include <sent/v3/call_participants.hpp>

/// @file
/// Phone calls. No operation dials: a call begins in an app or comes from outside, and the callback URL of
/// the number decides what happens to it (`sent/webhooks/voice_question.hpp`).

namespace sent {
inline namespace v3 {

/// Lists calls, newest first: `GET /v3/calls`. See Calls::list().
struct ListCallsRequest {
    /// Number of the page, counted from 1. Defaults to 1.
    std::int32_t page = 1;
    /// Calls on a page, 1 to 100. Defaults to 20.
    std::int32_t page_size = 20;
    /// If it is set, only calls of this direction match.
    CallDirection direction{};
    /// If it is set, only calls with this status match. In lower case, as its constants are.
    CallStatus status{};
    /// If it is set, only calls of this number of the account match. E.164.
    std::string number{};
    /// If it is set, only calls that started at this time or later match.
    std::optional<Timestamp> from{};
    /// If it is set, only calls that started at this time or earlier match.
    std::optional<Timestamp> to{};
};

/// Reads a call: `GET /v3/calls/{id}`. See Calls::get().
struct GetCallRequest {
    /// Required. `call_...`.
    std::string id{};
};

/// Ends a live call: `POST /v3/calls/{id}/hangup`. See Calls::hangup().
struct HangUpCallRequest {
    /// Required. `call_...`.
    std::string id{};
};

/// Lists the recordings of a call: `GET /v3/calls/{id}/recordings`. See Calls::recordings().
struct ListCallRecordingsRequest {
    /// Required. `call_...`.
    std::string id{};
};

/// A recording of a call.
struct CallRecording {
    std::string recording_id{};
    /// Link to an MP3. It works for everyone who has it until `url_expires_at`: do not log it.
    std::string download_url{};
    std::optional<Timestamp> url_expires_at{};
};

/// The recordings of a call, oldest first. Empty until the event `call.recording_ready`.
struct CallRecordings {
    std::vector<CallRecording> recordings{};
};

/// What to do with the recording of a call. Open enumeration: see OpenEnum.
class RecordingAction : public OpenEnum<RecordingAction> {
  public:
    using OpenEnum::OpenEnum;
    static constexpr Constant start{"start"};
    /// Also ends a recording that the answer of the callback URL started.
    static constexpr Constant stop{"stop"};
};

/// Starts or stops the recording of a call: `POST /v3/calls/{id}/recordings`. See Calls::record().
struct RecordCallRequest {
    /// Required. `call_...`.
    std::string id{};
    /// Required.
    RecordingAction action{};
};

/// Reads and controls phone calls. Thread-safe. If the id is unknown, a call of these functions fails with
/// ErrorKind::not_found.
class SENT_EXPORT Calls {
  public:
    explicit Calls(Client client) noexcept : client_(std::move(client)) {}

    /// Returns one page of calls, newest first: `GET /v3/calls`. A read: retried after transient failures.
    Result<Page<Call>> list(const ListCallsRequest& request = {}, const CallOptions& options = {}) const;
    /// Returns a range over all calls that match, from `request.page` on. The range fetches pages of
    /// `request.page_size` lazily; each element is a Result, and an error is the last element.
    [[nodiscard]] PageRange<Call> all(const ListCallsRequest& request = {},
                                      const CallOptions& options = {}) const;
    /// Returns the call with this id, and its timeline: `GET /v3/calls/{id}`. A read: retried after transient
    /// failures.
    Result<Call> get(std::string id, const CallOptions& options = {}) const;
    /// Ends a live call: `POST /v3/calls/{id}/hangup`. The event `call.completed` follows. A write with an
    /// idempotency key: retried with the same key after transient failures. If the call has ended, or is
    /// between two users of an app, it fails with ErrorKind::conflict and is not retried.
    Result<void> hangup(std::string id, const CallOptions& options = {}) const;
    /// Returns the recordings of a call: `GET /v3/calls/{id}/recordings`. A read: retried after transient
    /// failures. Each read returns fresh links.
    Result<CallRecordings> recordings(std::string id, const CallOptions& options = {}) const;
    /// Starts or stops recording: `POST /v3/calls/{id}/recordings`. A write with an idempotency key: retried
    /// with the same key after transient failures. Fails like hangup().
    Result<void> record(const RecordCallRequest& request, const CallOptions& options = {}) const;
    /// The participants of calls that are in a conference.
    [[nodiscard]] CallParticipants participants() const { return CallParticipants{client_}; }

  private:
    Client client_;
};

}  // namespace v3
}  // namespace sent

inline sent::Calls sent::Client::calls() const {
    return Calls{*this};
}

SENT_DETAIL_OPEN_ENUM(sent::v3::RecordingAction, start, stop);

SENT_DETAIL_DESCRIBE(sent::Page<sent::v3::Call>);
SENT_DETAIL_DESCRIBE(sent::v3::ListCallsRequest);
SENT_DETAIL_DESCRIBE(sent::v3::GetCallRequest);
SENT_DETAIL_DESCRIBE(sent::v3::HangUpCallRequest);
SENT_DETAIL_DESCRIBE(sent::v3::ListCallRecordingsRequest);
SENT_DETAIL_DESCRIBE(sent::v3::CallRecording);
SENT_DETAIL_DESCRIBE(sent::v3::CallRecordings);
SENT_DETAIL_DESCRIBE(sent::v3::RecordCallRequest);
SENT_DETAIL_OPERATION(sent::v3::ListCallsRequest, sent::Page<sent::v3::Call>);
SENT_DETAIL_OPERATION(sent::v3::GetCallRequest, sent::v3::Call);
SENT_DETAIL_OPERATION(sent::v3::HangUpCallRequest, void);
SENT_DETAIL_OPERATION(sent::v3::ListCallRecordingsRequest, sent::v3::CallRecordings);
SENT_DETAIL_OPERATION(sent::v3::RecordCallRequest, void);
