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

/// @file
/// Whether a delivery comes from the service. Needs no client.
///
///     const sent::webhooks::Verifier verifier({"whsec_..."});
///     const auto event = verifier.verify(request.headers, request.body);     // the body's bytes, untouched
///     if (!event) return sent::webhooks::response_status(event.error());     // 401, ...

namespace sent::webhooks {

/// What a delivery is found to be.
enum class Verdict {
    valid,                ///< it comes from somebody who has the secret, and now
    missing_id,           ///< no `x-webhook-id`
    missing_timestamp,    ///< no `x-webhook-timestamp`
    missing_signature,    ///< no `x-webhook-signature`
    duplicate_id,         ///< several `x-webhook-id`: which one is signed?
    duplicate_timestamp,  ///< several `x-webhook-timestamp`
    duplicate_signature,  ///< several `x-webhook-signature`
    malformed_timestamp,  ///< no plain decimal number of seconds
    too_old,              ///< sent longer ago than VerifierOptions::tolerance
    too_new,              ///< sent later than now and VerifierOptions::tolerance
    malformed_signature,  ///< no `v1` signature is 32 bytes in base64, and something is not as documented
    no_match,             ///< no signature fits: another secret, or another body than the service sent
    body_too_large,       ///< beyond VerifierOptions::max_body_bytes
    misconfigured         ///< the receiver's own options are unusable; see Verifier::create()
};

/// `valid`, `missing_id`, ...: the enumerator's name.
[[nodiscard]] SENT_WEBHOOKS_EXPORT std::string_view to_string(Verdict verdict) noexcept;
SENT_WEBHOOKS_EXPORT std::ostream& operator<<(std::ostream& out, Verdict verdict);

/// The HTTP status to answer with: 200 for a valid delivery, 401 when it
/// proves nothing, 413 when it is too large, 500 when the receiver cannot tell, so that the service comes
/// again.
[[nodiscard]] SENT_WEBHOOKS_EXPORT int response_status(Verdict verdict) noexcept;
/// The same for an error of Verifier::verify(); 400 for a body that cannot be read.
[[nodiscard]] SENT_WEBHOOKS_EXPORT int response_status(const Error& error) noexcept;

/// One secret or several, from whatever they are in. While a secret is rotated, give the old and the new one.
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

struct VerifierOptions {
    /// As the service shows them: `whsec_` and base64, with or without its padding; white space around is
    /// ignored. A delivery is valid when it is signed with any of them.
    SecretList secrets{};
    /// How far the delivery's time may be from now, before or after; that far exactly still passes.
    std::chrono::seconds tolerance = std::chrono::seconds{300};
    /// Whether a secret without `whsec_` is refused, rather than read as base64 as it is.
    bool require_prefix = false;
    /// False only to look at recorded deliveries: any delivery ever seen by anybody passes again.
    bool check_timestamp = true;
    /// Larger bodies are refused unread.
    std::size_t max_body_bytes = std::size_t{8} * 1024 * 1024;
    /// Empty: the system's clocks.
    std::shared_ptr<Clock> clock{};
};

/// Tells deliveries of the service from those of anybody else. Thread-safe; copies share one state. Keep one
/// per secret, or per endpoint: it holds the secrets decoded, and nothing else.
class SENT_WEBHOOKS_EXPORT Verifier {
  public:
    /// Never fails: with unusable options every delivery is `misconfigured`.
    explicit Verifier(VerifierOptions options);
    /// Tells at once: ErrorKind::configuration for no secret, one that is empty or not base64, one without
    /// `whsec_` where that is required, and a negative tolerance.
    [[nodiscard]] static Result<Verifier> create(VerifierOptions options);

    /// Checks, and only then reads. ErrorKind::webhook_rejected when the delivery is not proven to come from
    /// the service, ErrorKind::configuration when the options are unusable, ErrorKind::undecodable when the
    /// service signed what parse_event() cannot read. Error::code is stable (`WEBHOOK_NO_MATCH`).
    /// `raw_body` is the body as it came, before any parser; it may be empty and may contain any byte.
    [[nodiscard]] Result<Event> verify(HeaderView headers, std::string_view raw_body) const;

    /// Checks only. Allocates nothing (but what OpenSSL needs), whatever the body's size.
    [[nodiscard]] Verdict check(HeaderView headers, std::string_view raw_body) const;

  private:
    class State;
    std::shared_ptr<const State> state_;
};

}  // namespace sent::webhooks
