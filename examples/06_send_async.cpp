// Starts two sends without waiting, and gets one result from a future and the other by a callback.
//
//   export SENT_DM_API_KEY=... SENT_DM_SENDER_ID=...
//   SENT_PHONE_NUMBER=+14155550100 SENT_TEMPLATE_ID=... ./06_send_async
#include <cstdlib>
#include <future>
#include <iostream>
#include <string>
#include <utility>

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

bool report(const char* way, const sent::Result<void>& result) {
    if (!result) {
        std::cerr << way << ": " << result.error() << '\n';
        return false;
    }
    std::cout << way << ": accepted\n";
    return true;
}

}  // namespace

int main() {
    const sent::v2::SendToPhoneRequest message{
        .phone_number = setting("SENT_PHONE_NUMBER"),
        .template_id = setting("SENT_TEMPLATE_ID"),
        .template_variables = {{"name", "John Doe"}, {"order_id", "12345"}},
    };

    // The client is declared before what its callbacks use: its destructor calls those that are still open.
    std::promise<sent::Result<void>> called;
    const sent::Client client;

    auto future = client.submit(message);
    // The callback runs on the transport's thread, so it must be short.
    client.submit(message, [&called](sent::Result<void> result) { called.set_value(std::move(result)); });

    const bool first = report("future", future.get());
    const bool second = report("callback", called.get_future().get());
    return first && second ? 0 : 1;
}
