#include "emulator/state/account.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "emulator/v3/errors.hpp"

namespace sent::testing::emulator {
namespace {

using State = EmulatorAccountState;

struct StateRow {
    State state;
    std::string_view name;
    std::string_view code;  // empty if nothing is refused
    bool has_channels;      // whether configured channels are shown in this state
};

constexpr std::array<StateRow, 5> states{{
    {State::active, "active", "", true},
    {State::waiting_for_activation, "waiting_for_activation", "AUTH_005", true},
    {State::kyc_incomplete, "kyc_incomplete", "AUTH_006", false},
    {State::no_channel, "no_channel", "AUTH_007", false},
    {State::suspended, "suspended", "BUSINESS_014", true},
}};

constexpr std::array<std::string_view, 3> known_channels{"sms", "whatsapp", "rcs"};

const StateRow& row_of(State state) {
    const auto* found = std::find_if(states.begin(), states.end(),
                                     [state](const StateRow& row) { return row.state == state; });
    return found == states.end() ? states.front() : *found;
}

std::optional<State> parse_state(const Json& value) {
    for (const auto& row : states) {
        if (value == std::string(row.name)) {
            return row.state;
        }
    }
    return std::nullopt;
}

std::optional<std::vector<std::string>> parse_channels(const Json& value) {
    if (!value.is_array()) {
        return std::nullopt;
    }
    std::vector<std::string> channels;
    for (const auto& item : value) {
        const auto name = item.is_string() ? item.get<std::string>() : std::string{};
        if (std::find(known_channels.begin(), known_channels.end(), name) == known_channels.end()) {
            return std::nullopt;
        }
        channels.push_back(name);
    }
    return channels;
}

}  // namespace

bool has_channel(const EmulatorAccount& account, std::string_view channel) {
    const auto& channels = account.channels;
    return row_of(account.state).has_channels &&
           std::find(channels.begin(), channels.end(), channel) != channels.end();
}

void refuse_unless_active(const EmulatorAccount& account) {
    if (const auto code = row_of(account.state).code; !code.empty()) {
        throw Refusal(code);
    }
    if (account.channels.empty()) {
        throw Refusal("AUTH_007");
    }
}

Json account_state_view(const EmulatorAccount& account) {
    return Json{{"state", row_of(account.state).name}, {"channels", account.channels}};
}

EmulatorAccount read_account(const Json& body, EmulatorAccount account, FieldErrors& errors) {
    for (const auto& [name, value] : body.items()) {
        if (name == "state") {
            const auto state = parse_state(value);
            account.state = state.value_or(account.state);
            if (!state) {
                errors[name].emplace_back(
                    "state must be active, waiting_for_activation, kyc_incomplete, no_channel or suspended");
            }
        } else if (name == "channels") {
            const auto channels = parse_channels(value);
            account.channels = channels.value_or(account.channels);
            if (!channels) {
                errors[name].emplace_back("channels must be an array of sms, whatsapp and rcs");
            }
        } else {
            errors[name].push_back(name + " is not known; state and channels are");
        }
    }
    return account;
}

}  // namespace sent::testing::emulator
