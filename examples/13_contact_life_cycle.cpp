// A contact from its creation to its end: created, found, summed up, opted out of messages for good.
//
//   export SENT_DM_API_KEY=...
//   SENT_NEW_PHONE_NUMBER=+1... ./13_contact_life_cycle
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

int fail(const sent::Error& error) {
    std::cerr << error << '\n';
    return 1;
}

}  // namespace

int main() {
    const auto number = setting("SENT_NEW_PHONE_NUMBER");
    const sent::Client client;
    const auto contacts = client.contacts();

    const auto created = contacts.create({.phone_number = number});
    if (!created) {
        // RESOURCE_007: there is such a contact already. Never repeated, as it would stay so.
        return fail(created.error());
    }
    std::cout << "created " << created->id << " in " << created->region_code << '\n';

    // `list` gives a page, `all` every contact, fetched page by page while you look at them.
    for (const auto& contact : contacts.all({.page_size = 100})) {
        if (!contact) {
            return fail(contact.error());
        }
        if (contact->id == created->id) {
            std::cout << "found by way of all(), by default on " << contact->default_channel << '\n';
        }
    }

    const auto summary = contacts.message_summary(created->id);
    if (!summary) {
        return fail(summary.error());
    }
    std::cout << summary->message_count << " messages so far\n";

    // The end of a contact: the service sends it nothing more. (The removal of contacts is deprecated.)
    // What is not set stays as it is; `sent::null` would clear a member.
    const auto updated = contacts.update({.id = created->id, .opt_out = true});
    if (!updated) {
        return fail(updated.error());
    }
    std::cout << (updated->opt_out ? "opted out\n" : "still in\n");
}
