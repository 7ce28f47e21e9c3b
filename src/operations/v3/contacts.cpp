#include <sent/v3/contacts.hpp>

#include <utility>

#include "json/field.hpp"
#include "operations/all_pages.hpp"
#include "operations/v3/pages.hpp"
#include "operations/v3/replays.hpp"

namespace sent::detail {
namespace {

Route::ReplayMismatch other_contact(const HttpRequest& request, const void* response,
                                    std::string_view /*body*/) {
    const auto& contact = *static_cast<const Contact*>(response);
    const auto& answered = contact.format_e164.empty() ? contact.phone_number : contact.format_e164;
    return mismatch_unless(
        may_be_same_number(sent_request<CreateContactRequest>(request).phone_number, answered),
        "with another phone number");
}

}  // namespace

SENT_TABLE(Contact,
           field<&Contact::id>("id"),
           field<&Contact::customer_id>("customer_id"),
           field<&Contact::phone_number>("phone_number"),
           field<&Contact::format_e164>("format_e164"),
           field<&Contact::format_international>("format_international"),
           field<&Contact::format_national>("format_national"),
           field<&Contact::format_rfc>("format_rfc"),
           field<&Contact::country_code>("country_code"),
           field<&Contact::region_code>("region_code"),
           field<&Contact::available_channels>("available_channels"),
           field<&Contact::default_channel>("default_channel"),
           field<&Contact::opt_out>("opt_out"),
           field<&Contact::is_inherited>("is_inherited"),
           field<&Contact::created_at>("created_at"),
           field<&Contact::updated_at>("updated_at"));
SENT_TABLE(CreateContactRequest,
           field<&CreateContactRequest::phone_number>("phone_number").required());
SENT_TABLE(ListContactsRequest,
           field<&ListContactsRequest::page>("page").in_query().at_least(1),
           field<&ListContactsRequest::page_size>("page_size").in_query().at_least(1),
           field<&ListContactsRequest::search>("search").in_query(),
           field<&ListContactsRequest::channel>("channel").in_query(),
           field<&ListContactsRequest::phone>("phone").in_query());
SENT_TABLE(GetContactRequest,
           field<&GetContactRequest::id>("id").in_path());
SENT_TABLE(UpdateContactRequest,
           field<&UpdateContactRequest::id>("id").in_path(),
           field<&UpdateContactRequest::default_channel>("default_channel"),
           field<&UpdateContactRequest::opt_out>("opt_out"));
SENT_TABLE(RemoveContactRequest,
           field<&RemoveContactRequest::id>("id").in_path());
SENT_TABLE(GetContactMessageSummaryRequest,
           field<&GetContactMessageSummaryRequest::contact_id>("contactId").in_path());
SENT_TABLE(ChannelScore,
           field<&ChannelScore::channel>("channel"),
           field<&ChannelScore::success_score>("success_score"),
           field<&ChannelScore::fail_score>("fail_score"));
SENT_TABLE(ContactMessageSummary,
           field<&ContactMessageSummary::contact_id>("contact_id"),
           field<&ContactMessageSummary::message_count>("message_count"),
           field<&ContactMessageSummary::first_message_at>("first_message_at"),
           field<&ContactMessageSummary::last_message_at>("last_message_at"),
           field<&ContactMessageSummary::channels_used>("channels_used"),
           field<&ContactMessageSummary::channel_scores>("channel_scores"));
SENT_TABLE(Page<Contact>,
           field<&Page<Contact>::items>("contacts"),
           pagination_field<Contact>());

SENT_OPERATION(CreateContactRequest,
               keyed_write("v3.contacts.create", "POST", "/v3/contacts", "Create a contact")
                   .checks_replays(&other_contact));
SENT_OPERATION(ListContactsRequest, paged_list<Contact>("v3.contacts.list", "/v3/contacts", "List contacts"));
SENT_OPERATION(GetContactRequest, read("v3.contacts.get", "/v3/contacts/{id}", "Get a contact"));
SENT_OPERATION(UpdateContactRequest,
               keyed_write("v3.contacts.update", "PATCH", "/v3/contacts/{id}", "Update a contact")
                   .checks_replays(&other_id<Contact>));
SENT_OPERATION(RemoveContactRequest,
               remove("v3.contacts.remove", "/v3/contacts/{id}", "Delete a contact").deprecated());
SENT_OPERATION(GetContactMessageSummaryRequest,
               read("v3.contacts.message_summary", "/v3/contacts/{contactId}/message-summary",
                    "Summarize a contact's messages"));

SENT_OPERATIONS(v3_contacts, CreateContactRequest, ListContactsRequest, GetContactRequest,
                UpdateContactRequest, RemoveContactRequest, GetContactMessageSummaryRequest);

}  // namespace sent::detail

namespace sent {

inline namespace v3 {

Result<Contact> Contacts::create(const CreateContactRequest& request, const CallOptions& options) const {
    return client_.call(request, options);
}

Result<Page<Contact>> Contacts::list(const ListContactsRequest& request, const CallOptions& options) const {
    return client_.call(request, options);
}

PageRange<Contact> Contacts::all(const ListContactsRequest& request, const CallOptions& options) const {
    return detail::all_pages<Contact>(client_, request, options);
}

Result<Contact> Contacts::get(std::string id, const CallOptions& options) const {
    return client_.call(GetContactRequest{std::move(id)}, options);
}

Result<Contact> Contacts::update(const UpdateContactRequest& request, const CallOptions& options) const {
    return client_.call(request, options);
}

Result<void> Contacts::remove(std::string id, const CallOptions& options) const {
    return client_.call(RemoveContactRequest{std::move(id)}, options);
}

Result<ContactMessageSummary> Contacts::message_summary(std::string contact_id,
                                                        const CallOptions& options) const {
    return client_.call(GetContactMessageSummaryRequest{std::move(contact_id)}, options);
}

}  // namespace v3
}  // namespace sent
