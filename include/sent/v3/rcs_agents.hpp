#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <sent/client.hpp>
#include <sent/open_enum.hpp>
#include <sent/timestamp.hpp>
#include <sent/v3/sms_market.hpp>

namespace sent {
inline namespace v3 {

/// What an RCS agent is for. Open enumeration: see OpenEnum.
class RcsUseCase : public OpenEnum<RcsUseCase> {
  public:
    using OpenEnum::OpenEnum;
    static constexpr Constant verification{"VERIFICATION"};
    static constexpr Constant notifications{"NOTIFICATIONS"};
    static constexpr Constant marketing{"MARKETING"};
    static constexpr Constant multi_use{"MULTI_USE"};
};

/// Address of the business behind an RCS agent.
struct RcsAddress {
    std::optional<std::string> street{};
    std::optional<std::string> city{};
    std::optional<std::string> state{};
    std::optional<std::string> postal_code{};
    std::optional<std::string> country{};
};

/// Requests an RCS agent: `POST /v3/channels/rcs`. See RcsAgents::create(). The library requires three
/// members, as the service's documentation does. The service itself may require all except
/// `opt_in_screenshot_url`, and then names each missing one in Error::details.
struct CreateRcsAgentRequest {
    std::string display_name{};
    std::string description{};
    RcsUseCase agent_use_case{};
    /// Required.
    std::string brand_name{};
    /// Required. Absolute http or https URL, like the other two.
    std::string privacy_policy_url{};
    /// Required.
    std::string terms_and_conditions_url{};
    std::string website_url{};
    /// Hexadecimal, such as `#336699`.
    std::string brand_color{};
    std::string logo_url{};
    std::string banner_url{};
    /// E.164.
    std::string brand_phone_number{};
    /// E.164.
    std::string customer_support_phone_number{};
    std::string brand_email{};
    std::string customer_support_email{};
    std::string contact_name_and_title{};
    std::string company_ein{};
    std::string entity_type{};
    std::optional<RcsAddress> official_address{};
    std::string brief_company_description{};
    std::string opt_in_process_description{};
    /// Answer to START.
    std::string start_message{};
    /// Answer to HELP.
    std::string help_message{};
    /// Answer to STOP.
    std::string stop_message{};
    std::vector<std::string> sample_messages{};
    std::optional<std::string> opt_in_screenshot_url{};
};

/// An RCS agent. Members that the service leaves out are empty.
struct RcsAgent {
    std::string id{};
    ChannelStatus status{};
    std::optional<std::string> phone_number{};
    /// Why the agent is not active, such as `CHANNEL_001`.
    std::optional<std::string> reason_code{};
    /// The same in words, for people.
    std::optional<std::string> reason{};
    std::string display_name{};
    std::string description{};
    RcsUseCase agent_use_case{};
    std::string brand_name{};
    std::string privacy_policy_url{};
    std::string terms_and_conditions_url{};
    std::string website_url{};
    std::string brand_color{};
    std::string brand_phone_number{};
    std::string customer_support_phone_number{};
    std::string brand_email{};
    std::string customer_support_email{};
    std::string contact_name_and_title{};
    std::string company_ein{};
    std::string entity_type{};
    std::optional<RcsAddress> official_address{};
    std::string brief_company_description{};
    std::string opt_in_process_description{};
    std::string start_message{};
    std::string help_message{};
    std::string stop_message{};
    std::vector<std::string> sample_messages{};
    std::optional<Timestamp> created_at{};
};

/// Requests RCS agents. Thread-safe. No operation changes or removes one.
class SENT_EXPORT RcsAgents {
  public:
    explicit RcsAgents(Client client) noexcept : client_(std::move(client)) {}

    /// Requests an agent: `POST /v3/channels/rcs`. A write with an idempotency key: retried with the same key
    /// after transient failures. A success means that the request is accepted. The carriers approve the agent
    /// later: see RcsAgent::status.
    Result<RcsAgent> create(const CreateRcsAgentRequest& request, const CallOptions& options = {}) const;

  private:
    Client client_;
};

}  // namespace v3
}  // namespace sent

SENT_DETAIL_OPEN_ENUM(sent::v3::RcsUseCase, verification, notifications, marketing, multi_use);

SENT_DETAIL_DESCRIBE(sent::v3::RcsAddress);
SENT_DETAIL_DESCRIBE(sent::v3::CreateRcsAgentRequest);
SENT_DETAIL_DESCRIBE(sent::v3::RcsAgent);
SENT_DETAIL_OPERATION(sent::v3::CreateRcsAgentRequest, sent::v3::RcsAgent);
