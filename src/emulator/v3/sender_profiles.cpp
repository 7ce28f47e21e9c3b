#include <algorithm>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "emulator/json_reply.hpp"
#include "emulator/state/ids.hpp"
#include "emulator/state/world.hpp"
#include "emulator/v3/channels.hpp"
#include "emulator/v3/forms.hpp"
#include "emulator/v3/markets.hpp"
#include "emulator/v3/profiles.hpp"
#include "emulator/v3/reply.hpp"
#include "emulator/v3/routes.hpp"
#include "emulator/v3/rows.hpp"

namespace sent::testing::emulator {
namespace {

// Sender profiles are the rows of /v3/profiles. Only the organization's key sees them.

const Values& notification_targets() {
    static const Values targets{"ORGANIZATION", "SENDER_PROFILE", "ORGANIZATION_AND_SENDER_PROFILE"};
    return targets;
}

Profile* find_sender_profile(const Call& call) {
    return call.account.empty() ? find_profile(call, path_uuid(call)) : nullptr;
}

/// What a sender profile sends from. The rows are those that calls for the profile see.
struct ProfileChannels {
    std::vector<SmsMarket> markets{};
    Json whatsapp{};
    Json rcs{};
};

ProfileChannels channels_of(const Store& store, const std::string& profile) {
    ProfileChannels channels{
        {}, channel_or_null(store.whatsapp_channels, profile), channel_or_null(store.rcs_agents, profile)};
    std::copy_if(store.markets.begin(), store.markets.end(), std::back_inserter(channels.markets),
                 [&profile](const SmsMarket& market) { return market.profile == profile; });
    return channels;
}

using MarketView = Json (*)(const SmsMarket& market);

Json channels_view(const ProfileChannels& channels, MarketView view_of) {
    Json view;
    for (const auto& market : channels.markets) {
        view["sms"].push_back(view_of(market));
    }
    if (!channels.whatsapp.is_null()) {
        view["whatsapp"] = channels.whatsapp;
    }
    if (!channels.rcs.is_null()) {
        view["rcs"] = channels.rcs;
    }
    return view;
}

Json sender_profile_view(const World& world, const Profile& profile, const ProfileChannels& channels,
                         MarketView view_of = market_view) {
    return Json{{"id", profile.id},
                {"organization_id", world.options().sender_id},
                {"name", profile.name},
                {"short_name", value_or_null(profile.short_name)},
                {"description", value_or_null(profile.description)},
                {"billing", profile.billing},
                {"notifications", profile.notifications},
                {"channels", channels_view(channels, view_of)},
                {"compliance", profile.compliance},
                {"created_at", precise_timestamp(profile.created_at)}};
}

Json stored_profile_view(const World& world, const Profile& profile) {
    return sender_profile_view(world, profile, channels_of(world.store, profile.id));
}

// {"inherit": true} means the organization's, {"inherit": false} needs the profile's own data beside it.
Json read_capability(Fields& fields, const char* name) {
    const Json& value = fields.raw(name);
    if (value.is_null()) {
        return {};
    }
    const Json& inherit = member(value, "inherit");
    if (!value.is_object() || value.empty()) {
        fields.fail(name, "VALIDATION_001", "must be an object with members");
    } else if (inherit == Json(true) ? value.size() > 1 : !inherit.is_null() && value.size() == 1) {
        fields.fail(name, "VALIDATION_001", "must be {\"inherit\":true} alone, or the data of the profile");
    }
    return value;
}

// The profile's compliance applies to its market. `inherit` takes over the organization's brand and campaign.
Json market_compliance(const Json& compliance) {
    const Json inherited{{"inherit", true}};
    return compliance == inherited ? Json{{"brand", inherited}, {"campaign", inherited}} : compliance;
}

// In requests `sms` is one market, in replies a list.
ProfileChannels read_channels(Fields& fields, const Profile& profile, Time now) {
    ProfileChannels read;
    auto channels = fields.object("channels");
    if (!channels) {
        return read;
    }
    if (auto market = channels->object("sms")) {
        read.markets.push_back(read_market(*market, market_compliance(profile.compliance), profile.id));
    }
    if (auto account = channels->object("whatsapp")) {
        read.whatsapp = read_whatsapp_channel(*account);
    }
    if (auto agent = channels->object("rcs")) {
        read.rcs = read_rcs_agent(*agent, channels->raw("rcs"), now);
    }
    return read;
}

void add_channels(World& world, const std::string& profile, ProfileChannels channels) {
    for (auto& market : channels.markets) {
        start_provisioning(world, world.store.markets.add(std::move(market)));
    }
    if (!channels.whatsapp.is_null()) {
        world.store.whatsapp_channels[profile] = std::move(channels.whatsapp);
    }
    if (!channels.rcs.is_null()) {
        world.store.rcs_agents[profile] = std::move(channels.rcs);
    }
}

template <typename Row>
void erase_rows_of(Table<Row>& rows, const std::string& profile) {
    std::vector<std::string> ids;
    for (const auto& row : rows) {
        if (row.profile == profile) {
            ids.push_back(row.id);
        }
    }
    for (const auto& id : ids) {
        rows.erase(id);
    }
}

// The numbers go back to the vendor. Messages stay.
void release_channels(Store& store, const std::string& profile) {
    erase_rows_of(store.markets, profile);
    erase_rows_of(store.voice_numbers, profile);
    store.whatsapp_channels.erase(profile);
    store.rcs_agents.erase(profile);
}

std::optional<std::string> read_short_name(Fields& fields, std::optional<std::string> text) {
    if (text && !is_short_name(*text)) {
        fields.fail("short_name", "VALIDATION_001",
                    "must have 3 to 11 letters, digits or spaces, with at least one letter");
    }
    return text;
}

// The part `profile` is what a request without documents has as its body.
RequestBody read_sender_profile_form(const std::vector<FormPart>& parts) {
    auto form = sort_parts(parts, {"profile"});
    const auto found = form.texts.find("profile");
    if (found == form.texts.end()) {
        throw Refusal("VALIDATION_004", {}, {{"profile", {"is required"}}});
    }
    std::string error;
    auto object = parse_json(found->second, error);
    if (!object || !object->is_object()) {
        throw Refusal("VALIDATION_001", {}, {{"profile", {"must be a JSON object"}}});
    }
    return {*std::move(object), std::move(form.documents)};
}

Reply create_sender_profile(Call& call) {
    Problems problems;
    Fields fields(call.body, problems);
    Profile profile{make_guid(), fields.required_text("name").value_or(""), make_guid(), call.world.now()};
    profile.short_name = read_short_name(fields, fields.required_text("short_name"));
    profile.description = fields.text("description");
    profile.billing = read_capability(fields, "billing");
    profile.compliance = read_capability(fields, "compliance");
    auto channels = read_channels(fields, profile, call.world.now());
    profile.notifications = fields.one_of("notifications", notification_targets()).value_or("ORGANIZATION");
    (channels.markets.empty() ? profile.documents : channels.markets.front().documents) = call.documents;
    problems.refuse_if_any();
    for (const auto& market : channels.markets) {
        refuse_too_many(market.numbers, market.numbers.front().campaign);
    }
    if (!call.account.empty()) {
        throw Refusal("AUTH_004", "Sender profiles belong to organizations, not to profiles");
    }
    auto view = sender_profile_view(call.world, profile, channels);
    view["api_key"] = profile.api_key;  // never again
    if (!call.sandbox) {
        add_channels(call.world, profile.id, std::move(channels));
        call.world.store.profiles.add(std::move(profile));
    }
    return success(call, std::move(view), 201);
}

Reply list_sender_profiles(Call& call) {
    const auto page = read_v3_page(call);
    std::vector<const Profile*> rows;
    for (const auto& profile : call.world.store.profiles) {
        if (!profile.deleted && call.account.empty()) {
            rows.push_back(&profile);
        }
    }
    const auto view = [&call](const Profile& profile) {
        return sender_profile_view(call.world, profile, channels_of(call.world.store, profile.id),
                                   listed_market_view);
    };
    return success(call, v3_page_view("sender_profiles", rows, page, view));
}

Reply get_sender_profile(Call& call) {
    return success(call,
                   stored_profile_view(call.world, row_or_refuse(find_sender_profile(call), no_profile)));
}

void refuse_other_members(const Json& body, Fields& fields) {
    for (const auto& [name, value] : body.items()) {
        const Values known{"name", "short_name", "description", "notifications", "sandbox"};
        if (std::find(known.begin(), known.end(), name) == known.end()) {
            fields.fail(name, "VALIDATION_001", "cannot be changed by this call");
        }
    }
}

Reply update_sender_profile(Call& call) {
    Problems problems;
    Fields fields(call.body, problems);
    refuse_other_members(call.body, fields);
    Profile made_up{path_uuid(call), "Sandbox", {}, call.world.now()};
    auto& profile = row_to_change(call, find_sender_profile(call), made_up, no_profile);
    Profile changed = profile;
    bool changes_something = false;
    const auto is_given = [&](const char* name) {
        changes_something = changes_something || fields.given(name);
        return fields.given(name);
    };
    if (is_given("name")) {
        changed.name = fields.required_text("name").value_or("");
    }
    if (is_given("short_name")) {
        changed.short_name = read_short_name(fields, fields.required_text("short_name"));
    }
    if (is_given("description")) {
        changed.description = fields.text("description");
    }
    if (is_given("notifications")) {
        changed.notifications =
            fields.one_of("notifications", notification_targets()).value_or("ORGANIZATION");
    }
    if (!changes_something) {
        fields.fail("name", "VALIDATION_004", "or another member is required");
    }
    problems.refuse_if_any();
    changed.updated_at = call.world.now();
    profile = std::move(changed);
    return success(call, stored_profile_view(call.world, profile));
}

Reply delete_sender_profile(Call& call) {
    auto& profile = row_or_refuse(find_sender_profile(call), no_profile);
    profile.deleted = true;
    release_channels(call.world.store, profile.id);
    return no_content();
}

}  // namespace

Endpoints v3_sender_profiles_routes() {
    constexpr auto access = Access::v3;
    constexpr auto one = "/v3/sender-profiles/{id}";
    return {
        {"POST", "/v3/sender-profiles", access, ExpectedBody::object, create_sender_profile, v3_write,
         read_sender_profile_form},
        {"GET", "/v3/sender-profiles", access, ExpectedBody::none, list_sender_profiles, v3_read},
        {"GET", one, access, ExpectedBody::none, get_sender_profile, v3_read},
        {"PATCH", one, access, ExpectedBody::object, update_sender_profile, v3_write},
        {"DELETE", one, access, ExpectedBody::none, delete_sender_profile, V3Rules{}},
    };
}

}  // namespace sent::testing::emulator
