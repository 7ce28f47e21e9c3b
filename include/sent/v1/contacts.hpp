#pragma once

#include <cstdint>
#include <string>

#include <sent/client.hpp>
#include <sent/page.hpp>

namespace sent::v1 {

/// A contact. What the service leaves out is empty.
struct Contact {
    std::string id{};
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
    std::string default_channel{};
};

/// `GET /v1/contacts`.
struct ListContactsRequest {
    /// Counts from 0.
    std::int32_t page = 0;
    /// At least 1; the largest that the service accepts is not documented.
    std::int32_t page_size = 20;
};

/// `GET /v1/contacts/id`.
struct GetContactRequest {
    std::string id{};
};

/// `GET /v1/contacts/phone`.
struct GetContactByPhoneRequest {
    /// International format with `+`.
    std::string phone_number{};
};

/// Reading contacts by v1. Thread-safe; every operation is a read and is repeated when it fails for a passing
/// reason. An unknown contact is ErrorKind::not_found.
class SENT_EXPORT Contacts {
  public:
    explicit Contacts(Client client) noexcept : client_(std::move(client)) {}

    /// `GET /v1/contacts`.
    Result<Page<Contact>> list(const ListContactsRequest& request = {},
                               const CallOptions& options = {}) const;
    /// All contacts from `request.page` on, fetched lazily in pages of `request.page_size`.
    [[nodiscard]] PageRange<Contact> all(const ListContactsRequest& request = {},
                                         const CallOptions& options = {}) const;
    /// `GET /v1/contacts/id`.
    Result<Contact> get(std::string id, const CallOptions& options = {}) const;
    /// `GET /v1/contacts/phone`.
    Result<Contact> get_by_phone(std::string phone_number, const CallOptions& options = {}) const;

  private:
    Client client_;
};

}  // namespace sent::v1

SENT_DETAIL_DESCRIBE(sent::v1::Contact);
SENT_DETAIL_DESCRIBE(sent::Page<sent::v1::Contact>);
SENT_DETAIL_DESCRIBE(sent::v1::ListContactsRequest);
SENT_DETAIL_DESCRIBE(sent::v1::GetContactRequest);
SENT_DETAIL_DESCRIBE(sent::v1::GetContactByPhoneRequest);
SENT_DETAIL_OPERATION(sent::v1::ListContactsRequest, sent::Page<sent::v1::Contact>);
SENT_DETAIL_OPERATION(sent::v1::GetContactRequest, sent::v1::Contact);
SENT_DETAIL_OPERATION(sent::v1::GetContactByPhoneRequest, sent::v1::Contact);
