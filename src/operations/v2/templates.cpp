#include <sent/v2/templates.hpp>

#include <limits>
#include <utility>

#include "json/field.hpp"
#include "operations/all_pages.hpp"
#include "operations/zero_based_page.hpp"

namespace sent::detail {

using v2::AuthenticationConfig;
using v2::CreateTemplateRequest;
using v2::GetTemplateRequest;
using v2::ListTemplatesRequest;
using v2::RemoveTemplateRequest;
using v2::Template;
using v2::TemplateBody;
using v2::TemplateBodyContent;
using v2::TemplateButton;
using v2::TemplateButtonProps;
using v2::TemplateDefinition;
using v2::TemplateFooter;
using v2::TemplateHeader;
using v2::TemplateVariable;
using v2::TemplateVariableProps;

namespace {

constexpr Field variable_props_fields[] = {
    field<&TemplateVariableProps::variable_type>("variableType"),
    field<&TemplateVariableProps::sample>("sample"),
    field<&TemplateVariableProps::regex>("regex"),
    field<&TemplateVariableProps::url>("url"),
    field<&TemplateVariableProps::short_url>("shortUrl"),
    field<&TemplateVariableProps::alt>("alt"),
    field<&TemplateVariableProps::media_type>("mediaType"),
};
constexpr StructInfo variable_props_info{"v2::TemplateVariableProps", variable_props_fields};

constexpr Field variable_fields[] = {
    field<&TemplateVariable::id>("id"),
    field<&TemplateVariable::name>("name"),
    field<&TemplateVariable::type>("type"),
    field<&TemplateVariable::props>("props"),
};
constexpr StructInfo variable_info{"v2::TemplateVariable", variable_fields};

constexpr Field header_fields[] = {
    field<&TemplateHeader::type>("type"),
    field<&TemplateHeader::template_ref>("template"),
    field<&TemplateHeader::variables>("variables"),
};
constexpr StructInfo header_info{"v2::TemplateHeader", header_fields};

constexpr Field footer_fields[] = {
    field<&TemplateFooter::type>("type"),
    field<&TemplateFooter::template_ref>("template"),
    field<&TemplateFooter::variables>("variables"),
};
constexpr StructInfo footer_info{"v2::TemplateFooter", footer_fields};

constexpr Field content_fields[] = {
    field<&TemplateBodyContent::type>("type"),
    field<&TemplateBodyContent::template_ref>("template"),
    field<&TemplateBodyContent::variables>("variables"),
};
constexpr StructInfo content_info{"v2::TemplateBodyContent", content_fields};

constexpr Field body_fields[] = {
    field<&TemplateBody::multi_channel>("multiChannel"),
    field<&TemplateBody::sms>("sms"),
    field<&TemplateBody::whatsapp>("whatsapp"),
};
constexpr StructInfo body_info{"v2::TemplateBody", body_fields};

constexpr Field button_props_fields[] = {
    field<&TemplateButtonProps::text>("text"),
    field<&TemplateButtonProps::quick_reply_type>("quickReplyType"),
    field<&TemplateButtonProps::url_type>("urlType"),
    field<&TemplateButtonProps::url>("url"),
    field<&TemplateButtonProps::active_for>("activeFor"),
    field<&TemplateButtonProps::country_code>("countryCode"),
    field<&TemplateButtonProps::phone_number>("phoneNumber"),
    field<&TemplateButtonProps::offer_code>("offerCode"),
    field<&TemplateButtonProps::otp_type>("otpType"),
    field<&TemplateButtonProps::autofill_text>("autofillText"),
    field<&TemplateButtonProps::package_name>("packageName"),
    field<&TemplateButtonProps::signature_hash>("signatureHash"),
};
constexpr StructInfo button_props_info{"v2::TemplateButtonProps", button_props_fields};

constexpr Field button_fields[] = {
    field<&TemplateButton::id>("id"),
    field<&TemplateButton::type>("type"),
    field<&TemplateButton::props>("props"),
};
constexpr StructInfo button_info{"v2::TemplateButton", button_fields};

constexpr Field authentication_fields[] = {
    field<&AuthenticationConfig::add_security_recommendation>("addSecurityRecommendation"),
    field<&AuthenticationConfig::code_expiration_minutes>("codeExpirationMinutes"),
};
constexpr StructInfo authentication_info{"v2::AuthenticationConfig", authentication_fields};

constexpr Field definition_fields[] = {
    field<&TemplateDefinition::header>("header"),
    field<&TemplateDefinition::body>("body").required(),
    field<&TemplateDefinition::footer>("footer"),
    field<&TemplateDefinition::buttons>("buttons"),
    field<&TemplateDefinition::definition_version>("definitionVersion"),
    field<&TemplateDefinition::authentication_config>("authenticationConfig"),
};
constexpr StructInfo definition_info{"v2::TemplateDefinition", definition_fields};

constexpr Field template_fields[] = {
    field<&Template::id>("id"),
    field<&Template::display_name>("displayName"),
    field<&Template::category>("category"),
    field<&Template::language>("language"),
    field<&Template::definition>("definition"),
    field<&Template::status>("status"),
    field<&Template::is_published>("isPublished"),
    field<&Template::whatsapp_template_id>("whatsappTemplateId"),
    field<&Template::whatsapp_template_name>("whatsappTemplateName"),
    field<&Template::created_at>("createdAt"),
    field<&Template::updated_at>("updatedAt"),
};
constexpr StructInfo template_info{"v2::Template", template_fields};

constexpr Field list_fields[] = {
    field<&ListTemplatesRequest::page>("page").in_query().between(0,
                                                                  std::numeric_limits<std::int32_t>::max()),
    field<&ListTemplatesRequest::page_size>("pageSize").in_query().between(1, 1000),
    field<&ListTemplatesRequest::search>("search").in_query(),
    field<&ListTemplatesRequest::status>("status").in_query(),
    field<&ListTemplatesRequest::category>("category").in_query(),
};
constexpr StructInfo list_info{"v2::ListTemplatesRequest", list_fields};

constexpr Field get_fields[] = {field<&GetTemplateRequest::id>("id").in_path()};
constexpr StructInfo get_info{"v2::GetTemplateRequest", get_fields};

constexpr Field create_fields[] = {
    field<&CreateTemplateRequest::category>("category"),
    field<&CreateTemplateRequest::language>("language"),
    field<&CreateTemplateRequest::definition>("definition").required(),
    field<&CreateTemplateRequest::submit_for_review>("submitForReview"),
};
constexpr StructInfo create_info{"v2::CreateTemplateRequest", create_fields};

constexpr Field remove_fields[] = {field<&RemoveTemplateRequest::id>("id").in_path()};
constexpr StructInfo remove_info{"v2::RemoveTemplateRequest", remove_fields};

constexpr Route list_route = zero_based_list_route<Template>(
    Generation::v2, "v2.templates.list", "/v2/templates", list_info, zero_based_page_info<Template>);
constexpr Route get_route =
    read_route(Generation::v2, "v2.templates.get", "/v2/templates/{id}", get_info, template_info);
constexpr Route create_route =
    unkeyed_write_route(Generation::v2, "v2.templates.create", "POST", "/v2/templates", create_info,
                        BodyRule::object_even_if_empty, &template_info);
constexpr Route remove_route = unkeyed_write_route(Generation::v2, "v2.templates.remove", "DELETE",
                                                   "/v2/templates/{id}", remove_info, BodyRule::none);

}  // namespace

const StructInfo& Described<TemplateVariableProps>::info() noexcept {
    return variable_props_info;
}
const StructInfo& Described<TemplateVariable>::info() noexcept {
    return variable_info;
}
const StructInfo& Described<TemplateHeader>::info() noexcept {
    return header_info;
}
const StructInfo& Described<TemplateFooter>::info() noexcept {
    return footer_info;
}
const StructInfo& Described<TemplateBodyContent>::info() noexcept {
    return content_info;
}
const StructInfo& Described<TemplateBody>::info() noexcept {
    return body_info;
}
const StructInfo& Described<TemplateButtonProps>::info() noexcept {
    return button_props_info;
}
const StructInfo& Described<TemplateButton>::info() noexcept {
    return button_info;
}
const StructInfo& Described<AuthenticationConfig>::info() noexcept {
    return authentication_info;
}
const StructInfo& Described<TemplateDefinition>::info() noexcept {
    return definition_info;
}
const StructInfo& Described<Template>::info() noexcept {
    return template_info;
}
const StructInfo& Described<Page<Template>>::info() noexcept {
    return zero_based_page_info<Template>;
}
const StructInfo& Described<ListTemplatesRequest>::info() noexcept {
    return list_info;
}
const StructInfo& Described<GetTemplateRequest>::info() noexcept {
    return get_info;
}
const StructInfo& Described<CreateTemplateRequest>::info() noexcept {
    return create_info;
}
const StructInfo& Described<RemoveTemplateRequest>::info() noexcept {
    return remove_info;
}

}  // namespace sent::detail

namespace sent {

const Route& operation<v2::ListTemplatesRequest>::route() noexcept {
    return detail::list_route;
}
const Route& operation<v2::GetTemplateRequest>::route() noexcept {
    return detail::get_route;
}
const Route& operation<v2::CreateTemplateRequest>::route() noexcept {
    return detail::create_route;
}
const Route& operation<v2::RemoveTemplateRequest>::route() noexcept {
    return detail::remove_route;
}

namespace v2 {

TemplateVariable text_variable(std::int32_t id, std::string name, std::string sample) {
    TemplateVariable variable;
    variable.id = id;
    variable.name = std::move(name);
    variable.props.variable_type = "text";
    variable.props.sample = std::move(sample);
    return variable;
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

Result<Template> Templates::create(const CreateTemplateRequest& request, const CallOptions& options) const {
    return client_.call(request, options);
}

Result<void> Templates::remove(std::string id, const CallOptions& options) const {
    return client_.call(RemoveTemplateRequest{std::move(id)}, options);
}

}  // namespace v2
}  // namespace sent
