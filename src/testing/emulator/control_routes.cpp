#include "testing/emulator/faults.hpp"
#include "testing/emulator/inspection.hpp"
#include "testing/emulator/json_reply.hpp"
#include "testing/emulator/router.hpp"
#include "testing/emulator/world.hpp"

namespace sent::testing::emulator {
namespace {

constexpr long long most_milliseconds = 1000LL * 60 * 60 * 24 * 3660;

Reply health(Call& /*call*/) {
    return json_reply(Json{{"status", "ok"}});
}

Reply state(Call& call) {
    return json_reply(state_view(call.world));
}

Reply list_faults(Call& call) {
    Json faults = Json::array();
    for (const auto& fault : call.world.faults.waiting()) {
        faults.push_back(fault_json(fault));
    }
    return json_reply(Json{{"faults", std::move(faults)}});
}

// One fault, or an array of them: all are added, or none.
Reply add_faults(Call& call) {
    FieldErrors errors;
    std::vector<Fault> faults;
    for (const auto& item : call.body.is_array() ? call.body : Json::array({call.body})) {
        faults.push_back(read_fault(item, errors));
    }
    if (!errors.empty()) {
        return validation_error(errors);
    }
    for (auto& fault : faults) {
        call.world.faults.add(std::move(fault));
    }
    return list_faults(call);
}

Reply clear_faults(Call& call) {
    call.world.faults.clear();
    return no_content();
}

Reply reset(Call& call) {
    call.world.reset();
    return no_content();
}

Reply advance_clock(Call& call) {
    const auto& amount = member(call.body, "ms");
    if (!amount.is_number_integer() || amount < 0 || amount > most_milliseconds) {
        return validation_error({{"ms", {"ms must be an integer: how many milliseconds are to pass"}}});
    }
    call.world.advance(std::chrono::milliseconds(amount.get<long long>()));
    return no_content();
}

}  // namespace

Routes control_routes() {
    return {
        {"GET", "/_emulator/health", Access::open, BodyRule::none, health},
        {"GET", "/_emulator/state", Access::open, BodyRule::none, state},
        {"GET", "/_emulator/faults", Access::open, BodyRule::none, list_faults},
        {"POST", "/_emulator/faults", Access::open, BodyRule::any_json, add_faults},
        {"DELETE", "/_emulator/faults", Access::open, BodyRule::none, clear_faults},
        {"POST", "/_emulator/reset", Access::open, BodyRule::none, reset},
        {"POST", "/_emulator/clock/advance", Access::open, BodyRule::object, advance_clock},
    };
}

}  // namespace sent::testing::emulator
