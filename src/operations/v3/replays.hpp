#pragma once

#include <string>
#include <string_view>

#include <sent/http/transport.hpp>
#include <sent/operation.hpp>
#include <sent/v3/messages.hpp>

#include "json/decode.hpp"
#include "json/field.hpp"

/// @file
/// Whether an answer that the service replayed for an idempotency key belongs to this request
/// (Route::replay_mismatch). Only what identifies the object of a request is compared, and only if the answer
/// has it: taking an answer for a foreign one would have the caller send again what was sent. Only a send
/// must name its recipients.

namespace sent::detail {

/// The digits of a phone number, however it is spelled, without the 00 that some write for +; the text itself
/// if it has none.
std::string number_key(std::string_view number);

/// Whether two spellings may be the same number. A national spelling may be any country's.
bool may_be_same_number(std::string_view asked, std::string_view answered);

/// Whether two names or ids are the same but for letter case and surrounding blanks. An empty one says
/// nothing, and so is the same as any.
bool may_be_same_name(std::string_view asked, std::string_view answered) noexcept;

/// Whether `id`, unless it is empty, is a segment of the request's path.
bool path_may_have(const HttpRequest& request, std::string_view id);

/// The request struct, read back from what was sent. Members of the path stay empty.
template <class Request>
Request sent_request(const HttpRequest& request) {
    Request result;
    static_cast<void>(decode(request.body, result));
    return result;
}

/// The mismatch `difference`, unless the reply is for the same object.
constexpr Route::ReplayMismatch mismatch_unless(bool is_same, std::string_view difference) noexcept {
    return {is_same ? std::string_view{} : difference};
}

/// For requests that change the object whose id is in their path.
template <class Response>
Route::ReplayMismatch other_id(const HttpRequest& request, const void* response, std::string_view /*body*/) {
    return mismatch_unless(path_may_have(request, static_cast<const Response*>(response)->id),
                           "with another id");
}

/// How the answer to a send differs from what was asked for.
struct SendMismatch {
    bool other_template = false;
    /// The request has a text, and a message of the answer another one.
    bool other_text = false;
    /// It names a recipient, or a channel of one, that was not asked for.
    bool other_recipients = false;
    /// It does not name all recipients, or not all channels of them; perhaps none.
    bool fewer_recipients = false;
};
/// `body` is the text of the answer.
SendMismatch compare_send(const SendMessageRequest& request, const SendMessageResponse& response,
                          std::string_view body);

/// Whether a message of the answer can be one on the channel that was asked for; an empty one is the
/// service's choice.
bool channel_fits(const Channel& answered, const Channel& asked);

}  // namespace sent::detail
