#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

#include <sent/webhooks/signer.hpp>

#include "emulator/http/url.hpp"
#include "emulator/state/ids.hpp"
#include "emulator/state/world.hpp"
#include "emulator/v3/fields.hpp"
#include "emulator/v3/reply.hpp"
#include "emulator/v3/routes.hpp"
#include "emulator/v3/rows.hpp"
#include "emulator/v3/voice_numbers.hpp"
#include "emulator/voice/calls.hpp"

namespace sent::testing::emulator {
namespace {

constexpr auto no_voice_number = "RESOURCE_012";
constexpr int sandbox_status = 202;

std::string new_callback_secret() {
    return std::string{webhooks::make_secret().value().reveal()};
}

Json number_view(const VoiceNumber& row) {
    return Json{{"number", row.number},
                {"status", row.active ? "ACTIVE" : "INACTIVE"},
                {"default_for_app_calls", row.is_default},
                {"callback_url", text_or_null(row.callback_url)},
                {"created_at", precise_timestamp(row.created_at)},
                {"updated_at", precise_timestamp(row.updated_at)}};
}

Json view_with_secret(const VoiceNumber& row) {
    auto view = number_view(row);
    view["callback_secret"] = row.secret;
    return view;
}

VoiceNumber* find_number(const Call& call, const std::string& number) {
    return find_voice_number(call.world, number, call.profile);
}

VoiceNumber* find_number_in_path(const Call& call) {
    return find_number(call, call.path_values.at(0));
}

VoiceNumber new_number(const Call& call, const std::string& number) {
    VoiceNumber row;
    row.id = voice_number_id(number, call.profile);
    row.number = number;
    row.profile = call.profile;
    row.callback_id = make_guid();
    row.secret = new_callback_secret();
    row.created_at = call.world.now();
    return row;
}

std::vector<VoiceNumber*> numbers_of(const Call& call) {
    std::vector<VoiceNumber*> found;
    for (const auto& row : call.world.store.voice_numbers) {
        if (row.profile == call.profile) {
            found.push_back(call.world.store.voice_numbers.find(row.id));
        }
    }
    return found;
}

// Makes it the number for calls from an app, in place of any other.
void make_default(const Call& call, VoiceNumber& row) {
    for (auto* other : numbers_of(call)) {
        other->is_default = false;
    }
    row.is_default = true;
}

void turn_on(const Call& call, VoiceNumber& row) {
    row.active = true;
    const auto numbers = numbers_of(call);
    if (std::none_of(numbers.begin(), numbers.end(), [](const auto* one) { return one->is_default; })) {
        row.is_default = true;
    }
}

void turn_off(const Call& call, VoiceNumber& row) {
    const auto numbers = numbers_of(call);
    const auto others = std::count_if(numbers.begin(), numbers.end(),
                                      [&row](const auto* one) { return one->active && one != &row; });
    if (row.is_default && others > 0) {
        throw Refusal("BUSINESS_006", "Make another number the default before you turn this one off");
    }
    row.active = false;
    row.is_default = false;
}

std::string bought_number(const Call& call, const std::string& area_code) {
    constexpr long long first = 5550100;
    auto& count = call.world.store.numbers_bought;
    std::string number;
    do {
        number = "+1" + area_code + std::to_string(first + count++);
    } while (find_number(call, number) != nullptr);
    return number;
}

std::optional<std::string> read_callback_url(Fields& fields, bool is_required) {
    auto url = is_required ? fields.required_text("callback_url") : fields.text("callback_url");
    if (url && !parse_url(*url)) {
        fields.fail("callback_url", "VALIDATION_001", "must be an absolute http or https URL");
    }
    return url;
}

Reply create_number(Call& call) {
    Problems problems;
    Fields fields(call.body, problems);
    const auto url = read_callback_url(fields, true);
    const auto number = fields.number("number");
    const auto area_code = fields.text("area_code");
    const auto wants_default = fields.flag("default_for_app_calls").value_or(false);
    if (fields.text("number") && area_code) {
        fields.fail("area_code", "VALIDATION_001", "cannot be combined with number");
    }
    if (area_code &&
        (area_code->size() != 3 || area_code->find_first_not_of("0123456789") != std::string::npos)) {
        fields.fail("area_code", "VALIDATION_001", "must be a US area code of 3 digits");
    }
    problems.refuse_if_any();
    if (call.sandbox) {
        auto made_up = new_number(call, number ? number->e164 : "+12025550141");
        made_up.callback_url = *url;
        made_up.updated_at = made_up.created_at;
        return success(call, view_with_secret(made_up), sandbox_status);
    }
    auto* row = number ? find_number(call, number->e164) : nullptr;
    const bool is_new = row == nullptr;
    if (is_new) {
        const auto text = number ? number->e164 : bought_number(call, area_code.value_or("202"));
        row = &call.world.store.voice_numbers.add(new_number(call, text));
    }
    row->callback_url = *url;
    row->updated_at = call.world.now();
    turn_on(call, *row);
    if (wants_default) {
        make_default(call, *row);
    }
    return success(call, view_with_secret(*row), is_new ? 201 : 200);
}

Reply list_numbers(Call& call) {
    return success(call, voice_numbers_view(call));
}

Reply get_number(Call& call) {
    return success(call, number_view(row_or_refuse(find_number_in_path(call), no_voice_number)));
}

Reply update_number(Call& call) {
    Problems problems;
    Fields fields(call.body, problems);
    const auto url = read_callback_url(fields, false);
    const auto status = to_lower(fields.text("status").value_or(""));
    const auto wants_default = fields.flag("default_for_app_calls");
    if (!url && status.empty() && !wants_default) {
        fields.fail("callback_url", "VALIDATION_004", "or status or default_for_app_calls is required");
    }
    if (!status.empty() && status != "active" && status != "inactive") {
        fields.fail("status", "VALIDATION_006", "must be one of: ACTIVE, INACTIVE");
    }
    if (wants_default == false) {
        fields.fail("default_for_app_calls", "VALIDATION_001",
                    "must be true: give the role to another number");
    }
    problems.refuse_if_any();
    auto made_up = new_number(call, call.path_values.at(0));
    auto& row = row_to_change(call, find_number_in_path(call), made_up, no_voice_number);
    if (wants_default && !row.active && status != "active") {
        throw Refusal("VALIDATION_001", "Turn the number on to make it the default");
    }
    if (status == "inactive") {
        turn_off(call, row);
    } else if (status == "active") {
        turn_on(call, row);
    }
    row.callback_url = url.value_or(row.callback_url);
    if (wants_default) {
        make_default(call, row);
    }
    row.updated_at = call.world.now();
    return success(call, number_view(row));
}

Reply create_token(Call& call) {
    constexpr std::size_t longest_identity = 200;
    constexpr auto allowed = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
    constexpr long long default_life = 600;
    constexpr long long longest_life = 3600;
    Problems problems;
    Fields fields(call.body, problems);
    const auto identity = fields.required_text("identity");
    const auto number = fields.number("number");
    const auto life = fields.integer("ttl", 1, longest_life).value_or(default_life);
    if (identity &&
        (identity->size() > longest_identity || identity->find_first_not_of(allowed) != std::string::npos)) {
        fields.fail("identity", "VALIDATION_001",
                    "must be 1 to 200 letters, digits, underscores and hyphens");
    }
    problems.refuse_if_any();
    std::string line = number ? number->e164 : "+12025550141";
    if (!call.sandbox) {
        const auto numbers = numbers_of(call);
        const auto found = std::find_if(numbers.begin(), numbers.end(), [&](const auto* one) {
            return number ? one->number == number->e164 : one->is_default;
        });
        line = row_or_refuse(found == numbers.end() ? nullptr : *found, no_voice_number).number;
    }
    return success(call,
                   Json{{"token", "voice-token." + make_guid() + ".example"},
                        {"identity", *identity},
                        {"number", line},
                        {"expires_at", precise_timestamp(call.world.now() + std::chrono::seconds(life))}},
                   call.sandbox ? sandbox_status : 200);
}

Reply rotate_callback_secret(Call& call) {
    auto made_up = new_number(call, call.path_values.at(0));
    auto& row = row_to_change(call, find_number_in_path(call), made_up, no_voice_number);
    row.secret = new_callback_secret();
    row.updated_at = call.world.now();
    return success(call, Json{{"callback_secret", row.secret}}, call.sandbox ? sandbox_status : 200);
}

}  // namespace

Json voice_numbers_view(const Call& call) {
    Json views = Json::array();
    for (const auto* row : numbers_of(call)) {
        views.push_back(number_view(*row));
    }
    return views;
}

Endpoints v3_voice_numbers_routes() {
    constexpr auto access = Access::v3;
    constexpr auto none = ExpectedBody::none;
    constexpr auto object = ExpectedBody::object;
    constexpr auto optional = ExpectedBody::optional_object;
    return {
        {"POST", "/v3/channels/voice", access, object, create_number, v3_write},
        {"GET", "/v3/channels/voice", access, none, list_numbers, v3_read},
        {"POST", "/v3/channels/voice/tokens", access, object, create_token, v3_write},
        {"GET", "/v3/channels/voice/{number}", access, none, get_number, v3_read},
        {"PATCH", "/v3/channels/voice/{number}", access, object, update_number, v3_write},
        {"POST", "/v3/channels/voice/{number}/rotate-secret", access, optional, rotate_callback_secret,
         v3_write},
    };
}

}  // namespace sent::testing::emulator
