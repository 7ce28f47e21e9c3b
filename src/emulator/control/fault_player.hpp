#pragma once

/// @file
/// Plays a fault on a connection.

#include <functional>

#include <sent/testing/emulator.hpp>

#include "emulator/http/http_types.hpp"

namespace sent::testing::emulator {

class Socket;

/// Writes a whole reply at once. Returns whether the connection stays open.
bool write_reply(Socket& socket, const Reply& reply, AfterReply after);

/// Answers one request with a fault. `process` carries out the request and returns the correct reply; it is
/// called at most once. Returns whether the connection stays open.
bool play_fault(const Fault& fault, Socket& socket, const Request& request,
                const std::function<Reply()>& process);

}  // namespace sent::testing::emulator
