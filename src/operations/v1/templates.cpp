#include <sent/v1/templates.hpp>

#include <utility>

#include "json/field.hpp"
#include "operations/zero_based_page.hpp"

namespace sent::detail {

using v1::GetTemplateRequest;
using v1::ListTemplatesRequest;
using v1::Template;

namespace {

/// In v1 there are no further pages, whatever the totals say. A bare array has no totals.
void finish_list(void* response, const HttpRequest& /*request*/, std::string_view /*body*/) {
    auto& page = *static_cast<Page<Template>*>(response);
    const auto count = static_cast<std::int32_t>(page.items.size());
    if (page.total_count == 0) {
        page.total_count = count;
        page.page_size = count;
        page.total_pages = count > 0 ? 1 : 0;
    }
    page.has_more = false;
}

}  // namespace

SENT_TABLE(Template,
           field<&Template::id>("id"),
           field<&Template::name>("name"),
           field<&Template::name>("displayName").alias(),
           field<&Template::category>("category"),
           field<&Template::language>("language"),
           field<&Template::status>("status"),
           field<&Template::raw_body>("rawBody"),
           field<&Template::definition>("definition"),
           field<&Template::is_published>("isPublished"),
           field<&Template::customer_id>("customerId"),
           field<&Template::whatsapp_template_id>("whatsappTemplateId"),
           field<&Template::whatsapp_template_name>("whatsappTemplateName"),
           field<&Template::whatsapp_template_status>("whatsappTemplateStatus"),
           field<&Template::created_at>("createdAt"),
           field<&Template::updated_at>("updatedAt"));
/// An array or a page object: the documentation does not say which.
SENT_TABLE_OR_ARRAY(Page<Template>, "items", SENT_ZERO_BASED_PAGE_FIELDS(Template));
SENT_EMPTY_TABLE(ListTemplatesRequest);
SENT_TABLE(GetTemplateRequest,
           field<&GetTemplateRequest::id>("id").in_query().required());

SENT_OPERATION(ListTemplatesRequest,
               read("v1.templates.list", "/v1/templates", "List templates").finishes(&finish_list));
SENT_OPERATION(GetTemplateRequest,
               read_by_query_id<GetTemplateRequest>("v1.templates.get", "/v1/templates/id",
                                                    "Get a template by its id"));

SENT_OPERATIONS(v1_templates, ListTemplatesRequest, GetTemplateRequest);

}  // namespace sent::detail

namespace sent {

namespace v1 {

Result<Page<Template>> Templates::list(const CallOptions& options) const {
    return client_.call(ListTemplatesRequest{}, options);
}

PageRange<Template> Templates::all(const CallOptions& options) const {
    return {0, [client = client_, options](std::int32_t /*page*/) {
                return client.call(ListTemplatesRequest{}, options);
            }};
}

Result<Template> Templates::get(std::string id, const CallOptions& options) const {
    return client_.call(GetTemplateRequest{std::move(id)}, options);
}

}  // namespace v1
}  // namespace sent
