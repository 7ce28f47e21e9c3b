// What a user's test does: it starts an emulator in its own process and looks at what arrived there.
#include <sent/sent.hpp>
#include <sent/testing/emulator.hpp>

#include <iostream>

int main() {
    const sent::testing::Emulator emulator;

    sent::ClientOptions options;
    options.base_url = emulator.base_url();
    options.api_key = emulator.api_key();
    options.sender_id = emulator.sender_id();
    const sent::Client client{options};

    sent::v1::SendToPhoneRequest request;
    request.phone_number = "+14155550100";
    request.template_id = "7ba7b820-9dad-11d1-80b4-00c04fd430c8";
    request.message_body = {{"name", "John Doe"}, {"order_id", "12345"}};
    const auto done = client.v1().messages().send_to_phone(request);
    if (!done) {
        std::cerr << "not sent: " << done.error() << '\n';
        return 1;
    }
    return emulator.accepted_messages() == 1 ? 0 : 1;
}
