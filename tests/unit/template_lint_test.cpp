// Each rule of lint() has one row here, and one in docs/v3.md.
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <gmock/gmock.h>

#include <sent/v3/template_lint.hpp>

#include "support/read_file.hpp"

namespace sent {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TemplateVariable variable(std::int32_t id, std::string name = "order") {
    return text_variable(id, std::move(name), "1001");
}

TemplateBodyContent content(std::string text, std::vector<TemplateVariable> variables = {}) {
    TemplateBodyContent result;
    result.text = std::move(text);
    result.type = "text";
    result.variables = std::move(variables);
    return result;
}

TemplateButton button(std::int32_t id, ButtonType type, const char* text) {
    TemplateButton result;
    result.id = id;
    result.type = std::move(type);
    result.props.text = text;
    return result;
}

TemplateButton link(std::int32_t id, const char* url, const char* url_type,
                    std::vector<TemplateVariable> variables = {}) {
    auto result = button(id, ButtonType::url, "Track");
    result.props.url = url;
    result.props.url_type = url_type;
    result.props.variables = std::move(variables);
    return result;
}

/// A template that breaks no rule, with every part.
TemplateDefinition good() {
    TemplateDefinition definition;
    definition.body.multi_channel = content("Order {{0:variable}} is ready.", {variable(0)});
    definition.body.rcs = content(std::string(3072, 'a'));
    definition.header.emplace().text = "Harbor";
    definition.footer.emplace().text = std::string(60, 'f');
    definition.buttons = {button(1, ButtonType::quick_reply, "Thanks"),
                          link(2, "https://example.org/{{0:variable}}", "dynamic", {variable(0)})};
    definition.authentication_config.emplace().code_expiration_minutes = 90;
    return definition;
}

struct Case {
    std::string name;
    std::string rule;
    LintEffect effect;
    std::string member;
    std::function<void(TemplateDefinition&)> spoil;
};

constexpr auto refused = LintEffect::refused;
constexpr auto warning = LintEffect::warning;

void set_body(TemplateDefinition& definition, const std::string& text,
              std::vector<TemplateVariable> variables = {variable(0)}) {
    definition.body.multi_channel = content(text, std::move(variables));
}

std::vector<Case> body_cases() {
    const std::string text = "body.multiChannel.template";
    return {
        {"MixedChannels", "body-channels", refused, "body",
         [](auto& d) { d.body.sms = content("Hello there"); }},
        {"OneOfThePair", "body-channels", refused, "body",
         [](auto& d) {
             d.body.sms = content("Hello there");
             d.body.multi_channel.reset();
         }},
        {"NoText", "body-channels", refused, "body", [](auto& d) { d.body = {}; }},
        {"RcsAlone", "rcs-alone", refused, "body.rcs", [](auto& d) { d.body.multi_channel.reset(); }},
        {"LongBody", "body-length", refused, text, [](auto& d) { set_body(d, std::string(1025, 'a'), {}); }},
        {"LongBodyOfEmoji", "body-length", refused, text,
         [](auto& d) {
             std::string emoji;
             for (int i = 0; i < 513; ++i) {
                 emoji += "\xF0\x9F\x91\x8B";
             }
             set_body(d, emoji, {});
         }},
        {"LongRcsBody", "body-length", refused, "body.rcs.template",
         [](auto& d) { d.body.rcs->text += 'a'; }},
        {"VariableAtTheEnd", "variable-at-end", refused, text,
         [](auto& d) { set_body(d, "We have your order {{0:variable}}."); }},
        {"VariableAtTheBeginning", "variable-at-end", refused, text,
         [](auto& d) { set_body(d, "* {{0:variable}} is your order"); }},
        {"FewWords", "few-words", refused, text,
         [](auto& d) { set_body(d, "Order {{0:variable}} - ready"); }},
        {"Neighbours", "adjacent-variables", refused, text,
         [](auto& d) {
             set_body(d, "Your order is {{0:variable}} {{1:variable}} and it is ready",
                      {variable(0), variable(1, "size")});
         }},
        {"LineBreakAtTheEnd", "white-space", refused, text, [](auto& d) { set_body(d, "Hello\n", {}); }},
        {"ThreeLineBreaks", "white-space", refused, text, [](auto& d) { set_body(d, "a\r\n\r\n\r\nb", {}); }},
        {"FiveSpaces", "white-space", refused, text, [](auto& d) { set_body(d, "a     b", {}); }},
        {"NoType", "body-type", warning, "body.multiChannel.type",
         [](auto& d) { d.body.multi_channel->type.reset(); }},
    };
}

std::vector<Case> variable_cases() {
    const std::string text = "body.multiChannel.template";
    const std::string variables = "body.multiChannel.variables";
    return {
        {"LongHeader", "short-text", refused, "header.template",
         [](auto& d) { d.header->text = std::string(61, 'h'); }},
        {"LongFooter", "short-text", refused, "footer.template", [](auto& d) { d.footer->text += 'f'; }},
        {"NoVariable", "missing-variable", refused, text,
         [](auto& d) { set_body(d, "Order {{1:variable}} is ready with {{0:variable}} of them"); }},
        {"NamedPlaceholder", "missing-variable", refused, text,
         [](auto& d) { set_body(d, "Order {{order}} is ready.", {}); }},
        {"UnusedVariable", "unused-variable", refused, variables,
         [](auto& d) { set_body(d, "It is ready."); }},
        {"EqualVariables", "variable-ids", refused, variables,
         [](auto& d) { d.body.multi_channel->variables.push_back(variable(0, "other")); }},
        {"VariableName", "variable-name", refused, variables,
         [](auto& d) { d.body.multi_channel->variables[0].name = "1st"; }},
        {"VariableType", "variable-type", refused, variables,
         [](auto& d) { d.body.multi_channel->variables[0].type = "text"; }},
        {"ExpiresTooLate", "code-expiration", refused, "authenticationConfig.codeExpirationMinutes",
         [](auto& d) { d.authentication_config->code_expiration_minutes = 91; }},
    };
}

std::vector<Case> button_cases() {
    return {
        {"ThreeLinks", "button-count", refused, "buttons",
         [](auto& d) {
             d.buttons = {link(1, "https://a.example", "static"), link(2, "https://b.example", "static"),
                          link(3, "https://c.example", "static")};
         }},
        {"TwoCalls", "button-count", refused, "buttons",
         [](auto& d) {
             d.buttons = {button(1, ButtonType::voice_call, "Call"),
                          button(2, ButtonType::voice_call, "Call")};
         }},
        {"FiveButtons", "buttons-on-rcs", warning, "buttons",
         [](auto& d) {
             d.buttons.clear();
             for (std::int32_t i = 1; i <= 5; ++i) {
                 d.buttons.push_back(button(i, ButtonType::quick_reply, "Yes"));
             }
         }},
        {"LongLabel", "button-label", refused, "buttons[0].props.text",
         [](auto& d) { d.buttons[0].props.text = std::string(26, 'a'); }},
        {"NoLabel", "button-label", refused, "buttons[1].props.text",
         [](auto& d) { d.buttons[1].props.text.reset(); }},
        {"EmojiInALabel", "button-characters", refused, "buttons[0].props.text",
         [](auto& d) { d.buttons[0].props.text = "Yes \xF0\x9F\x91\x8D"; }},
        {"StarInALabel", "button-characters", refused, "buttons[0].props.text",
         [](auto& d) { d.buttons[0].props.text = "*Yes*"; }},
        {"EqualButtons", "button-ids", refused, "buttons", [](auto& d) { d.buttons[1].id = 1; }},
        {"StaticUrlWithAVariable", "button-url", refused, "buttons[1].props.url",
         [](auto& d) { d.buttons[1].props.url_type = "static"; }},
        {"VariableInsideAUrl", "button-url", refused, "buttons[1].props.url",
         [](auto& d) { d.buttons[1].props.url = "https://example.org/{{0:variable}}/x"; }},
        {"TwoVariablesInAUrl", "button-url-variables", warning, "buttons[1].props.url",
         [](auto& d) {
             d.buttons[1] = link(2, "https://example.org/{{0:variable}}/{{1:variable}}", "dynamic",
                                 {variable(0), variable(1, "size")});
         }},
    };
}

std::vector<Case> all_cases() {
    std::vector<Case> all;
    for (const auto& group : {body_cases(), variable_cases(), button_cases()}) {
        all.insert(all.end(), group.begin(), group.end());
    }
    return all;
}

class TemplateLint : public ::testing::TestWithParam<Case> {};

TEST_P(TemplateLint, FindsTheBrokenRuleOnly) {
    auto definition = good();
    GetParam().spoil(definition);
    const auto findings = lint(definition);
    ASSERT_EQ(findings.size(), 1U);
    EXPECT_EQ(findings[0].rule, GetParam().rule);
    EXPECT_EQ(findings[0].effect, GetParam().effect);
    EXPECT_EQ(findings[0].member, GetParam().member);
    EXPECT_EQ(findings[0].remedy.back(), '.');
}

INSTANTIATE_TEST_SUITE_P(Rules, TemplateLint, ::testing::ValuesIn(all_cases()),
                         [](const auto& tested) { return tested.param.name; });

TEST(TemplateLintOf, AGoodTemplateIsEmpty) {
    EXPECT_THAT(lint(good()), IsEmpty());
    auto pair = good();
    pair.body.sms = pair.body.whatsapp = pair.body.multi_channel;
    pair.body.multi_channel.reset();
    EXPECT_THAT(lint(pair), IsEmpty());
}

TEST(TemplateLintOf, LettersOfEveryScriptCount) {
    auto definition = good();
    set_body(definition,
             "\xD0\x97\xD0\xB0\xD0\xBA\xD0\xB0\xD0\xB7 {{0:variable}} \xD1\x83\xD0\xB6\xD0\xB5 "
             "\xD0\xB3\xD0\xBE\xD1\x82\xD0\xBE\xD0\xB2.");
    EXPECT_THAT(lint(definition), IsEmpty());
}

TEST(TemplateLintOf, AOneTimePasswordButtonNeedsNoLabel) {
    auto definition = good();
    definition.buttons[0].props.otp_type = "COPY_CODE";
    definition.buttons[0].props.text.reset();
    EXPECT_THAT(lint(definition), IsEmpty());
}

TEST(TemplateLintOf, MediaHeadersMayBeLong) {
    auto definition = good();
    definition.header->type = HeaderType::image;
    definition.header->text = "https://cdn.example.org/" + std::string(100, 'x');
    EXPECT_THAT(lint(definition), IsEmpty());
}

TEST(TemplateLintOf, AnUpdateNamesTheMembersOfTheRequest) {
    UpdateTemplateRequest request;
    request.name = "sent_welcome";
    request.definition = good();
    request.definition->buttons[1].id = 1;
    const auto findings = lint_update(request);
    ASSERT_EQ(findings.size(), 2U);
    EXPECT_EQ(findings[0].rule, "template-name");
    EXPECT_EQ(findings[0].member, "name");
    EXPECT_EQ(findings[1].member, "definition.buttons");
    request.name = null;
    request.definition = null;
    EXPECT_THAT(lint_update(request), IsEmpty());
}

TEST(TemplateLintOf, ParametersNamesMissingAndUnknownOnes) {
    Template chosen;
    chosen.variables = {"order", "header_image"};
    TemplateRef message;
    message.parameters = {{"order", "1001"}, {"header_image", "https://cdn.example.org/a.png"}};
    EXPECT_THAT(lint_parameters(chosen, message), IsEmpty());

    message.parameters = {{"ordre", "1001"}, {"header_image", "http://cdn.example.org/a.png"}};
    std::vector<std::string> found;
    for (const auto& finding : lint_parameters(chosen, message)) {
        found.push_back(finding.member + ": " + std::string{finding.rule});
    }
    EXPECT_THAT(found,
                ElementsAre("parameters.header_image: header-image", "parameters.order: missing-parameter",
                            "parameters.ordre: unknown-parameter"));
}

TEST(TemplateLintOf, EveryRuleIsDocumented) {
    std::set<std::string> rules{"template-name", "missing-parameter", "unknown-parameter", "header-image"};
    for (const auto& one : all_cases()) {
        rules.insert(one.rule);
    }
    const auto page = test::read_file(SENT_TEST_DATA_DIR "/../../docs/v3.md");
    for (const auto& rule : rules) {
        EXPECT_NE(page.find("| `" + rule + "` |"), std::string::npos) << rule;
    }
}

}  // namespace
}  // namespace sent
