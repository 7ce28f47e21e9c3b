#include "testing/emulator/store.hpp"

#include "testing/emulator/ids.hpp"

namespace sent::testing::emulator {

Contact& Store::add_contact(Contact contact) {
    contact_ids_by_number_[contact.number.e164] = contact.id;
    return contacts.add(std::move(contact));
}

const Contact* Store::find_contact_by_number(const std::string& e164) {
    const auto found = contact_ids_by_number_.find(e164);
    return found == contact_ids_by_number_.end() ? nullptr : contacts.find(found->second);
}

const Contact& Store::contact_for(const PhoneNumber& number, Time now) {
    if (const auto* known = find_contact_by_number(number.e164)) {
        return *known;
    }
    return add_contact(Contact{make_guid(), number, {"sms"}, "sms", now});
}

Template* Store::find_template(const std::string& id) {
    auto* found = templates.find(id);
    return found == nullptr || found->deleted ? nullptr : found;
}

bool Store::remove_template(const std::string& id) {
    auto* found = find_template(id);
    if (found == nullptr) {
        return false;
    }
    if (found->used) {
        found->deleted = true;
    } else {
        templates.erase(id);
    }
    return true;
}

Message& Store::add_message(Message message, std::size_t kept) {
    ++accepted_messages;
    while (messages.size() > 0 && messages.size() >= kept) {
        messages.erase_oldest();
    }
    return messages.add(std::move(message));
}

void Store::clear() {
    *this = Store{};
}

}  // namespace sent::testing::emulator
