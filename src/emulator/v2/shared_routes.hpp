#pragma once

/// @file
/// Operations that v1 and v2 answer in the same way.

#include "emulator/http/router.hpp"
#include "emulator/v2/sends.hpp"
#include "emulator/v2/validation.hpp"

namespace sent::testing::emulator {

Reply list_contacts(Call& call);         ///< ?page=&pageSize=
Reply get_contact(Call& call);           ///< ?id=
Reply get_contact_by_phone(Call& call);  ///< ?phoneNumber=

/// POST .../messages/contact. `read_content` reads what both sends have besides the recipient.
template <void (*read_content)(BodyReader& body, Order& order)>
Reply send_to_contact(Call& call) {
    BodyReader body(call.body);
    Order order;
    order.contact_id = body.required_guid("contactId");
    read_content(body, order);
    return body.good() ? send_template(call.world, order) : validation_error(body.errors());
}

/// POST .../messages/phone.
template <void (*read_content)(BodyReader& body, Order& order)>
Reply send_to_phone(Call& call) {
    BodyReader body(call.body);
    Order order;
    order.number = body.required_number("phoneNumber");
    read_content(body, order);
    return body.good() ? send_template(call.world, order) : validation_error(body.errors());
}

}  // namespace sent::testing::emulator
