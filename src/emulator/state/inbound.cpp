#include "emulator/state/inbound.hpp"

#include <utility>

#include "emulator/http/http_types.hpp"
#include "emulator/state/ids.hpp"
#include "emulator/state/message_events.hpp"
#include "emulator/state/world.hpp"
#include "emulator/v3/events.hpp"

namespace sent::testing::emulator {
namespace {

// Returns the name of the contact event that the keyword causes, or an empty text if the text is not a
// keyword.
std::string obey_keyword(Contact& contact, const std::string& text, Time now) {
    const auto word = to_lower(text);
    if (word == "help") {
        return "help";
    }
    if (word != "stop" && word != "start") {
        return {};
    }
    contact.opted_out = word == "stop";
    contact.updated_at = now;
    return contact.opted_out ? "opt_out" : "opt_in";
}

}  // namespace

const Message& receive_message(World& world, const InboundMessage& inbound) {
    const auto now = world.now();
    auto& contact = world.store.contact_for(inbound.from, now, inbound.profile);
    const auto wish = obey_keyword(contact, inbound.text, now);
    if (wish != "opt_out") {
        contact.wrote_at[inbound.channel] = now;
    }
    Message message;
    message.id = make_guid();
    message.generation = "v3";
    message.inbound = true;
    message.contact_id = contact.id;
    message.number = contact.number;
    message.profile = inbound.profile;
    message.channel = inbound.channel;
    message.sender = contact.number.e164;
    message.body.content = inbound.text;
    message.created_at = now;
    message.events.push_back({"received", now, std::nullopt});
    const auto& added = world.store.add_inbound(std::move(message), world.options().messages_kept);
    on_message_event(world, added);
    if (!wish.empty()) {
        publish_event(world, inbound.profile, contact_event(world, contact, added, wish));
    }
    return added;
}

}  // namespace sent::testing::emulator
