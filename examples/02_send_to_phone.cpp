// Sends a template message to a phone number, which need not be a contact (v2).
//
//   export SENT_DM_API_KEY=... SENT_DM_SENDER_ID=...
//   SENT_PHONE_NUMBER=+14155550100 SENT_TEMPLATE_ID=... ./02_send_to_phone
//
// v2 calls the values template_variables; v1 has the same operation and calls them message_body.
#include <cstdlib>
#include <iostream>
#include <string>

#include <sent/sent.hpp>

namespace {

std::string setting(const char* name) {
    const char* value = std::getenv(name);
    if (value == nullptr || *value == '\0') {
        std::cerr << "Please set " << name << ".\n";
        std::exit(2);
    }
    return value;
}

}  // namespace

int main() {
    const sent::Client client;
    const auto done = client.v2().messages().send_to_phone({
        .phone_number = setting("SENT_PHONE_NUMBER"),
        .template_id = setting("SENT_TEMPLATE_ID"),
        .template_variables = {{"name", "John Doe"}, {"order_id", "12345"}},
    });
    if (!done) {
        std::cerr << done.error() << '\n';
        return 1;
    }
    std::cout << "Accepted.\n";
}
