#include <string>

#include <sent/webhooks/voice_answer.hpp>
#include <sent/webhooks/voice_question.hpp>

#include "allocated.hpp"
#include "fuzz_target.hpp"
#include "json/decode.hpp"

/// @file
/// Questions about calls, and answers with names and members from outside.

namespace sent::fuzz {

void read_voice_question(std::string_view input) {
    const auto question = read_modestly(input, [&] { return webhooks::parse_voice_question(input); });
    if (question) {
        require(question->raw.text == input, "the body is kept as it came");
        require(question->call_id.size() <= 100, "a call id is short");
    } else {
        require(question.error().kind == ErrorKind::undecodable, "a body is read or undecodable");
    }
    for (const auto& answer :
         {webhooks::VoiceAnswer::action("playMenu", input),
          webhooks::VoiceAnswer::reject().with_instruction(input), webhooks::VoiceAnswer::action(input)}) {
        if (answer) {
            detail::EnvelopeMember action[] = {{"action"}};
            require(static_cast<bool>(detail::decode_envelope(answer->json(), action)), "an answer is JSON");
            require(action->state == detail::EnvelopeMember::State::value, "and has an action");
        } else {
            require(answer.error().kind == ErrorKind::invalid_request, "an answer is made or refused");
        }
    }
}

}  // namespace sent::fuzz
