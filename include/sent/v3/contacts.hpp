#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <sent/client.hpp>
#include <sent/nullable.hpp>
#include <sent/page.hpp>
#include <sent/timestamp.hpp>
#include <sent/v3/common.hpp>

namespace sent {
inline namespace v3 {

/// A contact. What the service leaves out is empty.
struct Contact {
    std::string id{};
    std::string customer_id{};
    /// As stored.
    std::string phone_number{};
    std::string format_e164{};
    std::string format_international{};
    std::string format_national{};
    /// `tel:` URI (RFC 3966).
    std::string format_rfc{};
    /// Calling code, such as `44`.
    std::string country_code{};
    /// ISO 3166-1 alpha-2, such as `GB`.
    std::string region_code{};
    /// Separated by commas: `sms,whatsapp`.
    std::string available_channels{};
    Channel default_channel{};
    bool opt_out = false;
    /// Always false since August 2026.
    bool is_inherited = false;
    std::optional<Timestamp> created_at{};
    std::optional<Timestamp> updated_at{};
};

/// `POST /v3/contacts`.
struct CreateContactRequest {
    /// Required; E.164.
    std::string phone_number{};
};

/// `GET /v3/contacts`.
struct ListContactsRequest {
    /// Counts from 1.
    std::int32_t page = 1;
    /// At least 1; the largest that the service accepts is not documented, 100 is in use.
    std::int32_t page_size = 20;
    /// Part of the formatted number.
    std::string search{};
    /// Channel::sms or Channel::whatsapp.
    Channel channel{};
    /// The contact with this number. An unknown one may give ErrorKind::not_found.
    std::string phone{};
};

/// `GET /v3/contacts/{id}`.
struct GetContactRequest {
    std::string id{};
};

/// `PATCH /v3/contacts/{id}`: changes the members that are set.
struct UpdateContactRequest {
    std::string id{};
    /// One of the contact's channels; another one is refused with `VALIDATION_006`, and Error::details names
    /// those there are.
    Nullable<Channel> default_channel{};
    /// True: the contact gets no more messages; they end FILTERED.
    Nullable<bool> opt_out{};
};

/// `DELETE /v3/contacts/{id}`.
struct RemoveContactRequest {
    std::string id{};
};

/// `GET /v3/contacts/{contactId}/message-summary`.
struct GetContactMessageSummaryRequest {
    std::string contact_id{};
};

/// How well a channel works for a contact.
struct ChannelScore {
    Channel channel{};
    /// 0 to 100.
    std::int32_t success_score = 0;
    /// 0 to 100.
    std::int32_t fail_score = 0;
};

/// A contact's messages in numbers.
struct ContactMessageSummary {
    std::string contact_id{};
    std::int64_t message_count = 0;
    std::optional<Timestamp> first_message_at{};
    std::optional<Timestamp> last_message_at{};
    std::vector<Channel> channels_used{};
    std::vector<ChannelScore> channel_scores{};
};

/// Contacts. Thread-safe. An unknown id is ErrorKind::not_found (RESOURCE_001).
class SENT_EXPORT Contacts {
  public:
    explicit Contacts(Client client) noexcept : client_(std::move(client)) {}

    /// `POST /v3/contacts`. A keyed write: repeated with the same idempotency key when it fails for a passing
    /// reason. A number that is a contact already: ErrorKind::conflict (RESOURCE_007).
    Result<Contact> create(const CreateContactRequest& request, const CallOptions& options = {}) const;
    /// `GET /v3/contacts`. A read.
    Result<Page<Contact>> list(const ListContactsRequest& request = {},
                               const CallOptions& options = {}) const;
    /// All contacts that match, from `request.page` on, fetched lazily in pages of `request.page_size`.
    [[nodiscard]] PageRange<Contact> all(const ListContactsRequest& request = {},
                                         const CallOptions& options = {}) const;
    /// `GET /v3/contacts/{id}`. A read.
    Result<Contact> get(std::string id, const CallOptions& options = {}) const;
    /// `PATCH /v3/contacts/{id}`. A keyed write.
    Result<Contact> update(const UpdateContactRequest& request, const CallOptions& options = {}) const;
    /// `DELETE /v3/contacts/{id}`. Deprecated by the vendor since August 2026: set `opt_out` instead. Knows
    /// no idempotency key: never repeated once it may have left (Outcome::unknown).
    Result<void> remove(std::string id, const CallOptions& options = {}) const;
    /// `GET /v3/contacts/{contactId}/message-summary`. A read.
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
