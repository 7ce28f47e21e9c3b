#include <memory>
#include <string>

#include <sent/sent.hpp>
#include <sent/testing/fake_clock.hpp>
#include <sent/testing/mock_transport.hpp>

#include "fuzz_target.hpp"

/// @file
/// A whole call: the first byte is the status, what follows up to an empty line the headers, the rest the
/// body.

namespace sent::fuzz {
namespace {

testing::Reply reply_from(std::string_view input) {
    const int status = input.empty() ? 200 : 100 + static_cast<unsigned char>(input.front()) * 2;
    input.remove_prefix(input.empty() ? 0 : 1);
    const auto end = input.find("\n\n");
    auto headers = headers_from(input.substr(0, end == std::string_view::npos ? 0 : end));
    const auto body = end == std::string_view::npos ? input : input.substr(end + 2);
    return testing::Reply::json(status, std::string{body}, std::move(headers));
}

template <class T>
void check(const Result<T>& result, std::string_view key) {
    if (result) {
        require(result.meta().http_status >= 200 && result.meta().http_status < 300, "a success is a 2xx");
        return;
    }
    require(to_string(result.error()).find(key) == std::string::npos, "an error's text has no key in it");
    require(!result.error().message.empty(), "an error says something");
}

}  // namespace

void read_exchange(std::string_view input) {
    static constexpr std::string_view key = "sk_live_0123456789";
    auto transport = std::make_shared<testing::MockTransport>();
    transport->otherwise(reply_from(input));
    ClientOptions options;
    options.api_key = key;
    options.sender_id = "sender";
    options.transport = transport;
    options.clock = std::make_shared<testing::FakeClock>();
    options.use_environment = false;
    options.log.level = LogLevel::off;
    const Client client{options};
    SendMessageRequest send;
    send.to = {"+14155550100"};
    send.text = "Hello";
    check(client.messages().send(send), key);
    check(client.contacts().list(), key);
    check(client.contacts().remove("contact"), key);
    check(client.v2().messages().get("message"), key);
    v1::SendToContactRequest legacy;
    legacy.contact_id = "contact";
    legacy.template_id = "template";
    const auto sends_before = transport->requests().size();
    check(client.v1().messages().send_to_contact(legacy), key);
    const auto attempts = transport->requests().size() - sends_before;
    require(attempts >= 1 && attempts <= 3, "a call ends");
}

}  // namespace sent::fuzz
