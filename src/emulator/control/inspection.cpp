#include "emulator/control/inspection.hpp"

#include "emulator/state/account.hpp"
#include "emulator/state/seeds.hpp"
#include "emulator/state/template_definition.hpp"
#include "emulator/state/world.hpp"

namespace sent::testing::emulator {
namespace {

Json identity_view(const World& world) {
    const auto& options = world.options();
    return Json{{"base_url", world.base_url},
                {"api_key", options.api_key},
                {"sender_id", options.sender_id},
                {"forbidden_api_key", options.forbidden_api_key},
                {"profile_api_key", options.profile_api_key}};
}

Json message_view(const AcceptedMessage& message) {
    return Json{{"id", message.id},
                {"generation", message.generation},
                {"contact_id", message.contact_id},
                {"phone_number", message.phone_number},
                {"template_id", message.template_id.empty() ? Json() : Json(message.template_id)},
                {"variables", message.variables},
                {"text", message.text},
                {"webhook_url", message.webhook_url.empty() ? Json() : Json(message.webhook_url)},
                {"accepted_at", precise_timestamp(message.accepted_at)},
                {"status", message.status},
                {"channel", message.channel},
                {"idempotency_key", message.idempotency_key.empty() ? Json() : Json(message.idempotency_key)},
                {"profile_id", message.profile_id.empty() ? Json() : Json(message.profile_id)}};
}

Json webhook_view(const WebhookDelivery& delivery) {
    return Json{{"url", delivery.url},
                {"message_id", delivery.message_id},
                {"event", delivery.event},
                {"attempts", delivery.attempts},
                {"http_status", delivery.http_status},
                {"outcome", delivery.outcome}};
}

Json webhook_event_view(const WebhookEvent& event) {
    return Json{{"id", event.id},
                {"webhook_id", event.webhook_id},
                {"event_type", event.event_type},
                {"status", event.status},
                {"attempts", event.attempts}};
}

template <typename Rows, typename View>
Json array_of(const Rows& rows, const View& view) {
    Json result = Json::array();
    for (const auto& row : rows) {
        result.push_back(view(row));
    }
    return result;
}

Json contact_view(const Contact& contact) {
    return Json{{"id", contact.id}, {"phone_number", contact.number.e164}};
}

Json template_view(const Template& row) {
    return Json{{"id", row.id},
                {"name", row.name},
                {"status", row.status},
                {"variables", variable_names(row.definition)},
                {"deleted", row.deleted}};
}

Json profile_view(const Profile& profile) {
    return Json{{"id", profile.id},
                {"name", profile.name},
                {"api_key", profile.api_key},
                {"status", profile.status},
                {"deleted", profile.deleted}};
}

void add_documents(Json& into, const std::vector<StoredDocument>& documents, const std::string& profile) {
    for (const auto& document : documents) {
        into.push_back(Json{{"document_id", document.id},
                            {"key", document.key},
                            {"file_name", document.file_name},
                            {"size", document.size},
                            {"profile_id", profile.empty() ? Json() : Json(profile)}});
    }
}

Json documents_of(const Store& store) {
    Json result = Json::array();
    for (const auto& market : store.markets) {
        add_documents(result, market.documents, market.profile);
    }
    for (const auto& profile : store.profiles) {
        add_documents(result, profile.documents, profile.id);
    }
    return result;
}

Json requests_view(const RequestCounts& requests) {
    Json result = Json::object();
    for (const auto& [route, count] : requests.by_route) {
        result[route.first + ' ' + route.second] = count;
    }
    return result;
}

}  // namespace

std::vector<AcceptedMessage> list_messages(const World& world) {
    std::vector<AcceptedMessage> result;
    for (const auto& message : world.store.messages) {
        if (message.inbound) {
            continue;
        }
        result.push_back({message.id, message.generation, message.contact_id, message.number.e164,
                          message.template_id.value_or(""), message.variables, message.body.content,
                          message.webhook_url, message.created_at, message.status(), message.channel,
                          message.idempotency_key, message.profile});
    }
    return result;
}

Json start_line_view(const World& world) {
    Json line = identity_view(world);
    const auto seeds = world.options().seed ? describe_seeds() : EmulatorSeeds{};
    line["contacts"] = array_of(seeds.contacts, [](const SeededContact& contact) {
        return Json{{"id", contact.id}, {"phone_number", contact.phone_number}};
    });
    line["templates"] = array_of(seeds.templates, [](const SeededTemplate& row) {
        return Json{{"id", row.id}, {"name", row.name}, {"status", row.status}, {"variables", row.variables}};
    });
    line["profiles"] = array_of(seeds.profiles, [](const SeededProfile& profile) {
        return Json{{"id", profile.id}, {"name", profile.name}};
    });
    line["users"] = array_of(seeds.users, [](const SeededUser& user) {
        return Json{{"id", user.id}, {"email", user.email}, {"role", user.role}};
    });
    return line;
}

Json state_view(const World& world) {
    Json state = identity_view(world);
    state["contacts"] = array_of(world.store.contacts, contact_view);
    state["templates"] = array_of(world.store.templates, template_view);
    state["profiles"] = array_of(world.store.profiles, profile_view);
    state["documents"] = documents_of(world.store);
    state["account"] = account_state_view(world.account);
    state["accepted_messages"] = world.store.accepted_messages;
    state["accepted_messages_by_key"] = world.store.accepted_by_key;
    state["messages"] = array_of(list_messages(world), message_view);
    state["webhooks"] = array_of(world.webhooks.deliveries(), webhook_view);
    state["webhook_events"] = array_of(world.store.webhook_events, webhook_event_view);
    state["requests"] = world.requests.total;
    state["requests_by_path"] = requests_view(world.requests);
    state["connections"] = world.connections.load();
    state["faults"] = array_of(world.faults.waiting(), fault_json);
    return state;
}

}  // namespace sent::testing::emulator
