#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <sent/client.hpp>
#include <sent/v3/rcs_agents.hpp>
#include <sent/v3/sms_markets.hpp>
#include <sent/v3/voice_numbers.hpp>
#include <sent/v3/whatsapp_channels.hpp>

namespace sent {
inline namespace v3 {

/// An MMS market, in answers.
struct MmsMarket {
    /// ISO 3166-1 alpha-2.
    std::string country{};
    MarketNumberType number_type{};
    std::optional<std::string> sender_value{};
    ChannelStatus status{};
};

/// Returns everything that the account sends from: `GET /v3/channels`. See Channels::get().
struct GetChannelsRequest {};

/// Everything that the account sends from. Members that the service leaves out are empty.
struct ChannelOverview {
    std::string customer_id{};
    std::vector<SmsMarket> sms{};
    std::optional<WhatsappChannel> whatsapp{};
    std::optional<RcsAgent> rcs{};
    std::vector<MmsMarket> mms{};
    std::vector<VoiceNumber> voice{};
};

/// What the account sends from. Thread-safe.
class SENT_EXPORT Channels {
  public:
    explicit Channels(Client client) noexcept : client_(std::move(client)) {}

    /// Returns everything that the account sends from: `GET /v3/channels`. A read: retried after transient
    /// failures.
    Result<ChannelOverview> get(const CallOptions& options = {}) const;

    /// SMS markets: countries with their numbers.
    [[nodiscard]] SmsMarkets sms() const { return SmsMarkets{client_}; }
    /// WhatsApp Business Accounts.
    [[nodiscard]] WhatsappChannels whatsapp() const { return WhatsappChannels{client_}; }
    /// RCS agents.
    [[nodiscard]] RcsAgents rcs() const { return RcsAgents{client_}; }
    /// Numbers with phone calls.
    [[nodiscard]] VoiceNumbers voice() const { return VoiceNumbers{client_}; }

  private:
    Client client_;
};

}  // namespace v3
}  // namespace sent

inline sent::Channels sent::Client::channels() const {
    return Channels{*this};
}

SENT_DETAIL_DESCRIBE(sent::v3::MmsMarket);
SENT_DETAIL_DESCRIBE(sent::v3::GetChannelsRequest);
SENT_DETAIL_DESCRIBE(sent::v3::ChannelOverview);
SENT_DETAIL_OPERATION(sent::v3::GetChannelsRequest, sent::v3::ChannelOverview);
