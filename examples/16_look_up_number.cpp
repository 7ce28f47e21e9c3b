// What is known of a number: whether it is valid, its carrier, its kind.
//
//   export SENT_DM_API_KEY=...
//   SENT_PHONE_NUMBER=+1... ./16_look_up_number
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

    const sent::Client client;
    const auto found = client.numbers().lookup(number);
    if (!found) {
        std::cerr << found.error() << '\n';
        return 1;
    }
    std::cout << (found->is_valid ? "valid" : "not valid") << ", "
              << found->line_type.value_or("unknown kind") << " of "
              << found->carrier_name.value_or("an unknown carrier") << '\n';
    // Absent is not false: the service does not know.
    if (found->is_ported) {
        std::cout << (*found->is_ported ? "has changed its carrier\n" : "has its first carrier\n");
    }
}
