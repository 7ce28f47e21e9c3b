#include <string>
#include <utility>

#include "emulator/state/account.hpp"
#include "emulator/state/world.hpp"
#include "emulator/v3/profiles.hpp"
#include "emulator/v3/reply.hpp"
#include "emulator/v3/routes.hpp"
#include "emulator/v3/rows.hpp"

namespace sent::testing::emulator {
namespace {

Json channel_view(const World& world, const char* channel, const std::string& number) {
    const bool configured = has_channel(world.account, channel);
    return Json{{"configured", configured}, {"phone_number", configured ? Json(number) : Json()}};
}

// A profile without a number uses the organization's.
Json channels_view(const World& world, const std::string& number, const std::string& whatsapp_number) {
    Json whatsapp = channel_view(world, "whatsapp", whatsapp_number);
    whatsapp["business_name"] = whatsapp["configured"] == true ? Json(organization_name) : Json();
    return Json{{"sms", channel_view(world, "sms", number)},
                {"whatsapp", std::move(whatsapp)},
                {"rcs", channel_view(world, "rcs", number)}};
}

// Omits the sharing settings, which have no effect any more.
Json settings_view(const Profile& profile) {
    Json view = profile_settings_view(profile);
    view.erase("allow_contact_sharing");
    view.erase("allow_template_sharing");
    return view;
}

Json summary_view(const Profile& profile) {
    return Json{{"id", profile.id},
                {"name", profile.name},
                {"icon", value_or_null(profile.icon)},
                {"description", value_or_null(profile.description)},
                {"short_name", value_or_null(profile.short_name)},
                {"role", "admin"},
                {"status", profile.status},
                {"created_at", precise_timestamp(profile.created_at)},
                {"settings", settings_view(profile)}};
}

Json organization_view(const World& world) {
    Json profiles = Json::array();
    for (const auto& profile : world.store.profiles) {
        if (!profile.deleted) {
            profiles.push_back(summary_view(profile));
        }
    }
    return Json{
        {"id", world.options().sender_id},
        {"type", "organization"},
        {"name", organization_name},
        {"email", organization_email},
        {"icon", nullptr},
        {"description", nullptr},
        {"created_at", precise_timestamp(world.started_at)},
        {"organization_id", nullptr},
        {"short_name", nullptr},
        {"status", nullptr},
        {"settings", nullptr},
        {"profiles", std::move(profiles)},
        {"channels", channels_view(world, organization_number, organization_number)},
        {"sending_phone_number", has_channel(world.account, "sms") ? Json(organization_number) : Json()},
        {"sending_phone_number_profile_id", nullptr}};
}

Json profile_account_view(const World& world, const Profile& profile) {
    Json view = summary_view(profile);
    view.erase("role");
    view["settings"] = profile_settings_view(profile);
    const auto number = profile.sending_number.value_or(organization_number);
    view.update(Json{{"type", "profile"},
                     {"email", organization_email},
                     {"organization_id", world.options().sender_id},
                     {"profiles", Json::array()},
                     {"channels", channels_view(world, number, profile.whatsapp_number.value_or(number))},
                     {"sending_phone_number", has_channel(world.account, "sms") ? Json(number) : Json()},
                     {"sending_phone_number_profile_id", nullptr}});
    return view;
}

Reply get_me(Call& call) {
    if (call.profile.empty()) {
        return success(call, organization_view(call.world));
    }
    return success(
        call, profile_account_view(call.world, row_or_refuse(find_profile(call, call.profile), no_profile)));
}

}  // namespace

Endpoints v3_me_routes() {
    return {{"GET", "/v3/me", Access::v3, ExpectedBody::none, get_me, v3_read_always}};
}

}  // namespace sent::testing::emulator
