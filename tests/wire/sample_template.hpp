#pragma once

#include <sent/v2/templates.hpp>

namespace wire {

/// The definition of v2/templates.create.full.http, every member set somewhere.
inline sent::v2::TemplateDefinition sample_definition() {
    namespace v2 = sent::v2;
    using sent::v2::text_variable;
    v2::TemplateDefinition definition;

    auto& header = definition.header.emplace();
    header.type = v2::HeaderType::text;
    header.text = "Visit of {{1:variable}}";
    header.variables = {text_variable(1, "firstName", "Mira")};

    auto& all = definition.body.multi_channel.emplace();
    all.type = "text";
    all.text = "Hi {{1:variable}}, see you at {{2:variable}}.";
    all.variables = {text_variable(1, "firstName", "Mira"), text_variable(2, "slot", "14:30")};
    auto& props = all.variables[0].props;
    props.variable_type = "media";
    props.regex = "^[A-Z].*$";
    props.url = "https://example.org/a";
    props.short_url = "https://ex.org/a";
    props.alt = "a picture";
    props.media_type = "image/png";

    auto& sms = definition.body.sms.emplace();
    sms.text = "See you at {{1:variable}}";
    sms.variables = {text_variable(1, "slot", "14:30")};
    definition.body.whatsapp.emplace().text = "Hello";

    auto& footer = definition.footer.emplace();
    footer.type = "text";
    footer.text = "Reply STOP to end";
    footer.variables = {text_variable(1, "word", "STOP")};

    const auto add_button = [&definition](const v2::ButtonType& type) -> v2::TemplateButtonProps& {
        auto& button = definition.buttons.emplace_back();
        button.id = static_cast<std::int32_t>(definition.buttons.size());
        button.type = type;
        return button.props;
    };
    auto& confirm = add_button(v2::ButtonType::quick_reply);
    confirm.text = "Confirm";
    confirm.quick_reply_type = "custom";
    auto& open = add_button(v2::ButtonType::url);
    open.text = "Open";
    open.url_type = "static";
    open.url = "https://example.org/visit";
    auto& call = add_button(v2::ButtonType::voice_call);
    call.text = "Call";
    call.active_for = 60;
    call.country_code = "44";
    call.phone_number = "2071838750";
    auto& copy = add_button(v2::ButtonType::copy_code);
    copy.offer_code = "SPRING";
    copy.otp_type = "ONE_TAP";
    copy.autofill_text = "Fill";
    copy.package_name = "org.example.app";
    copy.signature_hash = "K8a/AINcGX7";

    definition.definition_version = "1.0";
    auto& authentication = definition.authentication_config.emplace();
    authentication.add_security_recommendation = true;
    authentication.code_expiration_minutes = 10;
    return definition;
}

}  // namespace wire
