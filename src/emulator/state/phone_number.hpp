#pragma once

/// @file
/// Phone numbers: their parts and spellings. Correct for a dozen countries, plausible for the others.

#include <optional>
#include <string>
#include <string_view>

namespace sent::testing::emulator {

struct PhoneNumber {
    std::string e164{};           ///< "+442071838750"
    std::string international{};  ///< "+44 20 7183 8750"
    std::string national{};       ///< "020 7183 8750"
    std::string rfc{};            ///< "tel:+44-20-7183-8750"
    std::string country_code{};   ///< "44"
    std::string region{};         ///< "GB"
    std::string type{};           ///< "mobile", "fixed_line", "voip"
    std::string timezone{};       ///< "Europe/London"
};

/// Reads a plus sign and 7 to 15 digits, the first of which is not 0. Returns nothing for any other text.
std::optional<PhoneNumber> parse_phone_number(std::string_view text);

}  // namespace sent::testing::emulator
