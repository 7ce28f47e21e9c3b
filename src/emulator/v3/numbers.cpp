#include "emulator/v3/fields.hpp"
#include "emulator/v3/reply.hpp"
#include "emulator/v3/routes.hpp"

namespace sent::testing::emulator {
namespace {

// Refuses only texts that are not numbers. All numbers are looked up, and found or not.
Reply look_up(Call& call) {
    const auto number = parse_phone_number(call.path_values.at(0));
    if (!number) {
        throw Refusal("VALIDATION_002", {},
                      {{"phoneNumber", {"must be a phone number in E.164 format, with + encoded as %2B"}}});
    }
    const bool known = !number->country_code.empty();
    const auto if_known = [known](const char* text) { return known ? Json(text) : Json(); };
    return success(call, Json{{"phone_number", number->e164},
                              {"is_valid", known},
                              {"country_code", known ? Json(number->region) : Json()},
                              {"carrier_name", if_known("Example Mobile")},
                              {"line_type", known ? Json(number->type) : Json()},
                              {"mobile_country_code", if_known("001")},
                              {"mobile_network_code", if_known("01")},
                              {"is_ported", known ? Json(false) : Json()},
                              {"is_voip", known ? Json(number->type == "voip") : Json()}});
}

}  // namespace

Endpoints v3_numbers_routes() {
    return {{"GET", "/v3/numbers/lookup/{phoneNumber}", Access::v3, ExpectedBody::none, look_up, v3_read}};
}

}  // namespace sent::testing::emulator
