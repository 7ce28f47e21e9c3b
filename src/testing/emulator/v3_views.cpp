#include "testing/emulator/v3_views.hpp"

#include "testing/emulator/v3_reply.hpp"
#include "testing/emulator/views.hpp"
#include "testing/emulator/world.hpp"

namespace sent::testing::emulator {

std::string customer_id(const World& world, const std::string& profile) {
    return profile.empty() ? world.options().sender_id : profile;
}

Json v3_contact_view(const World& world, const Contact& contact) {
    const auto& number = contact.number;
    return Json{{"id", contact.id},
                {"customer_id", customer_id(world, contact.profile)},
                {"phone_number", number.e164},
                {"format_e164", number.e164},
                {"format_international", number.international},
                {"format_national", number.national},
                {"format_rfc", number.rfc},
                {"country_code", number.country_code},
                {"region_code", number.region},
                {"available_channels", join_channels(contact.channels)},
                {"default_channel", contact.default_channel},
                {"opt_out", contact.opted_out},
                {"is_inherited", false},
                {"created_at", precise_timestamp(contact.created_at)},
                {"updated_at", time_or_null(contact.updated_at)}};
}

}  // namespace sent::testing::emulator
