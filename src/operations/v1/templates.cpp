#include <sent/v1/templates.hpp>

#include <utility>

#include "json/field.hpp"
#include "operations/zero_based_page.hpp"

namespace sent::detail {

using v1::GetTemplateRequest;
using v1::ListTemplatesRequest;
using v1::Template;

namespace {

constexpr Field template_fields[] = {
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
    field<&Template::updated_at>("updatedAt"),
};
constexpr StructInfo template_info{"v1::Template", template_fields};

/// An array or a page object: the contract does not say which.
constexpr StructInfo page_info = zero_based_page_info<Template>.from_array("items");

constexpr StructInfo list_info{"v1::ListTemplatesRequest"};

constexpr Field get_fields[] = {field<&GetTemplateRequest::id>("id").in_query().required()};
constexpr StructInfo get_info{"v1::GetTemplateRequest", get_fields};

/// v1 has no further pages, whatever the totals say; an array has no totals.
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

constexpr Route make_list_route() noexcept {
    auto route = read_route(Generation::v1, "v1.templates.list", "/v1/templates", list_info, page_info);
    route.finish = &finish_list;
    return route;
}
constexpr Route list_route = make_list_route();
constexpr Route get_route = read_by_query_id_route<GetTemplateRequest>(
    Generation::v1, "v1.templates.get", "/v1/templates/id", get_info, template_info);

}  // namespace

const StructInfo& Described<Template>::info() noexcept {
    return template_info;
}
const StructInfo& Described<Page<Template>>::info() noexcept {
    return page_info;
}
const StructInfo& Described<ListTemplatesRequest>::info() noexcept {
    return list_info;
}
const StructInfo& Described<GetTemplateRequest>::info() noexcept {
    return get_info;
}

}  // namespace sent::detail

namespace sent {

const Route& operation<v1::ListTemplatesRequest>::route() noexcept {
    return detail::list_route;
}
const Route& operation<v1::GetTemplateRequest>::route() noexcept {
    return detail::get_route;
}

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
