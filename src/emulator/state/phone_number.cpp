#include "emulator/state/phone_number.hpp"

#include <algorithm>
#include <vector>

#include "emulator/state/numbering_plan.hpp"

namespace sent::testing::emulator {
namespace {

using Groups = std::vector<std::string_view>;

constexpr std::size_t fewest_digits = 7;
constexpr std::size_t most_digits = 15;

bool is_e164(std::string_view text) {
    return text.size() > fewest_digits && text.size() <= most_digits + 1 && text[0] == '+' &&
           text[1] != '0' &&
           std::all_of(text.begin() + 1, text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// `sizes` is "2-4-4", for example.
Groups split_by_rule(std::string_view digits, std::string_view sizes) {
    Groups groups;
    for (const char size : sizes) {
        if (size == '-' || digits.empty()) {
            continue;
        }
        groups.push_back(digits.substr(0, static_cast<std::size_t>(size - '0')));
        digits.remove_prefix(groups.back().size());
    }
    if (!digits.empty()) {
        groups.push_back(digits);
    }
    return groups;
}

// Splits into groups of three and a last group of two to four.
Groups split_evenly(std::string_view digits) {
    Groups groups;
    while (digits.size() > 4) {
        groups.push_back(digits.substr(0, 3));
        digits.remove_prefix(3);
    }
    groups.push_back(digits);
    return groups;
}

std::string join(const Groups& groups, char separator) {
    std::string result;
    for (const auto group : groups) {
        if (!result.empty()) {
            result.push_back(separator);
        }
        result.append(group);
    }
    return result;
}

bool is_north_american(const PhoneNumber& number, const Groups& groups) {
    return number.country_code == "1" && groups.size() == 3;
}

std::string national_form(const PhoneNumber& number, const Groups& groups) {
    if (is_north_american(number, groups)) {
        return '(' + std::string(groups[0]) + ") " + std::string(groups[1]) + '-' + std::string(groups[2]);
    }
    return std::string(trunk_prefix(number.region)) + join(groups, ' ');
}

}  // namespace

std::optional<PhoneNumber> parse_phone_number(std::string_view text) {
    if (!is_e164(text)) {
        return std::nullopt;
    }
    const auto digits = text.substr(1);
    const auto country = find_country(digits);
    const auto national = digits.substr(country.code.size());
    const auto* rule = find_rule(country.code, national);
    const auto groups = rule != nullptr ? split_by_rule(national, rule->groups) : split_evenly(national);

    PhoneNumber number;
    number.e164 = std::string(text);
    number.country_code = std::string(country.code);
    number.region = std::string(country.region);
    number.type = std::string(rule != nullptr ? rule->type : "mobile");
    number.timezone = std::string(timezone_of(country.region));
    const std::string code = '+' + number.country_code;
    const auto spaced = join(groups, is_north_american(number, groups) ? '-' : ' ');
    number.international = country.code.empty() ? code + spaced : code + ' ' + spaced;
    number.national = national_form(number, groups);
    number.rfc = "tel:" + (country.code.empty() ? code : code + '-') + join(groups, '-');
    return number;
}

}  // namespace sent::testing::emulator
