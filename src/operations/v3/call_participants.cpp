#include <sent/v3/call_participants.hpp>

#include <utility>

#include "json/field.hpp"
#include "operations/v3/pages.hpp"
#include "operations/v3/replays.hpp"

namespace sent::detail {
namespace {

Route::InvalidMember check_add(const void* request) {
    const auto& to = static_cast<const AddCallParticipantRequest*>(request)->to;
    if (to.kind.empty()) {
        return {"to.kind", "is empty: set `user` or `number`"};
    }
    if (to.value.value_or("").empty()) {
        return {"to.value", "is empty: set an identity or a number (E.164)"};
    }
    return {};
}

/// Compares both sides of the participant's call, because the service does not document which of them is the
/// one that was dialled.
Route::ReplayMismatch other_participant(const HttpRequest& request, const void* response,
                                        std::string_view /*body*/) {
    const auto asked = sent_request<AddCallParticipantRequest>(request).to;
    const auto may_be = [&asked](const CallParty& side) {
        const auto value = side.value.value_or("");
        return asked.kind == CallPartyKind::number ? may_be_same_number(asked.value.value_or(""), value)
                                                   : may_be_same_name(asked.value.value_or(""), value);
    };
    const auto& answered = *static_cast<const Call*>(response);
    return mismatch_unless(may_be(answered.to) || may_be(answered.from), "for another participant");
}

}  // namespace

SENT_TABLE(CallParticipant,
           field<&CallParticipant::id>("id"),
           field<&CallParticipant::kind>("kind"),
           field<&CallParticipant::value>("value"),
           field<&CallParticipant::muted>("muted"),
           field<&CallParticipant::duration_seconds>("duration_seconds"));
SENT_TABLE(ListCallParticipantsRequest,
           field<&ListCallParticipantsRequest::id>("id").in_path());
SENT_TABLE(AddCallParticipantRequest,
           field<&AddCallParticipantRequest::id>("id").in_path(),
           field<&AddCallParticipantRequest::to>("to").required(),
           field<&AddCallParticipantRequest::caller_id>("caller_id"));
SENT_TABLE(UpdateCallParticipantRequest,
           field<&UpdateCallParticipantRequest::id>("id").in_path(),
           field<&UpdateCallParticipantRequest::participant_id>("participantId").in_path(),
           field<&UpdateCallParticipantRequest::muted>("muted"));
SENT_TABLE(RemoveCallParticipantRequest,
           field<&RemoveCallParticipantRequest::id>("id").in_path(),
           field<&RemoveCallParticipantRequest::participant_id>("participantId").in_path());
SENT_TABLE(RemoveAllCallParticipantsRequest,
           field<&RemoveAllCallParticipantsRequest::id>("id").in_path());
// The service returns a bare array.
SENT_TABLE_OR_ARRAY(Page<CallParticipant>, "participants",
                    field<&Page<CallParticipant>::items>("participants"),
                    pagination_field<CallParticipant>());

SENT_OPERATION(ListCallParticipantsRequest,
               whole_list<CallParticipant>("v3.calls.participants.list", "/v3/calls/{id}/participants",
                                           "List who is in the conference of a call"));
SENT_OPERATION(AddCallParticipantRequest,
               keyed_write("v3.calls.participants.add", "POST", "/v3/calls/{id}/participants",
                           "Dial somebody into the conference of a call")
                   .checks(&check_add)
                   .checks_replays(&other_participant));
SENT_OPERATION(UpdateCallParticipantRequest,
               patch("v3.calls.participants.update", "/v3/calls/{id}/participants/{participantId}",
                     "Mute or unmute a participant"));
SENT_OPERATION(RemoveCallParticipantRequest,
               remove("v3.calls.participants.remove", "/v3/calls/{id}/participants/{participantId}",
                      "Remove a participant from a call"));
SENT_OPERATION(RemoveAllCallParticipantsRequest,
               remove("v3.calls.participants.remove_all", "/v3/calls/{id}/participants",
                      "Remove all participants from a call"));

SENT_OPERATIONS(v3_call_participants, ListCallParticipantsRequest, AddCallParticipantRequest,
                UpdateCallParticipantRequest, RemoveCallParticipantRequest, RemoveAllCallParticipantsRequest);

}  // namespace sent::detail

namespace sent {

inline namespace v3 {

Result<Page<CallParticipant>> CallParticipants::list(std::string call_id, const CallOptions& options) const {
    return client_.call(ListCallParticipantsRequest{std::move(call_id)}, options);
}

Result<Call> CallParticipants::add(const AddCallParticipantRequest& request,
                                   const CallOptions& options) const {
    return client_.call(request, options);
}

Result<void> CallParticipants::update(const UpdateCallParticipantRequest& request,
                                      const CallOptions& options) const {
    return client_.call(request, options);
}

Result<void> CallParticipants::remove(const RemoveCallParticipantRequest& request,
                                      const CallOptions& options) const {
    return client_.call(request, options);
}

Result<void> CallParticipants::remove_all(std::string call_id, const CallOptions& options) const {
    return client_.call(RemoveAllCallParticipantsRequest{std::move(call_id)}, options);
}

}  // namespace v3
}  // namespace sent
