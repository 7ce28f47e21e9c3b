#pragma once

#include <chrono>
#include <cstddef>
#include <initializer_list>
#include <iosfwd>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sent/clock.hpp>
#include <sent/error.hpp>
#include <sent/export.hpp>
#include <sent/result.hpp>
#include <sent/secret.hpp>
#include <sent/webhooks/events.hpp>
#include <sent/webhooks/headers.hpp>
#include <sent/webhooks/voice_question.hpp>

/// @file
/// Verifies that a delivery comes from the service. Needs no client.
///
///     const sent::webhooks::Verifier verifier({"whsec_..."});
///     const auto event = verifier.verify(request.headers, request.body);     // the body's bytes, untouched
///     if (!event) return sent::webhooks::response_status(event.error());     // 401, ...

namespace sent::webhooks {

/// Result of the check of a delivery.
enum class Verdict {
    valid,       ///< someone who has the secret signed it, and its time is within VerifierOptions::tolerance
    missing_id,  ///< no `x-webhook-id`
    missing_timestamp,    ///< no `x-webhook-timestamp`
    missing_signature,    ///< no `x-webhook-signature`
    duplicate_id,         ///< several `x-webhook-id`, so it is unclear which one is signed
    duplicate_timestamp,  ///< several `x-webhook-timestamp`
    duplicate_signature,  ///< several `x-webhook-signature`
    malformed_timestamp,  ///< not a plain decimal number of seconds
    too_old,              ///< sent longer ago than VerifierOptions::tolerance
    too_new,              ///< sent further in the future than VerifierOptions::tolerance
    malformed_signature,  ///< there is no `v1` signature of 32 bytes in base64, and the header is not as
                          ///< documented
    no_match,             ///< no signature matches: another secret, or another body than the service sent
    body_too_large,       ///< larger than VerifierOptions::max_body_bytes
    misconfigured         ///< the receiver's own options are unusable; see Verifier::create()
};

/// Returns the name of the enumerator: `valid`, `missing_id`, ...
[[nodiscard]] SENT_WEBHOOKS_EXPORT std::string_view to_string(Verdict verdict) noexcept;
SENT_WEBHOOKS_EXPORT std::ostream& operator<<(std::ostream& out, Verdict verdict);

/// Returns the HTTP status to answer with: 200 for a valid delivery, 401 if it proves nothing, 413 if it is
/// too large, 500 if the receiver cannot decide, so that the service delivers it again.
[[nodiscard]] SENT_WEBHOOKS_EXPORT int response_status(Verdict verdict) noexcept;
/// The same for an error of Verifier::verify(). 400 for a body that cannot be read.
[[nodiscard]] SENT_WEBHOOKS_EXPORT int response_status(const Error& error) noexcept;

/// One or several secrets, from any type of string. While a secret is rotated, pass the old and the new one.
class SecretList {
  public:
    SecretList() = default;
    // NOLINTBEGIN(google-explicit-constructor): `.secrets = {"whsec_..."}`
    SecretList(Secret secret) { secrets_.push_back(std::move(secret)); }
    SecretList(const char* secret) : SecretList(Secret{secret}) {}
    SecretList(std::string_view secret) : SecretList(Secret{secret}) {}
    SecretList(std::string secret) : SecretList(Secret{std::move(secret)}) {}
    SecretList(std::vector<Secret> secrets) noexcept : secrets_(std::move(secrets)) {}
    SecretList(const std::vector<std::string>& secrets) : secrets_(secrets.begin(), secrets.end()) {}
    SecretList(std::initializer_list<Secret> secrets) : secrets_(secrets) {}
    // NOLINTEND(google-explicit-constructor)

    [[nodiscard]] std::size_t size() const noexcept { return secrets_.size(); }
    [[nodiscard]] bool empty() const noexcept { return secrets_.empty(); }
    [[nodiscard]] auto begin() const noexcept { return secrets_.begin(); }
    [[nodiscard]] auto end() const noexcept { return secrets_.end(); }

  private:
    std::vector<Secret> secrets_{};
};

/// Options of a Verifier.
struct VerifierOptions {
    /// Secrets as the service shows them: `whsec_` and base64, with or without padding. White space around
    /// them is ignored. A delivery is valid if it is signed with any of them.
    SecretList secrets{};
    /// Maximum difference between the time of the delivery and now, before or after, inclusive. Default
    /// 300 s.
    std::chrono::seconds tolerance = std::chrono::seconds{300};
    /// If true, a secret without `whsec_` is refused. If false (the default), it is read as base64.
    bool require_prefix = false;
    /// Whether the time of a delivery is checked. Default true. Set false only to look at recorded
    /// deliveries: any delivery that anyone has ever seen passes again.
    bool check_timestamp = true;
    /// Maximum size of a body in bytes. Default 8 MiB. Larger bodies are refused unread.
    std::size_t max_body_bytes = std::size_t{8} * 1024 * 1024;
    /// Defaults to the system's clocks.
    std::shared_ptr<Clock> clock{};
};

/// Verifies that deliveries come from the service. Thread-safe; copies share one state. Keep one per secret,
/// or per endpoint. It holds the decoded secrets and nothing else.
class SENT_WEBHOOKS_EXPORT Verifier {
  public:
    /// Never fails. If the options are unusable, every delivery is `misconfigured`.
    explicit Verifier(VerifierOptions options);
    /// Returns a Verifier, or ErrorKind::configuration if there is no secret, a secret is empty or not
    /// base64, a secret has no `whsec_` although that is required, or the tolerance is negative.
    [[nodiscard]] static Result<Verifier> create(VerifierOptions options);

    /// Checks the delivery, and reads it only if it is valid. Fails with ErrorKind::webhook_rejected if the
    /// delivery is not proven to come from the service, with ErrorKind::configuration if the options are
    /// unusable, and with ErrorKind::undecodable if the service signed what parse_event() cannot read.
    /// Error::code is stable (`WEBHOOK_NO_MATCH`). `raw_body` is the body as received, before any parser. It
    /// may be empty and may contain any byte.
    [[nodiscard]] Result<Event> verify(HeaderView headers, std::string_view raw_body) const;

    /// Does the same for a question about a call, which is signed with the `callback_secret` of the voice
    /// number. Reads it with parse_voice_question(). The second attempt of a question is signed anew.
    [[nodiscard]] Result<VoiceQuestion> verify_question(HeaderView headers, std::string_view raw_body) const;

    /// Only checks the delivery. Allocates no memory except what OpenSSL needs, whatever the size of the
    /// body.
    [[nodiscard]] Verdict check(HeaderView headers, std::string_view raw_body) const;

  private:
    class State;
    std::shared_ptr<const State> state_;
};

}  // namespace sent::webhooks
