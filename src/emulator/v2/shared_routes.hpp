#pragma once

/// @file
/// Operations that v1 and v2 answer in the same way.

#include "emulator/http/router.hpp"

namespace sent::testing::emulator {

Reply list_contacts(Call& call);         ///< ?page=&pageSize=
Reply get_contact(Call& call);           ///< ?id=
Reply get_contact_by_phone(Call& call);  ///< ?phoneNumber=

}  // namespace sent::testing::emulator
