// The code blocks of docs/v1-and-v2.md.
#include <iostream>
#include <string>

#include <sent/sent.hpp>

namespace {

const std::string contact_id = "6ba7b810-9dad-11d1-80b4-00c04fd430c8";
const std::string template_id = "7ba7b820-9dad-11d1-80b4-00c04fd430c8";

bool the_same_send(const sent::Client& client) {
    const auto by_v1 = client.v1().messages().send_to_contact({
        .contact_id = contact_id,
        .template_id = template_id,
        .message_body = {{"name", "Ada"}, {"order_id", "1"}},
    });
    const auto by_v2 = client.v2().messages().send_to_contact({
        .contact_id = contact_id,
        .template_id = template_id,
        .template_variables = {{"name", "Ada"}, {"order_id", "1"}},
    });
    return by_v1 && by_v2;
}

bool all_contacts(const sent::Client& client) {
    for (const auto& contact : client.v2().contacts().all({.page_size = 100})) {
        if (!contact) {
            std::cerr << contact.error() << '\n';
            return false;
        }
        std::cout << contact->phone_number << '\n';
    }
    return true;
}

bool one_page(const sent::Client& client) {
    const auto page = client.v2().contacts().list({.page = 0, .page_size = 20});
    if (!page) {
        return false;
    }
    std::cout << page->items.size() << " of " << page->total_count << (page->has_more ? ", and more" : "")
              << '\n';
    return true;
}

bool whatever_v1_sent(const sent::Client& client) {
    const auto found = client.v1().templates().get(template_id);
    if (!found) {
        return false;
    }
    std::cout << found->name << ": " << found.meta().raw_body << '\n';
    return true;
}

}  // namespace

int main() {
    const sent::Client client;
    return the_same_send(client) && all_contacts(client) && one_page(client) && whatever_v1_sent(client) ? 0
                                                                                                         : 1;
}
