#include <string_view>

#include "emulator/state/store.hpp"
#include "emulator/state/template_definition.hpp"

namespace sent::testing::emulator {
namespace {

using Variables = std::map<std::string, std::string>;

std::string text_of(const Json& value) {
    return value.is_string() ? value.get<std::string>() : std::string{};
}

// Returns the name of the variable with the number of "1:variable". Returns the text itself if it does not
// begin with a number.
std::string variable_name(std::string_view placeholder, const Json& variables) {
    const auto number = placeholder.substr(0, placeholder.find(':'));
    for (const auto& variable : variables) {
        const auto& id = member(variable, "id");
        if (id.is_number_integer() && std::to_string(id.get<long long>()) == number) {
            return text_of(member(variable, "name"));
        }
    }
    return std::string(placeholder);
}

// `owner` is the object with the variables that the text numbers.
std::string fill_in(const std::string& text, const Json& owner, const Variables& variables) {
    const auto& numbered = member(owner, "variables");
    std::string result;
    std::size_t done = 0;
    while (true) {
        const auto start = text.find("{{", done);
        const auto end = text.find("}}", start);
        if (start == std::string::npos || end == std::string::npos) {
            return result.append(text, done);
        }
        result.append(text, done, start - done);
        done = end + 2;
        const auto value = variables.find(
            variable_name(std::string_view(text).substr(start + 2, end - start - 2), numbered));
        if (value != variables.end()) {
            result.append(value->second);
        } else {
            result.append(text, start, done - start);
        }
    }
}

std::string fill_in(const Json& content, const Variables& variables) {
    return fill_in(text_of(member(content, "template")), content, variables);
}

std::optional<std::string> fill_in_if_any(const Json& content, const Variables& variables) {
    return content.is_object() ? std::optional<std::string>(fill_in(content, variables)) : std::nullopt;
}

// Returns the channel's content, otherwise the common one, otherwise any content.
const Json& content_for(const Json& body, const std::string& channel) {
    for (const char* name : {channel.c_str(), "multiChannel", "whatsapp", "sms", "rcs", "mms"}) {
        if (member(body, name).is_object()) {
            return member(body, name);
        }
    }
    return member(body, channel.c_str());
}

const char* value_member(const std::string& button_type) {
    if (button_type == "URL") {
        return "url";
    }
    if (button_type == "PHONE_NUMBER" || button_type == "VOICE_CALL") {
        return "phoneNumber";
    }
    if (button_type == "COPY_CODE") {
        return "offerCode";
    }
    return "text";
}

RenderedButton render_button(const Json& button, const Variables& variables) {
    const auto type = text_of(member(button, "type"));
    const auto& props = member(button, "props");
    const auto& value = member(props, value_member(type));
    const auto& text = member(props, "text");
    const auto filled_in = [&](const Json& part) { return fill_in(text_of(part), props, variables); };
    return {type, filled_in(value.is_string() ? value : text),
            text.is_string() ? std::optional<std::string>(filled_in(text)) : std::nullopt};
}

}  // namespace

RenderedMessage render_message(const Json& definition, const std::string& channel,
                               const Variables& variables) {
    RenderedMessage message;
    message.header = fill_in_if_any(member(definition, "header"), variables);
    message.content = fill_in(content_for(member(definition, "body"), channel), variables);
    message.footer = fill_in_if_any(member(definition, "footer"), variables);
    for (const auto& button : member(definition, "buttons")) {
        message.buttons.push_back(render_button(button, variables));
    }
    return message;
}

}  // namespace sent::testing::emulator
