#pragma once

#include <cstdint>
#include <string>

#include <sent/client.hpp>
#include <sent/page.hpp>

namespace sent::v1 {

/// A contact. Members that the service leaves out are empty.
struct Contact {
    std::string id{};
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
    std::string default_channel{};
};

/// Lists contacts: `GET /v1/contacts`. See Contacts::list().
struct ListContactsRequest {
    /// Number of the page, counted from 0. Defaults to 0.
    std::int32_t page = 0;
    /// Contacts on a page, at least 1. Defaults to 20. The service's maximum is not documented.
    std::int32_t page_size = 20;
};

/// Reads a contact by id: `GET /v1/contacts/id`. See Contacts::get().
struct GetContactRequest {
    /// Required.
    std::string id{};
};

/// Reads a contact by number: `GET /v1/contacts/phone`. See Contacts::get_by_phone().
struct GetContactByPhoneRequest {
    /// Required. International format with `+`.
    std::string phone_number{};
};

/// Reads contacts through v1. Thread-safe. Every operation is a read, so it is retried after transient
/// failures. If the contact does not exist, a call fails with ErrorKind::not_found.
class SENT_EXPORT Contacts {
  public:
    explicit Contacts(Client client) noexcept : client_(std::move(client)) {}

    /// Returns one page of contacts: `GET /v1/contacts`. A read: retried after transient failures.
    Result<Page<Contact>> list(const ListContactsRequest& request = {},
                               const CallOptions& options = {}) const;
    /// Returns a range over all contacts, from `request.page` on. The range fetches pages of
    /// `request.page_size` lazily; each element is a Result, and an error is the last element.
    [[nodiscard]] PageRange<Contact> all(const ListContactsRequest& request = {},
                                         const CallOptions& options = {}) const;
    /// Returns the contact with this id: `GET /v1/contacts/id`. A read: retried after transient failures.
    Result<Contact> get(std::string id, const CallOptions& options = {}) const;
    /// Returns the contact with this number, in international format with `+`: `GET /v1/contacts/phone`. A
    /// read: retried after transient failures.
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
