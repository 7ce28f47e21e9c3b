// Looks a phone number up (v2), and shows what the library does meanwhile. The log never holds a key, a body
// or a full phone number. Without a sink it goes to standard error when SENT_LOG=debug is set.
//
//   export SENT_DM_API_KEY=... SENT_DM_SENDER_ID=...
//   SENT_PHONE_NUMBER=+14155550100 ./10_logging
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
    const auto phone_number = setting("SENT_PHONE_NUMBER");

    const sent::Client client({
        .log = {.level = sent::LogLevel::debug,
                .sink =
                    [](const sent::LogRecord& record) {
                        std::cout << "[" << sent::to_string(record.level) << "] " << record.message << '\n';
                    }},
    });
    const auto number = client.v2().numbers().lookup(phone_number);
    if (!number) {
        std::cerr << number.error() << '\n';
        return 1;
    }
    std::cout << number->format_international << ": " << number->number_type << " in " << number->region_code
              << '\n';
}
