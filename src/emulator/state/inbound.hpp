#pragma once

/// @file
/// Messages from contacts to the account.

#include <string>

#include "emulator/state/store.hpp"

namespace sent::testing::emulator {

class World;

struct InboundMessage {
    PhoneNumber from{};
    std::string text{};
    std::string channel = "sms";
    std::string profile{};  ///< the profile that it is for; empty for the organization
};

/// Opens the conversation. STOP and START opt the contact out and in.
const Message& receive_message(World& world, const InboundMessage& inbound);

}  // namespace sent::testing::emulator
