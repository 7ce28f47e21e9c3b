// Reads what has become of a message (v2). The sends of v1 and v2 return no id: take it from the dashboard.
//
//   export SENT_DM_API_KEY=... SENT_DM_SENDER_ID=...
//   SENT_MESSAGE_ID=... ./11_message_status
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
    const auto id = setting("SENT_MESSAGE_ID");

    const sent::Client client;
    const auto message = client.v2().messages().get(id);
    if (!message) {
        std::cerr << message.error() << '\n';
        return 1;
    }
    for (const auto& event : message->events) {
        std::cout << (event.timestamp ? sent::format_timestamp(*event.timestamp) : "unknown time") << "  "
                  << event.status << "  " << event.description.value_or("") << '\n';
    }
    // The set of states is open: have a branch for those that this program does not know.
    if (message->status == sent::v2::MessageStatus::failed) {
        std::cout << "failed\n";
    } else if (message->status == sent::v2::MessageStatus::delivered ||
               message->status == sent::v2::MessageStatus::read) {
        std::cout << "arrived\n";
    } else {
        std::cout << "on its way (" << message->status << ")\n";
    }
}
