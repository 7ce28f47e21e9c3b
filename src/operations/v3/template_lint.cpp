#include <sent/v3/template_lint.hpp>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>
#include <set>
#include <utility>

#include "base/text/ascii.hpp"
#include "operations/v3/template_text.hpp"

/// Each rule is a row of one of three tables: rules of texts, of buttons, and of the whole template.

namespace sent::detail {
namespace {

constexpr auto refused = LintEffect::refused;
constexpr auto warning = LintEffect::warning;

/// Kinds of texts, as bits.
namespace parts {
constexpr unsigned header = 1;
constexpr unsigned body = 2;
constexpr unsigned rcs_body = 4;
constexpr unsigned mms_body = 8;
constexpr unsigned footer = 16;
constexpr unsigned button_url = 32;
constexpr unsigned any_body = body | rcs_body;
constexpr unsigned any = header | any_body | mms_body | footer | button_url;
}  // namespace parts

/// A text of a template with its variables.
struct TemplateText {
    unsigned part;
    std::string member;          ///< the object with the text, such as `body.sms`
    std::string_view text_name;  ///< the text's name in that object
    std::string_view text;
    const std::vector<TemplateVariable>* variables;
    std::string_view type;
    std::vector<Placeholder> placeholders;
};

// Rules of texts

template <std::size_t Limit>
bool is_longer_than(const TemplateText& text) {
    return utf16_length(text.text) > Limit;
}

bool is_too_long_for_whatsapp(const TemplateText& text) {
    const bool is_media = !text.type.empty() && !same_ignoring_case(text.type, "text");
    return !is_media && utf16_length(text.text) > 60;
}

bool has_variable_at_an_end(const TemplateText& text) {
    return !text.placeholders.empty() && (!has_letter(text.text.substr(0, text.placeholders.front().begin)) ||
                                          !has_letter(text.text.substr(text.placeholders.back().end)));
}

bool has_too_few_words(const TemplateText& text) {
    return !text.placeholders.empty() &&
           count_words(text.text, text.placeholders) < 2 * text.placeholders.size() + 1;
}

bool has_neighbours(const TemplateText& text) {
    const auto touch = [&text](const Placeholder& left, const Placeholder& right) {
        const auto between = text.text.substr(left.end, right.begin - left.end);
        return between.find_first_not_of(" \t\r\n") == std::string_view::npos;
    };
    return std::adjacent_find(text.placeholders.begin(), text.placeholders.end(), touch) !=
           text.placeholders.end();
}

bool has_too_much_space(const TemplateText& text) {
    std::string without_returns;
    std::copy_if(text.text.begin(), text.text.end(), std::back_inserter(without_returns),
                 [](char c) { return c != '\r'; });
    const auto has = [&without_returns](const char* part) {
        return without_returns.find(part) != std::string::npos;
    };
    return !without_returns.empty() && (without_returns.front() == '\n' || without_returns.back() == '\n' ||
                                        has("\n\n\n") || has("     "));
}

bool is_without_type(const TemplateText& text) {
    return !same_ignoring_case(text.type, "text");
}

bool has_variable(const TemplateText& text, const Placeholder& placeholder) {
    return std::any_of(text.variables->begin(), text.variables->end(),
                       [&placeholder](const TemplateVariable& row) { return row.id == placeholder.id; });
}

bool lacks_a_variable(const TemplateText& text) {
    return !std::all_of(text.placeholders.begin(), text.placeholders.end(),
                        [&text](const Placeholder& one) { return has_variable(text, one); });
}

bool has_unused_variable(const TemplateText& text) {
    return std::any_of(text.variables->begin(), text.variables->end(), [&text](const TemplateVariable& row) {
        return std::none_of(text.placeholders.begin(), text.placeholders.end(),
                            [&row](const Placeholder& one) { return one.id == row.id; });
    });
}

template <class Rows>
bool has_equal_ids(const Rows& rows) {
    std::set<std::int32_t> ids;
    return std::any_of(rows.begin(), rows.end(),
                       [&ids](const auto& row) { return !ids.insert(row.id).second; });
}

bool has_equal_variables(const TemplateText& text) {
    return has_equal_ids(*text.variables);
}

bool is_variable_name(std::string_view name) noexcept {
    return !name.empty() && is_letter(name.front()) &&
           std::all_of(name.begin(), name.end(), [](char c) { return is_alphanumeric(c) || c == '_'; });
}

bool has_bad_name(const TemplateText& text) {
    return !std::all_of(text.variables->begin(), text.variables->end(),
                        [](const TemplateVariable& row) { return is_variable_name(row.name); });
}

bool has_bad_type(const TemplateText& text) {
    return !std::all_of(text.variables->begin(), text.variables->end(), [](const TemplateVariable& row) {
        return row.type == "variable" || row.type == "link" || row.type == "media";
    });
}

/// `member` is below the object with the text. If it is empty, the text itself is meant.
struct TextRule {
    std::string_view name;
    LintEffect effect;
    unsigned parts;
    std::string_view member;
    bool (*is_broken)(const TemplateText&);
    std::string_view remedy;
};

constexpr TextRule text_rules[] = {
    {"body-length", refused, parts::body, "", &is_longer_than<1024>, "Shorten the text to 1,024 characters."},
    {"body-length", refused, parts::rcs_body, "", &is_longer_than<3072>,
     "Shorten the text to 3,072 characters."},
    {"variable-at-end", refused, parts::any_body, "", &has_variable_at_an_end,
     "Write a word before the first and after the last variable."},
    {"few-words", refused, parts::any_body, "", &has_too_few_words,
     "Write at least two words for each variable, and one more."},
    {"adjacent-variables", refused, parts::any_body, "", &has_neighbours,
     "Write a word between two variables."},
    {"white-space", refused, parts::any_body, "", &has_too_much_space,
     "Remove line breaks at the ends, more than 2 line breaks in a row, and more than 4 spaces in a row."},
    {"body-type", warning, parts::any_body, "type", &is_without_type,
     "Set `type` to `text`, so that the vendor's editor can show the text."},
    {"short-text", refused, parts::header | parts::footer, "", &is_too_long_for_whatsapp,
     "Shorten the text to 60 characters."},
    {"missing-variable", refused, parts::any, "", &lacks_a_variable,
     "Write each placeholder as `{{id:type}}`, and add a variable with its id to `variables`."},
    {"unused-variable", refused, parts::any, "variables", &has_unused_variable,
     "Use each variable in the text, or remove it."},
    {"variable-ids", refused, parts::any, "variables", &has_equal_variables, "Number the variables from 0."},
    {"variable-name", refused, parts::any, "variables", &has_bad_name,
     "Begin the name with a letter, and use only letters, digits and underscores of ASCII."},
    {"variable-type", refused, parts::any, "variables", &has_bad_type,
     "Set the type to `variable`, `link` or `media`."},
};

// Rules of buttons

/// The service does not show the text of such a button.
bool is_one_time_password(const TemplateButton& button) noexcept {
    return button.props.otp_type.has_value();
}

bool has_bad_label(const TemplateButton& button) {
    const auto& text = button.props.text;
    return !is_one_time_password(button) && (!text || text->empty() || utf16_length(*text) > 25);
}

bool has_forbidden_characters(const TemplateButton& button) {
    const auto& text = button.props.text;
    return !is_one_time_password(button) && text &&
           (text->find_first_of("*_~\r\n") != std::string::npos || !find_placeholders(*text).empty() ||
            has_emoji(*text));
}

std::vector<Placeholder> url_placeholders(const TemplateButton& button) {
    return find_placeholders(button.props.url.value_or(""));
}

bool has_bad_url_variable(const TemplateButton& button) {
    const auto found = url_placeholders(button);
    return !found.empty() && (found.back().end != button.props.url->size() ||
                              !same_ignoring_case(button.props.url_type.value_or(""), "dynamic"));
}

bool has_several_url_variables(const TemplateButton& button) {
    return url_placeholders(button).size() > 1;
}

struct ButtonRule {
    std::string_view name;
    LintEffect effect;
    std::string_view member;
    bool (*is_broken)(const TemplateButton&);
    std::string_view remedy;
};

constexpr ButtonRule button_rules[] = {
    {"button-label", refused, "props.text", &has_bad_label, "Set a text of 1 to 25 characters."},
    {"button-characters", refused, "props.text", &has_forbidden_characters,
     "Remove variables, line breaks, emoji, `*`, `_` and `~`."},
    {"button-url", refused, "props.url", &has_bad_url_variable,
     "Put the variable at the end of the URL, and set `urlType` to `dynamic`."},
    {"button-url-variables", warning, "props.url", &has_several_url_variables,
     "Use one variable in a URL: the service limits them."},
};

// Rules of the template

bool has_wrong_channels(const TemplateDefinition& definition) {
    const auto& texts = definition.body;
    const bool has_pair = texts.sms && texts.whatsapp;
    const bool has_one = texts.sms || texts.whatsapp;
    return texts.multi_channel ? has_one : !has_pair && (has_one || !texts.rcs);
}

bool has_rcs_only(const TemplateDefinition& definition) {
    const auto& texts = definition.body;
    return texts.rcs && !texts.multi_channel && !texts.sms && !texts.whatsapp;
}

bool has_too_many_buttons(const TemplateDefinition& definition) {
    const auto exceeds = [&definition](std::string_view type, std::ptrdiff_t most) {
        return std::count_if(definition.buttons.begin(), definition.buttons.end(),
                             [type](const TemplateButton& button) { return button.type == type; }) > most;
    };
    return definition.buttons.size() > 10 || exceeds("URL", 2) || exceeds("VOICE_CALL", 1) ||
           exceeds("PHONE_NUMBER", 1) || exceeds("COPY_CODE", 1);
}

bool has_more_buttons_than_rcs_shows(const TemplateDefinition& definition) {
    return definition.buttons.size() > 4;
}

bool has_equal_buttons(const TemplateDefinition& definition) {
    return has_equal_ids(definition.buttons);
}

bool has_bad_expiration(const TemplateDefinition& definition) {
    const auto& settings = definition.authentication_config;
    return settings && settings->code_expiration_minutes &&
           (*settings->code_expiration_minutes < 1 || *settings->code_expiration_minutes > 90);
}

struct TemplateRule {
    std::string_view name;
    LintEffect effect;
    std::string_view member;
    bool (*is_broken)(const TemplateDefinition&);
    std::string_view remedy;
};

constexpr TemplateRule template_rules[] = {
    {"body-channels", refused, "body", &has_wrong_channels,
     "Set either `multiChannel` alone, or both `sms` and `whatsapp`."},
    {"rcs-alone", refused, "body.rcs", &has_rcs_only, "Add `multiChannel`, or both `sms` and `whatsapp`."},
    {"button-count", refused, "buttons", &has_too_many_buttons,
     "Keep at most 10 buttons: 2 of URL, and 1 each of VOICE_CALL, PHONE_NUMBER and COPY_CODE."},
    {"buttons-on-rcs", warning, "buttons", &has_more_buttons_than_rcs_shows,
     "Put the important buttons first: RCS shows four."},
    {"button-ids", refused, "buttons", &has_equal_buttons, "Number the buttons from 1."},
    {"code-expiration", refused, "authenticationConfig.codeExpirationMinutes", &has_bad_expiration,
     "Set 1 to 90 minutes."},
};

void lint_text(TemplateText text, std::vector<LintFinding>& findings) {
    text.placeholders = find_placeholders(text.text);
    for (const auto& rule : text_rules) {
        if ((rule.parts & text.part) != 0 && rule.is_broken(text)) {
            const auto member = rule.member.empty() ? text.text_name : rule.member;
            findings.push_back(
                {text.member + '.' + std::string{member}, rule.name, rule.effect, rule.remedy});
        }
    }
}

std::string_view type_of(const std::optional<std::string>& type) noexcept {
    return type ? std::string_view{*type} : std::string_view{};
}
std::string_view type_of(const std::optional<HeaderType>& type) noexcept {
    return type ? std::string_view{type->str()} : std::string_view{};
}

template <class Content>
void lint_content(unsigned part, const char* member, const std::optional<Content>& content,
                  std::vector<LintFinding>& findings) {
    if (content) {
        lint_text({part, member, "template", content->text, &content->variables, type_of(content->type), {}},
                  findings);
    }
}

void lint_button(const TemplateButton& button, const std::string& member,
                 std::vector<LintFinding>& findings) {
    for (const auto& rule : button_rules) {
        if (rule.is_broken(button)) {
            findings.push_back(
                {member + '.' + std::string{rule.member}, rule.name, rule.effect, rule.remedy});
        }
    }
    if (button.props.url) {
        lint_text(
            {parts::button_url, member + ".props", "url", *button.props.url, &button.props.variables, "", {}},
            findings);
    }
}

}  // namespace
}  // namespace sent::detail

namespace sent {
inline namespace v3 {

std::vector<LintFinding> lint(const TemplateDefinition& definition) {
    std::vector<LintFinding> findings;
    for (const auto& rule : detail::template_rules) {
        if (rule.is_broken(definition)) {
            findings.push_back({std::string{rule.member}, rule.name, rule.effect, rule.remedy});
        }
    }
    const auto& body = definition.body;
    detail::lint_content(detail::parts::header, "header", definition.header, findings);
    detail::lint_content(detail::parts::body, "body.multiChannel", body.multi_channel, findings);
    detail::lint_content(detail::parts::body, "body.sms", body.sms, findings);
    detail::lint_content(detail::parts::body, "body.whatsapp", body.whatsapp, findings);
    detail::lint_content(detail::parts::rcs_body, "body.rcs", body.rcs, findings);
    detail::lint_content(detail::parts::mms_body, "body.mms", body.mms, findings);
    detail::lint_content(detail::parts::footer, "footer", definition.footer, findings);
    for (std::size_t i = 0; i < definition.buttons.size(); ++i) {
        detail::lint_button(definition.buttons[i], "buttons[" + std::to_string(i) + ']', findings);
    }
    return findings;
}

std::vector<LintFinding> lint_update(const UpdateTemplateRequest& request) {
    std::vector<LintFinding> findings;
    if (request.name.has_value() && request.name->rfind("sent_", 0) == 0) {
        findings.push_back({"name", "template-name", LintEffect::refused,
                            "Choose a name that does not begin with `sent_`."});
    }
    if (request.definition.has_value()) {
        for (auto& finding : lint(*request.definition)) {
            finding.member.insert(0, "definition.");
            findings.push_back(std::move(finding));
        }
    }
    return findings;
}

std::vector<LintFinding> lint_parameters(const Template& chosen, const TemplateRef& message) {
    std::vector<LintFinding> findings;
    const auto add = [&findings](const std::string& name, std::string_view rule, LintEffect effect,
                                 std::string_view remedy) {
        findings.push_back({"parameters." + name, rule, effect, remedy});
    };
    const std::set<std::string> declared{chosen.variables.begin(), chosen.variables.end()};
    for (const auto& name : declared) {
        const auto value = message.parameters.find(name);
        if (value == message.parameters.end() || value->second.empty()) {
            add(name, "missing-parameter", LintEffect::refused, "Set a value: the template declares it.");
        } else if (name == "header_image" && value->second.rfind("https://", 0) != 0) {
            add(name, "header-image", LintEffect::refused, "Set a public https URL.");
        }
    }
    for (const auto& [name, value] : message.parameters) {
        if (declared.count(name) == 0) {
            add(name, "unknown-parameter", LintEffect::warning,
                "Check the name: the template does not declare it, and the service ignores it.");
        }
    }
    return findings;
}

}  // namespace v3
}  // namespace sent
