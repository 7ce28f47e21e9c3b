#include "emulator/v2/shared_routes.hpp"

#include <limits>

#include "emulator/json_reply.hpp"
#include "emulator/state/world.hpp"
#include "emulator/v2/validation.hpp"
#include "emulator/v2/views.hpp"

namespace sent::testing::emulator {
namespace {

constexpr long long default_page_size = 20;
constexpr long long largest_page_size = std::numeric_limits<int>::max();  // no limit is documented

Reply contact_reply(const Contact* contact) {
    return contact == nullptr ? problem(404, "Contact not found.") : json_reply(contact_view(*contact));
}

}  // namespace

Reply list_contacts(Call& call) {
    QueryReader query(call.request);
    const auto page = read_page(query, default_page_size, largest_page_size);
    if (!query.good()) {
        return validation_error(query.errors());
    }
    std::vector<const Contact*> rows;
    for (const auto& contact : call.world.store.contacts) {
        if (contact.profile.empty()) {
            rows.push_back(&contact);
        }
    }
    return json_reply(page_view(rows, page, contact_view));
}

Reply get_contact(Call& call) {
    QueryReader query(call.request);
    const auto id = query.required_guid("id");
    return id ? contact_reply(call.world.store.find_contact(*id)) : validation_error(query.errors());
}

Reply get_contact_by_phone(Call& call) {
    QueryReader query(call.request);
    const auto number = query.required_number("phoneNumber");
    return number ? contact_reply(call.world.store.find_contact_by_number(number->e164))
                  : validation_error(query.errors());
}

}  // namespace sent::testing::emulator
