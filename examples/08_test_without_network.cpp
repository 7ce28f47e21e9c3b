// Tests a program's own code without a network: MockTransport answers from a script, FakeClock makes waits
// take no time. Needs no key. With find_package, ask for the component "testing" and link sent::testing.
//
//   ./08_test_without_network
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>

#include <sent/sent.hpp>
#include <sent/testing/testing.hpp>

namespace {

/// The code under test.
std::string confirm_order(const sent::Client& client, const std::string& contact_id) {
    const auto done = client.v1().messages().send_to_contact({
        .contact_id = contact_id,
        .template_id = "7ba7b820-9dad-11d1-80b4-00c04fd430c8",
        .message_body = {{"order_id", "12345"}},
    });
    if (done) {
        return "confirmed";
    }
    return done.error().outcome == sent::Outcome::unknown ? "ask the customer" : "not confirmed";
}

void expect(bool condition, const char* what) {
    std::cout << (condition ? "good: " : "BAD:  ") << what << '\n';
    if (!condition) {
        std::exit(1);
    }
}

}  // namespace

int main() {
    const auto mock = std::make_shared<sent::testing::MockTransport>();
    const auto clock = std::make_shared<sent::testing::FakeClock>();
    const sent::Client client(
        {.api_key = "k", .sender_id = "s", .transport = mock, .clock = clock, .use_environment = false});

    mock->no_content();
    expect(confirm_order(client, "anna") == "confirmed", "204 confirms");
    expect(mock->requests().at(0).path == "/v1/messages/contact", "the request went to the right path");

    mock->reply(429, "", {{"Retry-After", "20"}}).no_content();
    expect(confirm_order(client, "anna") == "confirmed", "after a 429 the library tries again");
    expect(clock->waits().back() >= std::chrono::seconds{20}, "but not before the service allows it");

    mock->reply(sent::testing::Reply::connection_lost());
    expect(confirm_order(client, "anna") == "ask the customer", "a lost answer is no failure");
    expect(mock->request_count() == 4, "and is not followed by a second message");
}
