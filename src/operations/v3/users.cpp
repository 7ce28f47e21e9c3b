#include <sent/v3/users.hpp>

#include <utility>

#include "json/field.hpp"
#include "operations/v3/pages.hpp"
#include "operations/v3/replays.hpp"

namespace sent::detail {
namespace {

constexpr Field user_fields[] = {
    field<&User::id>("id"),
    field<&User::customer_id>("customer_id"),
    field<&User::email>("email"),
    field<&User::name>("name"),
    field<&User::role>("role"),
    field<&User::status>("status"),
    field<&User::invited_at>("invited_at"),
    field<&User::last_login_at>("last_login_at"),
    field<&User::created_at>("created_at"),
    field<&User::updated_at>("updated_at"),
};
constexpr StructInfo user_info{"v3::User", user_fields};

constexpr StructInfo list_users_info{"v3::ListUsersRequest"};

constexpr Field get_user_fields[] = {
    field<&GetUserRequest::user_id>("userId").in_path(),
};
constexpr StructInfo get_user_info{"v3::GetUserRequest", get_user_fields};

constexpr Field create_user_fields[] = {
    field<&CreateUserRequest::email>("email").required(),
    field<&CreateUserRequest::name>("name").required(),
    field<&CreateUserRequest::role>("role"),
};
constexpr StructInfo create_user_info{"v3::CreateUserRequest", create_user_fields};

constexpr Field update_user_fields[] = {
    field<&UpdateUserRequest::user_id>("userId").in_path(),
    field<&UpdateUserRequest::role>("role"),
};
constexpr StructInfo update_user_info{"v3::UpdateUserRequest", update_user_fields};

constexpr Field remove_user_fields[] = {
    field<&RemoveUserRequest::user_id>("userId").in_path(),
};
constexpr StructInfo remove_user_info{"v3::RemoveUserRequest", remove_user_fields};

constexpr Field user_page_fields[] = {
    field<&Page<User>::items>("users"),
    pagination_field<User>(),
};
constexpr StructInfo user_page_info{"Page", user_page_fields};

constexpr Route list_users_route =
    v3_whole_list_route<User>("v3.users.list", "/v3/users", list_users_info, user_page_info);
Route::ReplayMismatch other_user(const HttpRequest& request, const void* response,
                                 std::string_view /*body*/) {
    return mismatch_unless(may_be_same_name(sent_request<CreateUserRequest>(request).email,
                                            static_cast<const User*>(response)->email),
                           "with another email address");
}

constexpr Route create_user_route = checking_replays(
    v3_sensitive_route("v3.users.create", "POST", "/v3/users", create_user_info, &user_info), &other_user);
constexpr Route get_user_route =
    v3_read_route("v3.users.get", "/v3/users/{userId}", get_user_info, user_info);
constexpr Route update_user_route = checking_replays(
    v3_write_route("v3.users.update", "PATCH", "/v3/users/{userId}", update_user_info, &user_info),
    &other_id<User>);
constexpr Route remove_user_route =
    v3_remove_route("v3.users.remove", "/v3/users/{userId}", remove_user_info);

}  // namespace

const StructInfo& Described<User>::info() noexcept {
    return user_info;
}
const StructInfo& Described<ListUsersRequest>::info() noexcept {
    return list_users_info;
}
const StructInfo& Described<GetUserRequest>::info() noexcept {
    return get_user_info;
}
const StructInfo& Described<CreateUserRequest>::info() noexcept {
    return create_user_info;
}
const StructInfo& Described<UpdateUserRequest>::info() noexcept {
    return update_user_info;
}
const StructInfo& Described<RemoveUserRequest>::info() noexcept {
    return remove_user_info;
}
const StructInfo& Described<Page<User>>::info() noexcept {
    return user_page_info;
}

}  // namespace sent::detail

namespace sent {

const Route& operation<ListUsersRequest>::route() noexcept {
    return detail::list_users_route;
}
const Route& operation<GetUserRequest>::route() noexcept {
    return detail::get_user_route;
}
const Route& operation<CreateUserRequest>::route() noexcept {
    return detail::create_user_route;
}
const Route& operation<UpdateUserRequest>::route() noexcept {
    return detail::update_user_route;
}
const Route& operation<RemoveUserRequest>::route() noexcept {
    return detail::remove_user_route;
}

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
