#pragma once

/// @file
/// Voice numbers and phone calls, as rows of the store.

#include <optional>
#include <string>
#include <vector>

#include "emulator/clock.hpp"

namespace sent::testing::emulator {

struct VoiceNumber {
    std::string id{};       ///< number and owner, see voice_number_id()
    std::string number{};   ///< E.164
    std::string profile{};  ///< its owner; empty for the organization
    std::string callback_id{};
    std::string callback_url{};  ///< empty if it has none
    std::string secret{};
    bool active = true;
    bool is_default = false;  ///< for calls from an app
    Time created_at{};
    Time updated_at{};
};

/// A number can belong to the organization and to profiles.
inline std::string voice_number_id(const std::string& number, const std::string& profile) {
    return number + ' ' + profile;
}

/// One side of a call.
struct CallSide {
    std::string kind{};   ///< "user", "number", "conference", "anonymous"
    std::string value{};  ///< empty for "anonymous"
};

struct CallStep {
    std::string status{};  ///< "ringing"
    Time time{};
};

struct Recording {
    std::string id{};
    Time made_at{};
};

struct PhoneCall {
    std::string id{};  ///< "call_" and a GUID
    std::string profile{};
    std::string number{};     ///< the account's number that owns it
    std::string direction{};  ///< "inbound", "outbound"
    CallSide from{};
    CallSide to{};
    std::vector<CallStep> steps{};  ///< oldest first, never empty
    std::string failure_reason{};
    std::optional<Time> answered_at{};
    std::optional<Time> ended_at{};
    std::string conference{};  ///< the id of the call that opened it; empty if it is in none
    bool muted = false;
    bool is_recorded = false;  ///< at this moment
    std::vector<Recording> recordings{};

    bool is_live() const { return !ended_at; }
    bool has_phone_leg() const { return from.kind == "number" || to.kind == "number"; }
    /// The side that is in the conference.
    const CallSide& participant() const { return direction == "inbound" ? from : to; }
};

}  // namespace sent::testing::emulator
