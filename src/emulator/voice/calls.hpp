#pragma once

/// @file
/// The course of phone calls. Every step is published as an event.

#include <string>
#include <vector>

#include "emulator/voice/callback.hpp"
#include "emulator/voice/rows.hpp"

namespace sent::testing::emulator {

class World;

/// Returns nullptr if the organization or profile has no such number.
VoiceNumber* find_voice_number(World& world, const std::string& number, const std::string& profile);

/// Adds the call, which has reached `initiated`.
PhoneCall& add_call(World& world, PhoneCall call);

/// Asks the callback URL of the call's number what to do, twice if needed, and does it. Returns at once.
void ask_callback(World& world, const std::string& call_id);

/// Does what the callback URL answered.
void follow_answer(World& world, PhoneCall& call, const CallbackResult& result);

/// Ends a live call. `status` is "completed" or a failure with its reason.
void end_call(World& world, PhoneCall& call, const std::string& status, const std::string& reason = {});

/// Ends the recording in progress, if there is one.
void stop_recording(World& world, PhoneCall& call);

/// Returns the billable seconds of a call, which are 0 until it is answered.
long long call_seconds(const PhoneCall& call, Time now);

/// Returns the live calls of a conference, oldest first.
std::vector<PhoneCall*> participants_of(World& world, const std::string& conference);

}  // namespace sent::testing::emulator
