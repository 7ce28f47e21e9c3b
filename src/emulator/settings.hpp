#pragma once

/// @file
/// The options of a running emulator, with all defaults filled in. They do not change.

#include <string>

#include <sent/testing/emulator.hpp>

namespace sent::testing::emulator {

struct Settings {
    EmulatorOptions options{};  ///< with all keys filled in
    std::string error{};        ///< what is wrong with the options; empty if nothing is
};

/// Fills in empty options and checks the others.
Settings make_settings(EmulatorOptions options);

/// Returns "http://127.0.0.1:40123", for example. For the address that means "all addresses", returns one
/// that a client can connect to.
std::string make_base_url(const std::string& host, int port);

}  // namespace sent::testing::emulator
