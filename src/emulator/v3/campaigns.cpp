#include <algorithm>
#include <string>
#include <utility>

#include "emulator/json_reply.hpp"
#include "emulator/state/ids.hpp"
#include "emulator/state/message_events.hpp"
#include "emulator/state/world.hpp"
#include "emulator/v3/fields.hpp"
#include "emulator/v3/profiles.hpp"
#include "emulator/v3/reply.hpp"
#include "emulator/v3/routes.hpp"
#include "emulator/v3/rows.hpp"

namespace sent::testing::emulator {
namespace {

constexpr auto no_campaign = "RESOURCE_010";
constexpr std::size_t most_samples = 5;
constexpr std::size_t longest_sample = 1024;

const Values& use_cases() {
    static const Values values{
        "MARKETING", "ACCOUNT_NOTIFICATION",  "CUSTOMER_CARE",  "FRAUD_ALERT",
        "TWO_FA",    "DELIVERY_NOTIFICATION", "SECURITY_ALERT", "M2M",
        "MIXED",     "HIGHER_EDUCATION",      "POLLING_VOTING", "PUBLIC_SERVICE_ANNOUNCEMENT",
        "LOW_VOLUME"};
    return values;
}

Campaign* find_campaign(const Call& call, const Profile& profile, const std::string& id) {
    auto* found = call.world.store.campaigns.find(id);
    return found == nullptr || found->profile != profile.id ? nullptr : found;
}

std::size_t characters(const std::string& utf8) {
    return static_cast<std::size_t>(std::count_if(
        utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

Json read_samples(Fields& fields) {
    if (fields.raw("sampleMessages").is_null()) {
        fields.fail("sampleMessages", "VALIDATION_004", "is required");
        return {};
    }
    const auto samples = fields.texts("sampleMessages").value_or(std::vector<std::string>{""});
    if (samples.empty() || samples.size() > most_samples) {
        fields.fail("sampleMessages", "VALIDATION_005", "must be 1 to 5 messages");
    }
    if (std::any_of(samples.begin(), samples.end(),
                    [](const std::string& text) { return characters(text) > longest_sample; })) {
        fields.fail("sampleMessages", "VALIDATION_005", "must have at most 1024 characters each");
    }
    return samples;
}

Json read_use_case(Fields fields, const Campaign& campaign, const std::string& time) {
    std::string use;
    if (fields.required_text("messagingUseCaseUs")) {
        use = fields.one_of("messagingUseCaseUs", use_cases()).value_or("");
    }
    return Json{{"id", make_guid()},
                {"campaignId", campaign.id},
                {"customerId", campaign.profile},
                {"messagingUseCaseUs", use},
                {"sampleMessages", read_samples(fields)},
                {"createdAt", time},
                {"updatedAt", nullptr}};
}

Json read_use_cases(Fields& fields, const Campaign& campaign, const std::string& time) {
    const auto& given = fields.raw("useCases");
    Json result = Json::array();
    if (given.is_null()) {
        fields.fail("useCases", "VALIDATION_004", "is required");
    } else if (!given.is_array()) {
        fields.fail("useCases", "VALIDATION_001", "must be an array");
    } else if (given.empty()) {
        fields.fail("useCases", "VALIDATION_005", "must have at least one use case");
    } else {
        for (const auto& item : given) {
            const auto path = fields.path_of("useCases") + '[' + std::to_string(result.size()) + ']';
            result.push_back(read_use_case(Fields(item, fields.problems(), path), campaign, time));
        }
    }
    return result;
}

Json read_content(Fields& fields) {
    Json content = Json::object();
    for (const char* name : {"name", "description", "type"}) {
        content[name] = fields.required_text(name).value_or("");
    }
    for (const char* name :
         {"volume", "messageFlow", "privacyPolicyLink", "termsAndConditionsLink", "optinMessage",
          "optoutMessage", "helpMessage", "optinKeywords", "optoutKeywords", "helpKeywords"}) {
        content[name] = value_or_null(fields.text(name));
    }
    const auto& volume = content["volume"];
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    if (volume.is_string()) {
        const auto text = volume.get<std::string>();
        if (text.empty() || !std::all_of(text.begin(), text.end(), is_digit)) {
            fields.fail("volume", "VALIDATION_001", "must be a number, as text");
        }
    }
    return content;
}

// Reads the campaign in the body. It gets a new id.
Campaign read_campaign(const Call& call, const std::string& profile) {
    Problems problems;
    Fields body(call.body, problems);
    Campaign campaign{make_guid(), profile, {}, {}, call.world.now()};
    if (auto fields = body.required_object("campaign")) {
        campaign.content = read_content(*fields);
        campaign.use_cases = read_use_cases(*fields, campaign, precise_timestamp(campaign.created_at));
    }
    problems.refuse_if_any();
    return campaign;
}

Json campaign_view(const Call& call, const Campaign& campaign) {
    const auto* profile = call.world.store.profiles.find(campaign.profile);
    const bool has_brand = profile != nullptr && profile->brand;
    const bool submitted = campaign.submitted_at.has_value();
    Json view{{"id", campaign.id},
              {"customerId", campaign.profile},
              {"brandId", has_brand ? Json(profile->brand->id) : Json()}};
    view.update(campaign.content);
    view["useCases"] = campaign.use_cases;
    view.update(Json{{"status", submitted ? "ACTIVE" : "SENT_CREATED"},
                     {"submittedToTCR", submitted},
                     {"submittedAt", time_or_null(campaign.submitted_at)},
                     {"tcrCampaignId", submitted ? Json("C" + to_upper(campaign.id.substr(0, 6))) : Json()},
                     {"tcrSyncError", nullptr},
                     {"billedDate", nullptr},
                     {"cost", nullptr},
                     {"dcaElectionsComplete", submitted},
                     {"dcaElectionsCompletedAt", time_or_null(campaign.submitted_at)},
                     {"hasSubmissionTransaction", submitted},
                     {"createdAt", precise_timestamp(campaign.created_at)},
                     {"updatedAt", time_or_null(campaign.updated_at)}});
    return view;
}

std::string path_profile(const Call& call) {
    return path_uuid(call, 0, "profileId");
}

Reply create_campaign(Call& call) {
    const auto profile = path_profile(call);
    auto campaign = read_campaign(call, profile);
    if (call.sandbox) {
        return success(call, campaign_view(call, campaign), 201);
    }
    row_or_refuse(find_profile(call, profile), no_profile);
    return success(call, campaign_view(call, call.world.store.campaigns.add(std::move(campaign))), 201);
}

Reply list_campaigns(Call& call) {
    const auto& profile = row_or_refuse(find_profile(call, path_profile(call)), no_profile);
    Json campaigns = Json::array();
    for (const auto& campaign : call.world.store.campaigns) {
        if (campaign.profile == profile.id) {
            campaigns.push_back(campaign_view(call, campaign));
        }
    }
    return success(call, std::move(campaigns));
}

Campaign& campaign_of_path(const Call& call, const std::string& profile_id, const std::string& id) {
    const auto& profile = row_or_refuse(find_profile(call, profile_id), no_profile);
    return row_or_refuse(find_campaign(call, profile, id), no_campaign);
}

// Replaces the content. The campaign keeps its id and its times of creation and submission.
Reply replace_campaign(Call& call) {
    const auto profile = path_profile(call);
    const auto id = path_uuid(call, 1, "campaignId");
    auto given = read_campaign(call, profile);
    auto& campaign = call.sandbox ? given : campaign_of_path(call, profile, id);
    campaign.id = id;
    campaign.content = Json(given.content);
    campaign.use_cases = Json(given.use_cases);
    for (auto& use_case : campaign.use_cases) {
        use_case["campaignId"] = id;
    }
    campaign.updated_at = call.world.now();
    return success(call, campaign_view(call, campaign));
}

Reply delete_campaign(Call& call) {
    const auto profile = path_profile(call);
    const auto id = path_uuid(call, 1, "campaignId");
    if (!call.sandbox) {
        campaign_of_path(call, profile, id);
        call.world.store.campaigns.erase(id);
    }
    return no_content();
}

}  // namespace

Endpoints v3_campaigns_routes() {
    constexpr auto access = Access::v3;
    constexpr auto all = "/v3/profiles/{profileId}/campaigns";
    constexpr auto one = "/v3/profiles/{profileId}/campaigns/{campaignId}";
    return {
        {"POST", all, access, ExpectedBody::object, create_campaign, v3_write},
        {"GET", all, access, ExpectedBody::none, list_campaigns, v3_read},
        {"PUT", one, access, ExpectedBody::object, replace_campaign, v3_write},
        {"DELETE", one, access, ExpectedBody::optional_object, delete_campaign, v3_removal},
    };
}

}  // namespace sent::testing::emulator
