#pragma once

#include <optional>
#include <string>
#include <utility>

#include <sent/client.hpp>
#include <sent/open_enum.hpp>
#include <sent/page.hpp>
#include <sent/timestamp.hpp>
#include <sent/v3/common.hpp>

namespace sent {
inline namespace v3 {

/// Role of a user. Open enumeration: see OpenEnum.
class UserRole : public OpenEnum<UserRole> {
  public:
    using OpenEnum::OpenEnum;
    static constexpr Constant admin{"admin"};
    static constexpr Constant billing{"billing"};
    static constexpr Constant developer{"developer"};
    /// Only in answers: it cannot be assigned.
    static constexpr Constant owner{"owner"};
};

/// Status of a user. Open enumeration: see OpenEnum.
class UserStatus : public OpenEnum<UserStatus> {
  public:
    using OpenEnum::OpenEnum;
    static constexpr Constant active{"active"};
    static constexpr Constant invited{"invited"};
    static constexpr Constant suspended{"suspended"};
    static constexpr Constant rejected{"rejected"};
};

/// A user of the account. Members that the service leaves out are empty.
struct User {
    std::string id{};
    std::string customer_id{};
    std::string email{};
    std::string name{};
    UserRole role{};
    UserStatus status{};
    std::optional<Timestamp> invited_at{};
    std::optional<Timestamp> last_login_at{};
    std::optional<Timestamp> created_at{};
    std::optional<Timestamp> updated_at{};
};

/// Lists users: `GET /v3/users`. See Users::list().
struct ListUsersRequest {};

/// Reads a user: `GET /v3/users/{userId}`. See Users::get().
struct GetUserRequest {
    /// Required.
    std::string user_id{};
};

/// Invites a user: `POST /v3/users`. The invitation is valid for 7 days. See Users::create().
struct CreateUserRequest {
    /// Required.
    std::string email{};
    /// Required.
    std::string name{};
    /// The service's documentation calls it required.
    UserRole role{};
};

/// Changes the role of a user: `PATCH /v3/users/{userId}`. See Users::update().
struct UpdateUserRequest {
    /// Required.
    std::string user_id{};
    UserRole role{};
};

/// Removes a user: `DELETE /v3/users/{userId}`. See Users::remove().
struct RemoveUserRequest {
    /// Required.
    std::string user_id{};
};

/// Manages the users of the account. Thread-safe. If the id is unknown, a call fails with
/// ErrorKind::not_found (RESOURCE_006).
class SENT_EXPORT Users {
  public:
    explicit Users(Client client) noexcept : client_(std::move(client)) {}

    /// Returns all users, in one page: `GET /v3/users`. A read: retried after transient failures.
    Result<Page<User>> list(const ListUsersRequest& request = {}, const CallOptions& options = {}) const;
    /// Returns the user with this id: `GET /v3/users/{userId}`. A read: retried after transient failures.
    Result<User> get(std::string user_id, const CallOptions& options = {}) const;
    /// Invites a user: `POST /v3/users`. A write with an idempotency key: retried with the same key after
    /// transient failures. The service counts it as sensitive and allows 10 such calls a minute. If the user
    /// already exists, the call fails with ErrorKind::conflict (RESOURCE_007).
    Result<User> create(const CreateUserRequest& request, const CallOptions& options = {}) const;
    /// Changes the role of a user: `PATCH /v3/users/{userId}`. A write with an idempotency key: retried with
    /// the same key after transient failures. The service refuses a change of the caller's own role or of the
    /// last admin.
    Result<User> update(const UpdateUserRequest& request, const CallOptions& options = {}) const;
    /// Removes a user: `DELETE /v3/users/{userId}`. The service refuses to remove the caller or the last
    /// admin. The service accepts no idempotency key here: if it is unknown whether the request took effect,
    /// the library does not retry it and the call ends with Outcome::unknown.
    Result<void> remove(std::string user_id, const CallOptions& options = {}) const;

  private:
    Client client_;
};

}  // namespace v3
}  // namespace sent

inline sent::Users sent::Client::users() const {
    return Users{*this};
}

SENT_DETAIL_OPEN_ENUM(sent::v3::UserRole, admin, billing, developer, owner);
SENT_DETAIL_OPEN_ENUM(sent::v3::UserStatus, active, invited, suspended, rejected);

SENT_DETAIL_DESCRIBE(sent::v3::User);
SENT_DETAIL_DESCRIBE(sent::Page<sent::v3::User>);
SENT_DETAIL_DESCRIBE(sent::v3::ListUsersRequest);
SENT_DETAIL_DESCRIBE(sent::v3::GetUserRequest);
SENT_DETAIL_DESCRIBE(sent::v3::CreateUserRequest);
SENT_DETAIL_DESCRIBE(sent::v3::UpdateUserRequest);
SENT_DETAIL_DESCRIBE(sent::v3::RemoveUserRequest);
SENT_DETAIL_OPERATION(sent::v3::ListUsersRequest, sent::Page<sent::v3::User>);
SENT_DETAIL_OPERATION(sent::v3::GetUserRequest, sent::v3::User);
SENT_DETAIL_OPERATION(sent::v3::CreateUserRequest, sent::v3::User);
SENT_DETAIL_OPERATION(sent::v3::UpdateUserRequest, sent::v3::User);
SENT_DETAIL_OPERATION(sent::v3::RemoveUserRequest, void);
