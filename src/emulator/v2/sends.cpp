#include "emulator/v2/sends.hpp"

#include <utility>

#include "emulator/json_reply.hpp"
#include "emulator/state/ids.hpp"
#include "emulator/state/lifecycle.hpp"
#include "emulator/state/template_definition.hpp"
#include "emulator/state/world.hpp"

namespace sent::testing::emulator {
namespace {

Message make_message(const World& world, std::string generation, const Contact& contact) {
    Message message;
    message.id = make_guid();
    message.generation = std::move(generation);
    message.contact_id = contact.id;
    message.number = contact.number;
    message.channel = contact.default_channel;
    message.created_at = world.now();
    message.events.push_back({"queued", message.created_at, std::nullopt});
    return message;
}

void accept(World& world, Message message, bool template_usable) {
    start_life(world, world.store.add_message(std::move(message), world.options().messages_kept),
               template_usable);
}

}  // namespace

Reply send_template(World& world, const Order& order) {
    auto* row = world.store.find_template(order.template_id);
    if (row == nullptr) {
        return problem(404, "Template not found.");
    }
    const Contact* contact = order.contact_id ? world.store.find_contact(*order.contact_id)
                                              : &world.store.contact_for(order.number.value(), world.now());
    if (contact == nullptr) {
        return problem(404, "Contact not found.");
    }
    row->used = true;
    Message message = make_message(world, order.generation, *contact);
    message.template_id = row->id;
    message.template_name = row->name;
    message.template_category = row->category;
    message.variables = order.variables;
    message.body = render_message(row->definition, message.channel, message.variables);
    message.webhook_url = order.webhook_url;
    accept(world, std::move(message), row->published);
    return no_content();
}

Reply send_quick_message(World& world, const PhoneNumber& number, const std::string& text) {
    auto& store = world.store;
    if (store.quick_message_day != utc_day(world.now())) {
        store.quick_message_day = utc_day(world.now());
        store.quick_messages_that_day = 0;
    }
    const int limit = world.options().quick_messages_per_day;
    if (store.quick_messages_that_day >= limit) {
        Reply reply = problem(429, "Only " + std::to_string(limit) + " quick messages may be sent per day.");
        reply.headers.emplace_back("Retry-After", std::to_string(seconds_to_midnight(world.now())));
        return reply;
    }
    ++store.quick_messages_that_day;
    Message message = make_message(world, "v2", store.contact_for(number, world.now()));
    message.template_name = "Quick message";
    message.template_category = "UTILITY";
    message.body.content = text;
    accept(world, std::move(message), true);
    return no_content();
}

}  // namespace sent::testing::emulator
