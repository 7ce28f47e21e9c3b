#pragma once

#include <optional>
#include <string>
#include <utility>

#include <sent/client.hpp>
#include <sent/json_text.hpp>
#include <sent/v3/sms_market.hpp>

namespace sent {
inline namespace v3 {

/// Returns what a market demands: `GET /v3/compliance/requirements`. See Compliance::requirements().
struct GetComplianceRequirementsRequest {
    /// Required. ISO 3166-1 alpha-2.
    std::string country{};
    /// Required.
    MarketNumberType type{};
    /// `sms` if it is empty. The service has no other channel yet (ErrorKind::server, 501).
    std::string channel{};
};

/// What a market demands of a sender.
struct ComplianceRequirements {
    std::string channel{};
    std::string country{};
    MarketNumberType type{};
    /// Whether the market demands anything.
    bool required = false;
    /// Regular expression for an alphanumeric sender id.
    std::optional<std::string> sender_id_pattern{};
    /// The demands, as a JSON array. Keys are those of a request's `compliance`, such as `brand.legal_name`.
    RawJson requirements{};
    /// The calls that set up the market, as a JSON array, each with a body to fill in.
    RawJson setup{};
};

/// Lists the number types of a country: `GET /v3/channels/{channel}/{country}/compliance`. See
/// Compliance::by_country().
struct GetCountryComplianceRequest {
    /// `sms` by default; `mms` or `voice`. The service does not support `whatsapp` and `rcs`
    /// (ErrorKind::server, 501).
    std::string channel{"sms"};
    /// Required. ISO 3166-1 alpha-2, in capitals.
    std::string country{};
};

/// The number types that a country offers.
struct CountryCompliance {
    /// A JSON array, empty if the country offers nothing. Each entry has the type's sender id pattern, fees
    /// per number in USD, terms, and under `compliance` every value and document to provide.
    RawJson number_types{};
};

/// What countries demand of senders. Thread-safe. The answers describe the market, not the account.
class SENT_EXPORT Compliance {
  public:
    explicit Compliance(Client client) noexcept : client_(std::move(client)) {}

    /// Returns the number types that a country offers, with what each costs and demands:
    /// `GET /v3/channels/{channel}/{country}/compliance`. A read: retried after transient failures. Call it
    /// before SmsMarkets::create().
    Result<CountryCompliance> by_country(const GetCountryComplianceRequest& request,
                                         const CallOptions& options = {}) const;
    /// Returns what one market demands: `GET /v3/compliance/requirements`. A read: retried after transient
    /// failures. by_country() is newer and returns more.
    Result<ComplianceRequirements> requirements(const GetComplianceRequirementsRequest& request,
                                                const CallOptions& options = {}) const;

  private:
    Client client_;
};

}  // namespace v3
}  // namespace sent

inline sent::Compliance sent::Client::compliance() const {
    return Compliance{*this};
}

SENT_DETAIL_DESCRIBE(sent::v3::GetComplianceRequirementsRequest);
SENT_DETAIL_DESCRIBE(sent::v3::ComplianceRequirements);
SENT_DETAIL_DESCRIBE(sent::v3::GetCountryComplianceRequest);
SENT_DETAIL_DESCRIBE(sent::v3::CountryCompliance);
SENT_DETAIL_OPERATION(sent::v3::GetComplianceRequirementsRequest, sent::v3::ComplianceRequirements);
SENT_DETAIL_OPERATION(sent::v3::GetCountryComplianceRequest, sent::v3::CountryCompliance);
