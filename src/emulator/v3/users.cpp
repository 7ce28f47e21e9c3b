#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "emulator/json_reply.hpp"
#include "emulator/state/ids.hpp"
#include "emulator/state/world.hpp"
#include "emulator/v3/fields.hpp"
#include "emulator/v3/reply.hpp"
#include "emulator/v3/routes.hpp"
#include "emulator/v3/rows.hpp"
#include "emulator/v3/views.hpp"

namespace sent::testing::emulator {
namespace {

constexpr auto no_user = "RESOURCE_006";
// The code of the catalogue about what a caller may do; the codes about states are for messages. No role
// allows a user to change or remove himself, or to leave the account without an admin.
constexpr auto not_permitted = "AUTH_004";

const Values& assignable_roles() {
    static const Values roles{"admin", "billing", "developer"};
    return roles;
}

Json user_view(const World& world, const User& user) {
    return Json{{"id", user.id},
                {"customer_id", customer_id(world, user.profile)},
                {"email", user.email},
                {"name", user.name},
                {"role", user.role},
                {"status", user.status},
                {"invited_at", time_or_null(user.invited_at)},
                {"last_login_at", time_or_null(user.last_login_at)},
                {"created_at", precise_timestamp(user.created_at)},
                {"updated_at", time_or_null(user.updated_at)}};
}

User* find_user(const Call& call, const std::string& id) {
    auto* found = call.world.store.users.find(id);
    return found == nullptr || found->profile != call.profile ? nullptr : found;
}

Reply list_users(Call& call) {
    Json users = Json::array();
    for (const auto& user : call.world.store.users) {
        if (user.profile == call.profile) {
            users.push_back(user_view(call.world, user));
        }
    }
    return success(call, Json{{"users", std::move(users)}, {"pagination", nullptr}});
}

Reply get_user(Call& call) {
    const auto id = path_uuid(call, 0, "userId");
    return success(call, user_view(call.world, row_or_refuse(find_user(call, id), no_user)));
}

// Accepts text, an @, and text with a dot.
bool is_email(const std::string& text) {
    const auto at = text.find('@');
    return at != std::string::npos && at > 0 && text.find('.', at + 2) != std::string::npos &&
           text.back() != '.' && text.find_first_of(" \t\r\n", 0) == std::string::npos &&
           text.find('@', at + 1) == std::string::npos;
}

std::string required_role(Fields& fields) {
    return fields.required_text("role") ? fields.one_of("role", assignable_roles()).value_or("") : "";
}

User read_new_user(const Call& call) {
    Problems problems;
    Fields fields(call.body, problems);
    const auto email = fields.required_text("email");
    if (email && !is_email(*email)) {
        fields.fail("email", "VALIDATION_001", "must be an email address");
    }
    const auto name = fields.required_text("name");
    const auto role = required_role(fields);
    problems.refuse_if_any();
    User user{make_guid(), email.value(), name.value(), role, "invited", call.world.now()};
    user.invited_at = call.world.now();
    user.profile = call.profile;
    return user;
}

Reply create_user(Call& call) {
    auto user = read_new_user(call);
    if (call.sandbox) {
        return success(call, user_view(call.world, user), 201);
    }
    auto& users = call.world.store.users;
    const auto address = to_lower(user.email);
    if (std::any_of(users.begin(), users.end(), [&](const User& other) {
            return other.profile == user.profile && to_lower(other.email) == address;
        })) {
        throw Refusal("RESOURCE_007", "A user with this email address already exists");
    }
    return success(call, user_view(call.world, users.add(std::move(user))), 201);
}

bool is_last_admin(const Call& call, const User& user) {
    const auto& users = call.world.store.users;
    return user.role == "admin" && std::none_of(users.begin(), users.end(), [&user](const User& other) {
               return other.id != user.id && other.profile == user.profile && other.role == "admin";
           });
}

void refuse_if_protected(const Call& call, const User& user) {
    if (user.owns_key) {
        throw Refusal(not_permitted, "Users cannot change or remove themselves");
    }
    if (is_last_admin(call, user)) {
        throw Refusal(not_permitted, "The last admin cannot be changed or removed");
    }
}

Reply update_user(Call& call) {
    const auto id = path_uuid(call, 0, "userId");
    Problems problems;
    Fields fields(call.body, problems);
    const auto role = required_role(fields);
    problems.refuse_if_any();
    User made_up{id, "sandbox@example.com", "Sandbox", role, "active", call.world.now()};
    made_up.profile = call.profile;
    auto& user = row_to_change(call, find_user(call, id), made_up, no_user);
    if (!call.sandbox) {
        refuse_if_protected(call, user);
    }
    user.role = role;
    user.updated_at = call.world.now();
    return success(call, user_view(call.world, user));
}

Reply delete_user(Call& call) {
    const auto id = path_uuid(call, 0, "userId");
    if (!call.sandbox) {
        refuse_if_protected(call, row_or_refuse(find_user(call, id), no_user));
        call.world.store.users.erase(id);
    }
    return no_content();
}

}  // namespace

Endpoints v3_users_routes() {
    constexpr auto access = Access::v3;
    return {
        {"GET", "/v3/users", access, ExpectedBody::none, list_users, v3_read},
        {"POST", "/v3/users", access, ExpectedBody::object, create_user, v3_sensitive_write},
        {"GET", "/v3/users/{userId}", access, ExpectedBody::none, get_user, v3_read},
        {"PATCH", "/v3/users/{userId}", access, ExpectedBody::object, update_user, v3_write},
        {"DELETE", "/v3/users/{userId}", access, ExpectedBody::optional_object, delete_user, v3_removal},
    };
}

}  // namespace sent::testing::emulator
