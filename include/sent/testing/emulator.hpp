#pragma once

/// @file
/// A Sent service in memory, on a loopback port, for tests: it authenticates, validates, stores and answers
/// as the real one, moves messages through their life cycle, and misbehaves when told to. The executable
/// `sent-emulator` is the same thing for programs in other languages; docs/emulator.md describes both.

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

/// How a reply goes wrong. Each kind says whether the request takes effect before that ("processed": a
/// message is accepted, a template is created); Fault::processed overrides it, except where the name already
/// says it.
enum class FaultKind {
    status,                  ///< Not processed: any status, headers and body. 503 by default.
    error_after_processing,  ///< Processed, and yet answered with an error. 500 by default.
    close_before_reply,      ///< Processed, then the connection ends without a byte.
    close_unprocessed,       ///< Not processed; the connection ends without a byte.
    reset,                   ///< Processed, then a TCP reset after `bytes` bytes of the reply (default 0).
    truncate,  ///< Processed, then the reply ends after `bytes` bytes (default: amid its body, else its
               ///< status line).
    stall,  ///< Processed; the reply stops after `bytes` bytes (default 0) for `delay` (default: for ever).
    slow,   ///< Processed; `bytes` bytes (default 1) of the reply per `delay` (default 10 ms).
    wrong_length,  ///< Processed; Content-Length is wrong by `length_delta`.
    html,          ///< Not processed: 200 and the page of a captive portal.
    garbage,       ///< Not processed: bytes that are no HTTP, then the end.
    delay,         ///< Processed at once, answered properly after `delay` (default 1 s).
};

/// One piece of misbehaviour, for the requests that match. Faults are tried in the order in which they were
/// added.
struct Fault {
    FaultKind kind = FaultKind::status;
    int times = 1;         ///< How many matching requests it hits; a negative number: all, until cleared.
    int after = 0;         ///< How many matching requests it lets pass before the first hit.
    std::string method{};  ///< "POST"; empty: any.
    std::string path_prefix{};        ///< "/v1/messages"; empty: any. Paths below /_emulator/ are never hit.
    std::optional<bool> processed{};  ///< Whether the request takes effect; default by kind.
    /// Status, headers and body of the reply. For a processed request they replace those of the real reply.
    std::optional<int> status{};
    std::vector<std::pair<std::string, std::string>> headers{};
    std::optional<std::string> body{};
    std::optional<std::size_t> bytes{};                ///< See the kinds: truncate, stall, reset, slow.
    std::optional<std::chrono::milliseconds> delay{};  ///< See the kinds: stall, slow, delay.
    /// wrong_length: what Content-Length exceeds the body by. Positive: the connection ends before the body
    /// is complete. Negative: bytes of the body are left over on a connection that stays open.
    int length_delta = 10;
    /// A code of v3, as in "CONFLICT_001": the error has it, in v3's envelope and with the status that
    /// belongs to it. For the kinds status and error_after_processing.
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
    std::string status{};                  ///< "APPROVED", "DRAFT"
    std::vector<std::string> variables{};  ///< names that its body uses
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
    std::string role{};  ///< "admin": the API key is this one's; "developer"
};

/// What the emulator starts with. The first contact and the first template have the ids of the vendor's
/// Getting Started guide, so that its message can be sent as it stands. All ids are the same in every run.
struct EmulatorSeeds {
    std::vector<SeededContact> contacts{};
    std::vector<SeededTemplate> templates{};
    std::vector<SeededProfile> profiles{};
    std::vector<SeededUser> users{};
};

/// What v3 lets pass per minute; 0: everything.
struct EmulatorRateLimits {
    int standard = 0;   ///< Requests in any 60 seconds. The service: 200.
    int sensitive = 0;  ///< Of the operations that the service protects, in a minute of the clock: 10.
    int messages = 0;   ///< Messages sent in any 60 seconds.
};

/// How far the account has come with its set-up. All but `active` make v3 answer 403 to everything except
/// `GET /v3/me`.
enum class EmulatorAccountState {
    active,
    waiting_for_activation,  ///< AUTH_005
    kyc_incomplete,          ///< AUTH_006, and no channel shows
    no_channel,              ///< AUTH_007, and no channel shows
    suspended,               ///< BUSINESS_014
};

/// The organization's account in v3, and those of its profiles with it.
struct EmulatorAccount {
    EmulatorAccountState state = EmulatorAccountState::active;
    /// What is configured; none is the same as the state `no_channel`. Without "whatsapp" the organization
    /// has no WhatsApp business account that profiles could share.
    std::vector<std::string> channels{"sms", "whatsapp", "rcs"};
};

/// A message that was accepted, whatever became of the reply.
struct AcceptedMessage {
    std::string id{};
    std::string generation{};  ///< "v1", "v2", "v3"
    std::string contact_id{};
    std::string phone_number{};
    std::string template_id{};  ///< empty for a quick message
    std::map<std::string, std::string> variables{};
    std::string text{};  ///< as the recipient reads it
    std::string webhook_url{};
    std::chrono::system_clock::time_point accepted_at{};
    std::string status{};           ///< "queued", "sent", "delivered", "failed"
    std::string channel{};          ///< "sms", "whatsapp", "rcs", "mms"
    std::string idempotency_key{};  ///< of the request that sent it; empty: it had none
    std::string profile_id{};       ///< empty: the organization's
};

/// A status event for a `webhookUrl`.
struct WebhookDelivery {
    std::string url{};
    std::string message_id{};
    std::string event{};  ///< "message.delivered"
    int attempts = 0;     ///< posts made
    int http_status = 0;  ///< of the last answer; 0: none came
    std::string
        outcome{};  ///< "delivered", "gave_up", or "refused": not a loopback address, nothing was posted
};

/// All members have defaults that suit a test.
/// Durations of more than a year count as a year.
struct EmulatorOptions {
    std::string host = "127.0.0.1";   ///< Address to listen on. Anybody who reaches it controls the emulator.
    int port = 0;                     ///< 0: a free one.
    std::string api_key{};            ///< Empty: a random one.
    std::string sender_id{};          ///< A GUID. Empty: a random one.
    std::string forbidden_api_key{};  ///< A valid key without permission (403). Empty: a random one.
    std::string profile_api_key{};    ///< v3: the seeded profile's own key. Empty: a random one.
    /// From accepted to delivered; the status `sent` comes half-way.
    std::chrono::milliseconds delivery_delay{500};
    std::chrono::milliseconds template_approval_delay{500};  ///< From submitted to approved.
    int quick_messages_per_day = 5;    ///< Per UTC day; the next one is answered with 429.
    EmulatorRateLimits rate_limits{};  ///< Of v3.
    EmulatorAccount account{};         ///< Of v3.
    /// How long a v3 request waits for another one with its Idempotency-Key before 409 CONFLICT_001.
    std::chrono::milliseconds idempotency_wait{5000};
    /// v3: from a webhook's failed delivery to the next attempt, doubling up to 60 times as much. The
    /// service: one minute.
    std::chrono::milliseconds webhook_retry_delay{500};
    /// v3: how long a second of a webhook's `timeout_seconds` lasts.
    std::chrono::milliseconds webhook_second{1000};
    bool seed = true;  ///< Start with contacts and templates.
    bool v1_templates_as_page =
        false;  ///< Shape of v1 template lists, which nobody documented: page or bare array.
    std::size_t messages_kept = 100000;                   ///< Older ones are forgotten, though counted.
    std::chrono::milliseconds keep_alive_timeout{75000};  ///< Idle connections are closed after it.
    /// Called with a line per request, without secrets and numbers, from the emulator's threads. It must not
    /// throw.
    std::function<void(std::string_view line)> log{};
    /// More names that the Host header of a request below /_emulator/ may have, without regard to its port.
    /// The names and addresses of this machine's loopback interface and `host` may always be used. See
    /// docs/emulator.md, "Who may control it".
    std::vector<std::string> allowed_hosts{};
};

/// The service. Starts in the constructor, on threads of its own, and ends in the destructor, at once,
/// whatever is under way. Any number of threads may use one object; it is not to be moved or destroyed while
/// others do, and one that was moved from can only be destroyed or assigned to. It changes nothing of the
/// process: no signal disposition, no locale, no environment.
class SENT_TESTING_EXPORT Emulator {
  public:
    /// Starts to listen. Does not throw when that fails: see operator bool and error().
    explicit Emulator(EmulatorOptions options);
    /// With default options. The parameter makes `Emulator x({})` mean this one, not perhaps a copy.
    explicit Emulator(std::nullptr_t /*no_options*/ = nullptr) : Emulator(EmulatorOptions{}) {}
    ~Emulator();
    Emulator(Emulator&&) noexcept;
    Emulator& operator=(Emulator&&) noexcept;
    Emulator(const Emulator&) = delete;
    Emulator& operator=(const Emulator&) = delete;

    /// Whether it is listening.
    explicit operator bool() const;
    /// Why it is not: "cannot listen on 127.0.0.1:80: Permission denied".
    std::string error() const;

    std::string base_url() const;  ///< "http://127.0.0.1:40123"
    int port() const;
    std::string api_key() const;
    std::string sender_id() const;
    std::string forbidden_api_key() const;
    std::string profile_api_key() const;
    EmulatorSeeds seeds() const;
    /// What sent-emulator prints: one JSON object without a line break, with base_url, the keys and the
    /// seeds.
    std::string start_line() const;

    /// Sends accepted since the start or the last reset(), including those whose reply never arrived.
    std::size_t accepted_messages() const;
    /// The same for the requests with one Idempotency-Key. Never more than a request has recipients and
    /// channels, however often it is repeated.
    std::size_t accepted_messages_for_key(std::string_view key) const;
    /// All of them, one by one, oldest first.
    std::vector<AcceptedMessage> messages() const;
    /// Status events for webhookUrl, oldest first, once they are delivered, given up or refused.
    std::vector<WebhookDelivery> webhook_deliveries() const;

    /// Requests received, also those that a fault kept from being processed, but not those below /_emulator/.
    std::size_t requests() const;
    /// The same for one path of the reference: "/v1/messages/contact", "/v2/messages/{id}".
    std::size_t requests(std::string_view path) const;
    /// Connections accepted since the start.
    std::size_t connections() const;

    /// Misbehave for the next requests that match. A fault with times == 0 does nothing.
    void add_fault(Fault fault);
    void clear_faults();

    /// A contact writes to the organization, on "sms", "whatsapp", "rcs" or "mms", which opens the
    /// conversation for free text; STOP opts the contact out, START in again. Returns the id of the message,
    /// or an empty text when `from` is no phone number.
    std::string receive_message(std::string_view from, std::string_view text,
                                std::string_view channel = "sms");

    /// Until the next call or reset().
    void set_rate_limits(EmulatorRateLimits limits);

    /// Until the next call or reset().
    void set_account(EmulatorAccount account);

    /// Lets time pass for everything the emulator does: deliveries, approvals, the daily limit of quick
    /// messages.
    void advance(std::chrono::milliseconds by);
    /// Back to the state of the start: no messages, no faults, counts at zero. Address, keys and seeds stay.
    void reset();
    /// Ends the service; what it has counted can still be read.
    void stop();

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace sent::testing
