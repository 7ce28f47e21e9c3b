#include <sent/v2/contacts.hpp>

#include <limits>
#include <utility>

#include "json/field.hpp"
#include "operations/all_pages.hpp"
#include "operations/zero_based_page.hpp"

namespace sent::detail {

using v2::Contact;
using v2::GetContactByPhoneRequest;
using v2::GetContactRequest;
using v2::ListContactsRequest;

namespace {

constexpr std::int64_t int32_max = std::numeric_limits<std::int32_t>::max();

constexpr Field contact_fields[] = {
    field<&Contact::id>("id"),
    field<&Contact::phone_number>("phoneNumber"),
    field<&Contact::format_e164>("formatE164"),
    field<&Contact::format_international>("formatInternational"),
    field<&Contact::format_national>("formatNational"),
    field<&Contact::format_rfc>("formatRfc"),
    field<&Contact::country_code>("countryCode"),
    field<&Contact::region_code>("regionCode"),
    field<&Contact::available_channels>("availableChannels"),
    field<&Contact::default_channel>("defaultChannel"),
};
constexpr StructInfo contact_info{"v2::Contact", contact_fields};

constexpr Field list_fields[] = {
    field<&ListContactsRequest::page>("page").in_query().between(0, int32_max),
    field<&ListContactsRequest::page_size>("pageSize").in_query().between(1, int32_max),
};
constexpr StructInfo list_info{"v2::ListContactsRequest", list_fields};

constexpr Field get_fields[] = {field<&GetContactRequest::id>("id").in_query().required()};
constexpr StructInfo get_info{"v2::GetContactRequest", get_fields};

constexpr Field get_by_phone_fields[] = {
    field<&GetContactByPhoneRequest::phone_number>("phoneNumber").in_query().required(),
};
constexpr StructInfo get_by_phone_info{"v2::GetContactByPhoneRequest", get_by_phone_fields};

constexpr Route list_route = zero_based_list_route<Contact>(
    Generation::v2, "v2.contacts.list", "/v2/contacts", list_info, zero_based_page_info<Contact>);
constexpr Route get_route = read_by_query_id_route<GetContactRequest>(
    Generation::v2, "v2.contacts.get", "/v2/contacts/id", get_info, contact_info);
constexpr Route get_by_phone_route = read_route(Generation::v2, "v2.contacts.get_by_phone",
                                                "/v2/contacts/phone", get_by_phone_info, contact_info);

}  // namespace

const StructInfo& Described<Contact>::info() noexcept {
    return contact_info;
}
const StructInfo& Described<Page<Contact>>::info() noexcept {
    return zero_based_page_info<Contact>;
}
const StructInfo& Described<ListContactsRequest>::info() noexcept {
    return list_info;
}
const StructInfo& Described<GetContactRequest>::info() noexcept {
    return get_info;
}
const StructInfo& Described<GetContactByPhoneRequest>::info() noexcept {
    return get_by_phone_info;
}

}  // namespace sent::detail

namespace sent {

const Route& operation<v2::ListContactsRequest>::route() noexcept {
    return detail::list_route;
}
const Route& operation<v2::GetContactRequest>::route() noexcept {
    return detail::get_route;
}
const Route& operation<v2::GetContactByPhoneRequest>::route() noexcept {
    return detail::get_by_phone_route;
}

namespace v2 {

Result<Page<Contact>> Contacts::list(const ListContactsRequest& request, const CallOptions& options) const {
    return client_.call(request, options);
}

PageRange<Contact> Contacts::all(const ListContactsRequest& request, const CallOptions& options) const {
    return detail::all_pages<Contact>(client_, request, options);
}

Result<Contact> Contacts::get(std::string id, const CallOptions& options) const {
    return client_.call(GetContactRequest{std::move(id)}, options);
}

Result<Contact> Contacts::get_by_phone(std::string phone_number, const CallOptions& options) const {
    return client_.call(GetContactByPhoneRequest{std::move(phone_number)}, options);
}

}  // namespace v2
}  // namespace sent
