#include "testing/emulator/json.hpp"

namespace sent::testing::emulator {
namespace {

constexpr int deepest_nesting = 64;

// Checked before parsing: copying a document of many thousand levels would exhaust the stack.
bool nested_too_deeply(std::string_view text) {
    int depth = 0;
    bool in_string = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (in_string) {
            if (c == '\\') {
                ++i;
            } else if (c == '"') {
                in_string = false;
            }
        } else if (c == '"') {
            in_string = true;
        } else if (c == '[' || c == '{') {
            if (++depth > deepest_nesting) {
                return true;
            }
        } else if (c == ']' || c == '}') {
            --depth;
        }
    }
    return false;
}

}  // namespace

std::optional<Json> parse_json(std::string_view text, std::string& error) {
    if (nested_too_deeply(text)) {
        error = "The JSON is nested too deeply.";
        return std::nullopt;
    }
    auto value = Json::parse(text, nullptr, false);
    if (value.is_discarded()) {
        error = text.empty() ? "The body must not be empty." : "The body is not valid JSON.";
        return std::nullopt;
    }
    return value;
}

const Json& member(const Json& object, const char* name) {
    static const Json none;
    const auto found = object.find(name);
    return found == object.end() ? none : *found;
}

bool is_blank(const Json& value) {
    return value.is_null() || (value.is_string() && value.get_ref<const std::string&>().empty());
}

std::string to_text(const Json& value) {
    return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace sent::testing::emulator
