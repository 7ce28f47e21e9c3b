#include "emulator/v3/routes.hpp"

namespace sent::testing::emulator {

Endpoints v3_routes() {
    Endpoints all;
    for (const auto& part : {
             v3_messages_routes(),
             v3_contacts_routes(),
             v3_conversations_routes(),
             v3_numbers_routes(),
             v3_templates_routes(),
             v3_webhooks_routes(),
             v3_profiles_routes(),
             v3_campaigns_routes(),
             v3_users_routes(),
             v3_me_routes(),
             v3_sender_profiles_routes(),
             v3_channels_routes(),
             v3_compliance_routes(),  // before the markets, whose paths match its own, too
             v3_sms_markets_routes(),
             v3_market_numbers_routes(),
             v3_market_campaigns_routes(),
             v3_voice_numbers_routes(),
             v3_voice_test_routes(),
             v3_calls_routes(),
             v3_call_participants_routes(),
         }) {
        all.insert(all.end(), part.begin(), part.end());
    }
    return all;
}

}  // namespace sent::testing::emulator
