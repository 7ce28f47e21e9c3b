#pragma once

/// @file
/// The tables that v3 consists of: one source for each resource, v3_<resource>.cpp.

#include "emulator/http/router.hpp"

namespace sent::testing::emulator {

Routes v3_campaigns_routes();
Routes v3_contacts_routes();
Routes v3_conversations_routes();
Routes v3_me_routes();
Routes v3_messages_routes();
Routes v3_numbers_routes();
Routes v3_profiles_routes();
Routes v3_templates_routes();
Routes v3_users_routes();
Routes v3_webhooks_routes();

}  // namespace sent::testing::emulator
