#include <sent/webhooks/signer.hpp>

#include <array>
#include <chrono>
#include <utility>

#include <openssl/crypto.h>
#include <openssl/rand.h>

#include <sent/webhooks/headers.hpp>

#include "base/fork_gate.hpp"
#include "base/system_clock.hpp"
#include "webhooks/signing_key.hpp"
#include "webhooks/verdict.hpp"

namespace sent::webhooks {

class Signer::State {
  public:
    explicit State(SignerOptions options)
        : key_(detail::SigningKey::from(options.secret, false)),
          endpoint_id_(std::move(options.endpoint_id)),
          clock_(options.clock ? std::move(options.clock) : std::make_shared<detail::SystemClock>()) {}

    [[nodiscard]] Result<std::string> signature(std::string_view timestamp, std::string_view body) const {
        const auto* key = std::get_if<detail::SigningKey>(&key_);
        if (key == nullptr) {
            return misconfiguration("`SignerOptions::secret` " +
                                    std::string{std::get<std::string_view>(key_)});
        }
        const auto digest = key->sign({endpoint_id_, timestamp, body});
        return "v1," + detail::encode_base64(digest.data(), digest.size());
    }

    [[nodiscard]] std::string now() const {
        const auto time = std::chrono::floor<std::chrono::seconds>(clock_->wall_now());
        return std::to_string(time.time_since_epoch().count());
    }

    [[nodiscard]] const std::string& endpoint_id() const noexcept { return endpoint_id_; }

  private:
    std::variant<detail::SigningKey, std::string_view> key_;
    std::string endpoint_id_;
    std::shared_ptr<Clock> clock_;
};

Signer::Signer(SignerOptions options) : state_(std::make_shared<const State>(std::move(options))) {}

Result<std::string> Signer::signature(std::string_view timestamp, std::string_view body) const {
    return state_->signature(timestamp, body);
}

Result<Headers> Signer::sign(std::string_view body, const EventHeaders& event) const {
    const auto timestamp = state_->now();
    auto signed_body = signature(timestamp, body);
    if (!signed_body) {
        return std::move(signed_body).error();
    }
    Headers headers{{header_names::id, state_->endpoint_id()},
                    {header_names::timestamp, timestamp},
                    {header_names::signature, *signed_body}};
    if (!event.event_type.empty()) {
        headers.add(header_names::event_type, event.event_type);
    }
    if (!event.event_id.empty()) {
        headers.add(header_names::event_id, event.event_id);
    }
    return headers;
}

Result<Secret> make_secret() {
    const detail::ForkGate gate;
    std::array<unsigned char, 32> key{};
    if (RAND_bytes(key.data(), static_cast<int>(key.size())) != 1) {
        return misconfiguration(
            "the system provides no random numbers for a secret: check /dev/urandom, and try again");
    }
    auto encoded = detail::encode_base64(key.data(), key.size());
    auto text = "whsec_" + encoded;
    OPENSSL_cleanse(key.data(), key.size());
    OPENSSL_cleanse(encoded.data(), encoded.size());
    return Secret{std::move(text)};
}

}  // namespace sent::webhooks
