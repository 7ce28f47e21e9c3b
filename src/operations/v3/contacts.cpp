#include <sent/v3/contacts.hpp>

#include <utility>

#include "json/field.hpp"
#include "operations/all_pages.hpp"
#include "operations/v3/pages.hpp"
#include "operations/v3/replays.hpp"

namespace sent::detail {
namespace {

constexpr Field contact_fields[] = {
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
    field<&Contact::updated_at>("updated_at"),
};
constexpr StructInfo contact_info{"v3::Contact", contact_fields};

constexpr Field create_contact_fields[] = {
    field<&CreateContactRequest::phone_number>("phone_number").required(),
};
constexpr StructInfo create_contact_info{"v3::CreateContactRequest", create_contact_fields};

constexpr Field list_contacts_fields[] = {
    field<&ListContactsRequest::page>("page").in_query().between(1, int32_max),
    field<&ListContactsRequest::page_size>("page_size").in_query().between(1, int32_max),
    field<&ListContactsRequest::search>("search").in_query(),
    field<&ListContactsRequest::channel>("channel").in_query(),
    field<&ListContactsRequest::phone>("phone").in_query(),
};
constexpr StructInfo list_contacts_info{"v3::ListContactsRequest", list_contacts_fields};

constexpr Field get_contact_fields[] = {
    field<&GetContactRequest::id>("id").in_path(),
};
constexpr StructInfo get_contact_info{"v3::GetContactRequest", get_contact_fields};

constexpr Field update_contact_fields[] = {
    field<&UpdateContactRequest::id>("id").in_path(),
    field<&UpdateContactRequest::default_channel>("default_channel"),
    field<&UpdateContactRequest::opt_out>("opt_out"),
};
constexpr StructInfo update_contact_info{"v3::UpdateContactRequest", update_contact_fields};

constexpr Field remove_contact_fields[] = {
    field<&RemoveContactRequest::id>("id").in_path(),
};
constexpr StructInfo remove_contact_info{"v3::RemoveContactRequest", remove_contact_fields};

constexpr Field get_contact_message_summary_fields[] = {
    field<&GetContactMessageSummaryRequest::contact_id>("contactId").in_path(),
};
constexpr StructInfo get_contact_message_summary_info{"v3::GetContactMessageSummaryRequest",
                                                      get_contact_message_summary_fields};

constexpr Field channel_score_fields[] = {
    field<&ChannelScore::channel>("channel"),
    field<&ChannelScore::success_score>("success_score"),
    field<&ChannelScore::fail_score>("fail_score"),
};
constexpr StructInfo channel_score_info{"v3::ChannelScore", channel_score_fields};

constexpr Field contact_message_summary_fields[] = {
    field<&ContactMessageSummary::contact_id>("contact_id"),
    field<&ContactMessageSummary::message_count>("message_count"),
    field<&ContactMessageSummary::first_message_at>("first_message_at"),
    field<&ContactMessageSummary::last_message_at>("last_message_at"),
    field<&ContactMessageSummary::channels_used>("channels_used"),
    field<&ContactMessageSummary::channel_scores>("channel_scores"),
};
constexpr StructInfo contact_message_summary_info{"v3::ContactMessageSummary",
                                                  contact_message_summary_fields};

constexpr Field contact_page_fields[] = {
    field<&Page<Contact>::items>("contacts"),
    pagination_field<Contact>(),
};
constexpr StructInfo contact_page_info{"Page", contact_page_fields};

Route::ReplayMismatch other_contact(const HttpRequest& request, const void* response,
                                    std::string_view /*body*/) {
    const auto& contact = *static_cast<const Contact*>(response);
    const auto& answered = contact.format_e164.empty() ? contact.phone_number : contact.format_e164;
    return mismatch_unless(
        may_be_same_number(sent_request<CreateContactRequest>(request).phone_number, answered),
        "with another phone number");
}

constexpr Route create_contact_route = checking_replays(
    v3_write_route("v3.contacts.create", "POST", "/v3/contacts", create_contact_info, &contact_info),
    &other_contact);
constexpr Route list_contacts_route =
    v3_list_route<Contact>("v3.contacts.list", "/v3/contacts", list_contacts_info, contact_page_info);
constexpr Route get_contact_route =
    v3_read_route("v3.contacts.get", "/v3/contacts/{id}", get_contact_info, contact_info);
constexpr Route update_contact_route = checking_replays(
    v3_write_route("v3.contacts.update", "PATCH", "/v3/contacts/{id}", update_contact_info, &contact_info),
    &other_id<Contact>);
constexpr Route remove_contact_route =
    v3_remove_route("v3.contacts.remove", "/v3/contacts/{id}", remove_contact_info);
constexpr Route get_contact_message_summary_route =
    v3_read_route("v3.contacts.message_summary", "/v3/contacts/{contactId}/message-summary",
                  get_contact_message_summary_info, contact_message_summary_info);

}  // namespace

const StructInfo& Described<Contact>::info() noexcept {
    return contact_info;
}
const StructInfo& Described<CreateContactRequest>::info() noexcept {
    return create_contact_info;
}
const StructInfo& Described<ListContactsRequest>::info() noexcept {
    return list_contacts_info;
}
const StructInfo& Described<GetContactRequest>::info() noexcept {
    return get_contact_info;
}
const StructInfo& Described<UpdateContactRequest>::info() noexcept {
    return update_contact_info;
}
const StructInfo& Described<RemoveContactRequest>::info() noexcept {
    return remove_contact_info;
}
const StructInfo& Described<GetContactMessageSummaryRequest>::info() noexcept {
    return get_contact_message_summary_info;
}
const StructInfo& Described<ChannelScore>::info() noexcept {
    return channel_score_info;
}
const StructInfo& Described<ContactMessageSummary>::info() noexcept {
    return contact_message_summary_info;
}
const StructInfo& Described<Page<Contact>>::info() noexcept {
    return contact_page_info;
}

}  // namespace sent::detail

namespace sent {

const Route& operation<CreateContactRequest>::route() noexcept {
    return detail::create_contact_route;
}
const Route& operation<ListContactsRequest>::route() noexcept {
    return detail::list_contacts_route;
}
const Route& operation<GetContactRequest>::route() noexcept {
    return detail::get_contact_route;
}
const Route& operation<UpdateContactRequest>::route() noexcept {
    return detail::update_contact_route;
}
const Route& operation<RemoveContactRequest>::route() noexcept {
    return detail::remove_contact_route;
}
const Route& operation<GetContactMessageSummaryRequest>::route() noexcept {
    return detail::get_contact_message_summary_route;
}

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
