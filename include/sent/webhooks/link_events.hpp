#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <sent/open_enum.hpp>
#include <sent/operation.hpp>
#include <sent/timestamp.hpp>
#include <sent/v3/common.hpp>

/// @file
/// Events of the family `link`.

namespace sent::webhooks {

/// Target of a tracked link. The service may add values.
class LinkKind : public OpenEnum<LinkKind> {
  public:
    using OpenEnum::OpenEnum;
    static constexpr Constant url{"url"};
    static constexpr Constant file{"file"};
};

/// Who followed a link. The service may add values.
class TrafficClass : public OpenEnum<TrafficClass> {
  public:
    using OpenEnum::OpenEnum;
    static constexpr Constant likely_human{"likely_human"};
    /// A scanner of a provider, not the recipient.
    static constexpr Constant provider{"provider"};
    static constexpr Constant bot{"bot"};
    static constexpr Constant unknown{"unknown"};
};

/// A tracked link was followed or has ended: `link.clicked`, `link.downloaded`, `link.expired`,
/// `link.revoked`.
struct LinkEvent {
    /// 8 characters.
    std::string record_id{};
    /// The organization, even for messages of its profiles.
    std::optional<std::string> customer_id{};
    std::optional<std::string> sender_profile_id{};
    std::optional<std::string> message_id{};
    std::optional<Channel> channel{};
    std::optional<LinkKind> link_kind{};
    std::optional<Timestamp> occurred_at{};
    std::optional<TrafficClass> traffic_class{};
    std::optional<std::string> access_country{};
    std::optional<std::string> device{};
    std::optional<std::string> browser{};
    std::optional<std::string> referrer_host{};
    std::optional<std::string> request_method{};
    std::optional<std::int32_t> status_code{};
    /// Bytes served for this request, not the size of the file.
    std::optional<std::int64_t> bytes_served{};
    std::optional<std::string> access_outcome{};
    std::optional<std::string> reference_key{};
};

}  // namespace sent::webhooks

SENT_DETAIL_OPEN_ENUM(sent::webhooks::LinkKind, url, file);
SENT_DETAIL_OPEN_ENUM(sent::webhooks::TrafficClass, likely_human, provider, bot, unknown);
SENT_DETAIL_DESCRIBE_WEBHOOK(sent::webhooks::LinkEvent);
