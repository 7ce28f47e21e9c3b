#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <sent/clock.hpp>
#include <sent/export.hpp>
#include <sent/http/headers.hpp>
#include <sent/result.hpp>
#include <sent/secret.hpp>

/// @file
/// Signs deliveries as the service does, for tests of receivers.
///
///     const sent::webhooks::Signer signer({.secret = "whsec_...", .endpoint_id = "7ba7b820-..."});
///     post(url, signer.sign(body).value(), body);

namespace sent::webhooks {

/// Options of a Signer.
struct SignerOptions {
    /// Secret as the service shows it. See VerifierOptions::secrets.
    Secret secret{};
    /// Value of `x-webhook-id`.
    std::string endpoint_id{};
    /// Defaults to the system's clocks.
    std::shared_ptr<Clock> clock{};
};

/// Unsigned headers that describe the event of a delivery. Empty ones are left out.
struct EventHeaders {
    /// Value of `x-webhook-event-type`, such as `message.delivered`.
    std::string_view event_type{};
    /// Value of `x-webhook-event-id`.
    std::string_view event_id{};
};

/// Signs deliveries as the service does. Thread-safe; copies share one state. If the secret is unusable,
/// every call fails with ErrorKind::configuration.
class SENT_WEBHOOKS_EXPORT Signer {
  public:
    explicit Signer(SignerOptions options);

    /// Returns all headers of a delivery that is sent now.
    [[nodiscard]] Result<Headers> sign(std::string_view body, const EventHeaders& event = {}) const;
    /// Returns the value of `x-webhook-signature` for `timestamp`, which may be any text.
    [[nodiscard]] Result<std::string> signature(std::string_view timestamp, std::string_view body) const;

  private:
    class State;
    std::shared_ptr<const State> state_;
};

/// Returns a random secret in the service's format: `whsec_` and 32 bytes in base64. Fails with
/// ErrorKind::configuration if the system has no random numbers. Thread-safe.
[[nodiscard]] SENT_WEBHOOKS_EXPORT Result<Secret> make_secret();

}  // namespace sent::webhooks
