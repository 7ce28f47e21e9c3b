#include <algorithm>
#include <string>
#include <utility>

#include "emulator/v3/fields.hpp"
#include "emulator/v3/markets.hpp"
#include "emulator/v3/reply.hpp"
#include "emulator/v3/routes.hpp"

namespace sent::testing::emulator {
namespace {

// The names inside the demands are examples: the service does not document them.
Json demand(const char* key) {
    return Json{{"key", key}, {"required", true}};
}

Reply get_requirements(Call& call) {
    Problems problems;
    const QueryFields query(call.request, problems);
    const auto country = query.text("country");
    const auto type = number_type(query.text("type").value_or(""));
    const auto channel = query.text("channel").value_or("sms");
    if (!country) {
        problems.add("country", "VALIDATION_004", "is required");
    } else if (std::find(number_types().begin(), number_types().end(), type) == number_types().end()) {
        problems.add("type", "VALIDATION_001", "must be a number type");
    }
    problems.refuse_if_any();
    refuse_unless_channel(channel, {"sms"});
    const bool is_registered = *country == "US" && type == ten_dlc;
    const auto demands = is_registered
                             ? Json::array({demand("brand.legal_name"), demand("campaign.message_flow")})
                             : Json::array();
    const Json first_body{{"country", *country}, {"number_type", type}};
    return success(
        call,
        Json{{"channel", channel},
             {"country", *country},
             {"type", type},
             {"required", is_registered},
             {"sender_id_pattern", type == "ALPHANUMERIC" ? Json("^[A-Za-z0-9 ]{3,11}$") : Json()},
             {"requirements", demands},
             {"setup",
              Json::array({Json{{"method", "POST"}, {"path", "/v3/channels/sms"}, {"body", first_body}}})}});
}

Reply get_country_compliance(Call& call) {
    refuse_unless_channel(call.path_values.at(0), {"sms", "mms", "voice"});
    Json types = Json::array();
    if (call.path_values.at(1) == "US") {
        for (const char* type : {ten_dlc, "LOCAL", "TOLL_FREE"}) {
            types.push_back(Json{{"type", type},
                                 {"fees", Json{{"monthly", 1.5}}},
                                 {"compliance", Json{{"documents", Json::array()}}}});
        }
    }
    return success(call, Json{{"number_types", std::move(types)}});
}

}  // namespace

Endpoints v3_compliance_routes() {
    constexpr auto access = Access::v3;
    return {
        {"GET", "/v3/compliance/requirements", access, ExpectedBody::none, get_requirements, v3_read},
        {"GET", "/v3/channels/{channel}/{country}/compliance", access, ExpectedBody::none,
         get_country_compliance, v3_read},
    };
}

}  // namespace sent::testing::emulator
