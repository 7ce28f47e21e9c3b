#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <sent/client.hpp>
#include <sent/document.hpp>
#include <sent/json_text.hpp>
#include <sent/nullable.hpp>
#include <sent/open_enum.hpp>
#include <sent/page.hpp>
#include <sent/secret.hpp>
#include <sent/timestamp.hpp>

/// @file
/// Sender profiles: accounts below the account of an organization. They replace the operations of
/// `/v3/profiles`. A profile can be used as soon as it exists.

namespace sent {
inline namespace v3 {

/// Who receives the notifications of a sender profile. Open enumeration: see OpenEnum.
class ProfileNotifications : public OpenEnum<ProfileNotifications> {
  public:
    using OpenEnum::OpenEnum;
    static constexpr Constant organization{"ORGANIZATION"};
    static constexpr Constant sender_profile{"SENDER_PROFILE"};
    static constexpr Constant organization_and_sender_profile{"ORGANIZATION_AND_SENDER_PROFILE"};
};

/// A sender profile. Members that the service leaves out are empty.
///
/// `billing`, `channels` and `compliance` are JSON text. Each is the profile's own, the organization's
/// (`{"inherit":true}`), or absent.
struct SenderProfile {
    std::string id{};
    std::string organization_id{};
    std::string name{};
    std::string short_name{};
    std::optional<std::string> description{};
    /// Key with which the profile makes calls. Only SenderProfiles::create() returns it: store it.
    Secret api_key{};
    RawJson billing{};
    std::optional<ProfileNotifications> notifications{};
    /// `sms` is a list of markets; `whatsapp` and `rcs` are objects.
    RawJson channels{};
    RawJson compliance{};
    std::optional<Timestamp> created_at{};
};

/// Creates a sender profile: `POST /v3/sender-profiles`. See SenderProfiles::create().
struct CreateSenderProfileRequest {
    /// Required.
    std::string name{};
    /// Required. SMS sender id: 3 to 11 letters, digits or spaces, with at least one letter.
    std::string short_name{};
    std::optional<std::string> description{};
    /// Who pays: `{"inherit":true}` for the organization, or the profile's own data. The vendor's sources
    /// disagree about what happens if it is absent.
    RawJson billing{};
    /// Channels to set up. `sms` is one market, as in CreateSmsMarketRequest: `{"sms":{"country":"US",...}}`.
    RawJson channels{};
    /// The profile's `brand` and `campaign`, or `{"inherit":true}` for the organization's campaign.
    RawJson compliance{};
    std::optional<ProfileNotifications> notifications{};
    /// Documents that prove who the profile is. With them the request is multipart/form-data. See Document.
    std::vector<Document> documents{};
};

/// Lists the sender profiles of the organization: `GET /v3/sender-profiles`. See SenderProfiles::list().
struct ListSenderProfilesRequest {
    /// Number of the page, counted from 1. Defaults to 1.
    std::int32_t page = 1;
    /// Profiles on a page, at least 1. Defaults to 20.
    std::int32_t page_size = 20;
};

/// Reads a sender profile: `GET /v3/sender-profiles/{id}`. See SenderProfiles::get().
struct GetSenderProfileRequest {
    /// Required.
    std::string id{};
};

/// Changes the members of a sender profile that are set here: `PATCH /v3/sender-profiles/{id}`. See
/// SenderProfiles::update().
struct UpdateSenderProfileRequest {
    /// Required.
    std::string id{};
    std::optional<std::string> name{};
    /// 3 to 11 letters, digits or spaces, with at least one letter.
    std::optional<std::string> short_name{};
    /// `sent::null` removes the description.
    Nullable<std::string> description{};
    std::optional<ProfileNotifications> notifications{};
};

/// Removes a sender profile: `DELETE /v3/sender-profiles/{id}`. It does not support the sandbox and always
/// deletes. See SenderProfiles::remove().
struct RemoveSenderProfileRequest {
    /// Required.
    std::string id{};
};

/// Manages the sender profiles of the organization. Thread-safe. If the id is unknown, or belongs to another
/// organization, a call fails with ErrorKind::not_found (RESOURCE_014).
///
/// These calls act for the organization: ClientOptions::profile_id and CallOptions::profile_id do not apply.
/// To make other calls for a profile, see Client::for_profile().
class SENT_EXPORT SenderProfiles {
  public:
    explicit SenderProfiles(Client client) noexcept : client_(std::move(client)) {}

    /// Creates a sender profile: `POST /v3/sender-profiles`. A write with an idempotency key: retried with
    /// the same key after transient failures. Store the `api_key` of the answer: the service does not show it
    /// again.
    Result<SenderProfile> create(const CreateSenderProfileRequest& request,
                                 const CallOptions& options = {}) const;
    /// Returns one page of profiles: `GET /v3/sender-profiles`. A read: retried after transient failures.
    Result<Page<SenderProfile>> list(const ListSenderProfilesRequest& request = {},
                                     const CallOptions& options = {}) const;
    /// Returns a range over all profiles, from `request.page` on. The range fetches pages of
    /// `request.page_size` lazily; each element is a Result, and an error is the last element.
    [[nodiscard]] PageRange<SenderProfile> all(const ListSenderProfilesRequest& request = {},
                                               const CallOptions& options = {}) const;
    /// Returns the profile with this id: `GET /v3/sender-profiles/{id}`. A read: retried after transient
    /// failures.
    Result<SenderProfile> get(std::string id, const CallOptions& options = {}) const;
    /// Changes the members that are set in the request and returns the profile:
    /// `PATCH /v3/sender-profiles/{id}`. A write with an idempotency key: retried with the same key after
    /// transient failures. A request that changes nothing fails with ErrorKind::invalid_request.
    Result<SenderProfile> update(const UpdateSenderProfileRequest& request,
                                 const CallOptions& options = {}) const;
    /// Removes a profile: `DELETE /v3/sender-profiles/{id}`. **It gives the profile's numbers back** and
    /// deregisters its WhatsApp account; the messages stay. The service accepts no idempotency key here: if
    /// it is unknown whether the request took effect, the library does not retry it and the call ends with
    /// Outcome::unknown. It does not support the sandbox: a client in sandbox mode refuses it with
    /// ErrorKind::invalid_request.
    Result<void> remove(std::string id, const CallOptions& options = {}) const;

  private:
    Client client_;
};

}  // namespace v3
}  // namespace sent

inline sent::SenderProfiles sent::Client::sender_profiles() const {
    return SenderProfiles{*this};
}

SENT_DETAIL_OPEN_ENUM(sent::v3::ProfileNotifications, organization, sender_profile,
                      organization_and_sender_profile);

SENT_DETAIL_DESCRIBE(sent::v3::SenderProfile);
SENT_DETAIL_DESCRIBE(sent::Page<sent::v3::SenderProfile>);
SENT_DETAIL_DESCRIBE(sent::v3::CreateSenderProfileRequest);
SENT_DETAIL_DESCRIBE(sent::v3::ListSenderProfilesRequest);
SENT_DETAIL_DESCRIBE(sent::v3::GetSenderProfileRequest);
SENT_DETAIL_DESCRIBE(sent::v3::UpdateSenderProfileRequest);
SENT_DETAIL_DESCRIBE(sent::v3::RemoveSenderProfileRequest);
SENT_DETAIL_OPERATION(sent::v3::CreateSenderProfileRequest, sent::v3::SenderProfile);
SENT_DETAIL_OPERATION(sent::v3::ListSenderProfilesRequest, sent::Page<sent::v3::SenderProfile>);
SENT_DETAIL_OPERATION(sent::v3::GetSenderProfileRequest, sent::v3::SenderProfile);
SENT_DETAIL_OPERATION(sent::v3::UpdateSenderProfileRequest, sent::v3::SenderProfile);
SENT_DETAIL_OPERATION(sent::v3::RemoveSenderProfileRequest, void);
