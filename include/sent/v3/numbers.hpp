#pragma once

#include <optional>
#include <string>
#include <utility>

#include <sent/client.hpp>

namespace sent {
inline namespace v3 {

/// Looks up a phone number: `GET /v3/numbers/lookup/{phoneNumber}`. See Numbers::lookup().
struct LookupNumberRequest {
    /// Required. E.164, with `+`.
    std::string phone_number{};
};

/// Facts about a phone number.
struct NumberLookup {
    std::string phone_number{};
    bool is_valid = false;
    /// Calling code, such as `44`.
    std::optional<std::string> country_code{};
    std::optional<std::string> carrier_name{};
    /// Type of the line, such as `mobile`.
    std::optional<std::string> line_type{};
    /// Mobile country code (MCC).
    std::optional<std::string> mobile_country_code{};
    /// Mobile network code (MNC).
    std::optional<std::string> mobile_network_code{};
    std::optional<bool> is_ported{};
    std::optional<bool> is_voip{};
};

/// Looks up phone numbers. Thread-safe.
class SENT_EXPORT Numbers {
  public:
    explicit Numbers(Client client) noexcept : client_(std::move(client)) {}

    /// Returns facts about a number, given as E.164: `GET /v3/numbers/lookup/{phoneNumber}`. A read: retried
    /// after transient failures. If the number is unknown, the call fails with ErrorKind::not_found
    /// (RESOURCE_012).
    Result<NumberLookup> lookup(std::string phone_number, const CallOptions& options = {}) const;

  private:
    Client client_;
};

}  // namespace v3
}  // namespace sent

inline sent::Numbers sent::Client::numbers() const {
    return Numbers{*this};
}

SENT_DETAIL_DESCRIBE(sent::v3::LookupNumberRequest);
SENT_DETAIL_DESCRIBE(sent::v3::NumberLookup);
SENT_DETAIL_OPERATION(sent::v3::LookupNumberRequest, sent::v3::NumberLookup);
