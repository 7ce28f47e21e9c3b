#pragma once

/// @file
/// What the routes of profiles and those of campaigns share.

#include <string>

#include "emulator/http/router.hpp"
#include "emulator/json.hpp"
#include "emulator/state/organization.hpp"
#include "emulator/v3/fields.hpp"

namespace sent::testing::emulator {

inline constexpr auto no_profile = "RESOURCE_014";

/// A profile that has not been deleted; nullptr when there is none. Who acts for a profile finds that one
/// only.
Profile* find_profile(const Call& call, const std::string& id);

/// The members of POST and of PATCH, read onto a profile. What is absent stays as it is, what is null goes
/// back to its default.
void read_new_profile(Fields& fields, Profile& into, Time now);
void read_profile_changes(Fields& fields, Profile& into, Time now);

/// {billing_model, inherit_contacts, ...}
Json profile_settings_view(const Profile& profile);
/// ProfileDetail.
Json profile_view(const World& world, const Profile& profile);

/// Whether nothing is left to do.
bool is_complete(const Profile& profile);
/// Has the profile completed in a while, and its end told to the URL.
void start_completion(World& world, Profile& profile, const std::string& url);

}  // namespace sent::testing::emulator
