// Sends a template to many phone numbers, at most 16 at once, and shows how far it has come.
//
//   export SENT_DM_API_KEY=... SENT_DM_SENDER_ID=... SENT_TEMPLATE_ID=...
//   SENT_PHONE_NUMBERS=+14155550100,+442071838750 ./07_send_many
#include <cstddef>
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

void show(const sent::BulkProgress& progress) {
    std::cout << progress.finished() << " of " << progress.total << '\n';
}

}  // namespace

int main() {
    const auto template_id = setting("SENT_TEMPLATE_ID");
    std::istringstream numbers{setting("SENT_PHONE_NUMBERS")};
    std::vector<sent::v2::SendToPhoneRequest> messages;
    for (std::string number; std::getline(numbers, number, ',');) {
        messages.push_back({.phone_number = number,
                            .template_id = template_id,
                            .template_variables = {{"name", "John Doe"}, {"order_id", "12345"}}});
    }

    const sent::Client client;
    const sent::BulkOptions options{.max_in_flight = 16, .progress = show};
    const auto report = client.bulk(messages, options);

    // One result for each message, in the order of the messages.
    for (std::size_t i = 0; i < messages.size(); ++i) {
        if (!report.results[i]) {
            std::cerr << "message " << i << ": " << report.results[i].error() << '\n';
        }
    }
    std::cout << report.succeeded << " accepted, " << report.failed << " failed, " << report.uncertain
              << " of these may have gone out all the same\n";
    return report.all_succeeded() ? 0 : 1;
}
