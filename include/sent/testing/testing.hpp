#pragma once

/// @file
/// The whole test kit. Link `sent::testing`.

#include <sent/testing/emulator.hpp>
#include <sent/testing/fake_clock.hpp>
#include <sent/testing/mock_transport.hpp>
