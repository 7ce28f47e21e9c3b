#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <sent/operation.hpp>
#include <sent/timestamp.hpp>
#include <sent/v3/common.hpp>

/// @file
/// Events of the family `call`.

namespace sent::webhooks {

/// A call has changed: `call.initiated`, `call.answered`, `call.completed`, `call.failed`,
/// `call.recording_ready`.
struct CallEvent {
    std::string call_id{};
    std::string account_id{};
    /// Channel::voice.
    Channel channel{};
    /// E.164.
    std::string number{};
    std::optional<Timestamp> updated_at{};
    /// Only for `call.completed`.
    std::optional<std::int32_t> duration_seconds{};
    /// Only for `call.completed`, after the call is billed. The currency is not documented.
    std::optional<double> price{};
    /// Only for `call.failed`.
    std::optional<std::string> reason{};
    /// Only for `call.recording_ready`.
    std::optional<std::string> recording_id{};
};

}  // namespace sent::webhooks

SENT_DETAIL_DESCRIBE_WEBHOOK(sent::webhooks::CallEvent);
