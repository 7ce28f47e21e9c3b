#include <string>

#include <sent/webhooks.hpp>

#include "fuzz_target.hpp"
#include "webhooks/base64.hpp"

/// @file
/// Deliveries of webhooks: lines of `Name: value`, an empty line, the body. And base64.

namespace sent::fuzz {

namespace {

constexpr auto secret = "whsec_c2VudC1jcHAtc2RrLXRlc3Qtc2lnbmluZy1rZXktMDE=";

webhooks::Verifier replaying_verifier() {
    webhooks::VerifierOptions options;
    options.secrets = secret;
    options.check_timestamp = false;
    return webhooks::Verifier{options};
}

}  // namespace

void receive_webhook(std::string_view input) {
    static const auto verifier = replaying_verifier();
    const auto end = input.find("\n\n");
    const auto headers = headers_from(input.substr(0, end));
    const auto body = end == std::string_view::npos ? std::string_view{} : input.substr(end + 2);

    const auto verdict = verifier.check(headers, body);
    require(!webhooks::to_string(verdict).empty(), "a verdict has a name");
    const auto event = verifier.verify(headers, body);
    if (verdict == webhooks::Verdict::valid) {
        require(event || event.error().kind == ErrorKind::undecodable, "what is signed is read");
        const webhooks::Signer signer{{secret, std::string{*headers.get("x-webhook-id")}}};
        const auto signature = signer.signature(*headers.get("x-webhook-timestamp"), body).value();
        require(headers.get("x-webhook-signature")->find(signature) != std::string_view::npos,
                "only what is signed is valid");
    } else {
        require(!event && event.error().kind == ErrorKind::webhook_rejected, "what is not is refused");
        require(webhooks::response_status(event.error()) == webhooks::response_status(verdict),
                "and answered as its verdict says");
    }
    // Also what nobody signed: the reader relies on nothing.
    if (const auto read = webhooks::parse_event(body)) {
        require(read->raw.text == body, "the body is kept as it came");
    }
}

void read_base64(std::string_view input) {
    if (const auto key = detail::decode_key(input)) {
        const auto text = detail::encode_base64(key->data(), key->size());
        require(detail::decode_key(text) == key, "a key survives writing");
    }
    if (const auto digest = detail::decode_digest(input)) {
        require(detail::encode_base64(digest->data(), digest->size()) == input,
                "a digest has one spelling only");
    }
}

}  // namespace sent::fuzz
