#include <iostream>

#include <sent/sent.hpp>

int main() {
    sent::Client client;  // reads SENT_DM_API_KEY
    auto reply = client.messages().send({
        .to = {"+14155550100"},
        .template_ref = sent::TemplateRef{.name = "order_confirmation",
                                          .parameters = {{"name", "John Doe"}, {"order_id", "12345"}}},
    });
    if (!reply) {
        std::cerr << reply.error() << '\n';
        return 1;
    }
    for (const auto& message : reply->recipients) {
        std::cout << "The message to " << message.to << " was accepted, with the id "
                  << message.message_id.value_or("(none)") << ".\n";
    }
}
