// Sends one template message to several people, each by the channel that the service chooses, and follows the
// first one until it is delivered.
//
//   export SENT_DM_API_KEY=...
//   SENT_PHONE_NUMBERS=+1...,+44... SENT_TEMPLATE_ID=... ./12_follow_to_delivery
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

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

std::vector<std::string> split(const std::string& list) {
    std::vector<std::string> parts;
    std::istringstream in{list};
    for (std::string part; std::getline(in, part, ',');) {
        parts.push_back(part);
    }
    return parts;
}

}  // namespace

int main() {
    const auto numbers = split(setting("SENT_PHONE_NUMBERS"));
    const auto template_id = setting("SENT_TEMPLATE_ID");

    const sent::Client client;
    // No `channel`: one message to each, by the channel that suits. Two channels would be a broadcast: two
    // messages to each, both billed, and not a second try where the first one fails.
    const auto reply = client.messages().send({
        .to = numbers,
        .template_ref =
            sent::TemplateRef{.id = template_id, .parameters = {{"name", "Ada"}, {"order_id", "12345"}}},
    });
    if (!reply) {
        std::cerr << reply.error() << '\n';
        return 1;
    }
    std::cout << reply->recipients.size() << " accepted\n";
    if (reply->recipients.empty() || !reply->recipients.front().message_id) {
        return 1;
    }

    // Accepted is not delivered.
    const auto message = client.messages().wait_until_final(*reply->recipients.front().message_id,
                                                            {.deadline = std::chrono::minutes{1}});
    if (!message) {
        std::cerr << message.error() << '\n';
        return 1;
    }
    std::cout << "the first one by " << message->channel << ": " << message->status << '\n';
    return message->status == sent::MessageStatus::delivered || message->status == sent::MessageStatus::read
               ? 0
               : 1;
}
