#pragma once

/// @file
/// The options of an emulator once it runs: complete, and constant from then on.

#include <string>

#include <sent/testing/emulator.hpp>

namespace sent::testing::emulator {

struct Settings {
    EmulatorOptions options{};  ///< with all keys filled in
    std::string error{};        ///< what is wrong with the options; empty if nothing is
};

/// Fills in what is empty and checks the rest.
Settings make_settings(EmulatorOptions options);

/// "http://127.0.0.1:40123"; for the address that means "all of them", one that can be connected to.
std::string make_base_url(const std::string& host, int port);

}  // namespace sent::testing::emulator
