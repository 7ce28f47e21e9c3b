#pragma once

#include <cstdint>

#include <sent/v3/templates.hpp>

namespace wire {

/// The content of v3/templates.create.full.http, every member set somewhere.
inline sent::TemplateDefinition whole_definition() {
    using sent::text_variable;
    sent::TemplateDefinition definition;

    auto& all = definition.body.multi_channel.emplace();
    all.text = "{{1:variable}}, see you at {{2:variable}}.";
    all.variables = {text_variable(1, "firstName", "Mira"), text_variable(2, "slot", "14:30")};
    all.type = "text";
    definition.body.sms.emplace().text = "Sent by SMS";
    definition.body.whatsapp.emplace().text = "Sent by WhatsApp";
    definition.body.rcs.emplace().text = "Sent by RCS";
    definition.body.mms.emplace().text = "Sent by MMS";

    auto& header = definition.header.emplace();
    header.text = "Visit {{1:variable}}";
    header.type = sent::HeaderType::image;
    auto& photo = header.variables.emplace_back();
    photo.id = 1;
    photo.name = "photo";
    photo.props.variable_type = "media";
    photo.props.sample = "photo";
    photo.props.url = "https://cdn.example.org/p.png";
    photo.props.short_url = "https://sn.example.org/p";
    photo.props.alt = "the door";
    photo.props.regex = "^.+$";
    photo.props.media_type = "image/png";

    auto& footer = definition.footer.emplace();
    footer.text = "Reply STOP to end";
    footer.type = "text";
    footer.variables = {text_variable(3, "brand", "Example")};

    const auto add_button = [&definition](const sent::ButtonType& type) -> sent::TemplateButtonProps& {
        auto& button = definition.buttons.emplace_back();
        button.id = static_cast<std::int32_t>(definition.buttons.size());
        button.type = type;
        return button.props;
    };
    auto& confirm = add_button(sent::ButtonType::quick_reply);
    confirm.text = "Confirm";
    confirm.quick_reply_type = "custom";
    auto& details = add_button(sent::ButtonType::url);
    details.text = "Details";
    details.url = "https://example.org/{{4:variable}}";
    details.url_type = "dynamic";
    details.variables = {text_variable(4, "path", "visit")};
    auto& call = add_button(sent::ButtonType::phone_number);
    call.text = "Call";
    call.phone_number = "2071838750";
    call.country_code = "44";
    auto& copy = add_button(sent::ButtonType::copy_code);
    copy.offer_code = "SPRING";
    copy.active_for = 7;
    copy.otp_type = "ONE_TAP";
    copy.autofill_text = "Fill in";
    copy.package_name = "org.example.app";
    copy.signature_hash = "K8a/AINcGX7";

    definition.definition_version = "1.0";
    auto& authentication = definition.authentication_config.emplace();
    authentication.add_security_recommendation = true;
    authentication.code_expiration_minutes = 10;
    return definition;
}

inline sent::TemplateDefinition small_definition() {
    sent::TemplateDefinition definition;
    definition.body.multi_channel.emplace().text = "Your parcel is at the desk.";
    return definition;
}

}  // namespace wire
