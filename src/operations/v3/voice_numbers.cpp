#include <sent/v3/voice_numbers.hpp>

#include <utility>

#include "base/text/trim.hpp"
#include "json/field.hpp"
#include "operations/v3/pages.hpp"
#include "operations/v3/replays.hpp"

namespace sent::detail {
namespace {

bool is_blank(const std::optional<std::string>& text) {
    return text && trimmed(*text, white_space).empty();
}

/// A program that forgets to fill in the number must not buy one.
Route::InvalidMember check_create(const void* request) {
    if (is_blank(static_cast<const CreateVoiceNumberRequest*>(request)->number)) {
        return {"number", "is empty: set a number of the account, or leave it absent to buy a new one"};
    }
    return {};
}

Route::ReplayMismatch other_voice_number(const HttpRequest& request, const void* response,
                                         std::string_view /*body*/) {
    const auto asked = sent_request<CreateVoiceNumberRequest>(request);
    const auto& answered = *static_cast<const VoiceNumber*>(response);
    if (!may_be_same_number(asked.number.value_or(""), answered.number)) {
        return {"for another number"};
    }
    return mismatch_unless(may_be_same_name(without_slash(asked.callback_url),
                                            without_slash(answered.callback_url.value_or(""))),
                           "with another callback URL");
}

Route::ReplayMismatch other_number_in_path(const HttpRequest& request, const void* response,
                                           std::string_view /*body*/) {
    const auto& answered = static_cast<const VoiceNumber*>(response)->number;
    return mismatch_unless(may_be_same_number(last_path_segment(request), answered), "for another number");
}

Route::ReplayMismatch other_identity(const HttpRequest& request, const void* response,
                                     std::string_view /*body*/) {
    const auto asked = sent_request<CreateVoiceTokenRequest>(request);
    const auto& answered = *static_cast<const VoiceToken*>(response);
    if (!may_be_same_number(asked.number.value_or(""), answered.number)) {
        return {"for another number"};
    }
    return mismatch_unless(may_be_same_name(asked.identity, answered.identity), "for another identity");
}

}  // namespace

SENT_TABLE(VoiceNumber,
           field<&VoiceNumber::number>("number"),
           field<&VoiceNumber::status>("status"),
           field<&VoiceNumber::default_for_app_calls>("default_for_app_calls"),
           field<&VoiceNumber::callback_url>("callback_url"),
           field<&VoiceNumber::created_at>("created_at"),
           field<&VoiceNumber::updated_at>("updated_at"),
           field<&VoiceNumber::callback_secret>("callback_secret"));
SENT_TABLE(CreateVoiceNumberRequest,
           field<&CreateVoiceNumberRequest::callback_url>("callback_url").required(),
           field<&CreateVoiceNumberRequest::number>("number"),
           field<&CreateVoiceNumberRequest::area_code>("area_code"),
           field<&CreateVoiceNumberRequest::default_for_app_calls>("default_for_app_calls"));
SENT_EMPTY_TABLE(ListVoiceNumbersRequest);
SENT_TABLE(GetVoiceNumberRequest,
           field<&GetVoiceNumberRequest::number>("number").in_path());
SENT_TABLE(UpdateVoiceNumberRequest,
           field<&UpdateVoiceNumberRequest::number>("number").in_path(),
           field<&UpdateVoiceNumberRequest::callback_url>("callback_url"),
           field<&UpdateVoiceNumberRequest::status>("status"),
           field<&UpdateVoiceNumberRequest::default_for_app_calls>("default_for_app_calls"));
SENT_TABLE(CreateVoiceTokenRequest,
           field<&CreateVoiceTokenRequest::identity>("identity").required(),
           field<&CreateVoiceTokenRequest::number>("number"),
           field<&CreateVoiceTokenRequest::ttl>("ttl"));
SENT_TABLE(VoiceToken,
           field<&VoiceToken::token>("token"),
           field<&VoiceToken::identity>("identity"),
           field<&VoiceToken::number>("number"),
           field<&VoiceToken::expires_at>("expires_at"));
SENT_TABLE(RotateVoiceSecretRequest,
           field<&RotateVoiceSecretRequest::number>("number").in_path());
SENT_TABLE(VoiceSecret,
           field<&VoiceSecret::callback_secret>("callback_secret"));
SENT_TABLE(TestVoiceCallbackRequest,
           field<&TestVoiceCallbackRequest::number>("number").in_path());
SENT_TABLE(VoiceTestError,
           field<&VoiceTestError::reason>("reason"),
           field<&VoiceTestError::message>("message"),
           field<&VoiceTestError::path>("path"));
SENT_TABLE(VoiceTestQuestion,
           field<&VoiceTestQuestion::url>("url"),
           field<&VoiceTestQuestion::headers>("headers"),
           field<&VoiceTestQuestion::body>("body"));
SENT_TABLE(VoiceTestReply,
           field<&VoiceTestReply::status_code>("status_code"),
           field<&VoiceTestReply::body>("body"));
SENT_TABLE(VoiceCallbackTest,
           field<&VoiceCallbackTest::outcome>("outcome"),
           field<&VoiceCallbackTest::call_id>("call_id"),
           field<&VoiceCallbackTest::answer>("answer"),
           field<&VoiceCallbackTest::error>("error"),
           field<&VoiceCallbackTest::request>("request"),
           field<&VoiceCallbackTest::response>("response"));
// The service returns a bare array.
SENT_TABLE_OR_ARRAY(Page<VoiceNumber>, "numbers",
                    field<&Page<VoiceNumber>::items>("numbers"),
                    pagination_field<VoiceNumber>());

SENT_OPERATION(CreateVoiceNumberRequest, keyed_write("v3.channels.voice.create", "POST", "/v3/channels/voice",
                                                     "Turn on calls for a number or buy one")
                                             .checks(&check_create)
                                             .checks_replays(&other_voice_number));
SENT_OPERATION(ListVoiceNumbersRequest,
               whole_list<VoiceNumber>("v3.channels.voice.list", "/v3/channels/voice", "List voice numbers"));
SENT_OPERATION(GetVoiceNumberRequest,
               read("v3.channels.voice.get", "/v3/channels/voice/{number}", "Get a voice number"));
SENT_OPERATION(UpdateVoiceNumberRequest,
               patch("v3.channels.voice.update", "/v3/channels/voice/{number}", "Change a voice number")
                   .checks_replays(&other_number_in_path));
SENT_OPERATION(CreateVoiceTokenRequest,
               keyed_write("v3.channels.voice.create_token", "POST", "/v3/channels/voice/tokens",
                           "Create a token for a user of an app")
                   .checks_replays(&other_identity));
SENT_OPERATION(RotateVoiceSecretRequest, keyed_write("v3.channels.voice.rotate_secret", "POST",
                                                     "/v3/channels/voice/{number}/rotate-secret",
                                                     "Replace a voice number's callback secret"));
SENT_OPERATION(TestVoiceCallbackRequest,
               keyed_write("v3.channels.voice.test", "POST", "/v3/channels/voice/{number}/test",
                           "Send a test question to a voice number's callback URL"));

SENT_OPERATIONS(v3_voice_numbers, CreateVoiceNumberRequest, ListVoiceNumbersRequest, GetVoiceNumberRequest,
                UpdateVoiceNumberRequest, CreateVoiceTokenRequest, RotateVoiceSecretRequest,
                TestVoiceCallbackRequest);

}  // namespace sent::detail

namespace sent {

inline namespace v3 {

Result<VoiceNumber> VoiceNumbers::create(const CreateVoiceNumberRequest& request,
                                         const CallOptions& options) const {
    return client_.call(request, options);
}

Result<Page<VoiceNumber>> VoiceNumbers::list(const CallOptions& options) const {
    return client_.call(ListVoiceNumbersRequest{}, options);
}

Result<VoiceNumber> VoiceNumbers::get(std::string number, const CallOptions& options) const {
    return client_.call(GetVoiceNumberRequest{std::move(number)}, options);
}

Result<VoiceNumber> VoiceNumbers::update(const UpdateVoiceNumberRequest& request,
                                         const CallOptions& options) const {
    return client_.call(request, options);
}

Result<VoiceToken> VoiceNumbers::create_token(const CreateVoiceTokenRequest& request,
                                              const CallOptions& options) const {
    return client_.call(request, options);
}

Result<VoiceSecret> VoiceNumbers::rotate_secret(std::string number, const CallOptions& options) const {
    return client_.call(RotateVoiceSecretRequest{std::move(number)}, options);
}

Result<VoiceCallbackTest> VoiceNumbers::test(std::string number, const CallOptions& options) const {
    return client_.call(TestVoiceCallbackRequest{std::move(number)}, options);
}

}  // namespace v3
}  // namespace sent
