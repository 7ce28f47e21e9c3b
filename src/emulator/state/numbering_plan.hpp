#pragma once

/// @file
/// The data behind phone_number.hpp.

#include <string_view>

namespace sent::testing::emulator {

/// How the national numbers that start with a prefix, and have a length, are written.
struct NumberRule {
    std::string_view country_code;
    std::string_view prefix;
    std::size_t length;       ///< of the national number; 0: any
    std::string_view groups;  ///< "2-4-4"; what is left over is a group of its own
    std::string_view type;
};

struct Country {
    std::string_view code;
    std::string_view region;
};

/// The first rule that fits; nullptr if there is none.
const NumberRule* find_rule(std::string_view country_code, std::string_view national_number);

/// The country with the longest calling code that the digits start with; {"", "ZZ"} if there is none.
Country find_country(std::string_view digits);

/// What people dial before the national number inside the country: "0" for GB, "" for ES.
std::string_view trunk_prefix(std::string_view region);

/// The time zone, or that of the largest city, of a region; "Etc/Unknown" where it is not known.
std::string_view timezone_of(std::string_view region);

}  // namespace sent::testing::emulator
