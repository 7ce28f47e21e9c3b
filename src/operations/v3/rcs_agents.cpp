#include <sent/v3/rcs_agents.hpp>

#include "json/field.hpp"
#include "operations/rows.hpp"
#include "operations/v3/replays.hpp"

namespace sent::detail {
namespace {

Route::ReplayMismatch other_agent(const HttpRequest& request, const void* response,
                                  std::string_view /*body*/) {
    const auto asked = sent_request<CreateRcsAgentRequest>(request);
    const auto& answered = *static_cast<const RcsAgent*>(response);
    return mismatch_unless(may_be_same_name(asked.brand_name, answered.brand_name) &&
                               may_be_same_name(asked.display_name, answered.display_name),
                           "for another brand");
}

}  // namespace

SENT_TABLE(RcsAddress,
           field<&RcsAddress::street>("street"),
           field<&RcsAddress::city>("city"),
           field<&RcsAddress::state>("state"),
           field<&RcsAddress::postal_code>("postal_code"),
           field<&RcsAddress::country>("country"));
SENT_TABLE(CreateRcsAgentRequest,
           field<&CreateRcsAgentRequest::display_name>("display_name"),
           field<&CreateRcsAgentRequest::description>("description"),
           field<&CreateRcsAgentRequest::agent_use_case>("agent_use_case"),
           field<&CreateRcsAgentRequest::brand_name>("brand_name").required(),
           field<&CreateRcsAgentRequest::privacy_policy_url>("privacy_policy_url").required(),
           field<&CreateRcsAgentRequest::terms_and_conditions_url>("terms_and_conditions_url").required(),
           field<&CreateRcsAgentRequest::website_url>("website_url"),
           field<&CreateRcsAgentRequest::brand_color>("brand_color"),
           field<&CreateRcsAgentRequest::logo_url>("logo_url"),
           field<&CreateRcsAgentRequest::banner_url>("banner_url"),
           field<&CreateRcsAgentRequest::brand_phone_number>("brand_phone_number"),
           field<&CreateRcsAgentRequest::customer_support_phone_number>("customer_support_phone_number"),
           field<&CreateRcsAgentRequest::brand_email>("brand_email"),
           field<&CreateRcsAgentRequest::customer_support_email>("customer_support_email"),
           field<&CreateRcsAgentRequest::contact_name_and_title>("contact_name_and_title"),
           field<&CreateRcsAgentRequest::company_ein>("company_ein"),
           field<&CreateRcsAgentRequest::entity_type>("entity_type"),
           field<&CreateRcsAgentRequest::official_address>("official_address"),
           field<&CreateRcsAgentRequest::brief_company_description>("brief_company_description"),
           field<&CreateRcsAgentRequest::opt_in_process_description>("opt_in_process_description"),
           field<&CreateRcsAgentRequest::start_message>("start_message"),
           field<&CreateRcsAgentRequest::help_message>("help_message"),
           field<&CreateRcsAgentRequest::stop_message>("stop_message"),
           field<&CreateRcsAgentRequest::sample_messages>("sample_messages"),
           field<&CreateRcsAgentRequest::opt_in_screenshot_url>("opt_in_screenshot_url"));
SENT_TABLE(RcsAgent,
           field<&RcsAgent::id>("id"),
           field<&RcsAgent::status>("status"),
           field<&RcsAgent::phone_number>("phone_number"),
           field<&RcsAgent::reason_code>("reason_code"),
           field<&RcsAgent::reason>("reason"),
           field<&RcsAgent::display_name>("display_name"),
           field<&RcsAgent::description>("description"),
           field<&RcsAgent::agent_use_case>("agent_use_case"),
           field<&RcsAgent::brand_name>("brand_name"),
           field<&RcsAgent::privacy_policy_url>("privacy_policy_url"),
           field<&RcsAgent::terms_and_conditions_url>("terms_and_conditions_url"),
           field<&RcsAgent::website_url>("website_url"),
           field<&RcsAgent::brand_color>("brand_color"),
           field<&RcsAgent::brand_phone_number>("brand_phone_number"),
           field<&RcsAgent::customer_support_phone_number>("customer_support_phone_number"),
           field<&RcsAgent::brand_email>("brand_email"),
           field<&RcsAgent::customer_support_email>("customer_support_email"),
           field<&RcsAgent::contact_name_and_title>("contact_name_and_title"),
           field<&RcsAgent::company_ein>("company_ein"),
           field<&RcsAgent::entity_type>("entity_type"),
           field<&RcsAgent::official_address>("official_address"),
           field<&RcsAgent::brief_company_description>("brief_company_description"),
           field<&RcsAgent::opt_in_process_description>("opt_in_process_description"),
           field<&RcsAgent::start_message>("start_message"),
           field<&RcsAgent::help_message>("help_message"),
           field<&RcsAgent::stop_message>("stop_message"),
           field<&RcsAgent::sample_messages>("sample_messages"),
           field<&RcsAgent::created_at>("created_at"));

SENT_OPERATION(CreateRcsAgentRequest,
               keyed_write("v3.channels.rcs.create", "POST", "/v3/channels/rcs", "Request an RCS agent")
                   .checks_replays(&other_agent));

SENT_OPERATIONS(v3_rcs_agents, CreateRcsAgentRequest);

}  // namespace sent::detail

namespace sent {

inline namespace v3 {

Result<RcsAgent> RcsAgents::create(const CreateRcsAgentRequest& request, const CallOptions& options) const {
    return client_.call(request, options);
}

}  // namespace v3
}  // namespace sent
