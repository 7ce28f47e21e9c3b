#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <sent/open_enum.hpp>
#include <sent/operation.hpp>
#include <sent/timestamp.hpp>
#include <sent/v3/call_party.hpp>

namespace sent {
inline namespace v3 {

/// Status of a call. Open enumeration: see OpenEnum. The service writes it in lower case, but has also
/// written it in capitals; comparisons ignore that.
class CallStatus : public OpenEnum<CallStatus> {
  public:
    using OpenEnum::OpenEnum;
    static constexpr Constant initiated{"initiated"};
    static constexpr Constant ringing{"ringing"};
    static constexpr Constant answered{"answered"};
    static constexpr Constant completed{"completed"};
    static constexpr Constant failed{"failed"};
    static constexpr Constant no_answer{"no_answer"};
    static constexpr Constant rejected{"rejected"};
};

/// Why a call failed. Open enumeration: see OpenEnum.
class CallFailureReason : public OpenEnum<CallFailureReason> {
  public:
    using OpenEnum::OpenEnum;
    /// The callback URL did not answer in time, twice.
    static constexpr Constant callback_timeout{"callback_timeout"};
    /// The number has no callback URL.
    static constexpr Constant callback_not_configured{"callback_not_configured"};
    /// The service cannot use the answer of the callback URL. VoiceNumbers::test() shows why.
    static constexpr Constant invalid_answer{"invalid_answer"};
    static constexpr Constant insufficient_balance{"insufficient_balance"};
    static constexpr Constant destination_blocked{"destination_blocked"};
    /// The caller id of the answer is not a number of the account.
    static constexpr Constant caller_id_not_owned{"caller_id_not_owned"};
    static constexpr Constant rejected{"rejected"};
    static constexpr Constant no_answer{"no_answer"};
};

/// One side of a call.
struct CallParty {
    CallPartyKind kind{};
    /// Identity of a user, number (E.164) or room of a conference. Absent for an anonymous caller.
    std::optional<std::string> value{};
};

/// A step in the course of a call.
struct CallTimelineEntry {
    CallStatus status{};
    std::optional<Timestamp> timestamp{};
};

/// A phone call. Members that the service leaves out are empty.
struct Call {
    /// `call_` and a UUID; the same in the questions to the callback URL and in webhook events.
    std::string id{};
    /// Number of the account that owns the call, E.164.
    std::string number{};
    CallDirection direction{};
    CallStatus status{};
    std::optional<CallFailureReason> failure_reason{};
    CallParty from{};
    CallParty to{};
    std::optional<Timestamp> started_at{};
    /// Always absent for a call between two users of an app.
    std::optional<Timestamp> answered_at{};
    /// Absent while the call is live.
    std::optional<Timestamp> ended_at{};
    /// Billable duration in seconds. Absent while the call is live.
    std::optional<std::int32_t> duration_seconds{};
    /// Absent until the call is priced.
    std::optional<double> price{};
    bool recording_available = false;
    /// Oldest first. Only Calls::get() returns it.
    std::vector<CallTimelineEntry> timeline{};
};

}  // namespace v3
}  // namespace sent

SENT_DETAIL_OPEN_ENUM(sent::v3::CallStatus, initiated, ringing, answered, completed, failed, no_answer,
                      rejected);
SENT_DETAIL_OPEN_ENUM(sent::v3::CallFailureReason, callback_timeout, callback_not_configured, invalid_answer,
                      insufficient_balance, destination_blocked, caller_id_not_owned, rejected, no_answer);

SENT_DETAIL_DESCRIBE(sent::v3::CallParty);
SENT_DETAIL_DESCRIBE(sent::v3::CallTimelineEntry);
SENT_DETAIL_DESCRIBE(sent::v3::Call);
