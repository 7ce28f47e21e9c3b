#pragma once

/// @file
/// An in-memory Sent service on a loopback port, for tests. It authenticates, validates, stores and answers
/// as the real service does, moves messages through their life cycle, and misbehaves on request. The
/// executable `sent-emulator` is the same service for programs in other languages. docs/emulator.md describes
/// both.

#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sent/export.hpp>

namespace sent::testing {

/// How a reply fails. Each kind says whether the request takes effect first ("processed": a message is
/// accepted, a template is created). Fault::processed overrides this, except for kinds whose name says it.
enum class FaultKind {
    status,                  ///< Not processed. Any status, headers and body; status 503 by default.
    error_after_processing,  ///< Processed, but answered with an error; status 500 by default.
    close_before_reply,      ///< Processed, then the connection ends without a byte.
    close_unprocessed,       ///< Not processed. The connection ends without a byte.
    reset,                   ///< Processed, then a TCP reset after `bytes` bytes of the reply (default 0).
    truncate,  ///< Processed, then the reply ends after `bytes` bytes (default: in the middle of its body, or
               ///< of its status line if it has no body).
    stall,     ///< Processed. The reply stops after `bytes` bytes (default 0) for `delay` (default: forever).
    slow,      ///< Processed. The reply is sent at `bytes` bytes (default 1) per `delay` (default 10 ms).
    wrong_length,  ///< Processed. Content-Length is wrong by `length_delta`.
    html,          ///< Not processed. 200 and the page of a captive portal.
    garbage,       ///< Not processed. Bytes that are not HTTP, then the connection ends.
    delay,         ///< Processed at once, answered correctly after `delay` (default 1 s).
};

/// One fault, for the requests that match. Faults are tried in the order in which they were added.
struct Fault {
    FaultKind kind = FaultKind::status;
    int times = 1;         ///< Number of matching requests it affects. Negative means all, until cleared.
    int after = 0;         ///< Number of matching requests that pass before it affects the first.
    std::string method{};  ///< Such as "POST". Empty means any.
    std::string path_prefix{};  ///< Such as "/v1/messages". Empty means any. Paths below /_emulator/ are
                                ///< never affected.
    std::optional<bool> processed{};  ///< Whether the request takes effect. The default depends on the kind.
    /// Status, headers and body of the reply. If the request is processed, they replace the status, headers
    /// and body of the real reply.
    std::optional<int> status{};
    std::vector<std::pair<std::string, std::string>> headers{};
    std::optional<std::string> body{};
    std::optional<std::size_t> bytes{};                ///< Used by truncate, stall, reset and slow.
    std::optional<std::chrono::milliseconds> delay{};  ///< Used by stall, slow and delay.
    /// Used by wrong_length: how many bytes Content-Length exceeds the body by. Default 10. If it is
    /// positive, the connection ends before the body is complete. If it is negative, bytes of the body are
    /// left over on a connection that stays open.
    int length_delta = 10;
    /// Error code of v3, such as "CONFLICT_001". The reply is an error with this code, in the v3 envelope,
    /// with the status that belongs to the code. Used by status and error_after_processing.
    std::string code{};
};

/// A contact that exists when the emulator starts.
struct SeededContact {
    std::string id{};
    std::string phone_number{};
};

/// A template that exists when the emulator starts.
struct SeededTemplate {
    std::string id{};
    std::string name{};
    std::string status{};                  ///< Such as "APPROVED" or "DRAFT".
    std::vector<std::string> variables{};  ///< Names of the variables in its body.
};

/// A profile below the organization that exists when the emulator starts.
struct SeededProfile {
    std::string id{};
    std::string name{};
};

/// A user of the organization that exists when the emulator starts.
struct SeededUser {
    std::string id{};
    std::string email{};
    std::string role{};  ///< "admin" or "developer". The API key belongs to the admin.
};

/// What the emulator starts with. The first contact and the first template have the ids of the vendor's
/// Getting Started guide, so its message can be sent unchanged. All ids are the same in every run.
struct EmulatorSeeds {
    std::vector<SeededContact> contacts{};
    std::vector<SeededTemplate> templates{};
    std::vector<SeededProfile> profiles{};
    std::vector<SeededUser> users{};
};

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

/// A message that was accepted, even if its reply was lost.
struct AcceptedMessage {
    std::string id{};
    std::string generation{};  ///< "v1", "v2", "v3"
    std::string contact_id{};
    std::string phone_number{};
    std::string template_id{};  ///< Empty for a quick message.
    std::map<std::string, std::string> variables{};
    std::string text{};  ///< Text as the recipient reads it.
    std::string webhook_url{};
    std::chrono::system_clock::time_point accepted_at{};
    std::string status{};           ///< "queued", "sent", "delivered", "failed"
    std::string channel{};          ///< "sms", "whatsapp", "rcs", "mms"
    std::string idempotency_key{};  ///< Key of the request that sent it. Empty if it had none.
    std::string profile_id{};       ///< Empty if the organization sent it.
};

/// A status event that is posted to a `webhookUrl`.
struct WebhookDelivery {
    std::string url{};
    std::string message_id{};
    std::string event{};  ///< "message.delivered"
    int attempts = 0;     ///< Number of posts.
    int http_status = 0;  ///< Status of the last answer. 0 if there was none.
    std::string
        outcome{};  ///< "delivered", "gave_up", or "refused": not a loopback address, nothing was posted
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

/// The emulated service. The constructor starts it on its own threads. The destructor ends it at once, even
/// if requests are pending. Thread-safe, except that an object must not be moved or destroyed while other
/// threads use it. A moved-from object can only be destroyed or assigned to. It changes nothing process-wide:
/// no signal disposition, no locale, no environment.
class SENT_TESTING_EXPORT Emulator {
  public:
    /// Starts to listen. Does not throw if that fails: check operator bool and error().
    explicit Emulator(EmulatorOptions options);
    /// Uses default options. The parameter makes `Emulator x({})` unambiguous.
    explicit Emulator(std::nullptr_t /*no_options*/ = nullptr) : Emulator(EmulatorOptions{}) {}
    ~Emulator();
    Emulator(Emulator&&) noexcept;
    Emulator& operator=(Emulator&&) noexcept;
    Emulator(const Emulator&) = delete;
    Emulator& operator=(const Emulator&) = delete;

    /// True if it is listening.
    explicit operator bool() const;
    /// Returns why it is not listening, such as "cannot listen on 127.0.0.1:80: Permission denied".
    std::string error() const;

    std::string base_url() const;  ///< Such as "http://127.0.0.1:40123".
    int port() const;
    std::string api_key() const;
    std::string sender_id() const;
    std::string forbidden_api_key() const;
    std::string profile_api_key() const;
    /// Returns what the emulator started with. Empty without EmulatorOptions::seed.
    EmulatorSeeds seeds() const;
    /// Returns the line that sent-emulator prints: one JSON object without a line break, with base_url, the
    /// keys and the seeds.
    std::string start_line() const;

    /// Number of messages accepted since the start or the last reset(), including messages whose reply was
    /// lost.
    std::size_t accepted_messages() const;
    /// The same for requests with this Idempotency-Key. Never more than the recipients times the channels of
    /// the request, however often it is repeated.
    std::size_t accepted_messages_for_key(std::string_view key) const;
    /// Returns the accepted messages, oldest first. At most EmulatorOptions::messages_kept.
    std::vector<AcceptedMessage> messages() const;
    /// Returns the status events for a `webhookUrl`, oldest first, that have been delivered, given up or
    /// refused.
    std::vector<WebhookDelivery> webhook_deliveries() const;

    /// Number of requests received, including requests that a fault kept from being processed, but not
    /// requests below /_emulator/.
    std::size_t requests() const;
    /// The same for one path of the reference, such as "/v1/messages/contact" or "/v2/messages/{id}".
    std::size_t requests(std::string_view path) const;
    /// Number of connections accepted since the start.
    std::size_t connections() const;

    /// Adds a fault for the next requests that match. A fault with times == 0 does nothing.
    void add_fault(Fault fault);
    /// Removes all faults.
    void clear_faults();

    /// Simulates a message of a contact to the organization, on "sms", "whatsapp", "rcs" or "mms". It opens
    /// the conversation for free text. STOP opts the contact out, START opts it in again. Returns the id of
    /// the message, or an empty text if `from` is not a phone number.
    std::string receive_message(std::string_view from, std::string_view text,
                                std::string_view channel = "sms");

    /// Sets the rate limits of v3 until the next call or reset().
    void set_rate_limits(EmulatorRateLimits limits);

    /// Sets the account of v3 until the next call or reset().
    void set_account(EmulatorAccount account);

    /// Advances the time of the emulator, for deliveries, approvals and the daily limit of quick messages.
    void advance(std::chrono::milliseconds by);
    /// Restores the state of the start: no messages, no faults, counts at zero. Address, keys and seeds stay.
    void reset();
    /// Ends the service. Its counts can still be read.
    void stop();

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace sent::testing
