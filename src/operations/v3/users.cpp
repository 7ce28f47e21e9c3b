#include <sent/v3/users.hpp>

#include <utility>

#include "json/field.hpp"
#include "operations/v3/pages.hpp"
#include "operations/v3/replays.hpp"

namespace sent::detail {
namespace {

Route::ReplayMismatch other_user(const HttpRequest& request, const void* response,
                                 std::string_view /*body*/) {
    return mismatch_unless(may_be_same_name(sent_request<CreateUserRequest>(request).email,
                                            static_cast<const User*>(response)->email),
                           "with another email address");
}

}  // namespace

SENT_TABLE(User,
           field<&User::id>("id"),
           field<&User::customer_id>("customer_id"),
           field<&User::email>("email"),
           field<&User::name>("name"),
           field<&User::role>("role"),
           field<&User::status>("status"),
           field<&User::invited_at>("invited_at"),
           field<&User::last_login_at>("last_login_at"),
           field<&User::created_at>("created_at"),
           field<&User::updated_at>("updated_at"));
SENT_EMPTY_TABLE(ListUsersRequest);
SENT_TABLE(GetUserRequest,
           field<&GetUserRequest::user_id>("userId").in_path());
SENT_TABLE(CreateUserRequest,
           field<&CreateUserRequest::email>("email").required(),
           field<&CreateUserRequest::name>("name").required(),
           field<&CreateUserRequest::role>("role"));
SENT_TABLE(UpdateUserRequest,
           field<&UpdateUserRequest::user_id>("userId").in_path(),
           field<&UpdateUserRequest::role>("role"));
SENT_TABLE(RemoveUserRequest,
           field<&RemoveUserRequest::user_id>("userId").in_path());
SENT_TABLE(Page<User>,
           field<&Page<User>::items>("users"),
           pagination_field<User>());

SENT_OPERATION(ListUsersRequest, whole_list<User>("v3.users.list", "/v3/users", "List users"));
SENT_OPERATION(CreateUserRequest, sensitive_write("v3.users.create", "POST", "/v3/users", "Invite a user")
                                      .checks_replays(&other_user));
SENT_OPERATION(GetUserRequest, read("v3.users.get", "/v3/users/{userId}", "Get a user"));
SENT_OPERATION(UpdateUserRequest,
               keyed_write("v3.users.update", "PATCH", "/v3/users/{userId}", "Change a user's role")
                   .checks_replays(&other_id<User>));
SENT_OPERATION(RemoveUserRequest, remove("v3.users.remove", "/v3/users/{userId}", "Remove a user"));

SENT_OPERATIONS(v3_users, ListUsersRequest, CreateUserRequest, GetUserRequest, UpdateUserRequest,
                RemoveUserRequest);

}  // namespace sent::detail

namespace sent {

inline namespace v3 {

Result<Page<User>> Users::list(const ListUsersRequest& request, const CallOptions& options) const {
    return client_.call(request, options);
}

Result<User> Users::get(std::string user_id, const CallOptions& options) const {
    return client_.call(GetUserRequest{std::move(user_id)}, options);
}

Result<User> Users::create(const CreateUserRequest& request, const CallOptions& options) const {
    return client_.call(request, options);
}

Result<User> Users::update(const UpdateUserRequest& request, const CallOptions& options) const {
    return client_.call(request, options);
}

Result<void> Users::remove(std::string user_id, const CallOptions& options) const {
    return client_.call(RemoveUserRequest{std::move(user_id)}, options);
}

}  // namespace v3
}  // namespace sent
