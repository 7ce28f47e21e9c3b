// What to do when a send fails. The outcome answers the question that matters: may I send it again?
//
//   export SENT_DM_API_KEY=... SENT_DM_SENDER_ID=...
//   SENT_PHONE_NUMBER=+14155550100 SENT_TEMPLATE_ID=... ./05_handle_errors
//
// Sends with a wrong key (401), then with a key without permission (403) if you have set
// SENT_FORBIDDEN_API_KEY to one, and then properly.
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

bool try_to_send(const sent::Client& client, const sent::v2::SendToPhoneRequest& message) {
    const auto done = client.call(message);
    if (done) {
        std::cout << "Accepted.\n";
        return true;
    }
    const sent::Error& error = done.error();
    std::cout << error.kind << " (HTTP " << error.http_status << "), outcome " << error.outcome << ": "
              << error.message << '\n';
    switch (error.outcome) {
        case sent::Outcome::not_sent:
        case sent::Outcome::rejected:
            std::cout << "  No message went out. " << error.hint() << '\n';
            break;
        case sent::Outcome::accepted:
            std::cout << "  The message went out, only the answer is unreadable: do not send it again.\n";
            break;
        case sent::Outcome::unknown:
            std::cout << "  The message may have gone out: ask the recipient, or look into the dashboard,\n"
                         "  before you send it again. The library has not repeated it.\n";
            break;
    }
    return false;
}

}  // namespace

int main() {
    const sent::v2::SendToPhoneRequest message{
        .phone_number = setting("SENT_PHONE_NUMBER"),
        .template_id = setting("SENT_TEMPLATE_ID"),
        .template_variables = {{"name", "John Doe"}, {"order_id", "12345"}},
    };
    try_to_send(sent::Client({.api_key = "not-a-key"}), message);
    if (const char* key = std::getenv("SENT_FORBIDDEN_API_KEY"); key != nullptr) {
        try_to_send(sent::Client({.api_key = key}), message);
    }
    return try_to_send(sent::Client(), message) ? 0 : 1;
}
