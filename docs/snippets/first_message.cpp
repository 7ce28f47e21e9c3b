#include <iostream>

#include <sent/sent.hpp>

int main() {
    sent::Client client;  // reads SENT_DM_API_KEY and SENT_DM_SENDER_ID
    auto done = client.v1().messages().send_to_contact({
        .contact_id = "6ba7b810-9dad-11d1-80b4-00c04fd430c8",
        .template_id = "7ba7b820-9dad-11d1-80b4-00c04fd430c8",
        .message_body = {{"name", "John Doe"}, {"order_id", "12345"}},
        .webhook_url = "https://example.com/webhook/message-status",
    });
    if (!done) {
        std::cerr << done.error() << '\n';
        return 1;
    }
    std::cout << "The message was accepted (status " << done.meta().http_status << ").\n";
}
