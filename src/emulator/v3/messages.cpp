#include <algorithm>

#include "emulator/state/world.hpp"
#include "emulator/v3/fields.hpp"
#include "emulator/v3/lifecycle.hpp"
#include "emulator/v3/reply.hpp"
#include "emulator/v3/routes.hpp"
#include "emulator/v3/rows.hpp"
#include "emulator/v3/sends.hpp"
#include "emulator/v3/views.hpp"

namespace sent::testing::emulator {
namespace {

Message& message_in_path(const Call& call) {
    auto* found = call.world.store.messages.find(path_uuid(call));
    return row_or_refuse(found != nullptr && found->profile == call.profile ? found : nullptr,
                         "RESOURCE_003");
}

Reply get_message(Call& call) {
    return success(call, v3_message_view(call.world, message_in_path(call)));
}

Reply list_activities(Call& call) {
    const auto& message = message_in_path(call);
    return success(call, Json{{"message_id", message.id},
                              {"activities", v3_activities_view(message)},
                              {"pagination", nullptr}});
}

Reply cancel_message(Call& call) {
    auto& message = message_in_path(call);
    if (message.status() == "scheduled") {
        cancel_held(call.world, message);
    } else if (message.status() != "cancelled") {
        throw Refusal("BUSINESS_006");
    }
    return success(call, v3_message_view(call.world, message));
}

Reply resent(const Call& call, const Message& message) {
    const Json recipient{{"message_id", message.id},
                         {"to", message.number.e164},
                         {"channel", message.channel_chosen ? Json(message.channel) : Json()},
                         {"body", message.body.content}};
    return success(call,
                   Json{{"status", "QUEUED"},
                        {"template_id", value_or_null(message.template_id)},
                        {"template_name", text_or_null(message.template_name)},
                        {"recipients", Json::array({recipient})}},
                   202);
}

// Nothing is looked up in sandbox mode.
Message made_up_message(const Call& call) {
    Message message;
    message.id = path_uuid(call);
    message.number.e164 = "+12025550123";
    message.channel = "sms";
    message.body.content = "Sandbox message";
    return message;
}

// Which code the service refuses other statuses with is not documented.
bool can_be_resent(const Message& message) {
    const auto& status = message.status();
    return status == "delivered" || status == "read" || status == "failed" || status == "blocked";
}

Reply resend_message(Call& call) {
    if (call.sandbox) {
        return resent(call, made_up_message(call));
    }
    auto& message = message_in_path(call);
    if (!can_be_resent(message)) {
        throw Refusal("BUSINESS_006");
    }
    auto& world = call.world;
    refuse_if_exceeded(world.rate_limits.take(LimitedThing::message, call.account, world.now()), world.now());
    world.store.count_accepted(call.idempotency_key);
    start_again(world, message);
    return resent(call, message);
}

// Returns the messages with the contact, or with all contacts if the id is empty, newest first.
Reply conversation_page(Call& call, const std::string& contact_id) {
    const auto page = read_v3_page(call);
    std::vector<const Message*> rows;
    for (const auto& message : call.world.store.messages) {
        if (message.profile == call.profile && (contact_id.empty() || message.contact_id == contact_id)) {
            rows.push_back(&message);
        }
    }
    std::reverse(rows.begin(), rows.end());
    const auto view = [&call](const Message& message) { return v3_message_view(call.world, message); };
    return success(call, v3_page_view("messages", rows, page, view));
}

Reply list_conversations(Call& call) {
    return conversation_page(call, {});
}

// The service does not document what identifies a conversation. Here it is the contact.
Reply get_conversation(Call& call) {
    const auto id = path_uuid(call);
    row_or_refuse(call.world.store.find_contact(id, call.profile), "RESOURCE_001");
    return conversation_page(call, id);
}

}  // namespace

Endpoints v3_messages_routes() {
    constexpr auto access = Access::v3;
    return {
        {"POST", "/v3/messages", access, ExpectedBody::object, send_v3_messages, v3_write},
        {"GET", "/v3/messages/{id}", access, ExpectedBody::none, get_message, v3_read},
        {"GET", "/v3/messages/{id}/activities", access, ExpectedBody::none, list_activities, v3_read},
        {"POST", "/v3/messages/{id}/resend", access, ExpectedBody::object, resend_message, v3_write},
        {"POST", "/v3/messages/{id}/cancel", access, ExpectedBody::object, cancel_message,
         v3_write_without_sandbox},
    };
}

Endpoints v3_conversations_routes() {
    constexpr auto access = Access::v3;
    return {
        {"GET", "/v3/conversations", access, ExpectedBody::none, list_conversations, v3_read},
        {"GET", "/v3/conversations/{id}", access, ExpectedBody::none, get_conversation, v3_read},
    };
}

}  // namespace sent::testing::emulator
