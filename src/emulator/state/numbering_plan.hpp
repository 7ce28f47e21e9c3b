#pragma once

/// @file
/// The data behind phone_number.hpp.

#include <string_view>

namespace sent::testing::emulator {

/// How national numbers with a prefix and a length are written.
struct NumberRule {
    std::string_view country_code;
    std::string_view prefix;
    std::size_t length;       ///< of the national number; 0 means any
    std::string_view groups;  ///< "2-4-4"; the digits that are left are one more group
    std::string_view type;
};

struct Country {
    std::string_view code;
    std::string_view region;
};

/// Returns the first matching rule, or nullptr.
const NumberRule* find_rule(std::string_view country_code, std::string_view national_number);

/// Returns the country with the longest calling code at the start of the digits, or {"", "ZZ"}.
Country find_country(std::string_view digits);

/// Returns the digits that people dial before the national number inside the country: "0" for GB, "" for ES.
std::string_view trunk_prefix(std::string_view region);

/// Returns the time zone of a region or of its largest city. "Etc/Unknown" if it is not known.
std::string_view timezone_of(std::string_view region);

}  // namespace sent::testing::emulator
