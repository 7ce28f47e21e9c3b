// A send that takes effect once, even when the program or the machine dies in the middle of it: the
// idempotency key is on disk before the request leaves, and whoever starts next repeats it with the same key.
//
//   export SENT_DM_API_KEY=...
//   SENT_PHONE_NUMBER=+1... SENT_TEMPLATE_ID=... SENT_STATE_FILE=order-1001.key ./18_retry_after_crash
#include <cstdlib>
#include <filesystem>
#include <fstream>
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

/// The key of the send that was begun and not finished, or a new one. In a service it stands beside the order
/// in the database; what matters is that it is stored before the request leaves.
std::string key_for(const std::string& file) {
    std::string key;
    if (std::ifstream in{file}; in >> key) {
        std::cout << "an earlier run was cut off\n";
        return key;
    }
    key = "order-1001-confirmation";
    std::ofstream{file} << key << std::endl;
    return key;
}

}  // namespace

int main() {
    const auto number = setting("SENT_PHONE_NUMBER");
    const auto template_id = setting("SENT_TEMPLATE_ID");
    const auto file = setting("SENT_STATE_FILE");
    const auto key = key_for(file);

    const sent::Client client;
    const auto reply = client.messages().send(
        {
            .to = {number},
            .template_ref =
                sent::TemplateRef{.id = template_id, .parameters = {{"name", "Ada"}, {"order_id", "1001"}}},
        },
        {.idempotency_key = key});

    if (!reply && (reply.error().outcome == sent::Outcome::unknown ||
                   reply.error().outcome == sent::Outcome::accepted)) {
        // It may have gone out. The key stays on disk: run again, within the 24 hours that the service keeps
        // it.
        std::cerr << "not certain, run again: " << reply.error() << '\n';
        return 1;
    }
    if (!reply) {
        // Certainly not accepted, so the key has done nothing.
        std::filesystem::remove(file);
        std::cerr << reply.error() << '\n';
        return 1;
    }
    std::cout << (reply.meta().replayed ? "had been accepted before: " : "accepted: ")
              << reply->recipients.size() << " message\n";
    std::filesystem::remove(file);
}
