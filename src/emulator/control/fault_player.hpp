#pragma once

/// @file
/// Plays a fault on a connection.

#include <functional>

#include <sent/testing/emulator.hpp>

#include "emulator/http/http_types.hpp"

namespace sent::testing::emulator {

class Socket;

/// Writes a whole reply in one go. Returns whether the connection goes on.
bool write_reply(Socket& socket, const Reply& reply, AfterReply after);

/// Answers one request badly. `process` gives the request its effect and the proper reply; it is called at
/// most once. Returns whether the connection goes on.
bool play_fault(const Fault& fault, Socket& socket, const Request& request,
                const std::function<Reply()>& process);

}  // namespace sent::testing::emulator
