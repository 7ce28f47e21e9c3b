#pragma once

#include <string>

#include <sent/client.hpp>
#include <sent/open_enum.hpp>

namespace sent::v2 {

/// Type of a phone line. Open enumeration: see OpenEnum.
class NumberType : public OpenEnum<NumberType> {
  public:
    using OpenEnum::OpenEnum;
    static constexpr Constant mobile{"mobile"};
    static constexpr Constant fixed_line{"fixed_line"};
    static constexpr Constant voip{"voip"};
};

/// Looks up a phone number: `GET /v2/number-lookup`. See Numbers::lookup().
struct LookupNumberRequest {
    /// Required. International format with `+`.
    std::string phone_number{};
};

/// Facts about a phone number. Members that the service leaves out are empty.
struct NumberLookup {
    /// The number as it was given; the service may leave out the `+`.
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
    NumberType number_type{};
    /// Time zone, such as `Europe/London`. The service does not document how it separates several.
    std::string phone_timezones{};
};

/// Looks up phone numbers through v2. Thread-safe.
class SENT_EXPORT Numbers {
  public:
    explicit Numbers(Client client) noexcept : client_(std::move(client)) {}

    /// Returns facts about a number, given in international format with `+`: `GET /v2/number-lookup`. A read:
    /// retried after transient failures.
    Result<NumberLookup> lookup(std::string phone_number, const CallOptions& options = {}) const;

  private:
    Client client_;
};

}  // namespace sent::v2

SENT_DETAIL_OPEN_ENUM(sent::v2::NumberType, mobile, fixed_line, voip);

SENT_DETAIL_DESCRIBE(sent::v2::LookupNumberRequest);
SENT_DETAIL_DESCRIBE(sent::v2::NumberLookup);
SENT_DETAIL_OPERATION(sent::v2::LookupNumberRequest, sent::v2::NumberLookup);
