// The code blocks of docs/testing.md.
#include <chrono>
#include <iostream>
#include <memory>

#include <sent/sent.hpp>
#include <sent/testing/testing.hpp>

using namespace std::chrono_literals;

namespace {

const sent::v1::SendToContactRequest message{.contact_id = "6ba7b810-9dad-11d1-80b4-00c04fd430c8",
                                             .template_id = "7ba7b820-9dad-11d1-80b4-00c04fd430c8",
                                             .message_body = {{"name", "Ada"}, {"order_id", "1"}}};

bool scripted_replies() {
    auto mock = std::make_shared<sent::testing::MockTransport>();
    auto clock = std::make_shared<sent::testing::FakeClock>();
    const sent::Client client(
        {.api_key = "k", .sender_id = "s", .transport = mock, .clock = clock, .use_environment = false});

    mock->reply(429, "", {{"Retry-After", "20"}}).no_content();
    const auto done = client.call(message);

    return done && done.meta().attempts == 2                           // it was tried again,
           && clock->waits().back() >= 20s                             // after the time that was asked for,
           && mock->requests().back().path == "/v1/messages/contact";  // which took this test no time
}

bool replies_by_path() {
    auto mock = std::make_shared<sent::testing::MockTransport>();
    mock->on("GET", "/v2/messages/{id}",
             sent::testing::Reply::json(200, R"({"status":"delivered"})").always());
    mock->otherwise(404);
    const sent::Client client(
        {.api_key = "k", .sender_id = "s", .transport = mock, .use_environment = false});

    const auto read = client.v2().messages().get("3e7b5a10-8c24-4d6f-a1b9-50c2e8f7d613");
    return read && read->status == sent::v2::MessageStatus::delivered;
}

bool replies_of_structs() {
    auto mock = std::make_shared<sent::testing::MockTransport>();
    const sent::Client client(
        {.api_key = "k", .sender_id = "s", .transport = mock, .use_environment = false});

    mock->on("POST", "/v3/messages",
             sent::testing::Reply::of(sent::SendMessageResponse{
                 .status = "QUEUED", .recipients = {{.message_id = "message-1", .to = "+14155550100"}}}));
    mock->on("GET", "/v3/contacts",
             sent::testing::Reply::of(sent::Page<sent::Contact>{.items = {{.id = "contact-1"}}}));
    mock->on("GET", "/v1/contacts", sent::testing::Reply::of(sent::Page<sent::v1::Contact>{}));
    mock->on("POST", "/v3/messages", sent::testing::Reply::error(402, "BUSINESS_003"));

    const sent::SendMessageRequest order{.to = {"+14155550100"}, .text = "Hello"};
    const auto sent_once = client.call(order);
    const auto refused = client.call(order);
    return sent_once && sent_once->recipients.at(0).message_id == "message-1" &&
           client.contacts().list().value().items.at(0).id == "contact-1" &&
           client.v1().contacts().list().value().items.empty() && refused.error().code == "BUSINESS_003";
}

bool an_answer_that_never_came() {
    auto mock = std::make_shared<sent::testing::MockTransport>();
    mock->reply(sent::testing::Reply::connection_lost());
    const sent::Client client(
        {.api_key = "k", .sender_id = "s", .transport = mock, .use_environment = false});

    const auto done = client.call(message);
    return !done && done.error().outcome == sent::Outcome::unknown && mock->request_count() == 1;
}

bool a_service_in_memory() {
    sent::testing::Emulator emulator;
    const sent::Client client({.api_key = emulator.api_key(),
                               .sender_id = emulator.sender_id(),
                               .base_url = emulator.base_url(),
                               .use_environment = false});

    emulator.add_fault({.kind = sent::testing::FaultKind::close_before_reply, .path_prefix = "/v1/messages"});
    const auto done = client.call(message);  // goes out, but its answer is lost

    return !done && done.error().outcome == sent::Outcome::unknown && emulator.accepted_messages() == 1;
}

}  // namespace

int main() {
    const bool all[] = {scripted_replies(), replies_by_path(), replies_of_structs(),
                        an_answer_that_never_came(), a_service_in_memory()};
    for (const bool good : all) {
        if (!good) {
            std::cerr << "a test of docs/testing.md fails\n";
            return 1;
        }
    }
}
