#pragma once

/// @file
/// Serves one connection.

namespace sent::testing::emulator {

class Router;
class Socket;
class World;

/// Answers requests until the peer, a fault or the server ends the connection.
void serve_connection(Socket& socket, World& world, const Router& router);

}  // namespace sent::testing::emulator
