#include <sent/v1/contacts.hpp>

#include <utility>

#include "json/field.hpp"
#include "operations/all_pages.hpp"
#include "operations/zero_based_page.hpp"

namespace sent::detail {

using v1::Contact;
using v1::GetContactByPhoneRequest;
using v1::GetContactRequest;
using v1::ListContactsRequest;

SENT_TABLE(Contact,
           field<&Contact::id>("id"),
           field<&Contact::phone_number>("phoneNumber"),
           field<&Contact::format_e164>("formatE164"),
           field<&Contact::format_international>("formatInternational"),
           field<&Contact::format_national>("formatNational"),
           field<&Contact::format_rfc>("formatRfc"),
           field<&Contact::country_code>("countryCode"),
           field<&Contact::region_code>("regionCode"),
           field<&Contact::available_channels>("availableChannels"),
           field<&Contact::default_channel>("defaultChannel"));
SENT_TABLE(Page<Contact>, SENT_ZERO_BASED_PAGE_FIELDS(Contact));
SENT_TABLE(ListContactsRequest,
           field<&ListContactsRequest::page>("page").in_query().at_least(0),
           field<&ListContactsRequest::page_size>("pageSize").in_query().at_least(1));
SENT_TABLE(GetContactRequest,
           field<&GetContactRequest::id>("id").in_query().required());
SENT_TABLE(GetContactByPhoneRequest,
           field<&GetContactByPhoneRequest::phone_number>("phoneNumber").in_query().required());

SENT_OPERATION(ListContactsRequest,
               zero_based_list<Contact>("v1.contacts.list", "/v1/contacts", "List contacts"));
SENT_OPERATION(GetContactRequest, read_by_query_id<GetContactRequest>("v1.contacts.get", "/v1/contacts/id",
                                                                      "Get a contact by its id"));
SENT_OPERATION(GetContactByPhoneRequest,
               read("v1.contacts.get_by_phone", "/v1/contacts/phone", "Get a contact by its phone number"));

SENT_OPERATIONS(v1_contacts, ListContactsRequest, GetContactRequest, GetContactByPhoneRequest);

}  // namespace sent::detail

namespace sent {

namespace v1 {

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

}  // namespace v1
}  // namespace sent
