#include "emulator/v3/sends.hpp"

#include <algorithm>
#include <utility>

#include "emulator/state/ids.hpp"
#include "emulator/state/template_definition.hpp"
#include "emulator/state/world.hpp"
#include "emulator/v3/lifecycle.hpp"
#include "emulator/v3/reply.hpp"
#include "emulator/v3/rows.hpp"
#include "emulator/v3/send_request.hpp"

namespace sent::testing::emulator {
namespace {

constexpr std::size_t most_held_messages = 1000000;
constexpr auto accepted_status = 202;

Template* find_by_name(Store& store, const std::string& name, const std::string& profile) {
    Template* found = nullptr;
    for (const auto& row : store.templates) {
        if (row.name == name) {
            auto* usable = store.find_template(row.id, profile);
            found = usable != nullptr ? usable : found;
        }
    }
    return found;
}

Template* find_template(const Call& call, const TemplateChoice& choice) {
    auto& store = call.world.store;
    return choice.id ? store.find_template(*choice.id, call.profile)
                     : find_by_name(store, *choice.name, call.profile);
}

// Checks that the request has the parameters that the template needs.
void check_parameters(const Template& row, const TemplateChoice& choice) {
    FieldErrors details;
    for (const auto& name : variable_names(row.definition)) {
        const auto value = choice.parameters.find(name);
        if (value == choice.parameters.end() || value->second.empty()) {
            details["template.parameters." + name].emplace_back("is required by the template");
        }
    }
    if (!details.empty()) {
        throw Refusal("VALIDATION_008", {}, std::move(details));
    }
}

// In sandbox mode nothing is looked up. Invents a template that matches the request.
Template made_up_template(const TemplateChoice& choice) {
    Template row;
    row.id = choice.id.value_or(make_guid());
    row.name = choice.name.value_or("Sandbox template");
    row.definition = Json{{"body", {{"multiChannel", {{"template", "Sandbox message"}}}}}};
    return row;
}

void take_quota(const Call& call, const SendRequest& request) {
    const auto count = request.to.size() * request.channels.size();
    auto& world = call.world;
    if (request.scheduled_at && world.store.held_messages.size() + count > most_held_messages) {
        throw Refusal("LIMIT_001");
    }
    refuse_if_exceeded(
        world.rate_limits.take(LimitedThing::message, call.account, world.now(), static_cast<int>(count)),
        world.now());
}

std::string content_for(const SendRequest& request, const Template* row, const std::string& channel) {
    return row == nullptr
               ? request.text
               : render_message(row->definition, channel, request.chosen_template->parameters).content;
}

// Returns the first listed number that is active. If none is, returns the first one, for which the message is
// blocked. Empty if none is listed.
std::string choose_sender(const Call& call, const SendRequest& request, const std::string& channel) {
    const auto listed = request.senders.find(channel);
    if (listed == request.senders.end() || listed->second.empty()) {
        return {};
    }
    const auto& numbers = listed->second;
    const auto active = std::find_if(numbers.begin(), numbers.end(), [&call](const std::string& number) {
        return is_active_sender(call.world, call.profile, number);
    });
    return active == numbers.end() ? numbers.front() : *active;
}

Message make_message(const Call& call, const SendRequest& request, const Template* row,
                     const Contact& contact, const std::string& channel) {
    Message message;
    message.id = make_guid();
    message.generation = "v3";
    message.contact_id = contact.id;
    message.number = contact.number;
    message.profile = call.profile;
    message.channel_chosen = channel != "sent";
    message.channel = message.channel_chosen ? channel : channel_for(contact, row == nullptr);
    if (row != nullptr) {
        message.template_id = row->id;
        message.template_name = row->name;
        message.template_category = row->category;
        message.variables = request.chosen_template->parameters;
        message.body = render_message(row->definition, message.channel, message.variables);
    } else {
        message.body.content = request.text;
    }
    if (message.channel == "mms") {
        message.subject = request.subject;
        message.media_urls = request.media_urls;
    }
    message.sender = choose_sender(call, request, message.channel);
    message.scheduled_at = request.scheduled_at;
    message.idempotency_key = call.idempotency_key;
    message.created_at = call.world.now();
    message.events.push_back({"queued", message.created_at, std::nullopt});
    return message;
}

Json recipient_view(const std::string& id, const std::string& number, const std::string& channel,
                    const std::string& content, const SendRequest& request) {
    Json view{{"message_id", id},
              {"to", number},
              {"channel", channel == "sent" ? Json() : Json(channel)},
              {"body", content}};
    if (request.scheduled_at) {
        view["scheduled_at"] = precise_timestamp(*request.scheduled_at);
    }
    return view;
}

// Accepts one message for each recipient and channel.
Json accept(const Call& call, const SendRequest& request, const Template* row) {
    auto& world = call.world;
    Json recipients = Json::array();
    for (const auto& number : request.to) {
        const auto& contact = world.store.contact_for(number, world.now(), call.profile);
        for (const auto& channel : request.channels) {
            auto& message = world.store.add_message(make_message(call, request, row, contact, channel),
                                                    world.options().messages_kept);
            start_v3_life(world, message);
            recipients.push_back(
                recipient_view(message.id, number.e164, channel, message.body.content, request));
        }
    }
    return recipients;
}

Json simulate(const SendRequest& request, const Template* row) {
    Json recipients = Json::array();
    for (const auto& number : request.to) {
        for (const auto& channel : request.channels) {
            const auto content = content_for(request, row, channel == "sent" ? "sms" : channel);
            recipients.push_back(recipient_view(make_guid(), number.e164, channel, content, request));
        }
    }
    return recipients;
}

Reply accepted(const Call& call, const SendRequest& request, const Template* row, Json recipients) {
    Json data{{"status", "QUEUED"},
              {"template_id", row == nullptr ? Json() : Json(row->id)},
              {"template_name", row == nullptr ? Json() : Json(row->name)},
              {"recipients", std::move(recipients)}};
    if (request.scheduled_at) {
        data["scheduled_at"] = precise_timestamp(*request.scheduled_at);
    }
    return success(call, std::move(data), accepted_status);
}

}  // namespace

Reply send_v3_messages(Call& call) {
    const auto request = read_send_request(call);
    if (call.sandbox) {
        std::optional<Template> made_up;
        if (request.chosen_template) {
            made_up = made_up_template(*request.chosen_template);
        }
        const auto* row = made_up ? &*made_up : nullptr;
        return accepted(call, request, row, simulate(request, row));
    }
    Template* row = nullptr;
    if (request.chosen_template) {
        row = &row_or_refuse(find_template(call, *request.chosen_template), "RESOURCE_002");
        check_parameters(*row, *request.chosen_template);
    }
    take_quota(call, request);
    if (row != nullptr) {
        row->used = true;
    }
    return accepted(call, request, row, accept(call, request, row));
}

}  // namespace sent::testing::emulator
