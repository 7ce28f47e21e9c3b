#include "emulator/state/seeds.hpp"

#include <array>
#include <string>
#include <utility>

#include "emulator/state/lifecycle.hpp"
#include "emulator/state/store.hpp"
#include "emulator/state/template_definition.hpp"

namespace sent::testing::emulator {
namespace {

struct ContactSeed {
    const char* id;
    const char* number;
    bool whatsapp;
};

// The first contact is the recipient in the Getting Started guide.
constexpr std::array<ContactSeed, 3> contact_seeds{{
    {"6ba7b810-9dad-11d1-80b4-00c04fd430c8", "+14155550100", true},
    {"5d1a9f40-77c2-4e0b-b6a3-91e4c8d2f015", "+442071838750", false},
    {"9c4e2d71-0b6f-4f3a-8d25-7e1f5a90c364", "+4915123456789", true},
}};

struct TemplateSeed {
    const char* id;
    const char* name;
    const char* category;
    const char* language;
    const char* status;
    const char* definition;
};

// The first template is the one in the Getting Started guide, with the variables that the guide fills in.
constexpr std::array<TemplateSeed, 3> template_seeds{{
    {"7ba7b820-9dad-11d1-80b4-00c04fd430c8", "order_confirmation", "UTILITY", "en_US", "APPROVED", R"({
        "header": null,
        "body": {
            "multiChannel": {
                "type": null,
                "template": "Hello {{1:variable}}, your order {{2:variable}} is confirmed.",
                "variables": [
                    {"id": 1, "name": "name", "type": "variable",
                     "props": {"variableType": "text", "sample": "John Doe"}},
                    {"id": 2, "name": "order_id", "type": "variable",
                     "props": {"variableType": "text", "sample": "12345"}}
                ]
            }
        },
        "definitionVersion": "1.0"
    })"},
    {"a2e6c0d8-1b3f-4a95-8c7e-f04b9d6132ac", "Visit reminder", "UTILITY", "en_US", "APPROVED", R"({
        "header": {"type": "text", "template": "Visit reminder", "variables": null},
        "body": {
            "multiChannel": {
                "type": null,
                "template": "Hi {{1:variable}}, see you at {{2:variable}}.",
                "variables": [
                    {"id": 1, "name": "firstName", "type": "variable",
                     "props": {"variableType": "text", "sample": "Mira"}},
                    {"id": 2, "name": "slot", "type": "variable",
                     "props": {"variableType": "text", "sample": "14:30"}}
                ]
            },
            "sms": {
                "type": null,
                "template": "{{1:variable}}, see you at {{2:variable}}.",
                "variables": [
                    {"id": 1, "name": "firstName", "type": "variable",
                     "props": {"variableType": "text", "sample": "Mira"}},
                    {"id": 2, "name": "slot", "type": "variable",
                     "props": {"variableType": "text", "sample": "14:30"}}
                ]
            }
        },
        "footer": {"type": "text", "template": "Reply STOP to opt out", "variables": null},
        "buttons": [{"id": 1, "type": "QUICK_REPLY", "props": {"text": "Confirm"}}],
        "definitionVersion": "1.0"
    })"},
    {"e85f1b02-6c3d-4d7e-9a18-2f4b70c9d5e1", "Spring offer", "MARKETING", "es_ES", "DRAFT", R"({
        "body": {
            "whatsapp": {
                "type": null,
                "template": "Hola {{1:variable}}, tu oferta te espera.",
                "variables": [
                    {"id": 1, "name": "nombre", "type": "variable",
                     "props": {"variableType": "text", "sample": "Ana"}}
                ]
            }
        },
        "definitionVersion": "1.0"
    })"},
}};

struct UserSeed {
    const char* id;
    const char* email;
    const char* name;
    const char* role;
};

// The first user is the owner of the key.
constexpr std::array<UserSeed, 2> user_seeds{{
    {"2f9d6c1a-8e34-4b70-a5d1-6c03b7e8f942", "ada@example.com", "Ada Osei", "admin"},
    {"b47e03d5-19c8-4f62-8a7b-d5e2610f9c38", "ben@example.com", "Ben Haddad", "developer"},
}};

constexpr auto profile_seed_id = "c81b6d2e-4f07-4c59-9e3a-7d50a2f8b164";
constexpr auto profile_seed_name = "Northwind Clinic";

void plant_profile(Store& store, const EmulatorOptions& options, Time now) {
    Profile profile{profile_seed_id, profile_seed_name, options.profile_api_key, now};
    profile.short_name = "Northwind";
    profile.status = "completed";
    profile.billing_model = "organization";
    profile.sending_number = "+12025550155";
    store.profiles.add(std::move(profile));
}

void plant_users(Store& store, Time now) {
    for (const auto& seed : user_seeds) {
        User user{seed.id, seed.email, seed.name, seed.role, "active", now};
        user.invited_at = now;
        user.last_login_at = now;
        user.owns_key = &seed == &user_seeds.front();
        store.users.add(std::move(user));
    }
}

}  // namespace

void plant_seeds(Store& store, const EmulatorOptions& options, Time now) {
    plant_users(store, now);
    plant_profile(store, options, now);
    for (const auto& seed : contact_seeds) {
        Contact contact{seed.id, parse_phone_number(seed.number).value(), {"sms"}, "sms", now};
        if (seed.whatsapp) {
            contact.channels.emplace_back("whatsapp");
            contact.default_channel = "whatsapp";
        }
        store.add_contact(std::move(contact));
    }
    for (const auto& seed : template_seeds) {
        Template row;
        row.id = seed.id;
        row.name = seed.name;
        row.category = seed.category;
        row.language = seed.language;
        row.definition = with_all_members(Json::parse(seed.definition));
        row.status = seed.status;
        row.created_at = now;
        if (row.status == "APPROVED") {
            publish(row);
        }
        store.templates.add(std::move(row));
    }
}

EmulatorSeeds describe_seeds() {
    EmulatorSeeds seeds;
    for (const auto& seed : contact_seeds) {
        seeds.contacts.push_back({seed.id, seed.number});
    }
    for (const auto& seed : template_seeds) {
        seeds.templates.push_back(
            {seed.id, seed.name, seed.status, variable_names(Json::parse(seed.definition))});
    }
    seeds.profiles.push_back({profile_seed_id, profile_seed_name});
    for (const auto& seed : user_seeds) {
        seeds.users.push_back({seed.id, seed.email, seed.role});
    }
    return seeds;
}

}  // namespace sent::testing::emulator
