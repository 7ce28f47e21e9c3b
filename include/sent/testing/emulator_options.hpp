#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

/// @file
/// Options of the emulator.

namespace sent::testing {

/// Rate limits of v3. 0 means unlimited.
struct EmulatorRateLimits {
    int standard = 0;   ///< Requests in any 60 seconds. The service has 200.
    int sensitive = 0;  ///< Requests to protected operations in a minute of the clock. The service has 10.
    int messages = 0;   ///< Messages sent in any 60 seconds.
};

/// State of the account's setup. In every state except `active`, v3 answers 403 to all requests except
/// `GET /v3/me`.
enum class EmulatorAccountState {
    active,
    waiting_for_activation,  ///< AUTH_005
    kyc_incomplete,          ///< AUTH_006, and no channel is shown
    no_channel,              ///< AUTH_007, and no channel is shown
    suspended,               ///< BUSINESS_014
};

/// Account of the organization in v3. It also applies to the profiles of the organization.
struct EmulatorAccount {
    EmulatorAccountState state = EmulatorAccountState::active;
    /// Configured channels. An empty list is the same as the state `no_channel`. Without "whatsapp" the
    /// organization has no WhatsApp business account that profiles could share.
    std::vector<std::string> channels{"sms", "whatsapp", "rcs"};
};

/// Options of an Emulator. All defaults suit a test. Durations of more than a year count as a year.
struct EmulatorOptions {
    std::string host = "127.0.0.1";  ///< Address to listen on. Everyone who reaches it controls the emulator.
    int port = 0;                    ///< 0 means a free port.
    std::string api_key{};           ///< Empty means a random key.
    std::string sender_id{};         ///< A GUID. Empty means a random one.
    std::string forbidden_api_key{};  ///< A valid key without permission (403). Empty means a random one.
    std::string profile_api_key{};    ///< v3: key of the seeded profile. Empty means a random one.
    /// Time from accepted to delivered. Default 500 ms. The status `sent` is reached after half of it.
    std::chrono::milliseconds delivery_delay{500};
    std::chrono::milliseconds template_approval_delay{500};  ///< Time from submitted to approved.
    int quick_messages_per_day = 5;    ///< Limit per UTC day. The next one is answered with 429.
    EmulatorRateLimits rate_limits{};  ///< Rate limits of v3.
    EmulatorAccount account{};         ///< Account of v3.
    /// How long a v3 request waits for another request with its Idempotency-Key before 409 CONFLICT_001.
    /// Default 5 s.
    std::chrono::milliseconds idempotency_wait{5000};
    /// v3: time from a webhook's failed delivery to the next attempt. Default 500 ms. It doubles, up to 60
    /// times as much. The service has one minute.
    std::chrono::milliseconds webhook_retry_delay{500};
    /// v3: duration of one second of a webhook's `timeout_seconds`. Default 1000 ms.
    std::chrono::milliseconds webhook_second{1000};
    bool seed = true;  ///< Start with contacts, templates, profiles and users.
    bool v1_templates_as_page =
        false;  ///< Format of v1 template lists, which is not documented: page or bare array.
    std::size_t messages_kept = 100000;  ///< Older messages are forgotten, but still counted.
    std::chrono::milliseconds keep_alive_timeout{75000};  ///< Idle connections are closed after this time.
    /// Called with one line per request, without secrets and phone numbers, from the emulator's threads, one
    /// at a time. It must not throw.
    std::function<void(std::string_view line)> log{};
    /// Additional names that the Host header of a request below /_emulator/ may have, without regard to its
    /// port. The names and addresses of this machine's loopback interface and `host` are always allowed. See
    /// docs/emulator.md, "Who may control it".
    std::vector<std::string> allowed_hosts{};
};

}  // namespace sent::testing
