#include "emulator/state/lifecycle.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "emulator/http/http_types.hpp"
#include "emulator/state/message_events.hpp"
#include "emulator/state/world.hpp"
#include "emulator/v3/events.hpp"

namespace sent::testing::emulator {
namespace {

void reach_later(World& world, const Message& message, Time when, const char* status,
                 std::optional<std::string> description = std::nullopt, const char* reason_code = "") {
    plan_step(
        world, message, when,
        [&world, status, description = std::move(description), reason_code](const Message& found, Time time) {
            reach(world, found.id, {status, time, description, reason_code});
        });
}

// Returns digits, like Meta's ids, and always the same for the same template.
std::string as_number(const std::string& guid) {
    std::string result = "1";
    for (const char c : guid) {
        if (c != '-' && result.size() < 15) {
            result.push_back(static_cast<char>('0' + (c >= 'a' ? c - 'a' : c - '0')));
        }
    }
    return result;
}

}  // namespace

void start_life(World& world, const Message& message, bool template_usable) {
    on_message_event(world, message);
    const auto delay = world.options().delivery_delay;
    if (!template_usable) {
        reach_later(world, message, message.created_at + delay / 2, "failed",
                    "The template is not approved for sending.", "BUSINESS_005");
        return;
    }
    reach_later(world, message, message.created_at + delay / 2, "sent");
    reach_later(world, message, message.created_at + delay, "delivered");
}

void submit_for_review(World& world, Template& row) {
    row.status = "PENDING";
    row.published = false;
    row.submitted_at = world.now();
    on_template_event(world, row, world.now());
    world.at(world.now() + world.options().template_approval_delay,
             [&world, id = row.id, submitted_at = row.submitted_at](Time time) {
                 auto* found = world.store.templates.find(id);
                 if (found != nullptr && !found->deleted && found->submitted_at == submitted_at) {
                     publish(*found);
                     found->updated_at = time;
                     on_template_event(world, *found, time);
                 }
             });
}

void publish(Template& row) {
    row.status = "APPROVED";
    row.published = true;
    row.whatsapp_id = as_number(row.id);
    row.whatsapp_name = as_identifier(row.name);
}

std::string as_identifier(const std::string& name) {
    std::string result;
    for (const char c : to_lower(name)) {
        const bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (kept) {
            result.push_back(c);
        } else if (!result.empty() && result.back() != '_') {
            result.push_back('_');
        }
    }
    if (!result.empty() && result.back() == '_') {
        result.pop_back();
    }
    return result.empty() ? "template" : result;
}

}  // namespace sent::testing::emulator
