#include <sent/v3/templates.hpp>

#include <utility>

#include "json/field.hpp"
#include "operations/all_pages.hpp"
#include "operations/v3/pages.hpp"
#include "operations/v3/replays.hpp"

namespace sent::detail {
SENT_TABLE(TemplateVariableProps,
           field<&TemplateVariableProps::variable_type>("variableType"),
           field<&TemplateVariableProps::sample>("sample"),
           field<&TemplateVariableProps::url>("url"),
           field<&TemplateVariableProps::short_url>("shortUrl"),
           field<&TemplateVariableProps::alt>("alt"),
           field<&TemplateVariableProps::regex>("regex"),
           field<&TemplateVariableProps::media_type>("mediaType"));
SENT_TABLE(TemplateVariable,
           field<&TemplateVariable::id>("id"),
           field<&TemplateVariable::name>("name"),
           field<&TemplateVariable::type>("type"),
           field<&TemplateVariable::props>("props"));
SENT_TABLE(TemplateHeader,
           field<&TemplateHeader::text>("template"),
           field<&TemplateHeader::type>("type"),
           field<&TemplateHeader::variables>("variables"));
SENT_TABLE(TemplateFooter,
           field<&TemplateFooter::text>("template"),
           field<&TemplateFooter::type>("type"),
           field<&TemplateFooter::variables>("variables"));
SENT_TABLE(TemplateBodyContent,
           field<&TemplateBodyContent::text>("template"),
           field<&TemplateBodyContent::variables>("variables"),
           field<&TemplateBodyContent::type>("type"));
SENT_TABLE(TemplateBody,
           field<&TemplateBody::multi_channel>("multiChannel"),
           field<&TemplateBody::sms>("sms"),
           field<&TemplateBody::whatsapp>("whatsapp"),
           field<&TemplateBody::rcs>("rcs"),
           field<&TemplateBody::mms>("mms"));
SENT_TABLE(TemplateButtonProps,
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
           field<&TemplateButtonProps::signature_hash>("signatureHash"));
SENT_TABLE(TemplateButton,
           field<&TemplateButton::id>("id"),
           field<&TemplateButton::type>("type"),
           field<&TemplateButton::props>("props"));
SENT_TABLE(AuthenticationConfig,
           field<&AuthenticationConfig::add_security_recommendation>("addSecurityRecommendation"),
           field<&AuthenticationConfig::code_expiration_minutes>("codeExpirationMinutes"));
SENT_TABLE(TemplateDefinition,
           field<&TemplateDefinition::body>("body").required(),
           field<&TemplateDefinition::header>("header"),
           field<&TemplateDefinition::footer>("footer"),
           field<&TemplateDefinition::buttons>("buttons"),
           field<&TemplateDefinition::definition_version>("definitionVersion"),
           field<&TemplateDefinition::authentication_config>("authenticationConfig"));
SENT_TABLE(Template,
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
           field<&Template::auto_reply_action>("auto_reply_action"));
SENT_TABLE(CreateTemplateRequest,
           field<&CreateTemplateRequest::definition>("definition").required(),
           field<&CreateTemplateRequest::category>("category"),
           field<&CreateTemplateRequest::language>("language"),
           field<&CreateTemplateRequest::creation_source>("creation_source"),
           field<&CreateTemplateRequest::submit_for_review>("submit_for_review").skip_default());
SENT_TABLE(ListTemplatesRequest,
           field<&ListTemplatesRequest::page>("page").in_query().at_least(1),
           field<&ListTemplatesRequest::page_size>("page_size").in_query().at_least(1),
           field<&ListTemplatesRequest::search>("search").in_query(),
           field<&ListTemplatesRequest::status>("status").in_query(),
           field<&ListTemplatesRequest::category>("category").in_query(),
           field<&ListTemplatesRequest::is_welcome_playground>("is_welcome_playground").in_query());
SENT_TABLE(GetTemplateRequest,
           field<&GetTemplateRequest::id>("id").in_path());
SENT_TABLE(UpdateTemplateRequest,
           field<&UpdateTemplateRequest::id>("id").in_path(),
           field<&UpdateTemplateRequest::name>("name"),
           field<&UpdateTemplateRequest::category>("category"),
           field<&UpdateTemplateRequest::language>("language"),
           field<&UpdateTemplateRequest::definition>("definition"),
           field<&UpdateTemplateRequest::submit_for_review>("submit_for_review"));
SENT_TABLE(RemoveTemplateRequest,
           field<&RemoveTemplateRequest::id>("id").in_path(),
           field<&RemoveTemplateRequest::delete_from_meta>("delete_from_meta"));
SENT_TABLE(Page<Template>,
           field<&Page<Template>::items>("templates"),
           pagination_field<Template>());

SENT_OPERATION(CreateTemplateRequest,
               keyed_write("v3.templates.create", "POST", "/v3/templates", "Create a template"));
SENT_OPERATION(ListTemplatesRequest,
               paged_list<Template>("v3.templates.list", "/v3/templates", "List templates"));
SENT_OPERATION(GetTemplateRequest, read("v3.templates.get", "/v3/templates/{id}", "Get a template"));
SENT_OPERATION(UpdateTemplateRequest,
               keyed_write("v3.templates.update", "PUT", "/v3/templates/{id}", "Update a template")
                   .checks_replays(&other_id<Template>));
SENT_OPERATION(RemoveTemplateRequest,
               remove("v3.templates.remove", "/v3/templates/{id}", "Delete a template"));

SENT_OPERATIONS(v3_templates, CreateTemplateRequest, ListTemplatesRequest, GetTemplateRequest,
                UpdateTemplateRequest, RemoveTemplateRequest);

}  // namespace sent::detail

namespace sent {

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
