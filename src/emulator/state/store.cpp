#include "emulator/state/store.hpp"

#include "emulator/state/ids.hpp"

namespace sent::testing::emulator {

Contact& Store::add_contact(Contact contact) {
    contact_ids_by_number_[contact.number.e164 + contact.profile] = contact.id;
    return contacts.add(std::move(contact));
}

Contact* Store::find_contact(const std::string& id, const std::string& profile) {
    auto* found = contacts.find(id);
    return found == nullptr || found->profile != profile ? nullptr : found;
}

Contact* Store::find_contact_by_number(const std::string& e164, const std::string& profile) {
    const auto found = contact_ids_by_number_.find(e164 + profile);
    return found == contact_ids_by_number_.end() ? nullptr : contacts.find(found->second);
}

Contact& Store::contact_for(const PhoneNumber& number, Time now, const std::string& profile) {
    if (auto* known = find_contact_by_number(number.e164, profile)) {
        return *known;
    }
    Contact contact{make_guid(), number, {"sms"}, "sms", now};
    contact.profile = profile;
    return add_contact(std::move(contact));
}

void Store::remove_contact(const std::string& id) {
    if (const auto* found = contacts.find(id)) {
        contact_ids_by_number_.erase(found->number.e164 + found->profile);
        contacts.erase(id);
    }
}

Template* Store::find_template(const std::string& id, const std::string& profile) {
    auto* found = templates.find(id);
    return found == nullptr || found->deleted || found->profile != profile ? nullptr : found;
}

bool Store::remove_template(const std::string& id, const std::string& profile) {
    auto* found = find_template(id, profile);
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

void Store::count_accepted(const std::string& idempotency_key) {
    ++accepted_messages;
    if (!idempotency_key.empty()) {
        ++accepted_by_key[idempotency_key];
    }
}

Message& Store::add_message(Message message, std::size_t kept) {
    count_accepted(message.idempotency_key);
    return add_inbound(std::move(message), kept);
}

Message& Store::add_inbound(Message message, std::size_t kept) {
    while (messages.size() > 0 && messages.size() >= kept) {
        messages.erase_oldest();
    }
    return messages.add(std::move(message));
}

void Store::clear() {
    *this = Store{};
}

}  // namespace sent::testing::emulator
