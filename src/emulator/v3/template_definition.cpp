#include "emulator/v3/template_definition.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace sent::testing::emulator {
namespace {

constexpr std::size_t longest_body = 1024;
constexpr std::size_t longest_rcs_body = 3072;
constexpr std::size_t longest_whatsapp_line = 60;
constexpr long long largest_id = std::numeric_limits<int>::max();
constexpr std::size_t most_buttons = 10;
constexpr std::array<const char*, 5> channels{"multiChannel", "sms", "whatsapp", "rcs", "mms"};

struct ButtonLimit {
    const char* type;
    std::size_t most;
};
constexpr std::array<ButtonLimit, 4> button_limits{
    {{"URL", 2}, {"VOICE_CALL", 1}, {"PHONE_NUMBER", 1}, {"COPY_CODE", 1}}};

using Ids = std::set<long long>;

// The text is UTF-8, as all text of a request.
std::size_t count_characters(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

void check_texts(Fields& fields, const Values& names) {
    for (const auto name : names) {
        fields.text(std::string(name).c_str());
    }
}

void check_length(Fields& fields, const char* name, const std::string& text, std::size_t longest) {
    if (count_characters(text) > longest) {
        fields.fail(name, "VALIDATION_001", "must have at most " + std::to_string(longest) + " characters");
    }
}

// Returns the ids that placeholders may use.
Ids check_variables(Fields& owner) {
    Ids ids;
    for (auto& variable : owner.objects("variables")) {
        const auto id = variable.required_integer("id", 0, largest_id);
        variable.required_text("name");
        variable.text("type");
        if (auto props = variable.object("props")) {
            check_texts(*props, {"variableType", "sample", "url", "shortUrl", "alt", "regex", "mediaType"});
        }
        if (id && !ids.insert(*id).second) {
            variable.fail("id", "VALIDATION_001", "must differ from the other variables");
        }
    }
    return ids;
}

// `inside` is the text between the braces, such as "1:variable".
std::optional<long long> placeholder_id(std::string_view inside) {
    long long id = 0;
    const auto* last = inside.data() + inside.size();
    const auto [end, error] = std::from_chars(inside.data(), last, id);
    const bool good = error == std::errc{} && id >= 0 && last - end > 1 && *end == ':';
    return good ? std::optional<long long>(id) : std::nullopt;
}

void check_placeholders(Fields& owner, const char* name, std::string_view text, const Ids& ids) {
    for (auto start = text.find("{{"); start != std::string_view::npos; start = text.find("{{", start)) {
        const auto end = text.find("}}", start);
        const auto id = end == std::string_view::npos
                            ? std::nullopt
                            : placeholder_id(text.substr(start + 2, end - start - 2));
        if (!id) {
            owner.fail(name, "VALIDATION_001", "has a placeholder that is not like {{1:variable}}");
            return;
        }
        if (ids.count(*id) == 0) {
            owner.fail(
                name, "VALIDATION_001",
                "has a placeholder without a variable: " + std::string(text.substr(start, end + 2 - start)));
        }
        start = end;
    }
}

// Returns its text, or an empty text.
std::string check_content(Fields content) {
    const auto text = content.required_text("template");
    const auto ids = check_variables(content);
    if (text) {
        check_placeholders(content, "template", *text, ids);
    }
    return text.value_or("");
}

void check_body(Fields& definition) {
    auto body = definition.required_object("body");
    if (!body) {
        return;
    }
    bool any = false;
    for (const char* channel : channels) {
        if (auto content = body->object(channel)) {
            any = true;
            content->text("type");
            const auto longest = std::string_view(channel) == "rcs" ? longest_rcs_body : longest_body;
            check_length(*content, "template", check_content(*content), longest);
        }
    }
    if (!any) {
        definition.fail("body", "VALIDATION_004", "must have multiChannel, sms, whatsapp, rcs or mms");
    }
}

bool goes_to_whatsapp(const Fields& definition) {
    const auto& body = definition.raw("body");
    return member(body, "multiChannel").is_object() || member(body, "whatsapp").is_object();
}

void check_header_and_footer(Fields& definition) {
    const auto longest = goes_to_whatsapp(definition) ? longest_whatsapp_line : longest_body;
    if (auto header = definition.object("header")) {
        const auto type = header->one_of("type", {"text", "image", "video", "document"});
        const auto text = check_content(*header);
        if (type == "text" || header->raw("type").is_null()) {
            check_length(*header, "template", text, longest);
        }
    }
    if (auto footer = definition.object("footer")) {
        footer->text("type");
        check_length(*footer, "template", check_content(*footer), longest);
    }
}

void check_button_props(Fields props) {
    check_texts(props, {"text", "url", "urlType", "phoneNumber", "countryCode", "offerCode", "quickReplyType",
                        "otpType", "autofillText", "packageName", "signatureHash"});
    props.integer("activeFor", 0, largest_id);
    const auto ids = check_variables(props);
    if (props.raw("url").is_string()) {
        check_placeholders(props, "url", props.raw("url").get<std::string>(), ids);
    }
}

void check_buttons(Fields& definition) {
    std::map<std::string, std::size_t> counts;
    auto buttons = definition.objects("buttons");
    for (auto& button : buttons) {
        button.required_integer("id", 1, largest_id);
        button.required_text("type");
        const auto type =
            button.one_of("type", {"QUICK_REPLY", "URL", "PHONE_NUMBER", "VOICE_CALL", "COPY_CODE"});
        ++counts[type.value_or("")];
        if (auto props = button.object("props")) {
            check_button_props(*props);
        }
    }
    if (buttons.size() > most_buttons) {
        definition.fail("buttons", "VALIDATION_001", "must be at most " + std::to_string(most_buttons));
    }
    for (const auto& limit : button_limits) {
        if (counts[limit.type] > limit.most) {
            definition.fail("buttons", "VALIDATION_001",
                            "must have at most " + std::to_string(limit.most) + " of type " + limit.type);
        }
    }
}

}  // namespace

void check_v3_definition(Fields& definition) {
    check_body(definition);
    check_header_and_footer(definition);
    check_buttons(definition);
    definition.text("definitionVersion");
    if (auto authentication = definition.object("authenticationConfig")) {
        authentication->flag("addSecurityRecommendation");
        authentication->integer("codeExpirationMinutes", 1, 90);
    }
}

}  // namespace sent::testing::emulator
