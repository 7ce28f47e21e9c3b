#include <sent/v3/templates.hpp>

#include <utility>

#include "json/field.hpp"
#include "operations/all_pages.hpp"
#include "operations/v3/pages.hpp"
#include "operations/v3/replays.hpp"

namespace sent::detail {
namespace {

constexpr Field template_variable_props_fields[] = {
    field<&TemplateVariableProps::variable_type>("variableType"),
    field<&TemplateVariableProps::sample>("sample"),
    field<&TemplateVariableProps::url>("url"),
    field<&TemplateVariableProps::short_url>("shortUrl"),
    field<&TemplateVariableProps::alt>("alt"),
    field<&TemplateVariableProps::regex>("regex"),
    field<&TemplateVariableProps::media_type>("mediaType"),
};
constexpr StructInfo template_variable_props_info{"v3::TemplateVariableProps",
                                                  template_variable_props_fields};

constexpr Field template_variable_fields[] = {
    field<&TemplateVariable::id>("id"),
    field<&TemplateVariable::name>("name"),
    field<&TemplateVariable::type>("type"),
    field<&TemplateVariable::props>("props"),
};
constexpr StructInfo template_variable_info{"v3::TemplateVariable", template_variable_fields};

constexpr Field template_header_fields[] = {
    field<&TemplateHeader::template_ref>("template"),
    field<&TemplateHeader::type>("type"),
    field<&TemplateHeader::variables>("variables"),
};
constexpr StructInfo template_header_info{"v3::TemplateHeader", template_header_fields};

constexpr Field template_footer_fields[] = {
    field<&TemplateFooter::template_ref>("template"),
    field<&TemplateFooter::type>("type"),
    field<&TemplateFooter::variables>("variables"),
};
constexpr StructInfo template_footer_info{"v3::TemplateFooter", template_footer_fields};

constexpr Field template_body_content_fields[] = {
    field<&TemplateBodyContent::template_ref>("template"),
    field<&TemplateBodyContent::variables>("variables"),
    field<&TemplateBodyContent::type>("type"),
};
constexpr StructInfo template_body_content_info{"v3::TemplateBodyContent", template_body_content_fields};

constexpr Field template_body_fields[] = {
    field<&TemplateBody::multi_channel>("multiChannel"),
    field<&TemplateBody::sms>("sms"),
    field<&TemplateBody::whatsapp>("whatsapp"),
    field<&TemplateBody::rcs>("rcs"),
    field<&TemplateBody::mms>("mms"),
};
constexpr StructInfo template_body_info{"v3::TemplateBody", template_body_fields};

constexpr Field template_button_props_fields[] = {
    field<&TemplateButtonProps::text>("text"),
    field<&TemplateButtonProps::url>("url"),
    field<&TemplateButtonProps::url_type>("urlType"),
    field<&TemplateButtonProps::phone_number>("phoneNumber"),
    field<&TemplateButtonProps::country_code>("countryCode"),
    field<&TemplateButtonProps::offer_code>("offerCode"),
    field<&TemplateButtonProps::quick_reply_type>("quickReplyType"),
    field<&TemplateButtonProps::active_for>("activeFor"),
    field<&TemplateButtonProps::variables>("variables"),
    field<&TemplateButtonProps::otp_type>("otpType"),
    field<&TemplateButtonProps::autofill_text>("autofillText"),
    field<&TemplateButtonProps::package_name>("packageName"),
    field<&TemplateButtonProps::signature_hash>("signatureHash"),
};
constexpr StructInfo template_button_props_info{"v3::TemplateButtonProps", template_button_props_fields};

constexpr Field template_button_fields[] = {
    field<&TemplateButton::id>("id"),
    field<&TemplateButton::type>("type"),
    field<&TemplateButton::props>("props"),
};
constexpr StructInfo template_button_info{"v3::TemplateButton", template_button_fields};

constexpr Field authentication_config_fields[] = {
    field<&AuthenticationConfig::add_security_recommendation>("addSecurityRecommendation"),
    field<&AuthenticationConfig::code_expiration_minutes>("codeExpirationMinutes"),
};
constexpr StructInfo authentication_config_info{"v3::AuthenticationConfig", authentication_config_fields};

constexpr Field template_definition_fields[] = {
    field<&TemplateDefinition::body>("body").required(),
    field<&TemplateDefinition::header>("header"),
    field<&TemplateDefinition::footer>("footer"),
    field<&TemplateDefinition::buttons>("buttons"),
    field<&TemplateDefinition::definition_version>("definitionVersion"),
    field<&TemplateDefinition::authentication_config>("authenticationConfig"),
};
constexpr StructInfo template_definition_info{"v3::TemplateDefinition", template_definition_fields};

constexpr Field template_fields[] = {
    field<&Template::id>("id"),
    field<&Template::customer_id>("customer_id"),
    field<&Template::name>("name"),
    field<&Template::category>("category"),
    field<&Template::language>("language"),
    field<&Template::status>("status"),
    field<&Template::channels>("channels"),
    field<&Template::variables>("variables"),
    field<&Template::is_published>("is_published"),
    field<&Template::created_at>("created_at"),
    field<&Template::updated_at>("updated_at"),
    field<&Template::auto_reply_action>("auto_reply_action"),
};
constexpr StructInfo template_info{"v3::Template", template_fields};

constexpr Field create_template_fields[] = {
    field<&CreateTemplateRequest::definition>("definition").required(),
    field<&CreateTemplateRequest::category>("category"),
    field<&CreateTemplateRequest::language>("language"),
    field<&CreateTemplateRequest::creation_source>("creation_source"),
    field<&CreateTemplateRequest::submit_for_review>("submit_for_review").skip_default(),
};
constexpr StructInfo create_template_info{"v3::CreateTemplateRequest", create_template_fields};

constexpr Field list_templates_fields[] = {
    field<&ListTemplatesRequest::page>("page").in_query().between(1, int32_max),
    field<&ListTemplatesRequest::page_size>("page_size").in_query().between(1, int32_max),
    field<&ListTemplatesRequest::search>("search").in_query(),
    field<&ListTemplatesRequest::status>("status").in_query(),
    field<&ListTemplatesRequest::category>("category").in_query(),
    field<&ListTemplatesRequest::is_welcome_playground>("is_welcome_playground").in_query(),
};
constexpr StructInfo list_templates_info{"v3::ListTemplatesRequest", list_templates_fields};

constexpr Field get_template_fields[] = {
    field<&GetTemplateRequest::id>("id").in_path(),
};
constexpr StructInfo get_template_info{"v3::GetTemplateRequest", get_template_fields};

constexpr Field update_template_fields[] = {
    field<&UpdateTemplateRequest::id>("id").in_path(),
    field<&UpdateTemplateRequest::name>("name"),
    field<&UpdateTemplateRequest::category>("category"),
    field<&UpdateTemplateRequest::language>("language"),
    field<&UpdateTemplateRequest::definition>("definition"),
    field<&UpdateTemplateRequest::submit_for_review>("submit_for_review"),
};
constexpr StructInfo update_template_info{"v3::UpdateTemplateRequest", update_template_fields};

constexpr Field remove_template_fields[] = {
    field<&RemoveTemplateRequest::id>("id").in_path(),
    field<&RemoveTemplateRequest::delete_from_meta>("delete_from_meta"),
};
constexpr StructInfo remove_template_info{"v3::RemoveTemplateRequest", remove_template_fields};

constexpr Field template_page_fields[] = {
    field<&Page<Template>::items>("templates"),
    pagination_field<Template>(),
};
constexpr StructInfo template_page_info{"Page", template_page_fields};

constexpr Route create_template_route =
    v3_write_route("v3.templates.create", "POST", "/v3/templates", create_template_info, &template_info);
constexpr Route list_templates_route =
    v3_list_route<Template>("v3.templates.list", "/v3/templates", list_templates_info, template_page_info);
constexpr Route get_template_route =
    v3_read_route("v3.templates.get", "/v3/templates/{id}", get_template_info, template_info);
constexpr Route update_template_route = checking_replays(
    v3_write_route("v3.templates.update", "PUT", "/v3/templates/{id}", update_template_info, &template_info),
    &other_id<Template>);
constexpr Route remove_template_route =
    v3_remove_route("v3.templates.remove", "/v3/templates/{id}", remove_template_info);

}  // namespace

const StructInfo& Described<TemplateVariableProps>::info() noexcept {
    return template_variable_props_info;
}
const StructInfo& Described<TemplateVariable>::info() noexcept {
    return template_variable_info;
}
const StructInfo& Described<TemplateHeader>::info() noexcept {
    return template_header_info;
}
const StructInfo& Described<TemplateFooter>::info() noexcept {
    return template_footer_info;
}
const StructInfo& Described<TemplateBodyContent>::info() noexcept {
    return template_body_content_info;
}
const StructInfo& Described<TemplateBody>::info() noexcept {
    return template_body_info;
}
const StructInfo& Described<TemplateButtonProps>::info() noexcept {
    return template_button_props_info;
}
const StructInfo& Described<TemplateButton>::info() noexcept {
    return template_button_info;
}
const StructInfo& Described<AuthenticationConfig>::info() noexcept {
    return authentication_config_info;
}
const StructInfo& Described<TemplateDefinition>::info() noexcept {
    return template_definition_info;
}
const StructInfo& Described<Template>::info() noexcept {
    return template_info;
}
const StructInfo& Described<CreateTemplateRequest>::info() noexcept {
    return create_template_info;
}
const StructInfo& Described<ListTemplatesRequest>::info() noexcept {
    return list_templates_info;
}
const StructInfo& Described<GetTemplateRequest>::info() noexcept {
    return get_template_info;
}
const StructInfo& Described<UpdateTemplateRequest>::info() noexcept {
    return update_template_info;
}
const StructInfo& Described<RemoveTemplateRequest>::info() noexcept {
    return remove_template_info;
}
const StructInfo& Described<Page<Template>>::info() noexcept {
    return template_page_info;
}

}  // namespace sent::detail

namespace sent {

const Route& operation<CreateTemplateRequest>::route() noexcept {
    return detail::create_template_route;
}
const Route& operation<ListTemplatesRequest>::route() noexcept {
    return detail::list_templates_route;
}
const Route& operation<GetTemplateRequest>::route() noexcept {
    return detail::get_template_route;
}
const Route& operation<UpdateTemplateRequest>::route() noexcept {
    return detail::update_template_route;
}
const Route& operation<RemoveTemplateRequest>::route() noexcept {
    return detail::remove_template_route;
}

inline namespace v3 {

TemplateVariable text_variable(std::int32_t id, std::string name, std::string sample) {
    TemplateVariable variable;
    variable.id = id;
    variable.name = std::move(name);
    variable.props.variable_type = "text";
    variable.props.sample = std::move(sample);
    return variable;
}

Result<Template> Templates::create(const CreateTemplateRequest& request, const CallOptions& options) const {
    return client_.call(request, options);
}

Result<Page<Template>> Templates::list(const ListTemplatesRequest& request,
                                       const CallOptions& options) const {
    return client_.call(request, options);
}

PageRange<Template> Templates::all(const ListTemplatesRequest& request, const CallOptions& options) const {
    return detail::all_pages<Template>(client_, request, options);
}

Result<Template> Templates::get(std::string id, const CallOptions& options) const {
    return client_.call(GetTemplateRequest{std::move(id)}, options);
}

Result<Template> Templates::update(const UpdateTemplateRequest& request, const CallOptions& options) const {
    return client_.call(request, options);
}

Result<void> Templates::remove(const RemoveTemplateRequest& request, const CallOptions& options) const {
    return client_.call(request, options);
}

}  // namespace v3
}  // namespace sent
