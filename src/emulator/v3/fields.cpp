#include "emulator/v3/fields.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "emulator/state/ids.hpp"

namespace sent::testing::emulator {
namespace {

constexpr auto no_number = "must be a phone number in E.164 format: + and 7 to 15 digits";
constexpr auto no_uuid = "must be a valid UUID";
constexpr auto no_flag = "must be true or false";

std::string range_message(long long smallest, long long largest) {
    return "must be from " + std::to_string(smallest) + " to " + std::to_string(largest);
}

std::string enum_message(const Values& allowed) {
    std::string result = "must be one of: ";
    for (const auto value : allowed) {
        result.append(value == allowed.front() ? "" : ", ").append(value);
    }
    return result;
}

bool contains(const Values& allowed, std::string_view value) {
    return std::find(allowed.begin(), allowed.end(), value) != allowed.end();
}

}  // namespace

void Problems::add(const std::string& field, std::string_view code, std::string_view message) {
    if (code_.empty()) {
        code_ = code;
    } else if (code_ != code) {
        code_ = "VALIDATION_001";
    }
    details_[field].emplace_back(message);
}

void Problems::refuse_if_any() const {
    if (!none()) {
        throw Refusal(code_, {}, details_);
    }
}

Fields::Fields(const Json& object, Problems& problems, std::string path)
    : object_(object), problems_(&problems), path_(std::move(path)) {}

std::string Fields::path_of(std::string_view name) const {
    return path_.empty() ? std::string(name) : path_ + '.' + std::string(name);
}

void Fields::fail(const std::string& name, std::string_view code, std::string_view message) {
    problems_->add(path_of(name), code, message);
}

bool Fields::given(const char* name) const {
    return object_.contains(name);
}

bool Fields::required(const char* name) {
    const bool there = !is_blank(raw(name));
    if (!there) {
        fail(name, "VALIDATION_004", "is required");
    }
    return there;
}

std::optional<std::string> Fields::text(const char* name) {
    const auto& value = raw(name);
    if (value.is_null()) {
        return std::nullopt;
    }
    if (!value.is_string()) {
        fail(name, "VALIDATION_001", "must be a string");
        return std::nullopt;
    }
    return value.get<std::string>();
}

std::optional<std::string> Fields::required_text(const char* name) {
    return required(name) ? text(name) : std::nullopt;
}

std::optional<std::string> Fields::uuid(const char* name) {
    const auto given_text = text(name);
    auto id = given_text ? parse_guid(*given_text) : std::nullopt;
    if (given_text && !id) {
        fail(name, "VALIDATION_003", no_uuid);
    }
    return id;
}

std::optional<PhoneNumber> Fields::as_number(const char* name, const std::optional<std::string>& text) {
    auto number = text ? parse_phone_number(*text) : std::nullopt;
    if (text && !number) {
        fail(name, "VALIDATION_002", no_number);
    }
    return number;
}

std::optional<PhoneNumber> Fields::number(const char* name) {
    return as_number(name, text(name));
}

std::optional<PhoneNumber> Fields::required_number(const char* name) {
    return as_number(name, required_text(name));
}

std::optional<std::string> Fields::one_of(const char* name, const Values& allowed) {
    auto value = text(name);
    if (value && !contains(allowed, *value)) {
        fail(name, "VALIDATION_006", enum_message(allowed));
        value.reset();
    }
    return value;
}

std::optional<bool> Fields::flag(const char* name) {
    const auto& value = raw(name);
    if (value.is_null()) {
        return std::nullopt;
    }
    if (!value.is_boolean()) {
        fail(name, "VALIDATION_001", no_flag);
        return std::nullopt;
    }
    return value.get<bool>();
}

std::optional<bool> Fields::required_flag(const char* name) {
    return required(name) ? flag(name) : std::nullopt;
}

std::optional<long long> Fields::integer(const char* name, long long smallest, long long largest) {
    const auto& value = raw(name);
    if (value.is_null()) {
        return std::nullopt;
    }
    if (!value.is_number_integer()) {
        fail(name, "VALIDATION_001", "must be an integer");
        return std::nullopt;
    }
    const auto number = value.get<long long>();
    if (number < smallest || number > largest) {
        fail(name, "VALIDATION_005", range_message(smallest, largest));
        return std::nullopt;
    }
    return number;
}

std::optional<long long> Fields::required_integer(const char* name, long long smallest, long long largest) {
    return required(name) ? integer(name, smallest, largest) : std::nullopt;
}

std::optional<std::vector<std::string>> Fields::texts(const char* name) {
    const auto& value = raw(name);
    if (value.is_null()) {
        return std::nullopt;
    }
    if (!value.is_array()) {
        fail(name, "VALIDATION_001", "must be an array of strings");
        return std::nullopt;
    }
    std::vector<std::string> result;
    for (const auto& item : value) {
        if (!item.is_string()) {
            fail(name, "VALIDATION_001", "must be an array of strings");
            return std::nullopt;
        }
        result.push_back(item.get<std::string>());
    }
    return result;
}

std::optional<std::map<std::string, std::string>> Fields::text_map(const char* name) {
    auto members = object(name);
    if (!members) {
        return std::nullopt;
    }
    std::map<std::string, std::string> result;
    for (const auto& [key, value] : raw(name).items()) {
        if (value.is_string()) {
            result[key] = value.get<std::string>();
        } else {
            members->fail(key, "VALIDATION_001", "must be a string");
        }
    }
    return result;
}

std::optional<Fields> Fields::object(const char* name) {
    const auto& value = raw(name);
    if (value.is_null()) {
        return std::nullopt;
    }
    if (!value.is_object()) {
        fail(name, "VALIDATION_001", "must be an object");
        return std::nullopt;
    }
    return Fields(value, *problems_, path_of(name));
}

std::optional<Fields> Fields::required_object(const char* name) {
    return required(name) ? object(name) : std::nullopt;
}

std::vector<Fields> Fields::objects(const char* name) {
    const auto& value = raw(name);
    std::vector<Fields> result;
    if (!value.is_null() && !value.is_array()) {
        fail(name, "VALIDATION_001", "must be an array of objects");
        return result;
    }
    for (std::size_t i = 0; i < value.size(); ++i) {
        const auto numbered = name + ('[' + std::to_string(i) + ']');
        if (value[i].is_object()) {
            result.emplace_back(value[i], *problems_, path_of(numbered));
        } else {
            fail(numbered, "VALIDATION_001", "must be an object");
        }
    }
    return result;
}

std::optional<std::string> QueryFields::text(const char* name) const {
    const auto* value = request_.query_value(name);
    return value == nullptr || value->empty() ? std::nullopt : std::optional<std::string>(*value);
}

std::optional<bool> QueryFields::flag(const char* name) const {
    const auto value = text(name);
    if (value && *value != "true" && *value != "false") {
        problems_.add(name, "VALIDATION_001", no_flag);
        return std::nullopt;
    }
    return value ? std::optional<bool>(*value == "true") : std::nullopt;
}

std::optional<long long> QueryFields::integer(const char* name, long long smallest, long long largest) const {
    const auto value = text(name);
    if (!value) {
        return std::nullopt;
    }
    long long number = 0;
    const auto* last = value->data() + value->size();
    const auto [end, error] = std::from_chars(value->data(), last, number);
    if (error == std::errc::invalid_argument || end != last) {
        problems_.add(name, "VALIDATION_001", "must be an integer");
        return std::nullopt;
    }
    if (error != std::errc{} || number < smallest || number > largest) {
        problems_.add(name, "VALIDATION_005", range_message(smallest, largest));
        return std::nullopt;
    }
    return number;
}

std::optional<std::string> QueryFields::one_of(const char* name, const Values& allowed) const {
    auto value = text(name);
    if (value && !contains(allowed, *value)) {
        problems_.add(name, "VALIDATION_006", enum_message(allowed));
        value.reset();
    }
    return value;
}

std::optional<PhoneNumber> QueryFields::number(const char* name) const {
    const auto value = text(name);
    auto number = value ? parse_phone_number(*value) : std::nullopt;
    if (value && !number) {
        problems_.add(name, "VALIDATION_002", no_number);
    }
    return number;
}

std::string path_uuid(const Call& call, std::size_t index, const char* name) {
    const auto id = parse_guid(call.path_values.at(index));
    if (!id) {
        throw Refusal("VALIDATION_003", {}, {{name, {no_uuid}}});
    }
    return *id;
}

}  // namespace sent::testing::emulator
