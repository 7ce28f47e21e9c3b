#include <sent/v3/sender_profiles.hpp>

#include <utility>

#include "json/field.hpp"
#include "operations/all_pages.hpp"
#include "operations/v3/pages.hpp"
#include "operations/v3/replays.hpp"

namespace sent::detail {
namespace {

Route::ReplayMismatch other_new_profile(const HttpRequest& request, const void* response,
                                        std::string_view /*body*/) {
    const auto asked = sent_request<CreateSenderProfileRequest>(request);
    return mismatch_unless(may_be_same_name(asked.name, static_cast<const SenderProfile*>(response)->name),
                           "with another name");
}

}  // namespace

SENT_TABLE(SenderProfile,
           field<&SenderProfile::id>("id"),
           field<&SenderProfile::organization_id>("organization_id"),
           field<&SenderProfile::name>("name"),
           field<&SenderProfile::short_name>("short_name"),
           field<&SenderProfile::description>("description"),
           field<&SenderProfile::api_key>("api_key"),
           field<&SenderProfile::billing>("billing"),
           field<&SenderProfile::notifications>("notifications"),
           field<&SenderProfile::channels>("channels"),
           field<&SenderProfile::compliance>("compliance"),
           field<&SenderProfile::created_at>("created_at"));
SENT_TABLE(CreateSenderProfileRequest,
           field<&CreateSenderProfileRequest::name>("name").required(),
           field<&CreateSenderProfileRequest::short_name>("short_name").required(),
           field<&CreateSenderProfileRequest::description>("description"),
           field<&CreateSenderProfileRequest::billing>("billing"),
           field<&CreateSenderProfileRequest::channels>("channels"),
           field<&CreateSenderProfileRequest::compliance>("compliance"),
           field<&CreateSenderProfileRequest::notifications>("notifications"));
SENT_TABLE(ListSenderProfilesRequest,
           field<&ListSenderProfilesRequest::page>("page").in_query().at_least(1),
           field<&ListSenderProfilesRequest::page_size>("page_size").in_query().at_least(1));
SENT_TABLE(GetSenderProfileRequest,
           field<&GetSenderProfileRequest::id>("id").in_path());
SENT_TABLE(UpdateSenderProfileRequest,
           field<&UpdateSenderProfileRequest::id>("id").in_path(),
           field<&UpdateSenderProfileRequest::name>("name"),
           field<&UpdateSenderProfileRequest::short_name>("short_name"),
           field<&UpdateSenderProfileRequest::description>("description"),
           field<&UpdateSenderProfileRequest::notifications>("notifications"));
SENT_TABLE(RemoveSenderProfileRequest,
           field<&RemoveSenderProfileRequest::id>("id").in_path());
SENT_TABLE(Page<SenderProfile>,
           field<&Page<SenderProfile>::items>("sender_profiles"),
           pagination_field<SenderProfile>());

SENT_OPERATION(CreateSenderProfileRequest, keyed_write("v3.sender_profiles.create", "POST",
                                                       "/v3/sender-profiles", "Create a sender profile")
                                               .without_profile()
                                               .takes_documents<CreateSenderProfileRequest>("profile")
                                               .checks_replays(&other_new_profile));
SENT_OPERATION(ListSenderProfilesRequest,
               paged_list<SenderProfile>("v3.sender_profiles.list", "/v3/sender-profiles",
                                         "List sender profiles")
                   .without_profile());
SENT_OPERATION(
    GetSenderProfileRequest,
    read("v3.sender_profiles.get", "/v3/sender-profiles/{id}", "Get a sender profile").without_profile());
SENT_OPERATION(UpdateSenderProfileRequest,
               patch("v3.sender_profiles.update", "/v3/sender-profiles/{id}", "Update a sender profile")
                   .without_profile()
                   .checks_replays(&other_id<SenderProfile>));
// The service refuses a JSON content type without a body.
SENT_OPERATION(RemoveSenderProfileRequest,
               unkeyed_write("v3.sender_profiles.remove", "DELETE", "/v3/sender-profiles/{id}",
                             BodyRule::none, "Delete a sender profile")
                   .without_profile());

SENT_OPERATIONS(v3_sender_profiles, CreateSenderProfileRequest, ListSenderProfilesRequest,
                GetSenderProfileRequest, UpdateSenderProfileRequest, RemoveSenderProfileRequest);

}  // namespace sent::detail

namespace sent {

inline namespace v3 {

Result<SenderProfile> SenderProfiles::create(const CreateSenderProfileRequest& request,
                                             const CallOptions& options) const {
    return client_.call(request, options);
}

Result<Page<SenderProfile>> SenderProfiles::list(const ListSenderProfilesRequest& request,
                                                 const CallOptions& options) const {
    return client_.call(request, options);
}

PageRange<SenderProfile> SenderProfiles::all(const ListSenderProfilesRequest& request,
                                             const CallOptions& options) const {
    return detail::all_pages<SenderProfile>(client_, request, options);
}

Result<SenderProfile> SenderProfiles::get(std::string id, const CallOptions& options) const {
    return client_.call(GetSenderProfileRequest{std::move(id)}, options);
}

Result<SenderProfile> SenderProfiles::update(const UpdateSenderProfileRequest& request,
                                             const CallOptions& options) const {
    return client_.call(request, options);
}

Result<void> SenderProfiles::remove(std::string id, const CallOptions& options) const {
    return client_.call(RemoveSenderProfileRequest{std::move(id)}, options);
}

}  // namespace v3
}  // namespace sent
