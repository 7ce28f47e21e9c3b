// What a user's program does: it sends a message, and meets the errors across the library's boundary.
#include <sent/sent.hpp>

#include <iostream>

namespace {

sent::v1::SendToContactRequest message_of_the_guide() {
    sent::v1::SendToContactRequest request;
    request.contact_id = "6ba7b810-9dad-11d1-80b4-00c04fd430c8";
    request.template_id = "7ba7b820-9dad-11d1-80b4-00c04fd430c8";
    request.message_body = {{"name", "John Doe"}, {"order_id", "12345"}};
    return request;
}

bool accepts_the_message() {
    const sent::Client client;  // key, sender id and base URL come from the environment
    const auto done = client.v1().messages().send_to_contact(message_of_the_guide());
    if (!done) {
        std::cerr << "not sent: " << done.error() << '\n';
        return false;
    }
    return done.meta().http_status == 204;
}

bool throws_for_a_wrong_key() {
    sent::ClientOptions options;
    options.api_key = "a-wrong-key";
    const sent::Client client{options};
    try {
        client.call(message_of_the_guide()).value();
    } catch (const sent::AuthenticationError& error) {
        return error.error().http_status == 401;
    } catch (const std::exception& error) {
        std::cerr << "another exception than expected: " << error.what() << '\n';
        return false;
    }
    std::cerr << "no exception for a wrong key\n";
    return false;
}

}  // namespace

int main() {
    return sent::version() == SENT_VERSION_STRING && accepts_the_message() && throws_for_a_wrong_key() ? 0
                                                                                                       : 1;
}
