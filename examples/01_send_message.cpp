// Sends the message of the Getting Started guide: a template, filled in for one of your contacts (v1).
//
//   export SENT_DM_API_KEY=... SENT_DM_SENDER_ID=...
//   SENT_CONTACT_ID=... SENT_TEMPLATE_ID=... ./01_send_message
//
// The library itself reads SENT_DM_API_KEY, SENT_DM_SENDER_ID and, when set, SENT_BASE_URL.
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
    const sent::v1::SendToContactRequest message{
        .contact_id = setting("SENT_CONTACT_ID"),
        .template_id = setting("SENT_TEMPLATE_ID"),
        .message_body = {{"name", "John Doe"}, {"order_id", "12345"}},
        .webhook_url = "https://example.com/webhook/message-status",
    };

    const sent::Client client;
    const auto done = client.v1().messages().send_to_contact(message);
    if (!done) {
        std::cerr << done.error() << '\n';
        return 1;
    }

    std::cout << "The service answered " << done.meta().http_status << ": it accepted template "
              << message.template_id << " for contact " << message.contact_id << ", with\n";
    for (const auto& [name, value] : message.message_body) {
        std::cout << "  " << name << " = " << value << '\n';
    }
}
