#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <sent/export.hpp>
#include <sent/json_text.hpp>
#include <sent/open_enum.hpp>
#include <sent/operation.hpp>
#include <sent/result.hpp>
#include <sent/timestamp.hpp>
#include <sent/v3/call_party.hpp>

/// @file
/// What the service asks the callback URL of a voice number: what to do with a call. Needs no client.
///
///     const auto question = verifier.verify_question(request.headers, request.body);
///     if (!question) return sent::webhooks::response_status(question.error());     // 401, 400, ...
///     const auto answer = sent::webhooks::VoiceAnswer::connect_to_user({"agent-7"});
///
/// The service waits 2.5 s for the answer and asks a second time if none arrives. Answer both times alike.

namespace sent::webhooks {

namespace header_names {
/// `1` if the service asks a question for the second time. Not signed: anyone can change it.
inline constexpr const char* voice_retry = "x-sent-retry";
}  // namespace header_names

/// What a question is about. The service may add values.
class VoiceQuestionType : public OpenEnum<VoiceQuestionType> {
  public:
    using OpenEnum::OpenEnum;
    /// A call starts.
    static constexpr Constant call_request{"call.request"};
    /// The caller has pressed a key in a menu. VoiceQuestion::raw has the key.
    static constexpr Constant call_input{"call.input"};
};

/// One side of a call. VoiceQuestion::raw has the members of other kinds.
struct VoiceParty {
    CallPartyKind kind{};
    /// Only for CallPartyKind::user.
    std::optional<std::string> identity{};
    /// E.164. Only for CallPartyKind::number.
    std::optional<std::string> number{};
};

/// A question about a call. A member that the service omits, or sends as null or in an unexpected type, is
/// empty.
struct VoiceQuestion {
    VoiceQuestionType type{};
    /// `1`.
    std::string version{};
    /// The same as Call::id, at most 100 bytes.
    std::string call_id{};
    /// Your number that owns the call, E.164.
    std::string number{};
    std::optional<Timestamp> timestamp{};
    /// CallDirection::outbound exactly when `from` is a user of your app.
    CallDirection direction{};
    VoiceParty from{};
    VoiceParty to{};
    /// True if VoiceNumbers::test() asks. There is no call: answer as usual and start nothing.
    bool test = false;
    /// The whole body as received, including unknown members.
    RawJson raw{};
};

/// Reads a question. Verify it first with Verifier::verify_question(), because anyone can post to a receiver.
/// Never fails for an unknown type of question.
///
/// Fails with ErrorKind::undecodable (answer 400) only if the body is not a JSON object, is nested deeper
/// than 64 levels, or has a call id of more than 100 bytes. Throws only std::bad_alloc. Thread-safe.
[[nodiscard]] SENT_WEBHOOKS_EXPORT Result<VoiceQuestion> parse_voice_question(std::string_view body);

}  // namespace sent::webhooks

SENT_DETAIL_OPEN_ENUM(sent::webhooks::VoiceQuestionType, call_request, call_input);

SENT_DETAIL_DESCRIBE_WEBHOOK(sent::webhooks::VoiceParty);
SENT_DETAIL_DESCRIBE_WEBHOOK(sent::webhooks::VoiceQuestion);
