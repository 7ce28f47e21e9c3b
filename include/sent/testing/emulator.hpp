#pragma once

/// @file
/// An in-memory Sent service on a loopback port, for tests. It authenticates, validates, stores and answers
/// as the real service does, moves messages through their life cycle, and misbehaves on request. The
/// executable `sent-emulator` is the same service for programs in other languages. docs/emulator.md describes
/// both.

#include <chrono>
#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <sent/export.hpp>
#include <sent/testing/emulator_options.hpp>
#include <sent/testing/fault.hpp>

namespace sent::testing {

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
