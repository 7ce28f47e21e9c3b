#include <sent/v3/calls.hpp>

#include <algorithm>
#include <utility>

#include "base/text/ascii.hpp"
#include "json/field.hpp"
#include "operations/v3/pages.hpp"

namespace sent::detail {
namespace {

/// The service matches the status exactly, but may have written it in capitals itself.
Route::InvalidMember check_list(const void* request) {
    const auto& status = static_cast<const ListCallsRequest*>(request)->status.str();
    if (std::any_of(status.begin(), status.end(), [](char c) { return c != to_lower(c); })) {
        return {"status", "has capitals, which match no call: use a constant of CallStatus"};
    }
    return {};
}

}  // namespace

SENT_TABLE(CallParty,
           field<&CallParty::kind>("kind"),
           field<&CallParty::value>("value"));
SENT_TABLE(CallTimelineEntry,
           field<&CallTimelineEntry::status>("status"),
           field<&CallTimelineEntry::timestamp>("timestamp"));
SENT_TABLE(Call,
           field<&Call::id>("id"),
           field<&Call::number>("number"),
           field<&Call::direction>("direction"),
           field<&Call::status>("status"),
           field<&Call::failure_reason>("failure_reason"),
           field<&Call::from>("from"),
           field<&Call::to>("to"),
           field<&Call::started_at>("started_at"),
           field<&Call::answered_at>("answered_at"),
           field<&Call::ended_at>("ended_at"),
           field<&Call::duration_seconds>("duration_seconds"),
           field<&Call::price>("price"),
           field<&Call::recording_available>("recording_available"),
           field<&Call::timeline>("timeline"));
SENT_TABLE(ListCallsRequest,
           field<&ListCallsRequest::page>("page").in_query().at_least(1),
           field<&ListCallsRequest::page_size>("page_size").in_query().between(1, 100),
           field<&ListCallsRequest::direction>("direction").in_query(),
           field<&ListCallsRequest::status>("status").in_query(),
           field<&ListCallsRequest::number>("number").in_query(),
           field<&ListCallsRequest::from>("from").in_query(),
           field<&ListCallsRequest::to>("to").in_query());
SENT_TABLE(GetCallRequest,
           field<&GetCallRequest::id>("id").in_path());
SENT_TABLE(HangUpCallRequest,
           field<&HangUpCallRequest::id>("id").in_path());
SENT_TABLE(ListCallRecordingsRequest,
           field<&ListCallRecordingsRequest::id>("id").in_path());
SENT_TABLE(CallRecording,
           field<&CallRecording::recording_id>("recording_id"),
           field<&CallRecording::download_url>("download_url").secret(),
           field<&CallRecording::url_expires_at>("url_expires_at"));
SENT_TABLE(CallRecordings,
           field<&CallRecordings::recordings>("recordings"));
SENT_TABLE(RecordCallRequest,
           field<&RecordCallRequest::id>("id").in_path(),
           field<&RecordCallRequest::action>("action").required());
SENT_TABLE(Page<Call>,
           field<&Page<Call>::items>("calls"),
           pagination_field<Call>());

SENT_OPERATION(ListCallsRequest,
               paged_list<Call>("v3.calls.list", "/v3/calls", "List calls").checks(&check_list));
SENT_OPERATION(GetCallRequest, read("v3.calls.get", "/v3/calls/{id}", "Get a call"));
SENT_OPERATION(HangUpCallRequest,
               keyed_write("v3.calls.hangup", "POST", "/v3/calls/{id}/hangup", "End a live call"));
SENT_OPERATION(ListCallRecordingsRequest,
               read("v3.calls.recordings", "/v3/calls/{id}/recordings", "List the recordings of a call"));
SENT_OPERATION(RecordCallRequest, keyed_write("v3.calls.record", "POST", "/v3/calls/{id}/recordings",
                                              "Start or stop recording a call"));

SENT_OPERATIONS(v3_calls, ListCallsRequest, GetCallRequest, HangUpCallRequest, ListCallRecordingsRequest,
                RecordCallRequest);

}  // namespace sent::detail

namespace sent {

inline namespace v3 {

Result<Page<Call>> Calls::list(const ListCallsRequest& request, const CallOptions& options) const {
    return client_.call(request, options);
}

PageRange<Call> Calls::all(const ListCallsRequest& request, const CallOptions& options) const {
    return detail::all_pages<Call>(client_, request, options);
}

Result<Call> Calls::get(std::string id, const CallOptions& options) const {
    return client_.call(GetCallRequest{std::move(id)}, options);
}

Result<void> Calls::hangup(std::string id, const CallOptions& options) const {
    return client_.call(HangUpCallRequest{std::move(id)}, options);
}

Result<CallRecordings> Calls::recordings(std::string id, const CallOptions& options) const {
    return client_.call(ListCallRecordingsRequest{std::move(id)}, options);
}

Result<void> Calls::record(const RecordCallRequest& request, const CallOptions& options) const {
    return client_.call(request, options);
}

}  // namespace v3
}  // namespace sent
