#pragma once

#include <string>
#include <string_view>

#include <sent/http/transport.hpp>
#include <sent/operation.hpp>
#include <sent/v3/messages.hpp>

#include "core/form.hpp"
#include "json/decode.hpp"
#include "json/field.hpp"

/// @file
/// Whether an answer that the service replayed for an idempotency key belongs to this request
/// (Route::replay_mismatch). Only what identifies the object of a request is compared, and only if the answer
/// has it: taking an answer for a foreign one would have the caller send again what was sent. Only a send
/// must name its recipients.

namespace sent::detail {

/// Returns the digits of a phone number in any spelling, without a leading 00 in place of +. If there are no
/// digits, returns the text.
std::string number_key(std::string_view number);

/// Whether two spellings may be the same number. A national spelling may belong to any country.
bool may_be_same_number(std::string_view asked, std::string_view answered);

/// Whether two names or ids are the same except for letter case and surrounding blanks. An empty one matches
/// any.
bool may_be_same_name(std::string_view asked, std::string_view answered) noexcept;

/// Returns the URL without slashes at its end, which the service may add or remove.
std::string_view without_slash(std::string_view url) noexcept;

/// Whether `id` is a segment of the request's path. An empty `id` matches any path.
bool path_may_have(const HttpRequest& request, std::string_view id);

/// Returns the last segment of the request's path, without escapes.
std::string last_path_segment(const HttpRequest& request);

/// Decodes the request struct from the request that was sent. Members that belong to the path stay empty.
template <class Request>
Request sent_request(const HttpRequest& request) {
    Request result;
    static_cast<void>(decode(json_body(RowOf<Request>::route(), request), result));
    return result;
}

/// Returns the mismatch `difference`, or none if `is_same`.
constexpr Route::ReplayMismatch mismatch_unless(bool is_same, std::string_view difference) noexcept {
    return {is_same ? std::string_view{} : difference};
}

/// For requests that change the object whose id is in their path.
template <class Response>
Route::ReplayMismatch other_id(const HttpRequest& request, const void* response, std::string_view /*body*/) {
    return mismatch_unless(path_may_have(request, static_cast<const Response*>(response)->id),
                           "with another id");
}

/// How the reply to a send differs from the request.
struct SendMismatch {
    bool other_template = false;
    /// The request has a text, and a message of the reply has a different one.
    bool other_text = false;
    /// The reply names a recipient or channel that was not requested.
    bool other_recipients = false;
    /// It does not name all recipients, or not all channels of them; perhaps none.
    bool fewer_recipients = false;
};
/// `body` is the text of the reply.
SendMismatch compare_send(const SendMessageRequest& request, const SendMessageResponse& response,
                          std::string_view body);

/// Whether a message on channel `answered` can belong to a request for `asked`. An empty channel lets the
/// service choose.
bool channel_fits(const Channel& answered, const Channel& asked);

}  // namespace sent::detail
