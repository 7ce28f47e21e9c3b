// What a program does that only receives webhooks.
#include <sent/webhooks.hpp>

#include <iostream>

namespace {

constexpr auto secret = "whsec_c2VudC1jcHAtc2RrLXRlc3Qtc2lnbmluZy1rZXktMDE=";
constexpr auto body =
    R"({"field":"message","event":"message.delivered","payload":{"message_status":"DELIVERED"}})";

sent::Headers headers_of_a_delivery() {
    return sent::webhooks::Signer({secret, "wh_1"}).sign(body).value();
}

bool reads_a_delivery() {
    const auto event = sent::webhooks::Verifier({secret}).verify(headers_of_a_delivery(), body);
    if (!event) {
        std::cerr << "not accepted: " << event.error() << '\n';
        return false;
    }
    const auto* status = std::get_if<sent::webhooks::MessageStatusEvent>(&event->payload);
    return status != nullptr && status->message_status == sent::MessageStatus::delivered;
}

bool throws_for_another_secret() {
    try {
        const sent::webhooks::Verifier other({"whsec_b3RoZXI="});
        static_cast<void>(other.verify(headers_of_a_delivery(), body).value());
    } catch (const sent::WebhookRejectedError& error) {
        return error.error().code == "WEBHOOK_NO_MATCH";
    }
    std::cerr << "no exception for another secret\n";
    return false;
}

}  // namespace

int main() {
    return sent::version() == SENT_VERSION_STRING && reads_a_delivery() && throws_for_another_secret() ? 0
                                                                                                       : 1;
}
