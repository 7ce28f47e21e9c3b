#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <sent/client.hpp>
#include <sent/detail/deprecated.hpp>
#include <sent/nullable.hpp>
#include <sent/page.hpp>
#include <sent/timestamp.hpp>
#include <sent/v3/common.hpp>

namespace sent {
inline namespace v3 {

/// A contact. Members that the service leaves out are empty.
struct Contact {
    std::string id{};
    std::string customer_id{};
    /// The number as it is stored.
    std::string phone_number{};
    std::string format_e164{};
    std::string format_international{};
    std::string format_national{};
    /// `tel:` URI (RFC 3966).
    std::string format_rfc{};
    /// Calling code, such as `44`.
    std::string country_code{};
    /// Country, ISO 3166-1 alpha-2, such as `GB`.
    std::string region_code{};
    /// Channels, separated by commas: `sms,whatsapp`.
    std::string available_channels{};
    Channel default_channel{};
    /// Whether the contact has opted out of messages.
    bool opt_out = false;
    /// Since August 2026 always false.
    bool is_inherited = false;
    std::optional<Timestamp> created_at{};
    std::optional<Timestamp> updated_at{};
};

/// Creates a contact: `POST /v3/contacts`. See Contacts::create().
struct CreateContactRequest {
    /// Required. E.164.
    std::string phone_number{};
};

/// Lists contacts: `GET /v3/contacts`. See Contacts::list().
struct ListContactsRequest {
    /// Number of the page, counted from 1. Defaults to 1.
    std::int32_t page = 1;
    /// Contacts on a page, at least 1. Defaults to 20. The service's maximum is not documented; 100 works.
    std::int32_t page_size = 20;
    /// Part of the formatted number. If it is empty, all contacts match.
    std::string search{};
    /// If it is set, only contacts with this channel match: Channel::sms or Channel::whatsapp.
    Channel channel{};
    /// If it is set, only the contact with this number matches. If there is no such contact, the call may
    /// fail with ErrorKind::not_found.
    std::string phone{};
};

/// Reads a contact: `GET /v3/contacts/{id}`. See Contacts::get().
struct GetContactRequest {
    /// Required.
    std::string id{};
};

/// Changes the members of a contact that are set here: `PATCH /v3/contacts/{id}`. See Contacts::update().
struct UpdateContactRequest {
    /// Required.
    std::string id{};
    /// One of the contact's channels. The service refuses any other with `VALIDATION_006`, and Error::details
    /// lists the channels of the contact.
    Nullable<Channel> default_channel{};
    /// If it is true, the contact gets no more messages; they end as FILTERED.
    Nullable<bool> opt_out{};
};

/// Removes a contact: `DELETE /v3/contacts/{id}`. See Contacts::remove().
struct RemoveContactRequest {
    /// Required.
    std::string id{};
};

/// Reads statistics about a contact's messages: `GET /v3/contacts/{contactId}/message-summary`. See
/// Contacts::message_summary().
struct GetContactMessageSummaryRequest {
    /// Required.
    std::string contact_id{};
};

/// Scores of a channel for a contact.
struct ChannelScore {
    Channel channel{};
    /// 0 to 100.
    std::int32_t success_score = 0;
    /// 0 to 100.
    std::int32_t fail_score = 0;
};

/// Statistics about a contact's messages.
struct ContactMessageSummary {
    std::string contact_id{};
    std::int64_t message_count = 0;
    std::optional<Timestamp> first_message_at{};
    std::optional<Timestamp> last_message_at{};
    std::vector<Channel> channels_used{};
    std::vector<ChannelScore> channel_scores{};
};

/// Manages contacts. Thread-safe. If the id is unknown, a call fails with ErrorKind::not_found
/// (RESOURCE_001).
class SENT_EXPORT Contacts {
  public:
    explicit Contacts(Client client) noexcept : client_(std::move(client)) {}

    /// Creates a contact: `POST /v3/contacts`. A write with an idempotency key: retried with the same key
    /// after transient failures. If the number is already a contact, the call fails with ErrorKind::conflict
    /// (RESOURCE_007).
    Result<Contact> create(const CreateContactRequest& request, const CallOptions& options = {}) const;
    /// Returns one page of contacts: `GET /v3/contacts`. A read: retried after transient failures.
    Result<Page<Contact>> list(const ListContactsRequest& request = {},
                               const CallOptions& options = {}) const;
    /// Returns a range over all contacts that match, from `request.page` on. The range fetches pages of
    /// `request.page_size` lazily; each element is a Result, and an error is the last element.
    [[nodiscard]] PageRange<Contact> all(const ListContactsRequest& request = {},
                                         const CallOptions& options = {}) const;
    /// Returns the contact with this id: `GET /v3/contacts/{id}`. A read: retried after transient failures.
    Result<Contact> get(std::string id, const CallOptions& options = {}) const;
    /// Changes the members that are set in the request and returns the contact: `PATCH /v3/contacts/{id}`. A
    /// write with an idempotency key: retried with the same key after transient failures.
    Result<Contact> update(const UpdateContactRequest& request, const CallOptions& options = {}) const;
    /// Removes a contact: `DELETE /v3/contacts/{id}`. Deprecated since August 2026: set `opt_out`
    /// with update() instead. The service accepts no idempotency key here: if it is unknown whether the
    /// request took effect, the library does not retry it and the call ends with Outcome::unknown.
    SENT_DETAIL_DEPRECATED("use update() with opt_out = true")
    Result<void> remove(std::string id, const CallOptions& options = {}) const;
    /// Returns statistics about a contact's messages: `GET /v3/contacts/{contactId}/message-summary`. A read:
    /// retried after transient failures.
    Result<ContactMessageSummary> message_summary(std::string contact_id,
                                                  const CallOptions& options = {}) const;

  private:
    Client client_;
};

}  // namespace v3
}  // namespace sent

inline sent::Contacts sent::Client::contacts() const {
    return Contacts{*this};
}

SENT_DETAIL_DESCRIBE(sent::v3::Contact);
SENT_DETAIL_DESCRIBE(sent::Page<sent::v3::Contact>);
SENT_DETAIL_DESCRIBE(sent::v3::CreateContactRequest);
SENT_DETAIL_DESCRIBE(sent::v3::ListContactsRequest);
SENT_DETAIL_DESCRIBE(sent::v3::GetContactRequest);
SENT_DETAIL_DESCRIBE(sent::v3::UpdateContactRequest);
SENT_DETAIL_DESCRIBE(sent::v3::RemoveContactRequest);
SENT_DETAIL_DESCRIBE(sent::v3::GetContactMessageSummaryRequest);
SENT_DETAIL_DESCRIBE(sent::v3::ChannelScore);
SENT_DETAIL_DESCRIBE(sent::v3::ContactMessageSummary);
SENT_DETAIL_OPERATION(sent::v3::CreateContactRequest, sent::v3::Contact);
SENT_DETAIL_OPERATION(sent::v3::ListContactsRequest, sent::Page<sent::v3::Contact>);
SENT_DETAIL_OPERATION(sent::v3::GetContactRequest, sent::v3::Contact);
SENT_DETAIL_OPERATION(sent::v3::UpdateContactRequest, sent::v3::Contact);
SENT_DETAIL_OPERATION(sent::v3::RemoveContactRequest, void);
SENT_DETAIL_OPERATION(sent::v3::GetContactMessageSummaryRequest, sent::v3::ContactMessageSummary);
