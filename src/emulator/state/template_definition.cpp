#include "emulator/state/template_definition.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <string_view>

#include "emulator/http/http_types.hpp"

namespace sent::testing::emulator {
namespace {

constexpr std::array<const char*, 3> body_channels{"multiChannel", "sms", "whatsapp"};
// All channels. v1 and v2 know the first three.
constexpr std::array<const char*, 5> content_channels{"multiChannel", "sms", "whatsapp", "rcs", "mms"};
constexpr std::array<const char*, 3> sections{"header", "body", "footer"};
constexpr std::size_t longest_name = 40;

class Checker {
  public:
    explicit Checker(FieldErrors& errors) : errors_(errors) {}

    void definition(const Json& value, const std::string& path) {
        if (!object(value, path)) {
            return;
        }
        body(member(value, "body"), path + ".body");
        for (const char* name : {"header", "footer"}) {
            if (!member(value, name).is_null()) {
                content(member(value, name), path + '.' + name);
            }
        }
        each(member(value, "buttons"), path + ".buttons", [this](const Json& item, const std::string& at) {
            integer(member(item, "id"), at + ".id");
            text(member(item, "type"), at + ".type");
            object(member(item, "props"), at + ".props");
        });
        optional_text(member(value, "definitionVersion"), path + ".definitionVersion");
        authentication(member(value, "authenticationConfig"), path + ".authenticationConfig");
    }

  private:
    void fail(const std::string& path, const char* problem) { errors_[path].push_back(path + ' ' + problem); }

    bool object(const Json& value, const std::string& path) {
        if (!value.is_object()) {
            fail(path, value.is_null() ? "must not be empty" : "must be an object");
        }
        return value.is_object();
    }

    void text(const Json& value, const std::string& path) {
        if (is_blank(value)) {
            fail(path, "must not be empty");
        } else {
            optional_text(value, path);
        }
    }

    void optional_text(const Json& value, const std::string& path) {
        if (!value.is_null() && !value.is_string()) {
            fail(path, "must be a string");
        }
    }

    void integer(const Json& value, const std::string& path) {
        if (!value.is_number_integer()) {
            fail(path, "must be an integer");
        }
    }

    template <typename Check>
    void each(const Json& value, const std::string& path, const Check& check) {
        if (value.is_null()) {
            return;
        }
        if (!value.is_array()) {
            fail(path, "must be an array");
            return;
        }
        for (std::size_t i = 0; i < value.size(); ++i) {
            const auto at = path + '[' + std::to_string(i) + ']';
            if (object(value[i], at)) {
                check(value[i], at);
            }
        }
    }

    void content(const Json& value, const std::string& path) {
        if (!object(value, path)) {
            return;
        }
        optional_text(member(value, "type"), path + ".type");
        text(member(value, "template"), path + ".template");
        each(member(value, "variables"), path + ".variables",
             [this](const Json& item, const std::string& at) {
                 integer(member(item, "id"), at + ".id");
                 text(member(item, "name"), at + ".name");
                 text(member(item, "type"), at + ".type");
                 object(member(item, "props"), at + ".props");
             });
    }

    void body(const Json& value, const std::string& path) {
        if (!object(value, path)) {
            return;
        }
        bool any = false;
        for (const char* name : body_channels) {
            if (!member(value, name).is_null()) {
                any = true;
                content(member(value, name), path + '.' + name);
            }
        }
        if (!any) {
            fail(path, "must have content: multiChannel, sms or whatsapp");
        }
    }

    void authentication(const Json& value, const std::string& path) {
        if (value.is_null() || !object(value, path)) {
            return;
        }
        const auto& minutes = member(value, "codeExpirationMinutes");
        const auto number = minutes.is_number_integer() ? minutes.get<long long>() : 0;
        if (!minutes.is_null() && (number < 1 || number > 90)) {
            fail(path + ".codeExpirationMinutes", "must be an integer from 1 to 90");
        }
    }

    FieldErrors& errors_;
};

using Names = std::initializer_list<const char*>;

// Returns the members of the reference first, with null for missing ones, then all other members that the
// client sent.
Json complete(const Json& object, Names names) {
    if (!object.is_object()) {
        return object;
    }
    Json result = Json::object();
    for (const char* name : names) {
        result[name] = member(object, name);
    }
    for (const auto& [name, value] : object.items()) {
        result[name] = value;
    }
    return result;
}

template <typename Change>
void change_each(Json& array, const Change& change) {
    if (array.is_array()) {
        for (auto& item : array) {
            item = change(item);
        }
    }
}

Json complete_variable(const Json& variable) {
    Json result = complete(variable, {"id", "name", "type", "props"});
    result["props"] =
        complete(result["props"], {"variableType", "sample", "url", "shortUrl", "alt", "mediaType"});
    return result;
}

Json complete_button(const Json& button) {
    Json result = complete(button, {"id", "type", "props"});
    result["props"] = complete(result["props"], {"text", "quickReplyType", "urlType", "url", "activeFor",
                                                 "countryCode", "phoneNumber", "offerCode", "otpType",
                                                 "autofillText", "packageName", "signatureHash"});
    return result;
}

Json complete_content(const Json& content) {
    Json result = complete(content, {"type", "template", "variables"});
    if (result.is_object()) {
        change_each(result["variables"], complete_variable);
    }
    return result;
}

std::vector<const Json*> contents_of(const Json& definition) {
    std::vector<const Json*> result;
    for (const char* section : sections) {
        const auto& value = member(definition, section);
        if (std::string_view(section) != "body") {
            result.push_back(&value);
            continue;
        }
        for (const char* channel : content_channels) {
            result.push_back(&member(value, channel));
        }
    }
    result.erase(
        std::remove_if(result.begin(), result.end(), [](const Json* value) { return !value->is_object(); }),
        result.end());
    return result;
}

std::string without_placeholders(std::string text) {
    while (true) {
        const auto start = text.find("{{");
        const auto end = text.find("}}", start);
        if (start == std::string::npos || end == std::string::npos) {
            return text;
        }
        text.erase(start, end + 2 - start);
    }
}

// Cuts between words, and therefore never inside a UTF-8 sequence.
std::string shorten(const std::string& text) {
    std::string result;
    for (std::size_t start = text.find_first_not_of(' '); start != std::string::npos;) {
        const auto end = std::min(text.find(' ', start), text.size());
        const auto word = text.substr(start, end - start);
        if (!result.empty() && result.size() + 1 + word.size() > longest_name) {
            break;
        }
        result.append(result.empty() ? "" : " ").append(word);
        start = text.find_first_not_of(' ', end);
    }
    return result;
}

}  // namespace

void check_definition(const Json& definition, FieldErrors& errors) {
    Checker(errors).definition(definition, "definition");
}

Json with_all_members(const Json& definition) {
    Json result = complete(
        definition, {"header", "body", "footer", "buttons", "definitionVersion", "authenticationConfig"});
    result["header"] = complete_content(result["header"]);
    result["footer"] = complete_content(result["footer"]);
    result["body"] = complete(result["body"], {"multiChannel", "sms", "whatsapp"});
    for (const char* channel : body_channels) {
        result["body"][channel] = complete_content(result["body"][channel]);
    }
    change_each(result["buttons"], complete_button);
    result["authenticationConfig"] =
        complete(result["authenticationConfig"], {"addSecurityRecommendation", "codeExpirationMinutes"});
    return result;
}

std::vector<std::string> variable_names(const Json& definition) {
    auto owners = contents_of(definition);
    for (const auto& button : member(definition, "buttons")) {
        owners.push_back(&member(button, "props"));
    }
    std::vector<std::string> names;
    for (const Json* owner : owners) {
        for (const auto& variable : member(*owner, "variables")) {
            const auto& name = member(variable, "name");
            if (name.is_string() && std::find(names.begin(), names.end(), name) == names.end()) {
                names.push_back(name.get<std::string>());
            }
        }
    }
    return names;
}

std::string searchable_text(const std::string& name, const Json& definition) {
    std::string text = name;
    for (const Json* content : contents_of(definition)) {
        if (member(*content, "template").is_string()) {
            text.append("\n").append(member(*content, "template").get<std::string>());
        }
    }
    return to_lower(text);
}

std::string make_template_name(const Json& definition) {
    for (const Json* content : contents_of(definition)) {
        const auto& type = member(*content, "type");
        if (type.is_null() || type == "text") {
            auto name = shorten(without_placeholders(member(*content, "template").get<std::string>()));
            if (!name.empty()) {
                return name;
            }
        }
    }
    return "Untitled template";
}

std::string guess_category(const Json& definition) {
    if (!member(definition, "authenticationConfig").is_null()) {
        return "AUTHENTICATION";
    }
    const auto text = to_lower(to_text(definition));
    for (const char* word : {"offer", "sale", "discount", "promo", "deal"}) {
        if (text.find(word) != std::string::npos) {
            return "MARKETING";
        }
    }
    return "UTILITY";
}

}  // namespace sent::testing::emulator
