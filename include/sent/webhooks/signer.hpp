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
/// The service's side of the signature, for tests of receivers.
///
///     const sent::webhooks::Signer signer({.secret = "whsec_...", .endpoint_id = "7ba7b820-..."});
///     post(url, signer.sign(body).value(), body);

namespace sent::webhooks {

struct SignerOptions {
    /// As the service shows it; see VerifierOptions::secrets.
    Secret secret{};
    /// What `x-webhook-id` says.
    std::string endpoint_id{};
    /// Empty: the system's clocks.
    std::shared_ptr<Clock> clock{};
};

/// What a delivery says of its event in headers that are not signed. What is empty is left out.
struct EventHeaders {
    /// `message.delivered`
    std::string_view event_type{};
    std::string_view event_id{};
};

/// Signs deliveries as the service does. Thread-safe; copies share one state. With an unusable secret
/// everything ends with ErrorKind::configuration.
class SENT_WEBHOOKS_EXPORT Signer {
  public:
    explicit Signer(SignerOptions options);

    /// All headers of a delivery that is sent now.
    [[nodiscard]] Result<Headers> sign(std::string_view body, const EventHeaders& event = {}) const;
    /// The value of `x-webhook-signature` for a timestamp, which need not be one.
    [[nodiscard]] Result<std::string> signature(std::string_view timestamp, std::string_view body) const;

  private:
    class State;
    std::shared_ptr<const State> state_;
};

/// A random secret as the service makes them: `whsec_` and 32 bytes in base64. ErrorKind::configuration when
/// the system has no random numbers.
[[nodiscard]] SENT_WEBHOOKS_EXPORT Result<Secret> make_secret();

}  // namespace sent::webhooks
