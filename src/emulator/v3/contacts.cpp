#include <algorithm>
#include <set>
#include <utility>

#include "emulator/json_reply.hpp"
#include "emulator/state/ids.hpp"
#include "emulator/state/world.hpp"
#include "emulator/v2/views.hpp"
#include "emulator/v3/fields.hpp"
#include "emulator/v3/reply.hpp"
#include "emulator/v3/routes.hpp"
#include "emulator/v3/rows.hpp"
#include "emulator/v3/views.hpp"

namespace sent::testing::emulator {
namespace {

constexpr auto no_contact = "RESOURCE_001";
constexpr auto made_up_number = "+12025550123";

Contact new_contact(const Call& call, const PhoneNumber& number) {
    Contact contact{make_guid(), number, {"sms"}, "sms", call.world.now()};
    contact.profile = call.profile;
    return contact;
}

Reply create_contact(Call& call) {
    Problems problems;
    const auto number = Fields(call.body, problems).required_number("phone_number");
    problems.refuse_if_any();
    auto contact = new_contact(call, number.value());
    if (call.sandbox) {
        return success(call, v3_contact_view(call.world, contact), 201);
    }
    if (call.world.store.find_contact_by_number(number->e164, call.profile) != nullptr) {
        throw Refusal("RESOURCE_007", "A contact with this phone number already exists");
    }
    return success(call, v3_contact_view(call.world, call.world.store.add_contact(std::move(contact))), 201);
}

bool has_number_like(const Contact& contact, const std::string& search) {
    const auto& number = contact.number;
    const auto forms = {number.e164, number.international, number.national, number.rfc};
    return std::any_of(forms.begin(), forms.end(), [&search](const std::string& form) {
        return to_lower(form).find(search) != std::string::npos;
    });
}

bool has_channel(const Contact& contact, const std::string& channel) {
    return std::find(contact.channels.begin(), contact.channels.end(), channel) != contact.channels.end();
}

Reply list_contacts(Call& call) {
    const auto page = read_v3_page(call);
    Problems problems;
    const QueryFields query(call.request, problems);
    const auto search = to_lower(query.text("search").value_or(""));
    const auto channel = query.one_of("channel", {"sms", "whatsapp", "rcs"}).value_or("");
    const auto phone = query.number("phone");
    problems.refuse_if_any();
    auto& store = call.world.store;
    if (phone && store.find_contact_by_number(phone->e164, call.profile) == nullptr) {
        throw Refusal(no_contact);
    }
    std::vector<const Contact*> rows;
    for (const auto& contact : store.contacts) {
        if (contact.profile == call.profile && (!phone || contact.number.e164 == phone->e164) &&
            (channel.empty() || has_channel(contact, channel)) && has_number_like(contact, search)) {
            rows.push_back(&contact);
        }
    }
    const auto view = [&call](const Contact& contact) { return v3_contact_view(call.world, contact); };
    return success(call, v3_page_view("contacts", rows, page, view));
}

Reply get_contact(Call& call) {
    const auto id = path_uuid(call);
    const auto& contact = row_or_refuse(call.world.store.find_contact(id, call.profile), no_contact);
    return success(call, v3_contact_view(call.world, contact));
}

// A channel of null restores the contact's first channel. A flag of null changes nothing.
void change_contact(Contact& contact, const Fields& fields, const std::optional<std::string>& channel,
                    std::optional<bool> opted_out) {
    if (fields.given("default_channel")) {
        contact.default_channel = channel.value_or(contact.channels.front());
    }
    contact.opted_out = opted_out.value_or(contact.opted_out);
}

Reply update_contact(Call& call) {
    const auto id = path_uuid(call);
    Problems problems;
    Fields fields(call.body, problems);
    const auto channel = fields.one_of("default_channel", {"sms", "whatsapp", "rcs"});
    const auto opted_out = fields.flag("opt_out");
    problems.refuse_if_any();
    auto made_up = new_contact(call, parse_phone_number(made_up_number).value());
    made_up.id = id;
    auto& contact = row_to_change(call, call.world.store.find_contact(id, call.profile), made_up, no_contact);
    if (channel && !call.sandbox && !has_channel(contact, *channel)) {
        throw Refusal("VALIDATION_006", {},
                      {{"default_channel", {"must be one of: " + join_channels(contact.channels)}}});
    }
    change_contact(contact, fields, channel, opted_out);
    contact.updated_at = call.world.now();
    return success(call, v3_contact_view(call.world, contact));
}

Reply delete_contact(Call& call) {
    const auto id = path_uuid(call);
    if (!call.sandbox) {
        row_or_refuse(call.world.store.find_contact(id, call.profile), no_contact);
        call.world.store.remove_contact(id);
    }
    return no_content();
}

struct ChannelUse {
    int messages = 0;
    int delivered = 0;
    int failed = 0;
};

int percent(int part, int whole) {
    return whole == 0 ? 0 : part * 100 / whole;
}

Json scores_view(const std::map<std::string, ChannelUse>& channels) {
    Json scores = Json::array();
    for (const auto& [channel, use] : channels) {
        scores.push_back(Json{{"channel", channel},
                              {"success_score", percent(use.delivered, use.messages)},
                              {"fail_score", percent(use.failed, use.messages)}});
    }
    return scores;
}

Reply summarize_messages(Call& call) {
    const auto id = path_uuid(call, 0, "contactId");
    row_or_refuse(call.world.store.find_contact(id, call.profile), no_contact);
    std::vector<const Message*> messages;
    std::map<std::string, ChannelUse> channels;
    for (const auto& message : call.world.store.messages) {
        if (message.contact_id == id) {
            messages.push_back(&message);
            auto& use = channels[message.channel];
            ++use.messages;
            use.delivered += message.status() == "delivered" || message.status() == "read" ? 1 : 0;
            use.failed += message.status() == "failed" ? 1 : 0;
        }
    }
    Json used = Json::array();
    for (const auto& entry : channels) {
        used.push_back(entry.first);
    }
    const auto time_of = [](const Message& message) { return Json(precise_timestamp(message.created_at)); };
    return success(call, Json{{"contact_id", id},
                              {"message_count", messages.size()},
                              {"first_message_at", messages.empty() ? Json() : time_of(*messages.front())},
                              {"last_message_at", messages.empty() ? Json() : time_of(*messages.back())},
                              {"channels_used", std::move(used)},
                              {"channel_scores", scores_view(channels)}});
}

}  // namespace

Endpoints v3_contacts_routes() {
    constexpr auto access = Access::v3;
    return {
        {"POST", "/v3/contacts", access, ExpectedBody::object, create_contact, v3_write},
        {"GET", "/v3/contacts", access, ExpectedBody::none, list_contacts, v3_read},
        {"GET", "/v3/contacts/{id}", access, ExpectedBody::none, get_contact, v3_read},
        {"PATCH", "/v3/contacts/{id}", access, ExpectedBody::object, update_contact, v3_write},
        {"DELETE", "/v3/contacts/{id}", access, ExpectedBody::optional_object, delete_contact, v3_removal},
        {"GET", "/v3/contacts/{contactId}/message-summary", access, ExpectedBody::none, summarize_messages,
         v3_read},
    };
}

}  // namespace sent::testing::emulator
