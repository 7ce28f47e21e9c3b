#pragma once

#include <string>

#include <sent/client.hpp>
#include <sent/open_enum.hpp>

namespace sent::v2 {

/// Kind of line. The set is open.
class NumberType : public OpenEnum<NumberType> {
  public:
    using OpenEnum::OpenEnum;
    static constexpr Constant mobile{"mobile"};
    static constexpr Constant fixed_line{"fixed_line"};
    static constexpr Constant voip{"voip"};
};

/// `GET /v2/number-lookup`.
struct LookupNumberRequest {
    /// International format with `+`.
    std::string phone_number{};
};

/// What is known of a number. What the service leaves out is empty.
struct NumberLookup {
    /// As given; the service may leave out the `+`.
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
    NumberType number_type{};
    /// Such as `Europe/London`; how several would be separated is not documented.
    std::string phone_timezones{};
};

/// Looking numbers up by v2. Thread-safe.
class SENT_EXPORT Numbers {
  public:
    explicit Numbers(Client client) noexcept : client_(std::move(client)) {}

    /// `GET /v2/number-lookup`. A read: repeated when it fails for a passing reason.
    Result<NumberLookup> lookup(std::string phone_number, const CallOptions& options = {}) const;

  private:
    Client client_;
};

}  // namespace sent::v2

SENT_DETAIL_HASHABLE(sent::v2::NumberType);

SENT_DETAIL_DESCRIBE(sent::v2::LookupNumberRequest);
SENT_DETAIL_DESCRIBE(sent::v2::NumberLookup);
SENT_DETAIL_OPERATION(sent::v2::LookupNumberRequest, sent::v2::NumberLookup);
