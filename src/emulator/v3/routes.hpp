#pragma once

/// @file
/// The route tables of v3: one source for each resource, v3/<resource>.cpp.

#include "emulator/http/router.hpp"

namespace sent::testing::emulator {

Endpoints v3_call_participants_routes();
Endpoints v3_calls_routes();
Endpoints v3_campaigns_routes();
Endpoints v3_channels_routes();
Endpoints v3_compliance_routes();
Endpoints v3_contacts_routes();
Endpoints v3_conversations_routes();
Endpoints v3_market_campaigns_routes();
Endpoints v3_market_numbers_routes();
Endpoints v3_me_routes();
Endpoints v3_messages_routes();
Endpoints v3_numbers_routes();
Endpoints v3_profiles_routes();
Endpoints v3_sender_profiles_routes();
Endpoints v3_sms_markets_routes();
Endpoints v3_templates_routes();
Endpoints v3_users_routes();
Endpoints v3_voice_numbers_routes();
Endpoints v3_voice_test_routes();
Endpoints v3_webhooks_routes();

}  // namespace sent::testing::emulator
