// Finds a contact by its id and by its phone number, then goes through all contacts (v2; v1 has the same
// calls).
//
//   export SENT_DM_API_KEY=... SENT_DM_SENDER_ID=...
//   SENT_CONTACT_ID=... SENT_PHONE_NUMBER=+14155550100 ./03_contacts
#include <cstddef>
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

bool show(const sent::Result<sent::v2::Contact>& contact) {
    if (!contact) {
        std::cerr << contact.error() << '\n';
        return false;
    }
    std::cout << contact->id << "  " << contact->format_international << "  " << contact->available_channels
              << '\n';
    return true;
}

}  // namespace

int main() {
    const auto id = setting("SENT_CONTACT_ID");
    const auto phone_number = setting("SENT_PHONE_NUMBER");

    const sent::Client client;
    const auto contacts = client.v2().contacts();
    if (!show(contacts.get(id)) || !show(contacts.get_by_phone(phone_number))) {
        return 1;
    }

    // Fetches page after page while it is iterated. An error is the last element of the range.
    std::size_t count = 0;
    for (const auto& contact : contacts.all({.page_size = 2})) {
        if (!show(contact)) {
            return 1;
        }
        ++count;
    }
    std::cout << count << " contacts\n";
}
