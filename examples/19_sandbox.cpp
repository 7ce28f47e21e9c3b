// Sandbox mode: the service checks the request and makes an answer up; nothing is sent, stored or billed.
//
//   export SENT_DM_API_KEY=...
//   SENT_PHONE_NUMBER=+1... SENT_TEMPLATE_ID=... ./19_sandbox
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
    const auto number = setting("SENT_PHONE_NUMBER");
    const auto template_id = setting("SENT_TEMPLATE_ID");

    // For the whole client; CallOptions has the same for one call.
    const sent::Client client({.sandbox = true});
    const auto reply = client.messages().send({
        .to = {number},
        .template_ref =
            sent::TemplateRef{.id = template_id, .parameters = {{"name", "Ada"}, {"order_id", "12345"}}},
    });
    if (!reply) {
        std::cerr << reply.error() << '\n';
        return 1;
    }
    std::cout << (reply.meta().sandbox ? "simulated: " : "REAL: ") << reply->recipients.size()
              << " message\n";

    // What has no sandbox would really be done, so the client refuses it, without sending anything.
    const auto removed = client.webhooks().remove("7ba7b820-9dad-11d1-80b4-00c04fd430c8");
    if (removed) {
        return 1;
    }
    std::cout << "refused: " << removed.error().message << '\n';
}
