#pragma once

/// @file
/// Functions that the routes of profiles and campaigns share.

#include <string>

#include "emulator/http/router.hpp"
#include "emulator/json.hpp"
#include "emulator/state/organization.hpp"
#include "emulator/v3/fields.hpp"

namespace sent::testing::emulator {

inline constexpr auto no_profile = "RESOURCE_014";

/// Returns a profile that has not been deleted, or nullptr. A caller that acts for a profile finds only that
/// one.
Profile* find_profile(const Call& call, const std::string& id);

/// Apply the members of POST and PATCH to a profile. Absent members do not change it; null restores the
/// default.
void read_new_profile(Fields& fields, Profile& into, Time now);
void read_profile_changes(Fields& fields, Profile& into, Time now);

/// Whether the text can be an SMS sender id.
bool is_short_name(const std::string& text);

/// Returns {billing_model, inherit_contacts, ...}.
Json profile_settings_view(const Profile& profile);
/// Returns a ProfileDetail.
Json profile_view(const World& world, const Profile& profile);

/// Whether the set-up of the profile is complete.
bool is_complete(const Profile& profile);
/// Completes the profile after a delay, and posts the result to the URL.
void start_completion(World& world, Profile& profile, const std::string& url);

}  // namespace sent::testing::emulator
