// The code blocks of docs/requests-as-text.md.
#include <iostream>
#include <string>

#include <sent/sent.hpp>

namespace {

sent::SendMessageRequest confirmation() {
    return {
        .to = {"+14155550100"},
        .template_ref = sent::TemplateRef{.name = "order_confirmation",
                                          .parameters = {{"name", "Ada"}, {"order_id", "12345"}}},
    };
}

/// Stands for a database.
struct Row {
    sent::EncodedRequest request{};
    std::string idempotency_key{};
};

int send_later() {
    // Now: validate the request and store its text. Nothing is sent.
    const auto encoded = sent::encode(confirmation());
    if (!encoded) {
        std::cerr << encoded.error() << '\n';
        return 1;
    }
    const Row row{.request = *encoded, .idempotency_key = "order-12345-confirmation"};

    // Later, perhaps in another process: send it. The key keeps a repeated attempt from sending twice.
    const sent::Client client;
    const auto response = client.call(row.request, {.idempotency_key = row.idempotency_key});
    if (!response) {
        std::cerr << response.error() << '\n';
        return 1;
    }

    // The answer as text, and as the struct of its operation.
    const auto reply = sent::decode<sent::SendMessageResponse>(row.request.operation, *response);
    std::cout << "sent as " << reply.value().recipients.at(0).message_id.value() << '\n';
    return 0;
}

int from_json() {
    const auto request = sent::encode("v3.contacts.list", R"({"page": 1, "channel": "sms"})");
    std::cout << request.value().method << ' ' << request.value().path << '\n';

    const auto mistake = sent::encode("v3.messages.send", R"({"to": ["+14155550100"], "txt": "Hello"})");
    std::cout << mistake.error().message << '\n';  // names `txt`
    return mistake ? 1 : 0;
}

int list_operations() {
    for (const auto& operation : sent::operations()) {
        std::cout << operation.name << ": " << operation.summary << '\n';
    }
    const auto* const send = sent::find_operation("v3.messages.send");
    std::cout << send->method << ' ' << send->path << '\n';
    return send->accepts_idempotency_key ? 0 : 1;
}

}  // namespace

int main() {
    return send_later() + from_json() + list_operations();
}
