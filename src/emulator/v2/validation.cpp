#include "emulator/v2/validation.hpp"

#include <charconv>

#include "emulator/state/ids.hpp"

namespace sent::testing::emulator {
namespace {

constexpr auto empty = "must not be empty";
constexpr auto no_guid = "must be a GUID";
constexpr auto no_number = "must be a phone number in international format: + and 7 to 15 digits";
// A raw plus sign in a query is decoded as a space, which is hard to see.
constexpr auto no_number_in_query =
    "must be a phone number in international format: %2B (an encoded plus sign) and 7 to 15 digits";

// Returns the text of a scalar value, whatever its type. Returns nothing for objects, arrays and null.
std::optional<std::string> scalar_text(const Json& value) {
    if (value.is_string()) {
        return value.get<std::string>();
    }
    if (value.is_number() || value.is_boolean()) {
        return to_text(value);
    }
    return std::nullopt;
}

}  // namespace

void BodyReader::fail(const std::string& name, const std::string& problem) {
    errors_[name].push_back(name + ' ' + problem);
}

std::optional<std::string> BodyReader::optional_text(const char* name) {
    const auto& value = member(body_, name);
    if (value.is_null()) {
        return std::nullopt;
    }
    if (!value.is_string()) {
        fail(name, "must be a string");
        return std::nullopt;
    }
    return value.get<std::string>();
}

std::optional<std::string> BodyReader::required_text(const char* name) {
    const auto& value = member(body_, name);
    if (is_blank(value)) {
        fail(name, empty);
        return std::nullopt;
    }
    return optional_text(name);
}

std::optional<std::string> BodyReader::required_guid(const char* name) {
    const auto text = required_text(name);
    auto guid = text ? parse_guid(*text) : std::nullopt;
    if (text && !guid) {
        fail(name, no_guid);
    }
    return guid;
}

std::optional<PhoneNumber> BodyReader::required_number(const char* name) {
    const auto text = required_text(name);
    auto number = text ? parse_phone_number(*text) : std::nullopt;
    if (text && !number) {
        fail(name, no_number);
    }
    return number;
}

bool BodyReader::optional_flag(const char* name) {
    const auto& value = member(body_, name);
    if (!value.is_null() && !value.is_boolean()) {
        fail(name, "must be true or false");
    }
    return value == true;
}

std::map<std::string, std::string> BodyReader::optional_map(const char* name, Values values) {
    std::map<std::string, std::string> result;
    const auto& object = member(body_, name);
    if (object.is_null()) {
        return result;
    }
    if (!object.is_object()) {
        fail(name, "must be an object");
        return result;
    }
    for (const auto& [key, value] : object.items()) {
        auto text = scalar_text(value);
        if (!text || (values == Values::strings && !value.is_string())) {
            const auto path = name + ('.' + key);
            fail(path, "must be a string");
            continue;
        }
        result[key] = std::move(*text);
    }
    return result;
}

void QueryReader::fail(const std::string& name, const std::string& problem) {
    errors_[name].push_back(name + ' ' + problem);
}

std::string QueryReader::text(const char* name) const {
    const auto* value = request_.query_value(name);
    return value == nullptr ? std::string{} : *value;
}

std::optional<std::string> QueryReader::required_guid(const char* name) {
    const auto value = text(name);
    auto guid = parse_guid(value);
    if (!guid) {
        fail(name, value.empty() ? empty : no_guid);
    }
    return guid;
}

std::optional<PhoneNumber> QueryReader::required_number(const char* name) {
    const auto value = text(name);
    auto number = parse_phone_number(value);
    if (!number) {
        fail(name, value.empty() ? empty : no_number_in_query);
    }
    return number;
}

long long QueryReader::integer(const char* name, long long if_absent, long long smallest, long long largest) {
    const auto value = text(name);
    if (value.empty()) {
        return if_absent;
    }
    long long number = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (error != std::errc{} || end != value.data() + value.size() || number < smallest || number > largest) {
        fail(name, "must be an integer from " + std::to_string(smallest) + " to " + std::to_string(largest));
        return if_absent;
    }
    return number;
}

}  // namespace sent::testing::emulator
