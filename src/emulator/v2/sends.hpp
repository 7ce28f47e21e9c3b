#pragma once

/// @file
/// Accepts messages of v1 and v2.

#include <map>
#include <optional>
#include <string>

#include "emulator/http/http_types.hpp"
#include "emulator/state/phone_number.hpp"
#include "emulator/state/store.hpp"

namespace sent::testing::emulator {

class World;

struct Order {
    std::string generation{};  ///< "v1", "v2"
    std::optional<std::string> contact_id{};
    std::optional<PhoneNumber> number{};  ///< used if there is no contact_id
    std::string template_id{};
    std::map<std::string, std::string> variables{};
    std::string webhook_url{};
};

/// Returns 204, or 404 for an unknown contact or template.
Reply send_template(World& world, const Order& order);

/// Returns 204, or 429 if the day's quota is used up.
Reply send_quick_message(World& world, const PhoneNumber& number, const std::string& text);

}  // namespace sent::testing::emulator
