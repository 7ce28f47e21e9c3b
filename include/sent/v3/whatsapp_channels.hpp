#pragma once

#include <optional>
#include <string>
#include <utility>

#include <sent/client.hpp>
#include <sent/v3/sms_market.hpp>

namespace sent {
inline namespace v3 {

/// Connects a WhatsApp Business Account: `POST /v3/channels/whatsapp`. See WhatsappChannels::create().
struct CreateWhatsappChannelRequest {
    /// Required. Id of the account, which was shared through a Multi-Partner Solution.
    std::string waba_id{};
    /// If it is not set, the account is connected and stays `PROVISIONING` until a number is named.
    std::optional<std::string> phone_number_id{};
};

/// A WhatsApp Business Account that is connected.
struct WhatsappChannel {
    std::string waba_id{};
    std::optional<std::string> phone_number_id{};
    std::optional<std::string> solution_id{};
    std::optional<std::string> owner_business_id{};
    ChannelStatus status{};
    /// Why the account is not active, such as `CHANNEL_001`.
    std::optional<std::string> reason_code{};
    /// The same in words, for people.
    std::optional<std::string> reason{};
};

/// Connects WhatsApp Business Accounts. Thread-safe. No operation removes one.
class SENT_EXPORT WhatsappChannels {
  public:
    explicit WhatsappChannels(Client client) noexcept : client_(std::move(client)) {}

    /// Connects an account: `POST /v3/channels/whatsapp`. A write with an idempotency key: retried with the
    /// same key after transient failures.
    Result<WhatsappChannel> create(const CreateWhatsappChannelRequest& request,
                                   const CallOptions& options = {}) const;

  private:
    Client client_;
};

}  // namespace v3
}  // namespace sent

SENT_DETAIL_DESCRIBE(sent::v3::CreateWhatsappChannelRequest);
SENT_DETAIL_DESCRIBE(sent::v3::WhatsappChannel);
SENT_DETAIL_OPERATION(sent::v3::CreateWhatsappChannelRequest, sent::v3::WhatsappChannel);
