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

/// What a user may do. The set is open.
class UserRole : public OpenEnum<UserRole> {
  public:
    using OpenEnum::OpenEnum;
    static constexpr Constant admin{"admin"};
    static constexpr Constant billing{"billing"};
    static constexpr Constant developer{"developer"};
    /// Exists, but cannot be given.
    static constexpr Constant owner{"owner"};
};

/// The set is open.
class UserStatus : public OpenEnum<UserStatus> {
  public:
    using OpenEnum::OpenEnum;
    static constexpr Constant active{"active"};
    static constexpr Constant invited{"invited"};
    static constexpr Constant suspended{"suspended"};
    static constexpr Constant rejected{"rejected"};
};

/// A user of the account. What the service leaves out is empty.
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

/// `GET /v3/users`.
struct ListUsersRequest {};

/// `GET /v3/users/{userId}`.
struct GetUserRequest {
    std::string user_id{};
};

/// `POST /v3/users`: invites a user; the invitation is valid for 7 days.
struct CreateUserRequest {
    /// Required.
    std::string email{};
    /// Required.
    std::string name{};
    /// The service's text calls it required.
    UserRole role{};
};

/// `PATCH /v3/users/{userId}`.
struct UpdateUserRequest {
    std::string user_id{};
    UserRole role{};
};

/// `DELETE /v3/users/{userId}`.
struct RemoveUserRequest {
    std::string user_id{};
};

/// The account's users. Thread-safe. An unknown id is ErrorKind::not_found (RESOURCE_006).
class SENT_EXPORT Users {
  public:
    explicit Users(Client client) noexcept : client_(std::move(client)) {}

    /// `GET /v3/users`. A read; all of them make one page.
    Result<Page<User>> list(const ListUsersRequest& request = {}, const CallOptions& options = {}) const;
    /// `GET /v3/users/{userId}`. A read.
    Result<User> get(std::string user_id, const CallOptions& options = {}) const;
    /// `POST /v3/users`. A keyed write: repeated with the same idempotency key when it fails for a passing
    /// reason. Counts as sensitive: 10 a minute. A user who exists: ErrorKind::conflict (RESOURCE_007).
    Result<User> create(const CreateUserRequest& request, const CallOptions& options = {}) const;
    /// `PATCH /v3/users/{userId}`. A keyed write. Nobody can change himself, nor the last admin.
    Result<User> update(const UpdateUserRequest& request, const CallOptions& options = {}) const;
    /// `DELETE /v3/users/{userId}`. Knows no idempotency key: never repeated once it may have left
    /// (Outcome::unknown). Nobody can remove himself, nor the last admin.
    Result<void> remove(std::string user_id, const CallOptions& options = {}) const;

  private:
    Client client_;
};

}  // namespace v3
}  // namespace sent

inline sent::Users sent::Client::users() const {
    return Users{*this};
}

SENT_DETAIL_HASHABLE(sent::v3::UserRole);
SENT_DETAIL_HASHABLE(sent::v3::UserStatus);

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
