#include <sent/v2/templates.hpp>

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

SENT_TABLE(TemplateVariableProps,
           field<&TemplateVariableProps::variable_type>("variableType"),
           field<&TemplateVariableProps::sample>("sample"),
           field<&TemplateVariableProps::regex>("regex"),
           field<&TemplateVariableProps::url>("url"),
           field<&TemplateVariableProps::short_url>("shortUrl"),
           field<&TemplateVariableProps::alt>("alt"),
           field<&TemplateVariableProps::media_type>("mediaType"));
SENT_TABLE(TemplateVariable,
           field<&TemplateVariable::id>("id"),
           field<&TemplateVariable::name>("name"),
           field<&TemplateVariable::type>("type"),
           field<&TemplateVariable::props>("props"));
SENT_TABLE(TemplateHeader,
           field<&TemplateHeader::type>("type"),
           field<&TemplateHeader::text>("template"),
           field<&TemplateHeader::variables>("variables"));
SENT_TABLE(TemplateFooter,
           field<&TemplateFooter::type>("type"),
           field<&TemplateFooter::text>("template"),
           field<&TemplateFooter::variables>("variables"));
SENT_TABLE(TemplateBodyContent,
           field<&TemplateBodyContent::type>("type"),
           field<&TemplateBodyContent::text>("template"),
           field<&TemplateBodyContent::variables>("variables"));
SENT_TABLE(TemplateBody,
           field<&TemplateBody::multi_channel>("multiChannel"),
           field<&TemplateBody::sms>("sms"),
           field<&TemplateBody::whatsapp>("whatsapp"));
SENT_TABLE(TemplateButtonProps,
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
           field<&TemplateButtonProps::signature_hash>("signatureHash"));
SENT_TABLE(TemplateButton,
           field<&TemplateButton::id>("id"),
           field<&TemplateButton::type>("type"),
           field<&TemplateButton::props>("props"));
SENT_TABLE(AuthenticationConfig,
           field<&AuthenticationConfig::add_security_recommendation>("addSecurityRecommendation"),
           field<&AuthenticationConfig::code_expiration_minutes>("codeExpirationMinutes"));
SENT_TABLE(TemplateDefinition,
           field<&TemplateDefinition::header>("header"),
           field<&TemplateDefinition::body>("body").required(),
           field<&TemplateDefinition::footer>("footer"),
           field<&TemplateDefinition::buttons>("buttons"),
           field<&TemplateDefinition::definition_version>("definitionVersion"),
           field<&TemplateDefinition::authentication_config>("authenticationConfig"));
SENT_TABLE(Template,
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
           field<&Template::updated_at>("updatedAt"));
SENT_TABLE(Page<Template>, SENT_ZERO_BASED_PAGE_FIELDS(Template));
SENT_TABLE(ListTemplatesRequest,
           field<&ListTemplatesRequest::page>("page").in_query().at_least(0),
           field<&ListTemplatesRequest::page_size>("pageSize").in_query().between(1, 1000),
           field<&ListTemplatesRequest::search>("search").in_query(),
           field<&ListTemplatesRequest::status>("status").in_query(),
           field<&ListTemplatesRequest::category>("category").in_query());
SENT_TABLE(GetTemplateRequest,
           field<&GetTemplateRequest::id>("id").in_path());
SENT_TABLE(CreateTemplateRequest,
           field<&CreateTemplateRequest::category>("category"),
           field<&CreateTemplateRequest::language>("language"),
           field<&CreateTemplateRequest::definition>("definition").required(),
           field<&CreateTemplateRequest::submit_for_review>("submitForReview"));
SENT_TABLE(RemoveTemplateRequest,
           field<&RemoveTemplateRequest::id>("id").in_path());

SENT_OPERATION(ListTemplatesRequest,
               zero_based_list<Template>("v2.templates.list", "/v2/templates", "List templates"));
SENT_OPERATION(GetTemplateRequest,
               read("v2.templates.get", "/v2/templates/{id}", "Get a template by its id"));
SENT_OPERATION(CreateTemplateRequest, unkeyed_write("v2.templates.create", "POST", "/v2/templates",
                                                    BodyRule::object_even_if_empty, "Create a template"));
SENT_OPERATION(RemoveTemplateRequest, unkeyed_write("v2.templates.remove", "DELETE", "/v2/templates/{id}",
                                                    BodyRule::none, "Delete a template"));

SENT_OPERATIONS(v2_templates, ListTemplatesRequest, GetTemplateRequest, CreateTemplateRequest,
                RemoveTemplateRequest);

}  // namespace sent::detail

namespace sent {

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
