#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "emulator/json_reply.hpp"
#include "emulator/state/ids.hpp"
#include "emulator/state/world.hpp"
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

Json listed_sender_profile_view(const World& world, const Profile& profile) {
    return Json{{"id", profile.id},
                {"organization_id", world.options().sender_id},
                {"name", profile.name},
                {"short_name", value_or_null(profile.short_name)},
                {"description", value_or_null(profile.description)},
                {"billing", profile.billing},
                {"notifications", profile.notifications},
                {"channels", profile.channels},
                {"compliance", profile.compliance},
                {"created_at", precise_timestamp(profile.created_at)}};
}

// Shows the documents in the profile's market, unlike a list. Without a market, they are not in any reply.
Json sender_profile_view(const World& world, const Profile& profile) {
    Json view = listed_sender_profile_view(world, profile);
    if (!profile.documents.empty() && !member(profile.channels, "sms").empty()) {
        view["channels"]["sms"][std::size_t{0}]["compliance"]["documents"] =
            documents_view(profile.documents);
    }
    return view;
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

// Numbers are assigned later.
Json new_numbers(const Json& market) {
    Json numbers = Json::array();
    const auto add = [&numbers](const Json& area_code, long long quantity) {
        for (long long i = 0; i < quantity && numbers.size() < 49; ++i) {
            numbers.push_back(
                Json{{"sender_value", nullptr}, {"area_code", area_code}, {"status", "PROVISIONING"}});
        }
    };
    for (const auto& code : member(market, "area_codes")) {
        add(code, 1);
    }
    for (const auto& entry : member(market, "numbers")) {
        const auto& quantity = member(entry, "quantity");
        add(member(entry, "area_code"), quantity.is_number_integer() ? quantity.get<long long>() : 1);
    }
    if (numbers.empty()) {
        add(nullptr, 1);
    }
    return numbers;
}

// In requests `sms` is one market, in replies a list.
Json read_channels(Fields& fields) {
    auto channels = fields.object("channels");
    if (!channels) {
        return {};
    }
    Json view = Json::object();
    if (auto market = channels->object("sms")) {
        const auto country = market->required_text("country");
        const auto type = market->required_text("number_type");
        if (country && type) {
            view["sms"] = Json::array({Json{{"country", *country},
                                            {"number_type", *type},
                                            {"status", "PROVISIONING"},
                                            {"numbers", new_numbers(channels->raw("sms"))}}});
        }
    }
    for (const char* name : {"whatsapp", "rcs"}) {
        if (channels->object(name)) {
            view[name] = channels->raw(name);
            view[name]["status"] = "PROVISIONING";
        }
    }
    return view;
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
    profile.channels = read_channels(fields);
    profile.compliance = read_capability(fields, "compliance");
    profile.notifications = fields.one_of("notifications", notification_targets()).value_or("ORGANIZATION");
    profile.documents = call.documents;
    problems.refuse_if_any();
    if (!call.account.empty()) {
        throw Refusal("AUTH_004", "Sender profiles belong to organizations, not to profiles");
    }
    auto view = sender_profile_view(call.world, profile);
    view["api_key"] = profile.api_key;  // never again
    if (!call.sandbox) {
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
        return listed_sender_profile_view(call.world, profile);
    };
    return success(call, v3_page_view("sender_profiles", rows, page, view));
}

Reply get_sender_profile(Call& call) {
    return success(call,
                   sender_profile_view(call.world, row_or_refuse(find_sender_profile(call), no_profile)));
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
    return success(call, sender_profile_view(call.world, profile));
}

Reply delete_sender_profile(Call& call) {
    row_or_refuse(find_sender_profile(call), no_profile).deleted = true;
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
