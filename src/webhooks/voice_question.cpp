#include <sent/webhooks/voice_question.hpp>

#include <cstddef>
#include <utility>

#include "json/decode.hpp"
#include "json/field.hpp"
#include "webhooks/bodies.hpp"

namespace sent::detail {

using webhooks::VoiceParty;
using webhooks::VoiceQuestion;

SENT_TABLE(VoiceParty,
           field<&VoiceParty::kind>("kind"),
           field<&VoiceParty::identity>("identity"),
           field<&VoiceParty::number>("number"));
SENT_TABLE(VoiceQuestion,
           field<&VoiceQuestion::type>("type"),
           field<&VoiceQuestion::version>("version"),
           field<&VoiceQuestion::call_id>("callId"),
           field<&VoiceQuestion::number>("number"),
           field<&VoiceQuestion::timestamp>("timestamp"),
           field<&VoiceQuestion::direction>("direction"),
           field<&VoiceQuestion::from>("from"),
           field<&VoiceQuestion::to>("to"),
           field<&VoiceQuestion::test>("test").skip_default());

}  // namespace sent::detail

namespace sent::webhooks {

namespace {

/// Programs keep answers by call id, so that it must not be arbitrarily long.
constexpr std::size_t longest_call_id = 100;

}  // namespace

Result<VoiceQuestion> parse_voice_question(std::string_view body) {
    VoiceQuestion question;
    if (auto decoded = detail::decode(body, question); !decoded) {
        return undecodable(std::move(decoded.message));
    }
    if (is_null(body)) {
        return undecodable("unexpected JSON: the whole: expected object, found null");
    }
    if (question.call_id.size() > longest_call_id) {
        return undecodable("`callId` is longer than 100 bytes");
    }
    question.raw.text = body;
    return question;
}

}  // namespace sent::webhooks
