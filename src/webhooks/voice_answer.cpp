#include <sent/webhooks/voice_answer.hpp>

#include <algorithm>
#include <cstddef>
#include <utility>

#include <sent/json_text.hpp>

#include "base/text/ascii.hpp"
#include "base/text/trim.hpp"
#include "json/decode.hpp"
#include "json/encode.hpp"
#include "json/field.hpp"

namespace sent::webhooks {
namespace {

/// What every action has.
struct ActionName {
    std::string action{};
};

}  // namespace
}  // namespace sent::webhooks

namespace sent::detail {

using webhooks::ActionName;
using webhooks::ConnectToNumber;
using webhooks::ConnectToUser;

SENT_OWN_TABLE(ActionName, field<&ActionName::action>("action"));
SENT_OWN_TABLE(ConnectToUser, field<&ConnectToUser::identity>("identity"),
               field<&ConnectToUser::record>("record"));
SENT_OWN_TABLE(ConnectToNumber, field<&ConnectToNumber::number>("number"),
               field<&ConnectToNumber::caller_id>("callerId"),
               field<&ConnectToNumber::dial_timeout_seconds>("dialTimeoutSeconds"),
               field<&ConnectToNumber::record>("record"));

}  // namespace sent::detail

namespace sent::webhooks {
namespace {

Error unusable(std::string problem) {
    Error error;
    error.kind = ErrorKind::invalid_request;
    error.message = "the voice answer cannot be used: " + std::move(problem);
    return error;
}

bool is_identity(std::string_view text) noexcept {
    constexpr std::size_t longest = 200;
    const auto fits = [](char c) { return detail::is_alphanumeric(c) || c == '_' || c == '-'; };
    return !text.empty() && text.size() <= longest && std::all_of(text.begin(), text.end(), fits);
}

bool is_e164(std::string_view text) noexcept {
    constexpr std::size_t most_digits = 15;
    const auto digits = text.substr(std::min<std::size_t>(text.size(), 1));
    return !digits.empty() && text.front() == '+' && digits.front() != '0' && digits.size() <= most_digits &&
           std::all_of(digits.begin(), digits.end(), detail::is_digit);
}

bool has_member(std::string_view object, std::string_view name) {
    detail::EnvelopeMember member[] = {{name}};
    (void)detail::decode_envelope(object, member);
    return member->state != detail::EnvelopeMember::State::absent;
}

/// Returns the members as a JSON object. The caller has checked them.
template <class Members>
std::string json_of(const Members& members) {
    std::string text;
    (void)detail::encode(members, text);
    return text;
}

}  // namespace

Result<VoiceAnswer> VoiceAnswer::connect_to_user(const ConnectToUser& user) {
    if (!is_identity(user.identity)) {
        return unusable("`identity` is not a user's name: use 1 to 200 letters, digits, `_` and `-`");
    }
    return action("connectToUser", json_of(user));
}

Result<VoiceAnswer> VoiceAnswer::connect_to_number(const ConnectToNumber& number) {
    if (!is_e164(number.number)) {
        return unusable("`number` is not in E.164: use `+`, country code and number, without blanks");
    }
    if (number.caller_id && !is_e164(*number.caller_id)) {
        return unusable("`caller_id` is not in E.164: use `+`, country code and number, without blanks");
    }
    if (number.dial_timeout_seconds && *number.dial_timeout_seconds < 1) {
        return unusable("`dial_timeout_seconds` is less than 1: use at least 1, or leave it out");
    }
    return action("connectToNumber", json_of(number));
}

VoiceAnswer VoiceAnswer::reject(RejectReason reason) {
    return VoiceAnswer{reason == RejectReason::busy ? R"({"action":"reject","reason":"busy"})"
                                                    : R"({"action":"reject","reason":"declined"})"};
}

Result<VoiceAnswer> VoiceAnswer::action(std::string_view name, std::string_view members) {
    if (name.empty()) {
        return unusable("the action has no name: pass one");
    }
    if (!members.empty() && has_member(members, "action")) {
        return unusable("`action` is set twice: leave it out of the other members");
    }
    detail::EncodeOptions options;
    options.extra_members = members;
    std::string text;
    if (const auto encoded = detail::encode(ActionName{std::string{name}}, text, options); !encoded) {
        return unusable(encoded.error);
    }
    return VoiceAnswer{std::move(text)};
}

Result<VoiceAnswer> VoiceAnswer::with_instruction(std::string_view instruction) const {
    if (detail::trimmed(instruction, detail::white_space).substr(0, 1) != "{") {
        return unusable("the instruction is not a JSON object: pass one");
    }
    std::string text;
    if (const auto encoded = detail::encode(RawJson{std::string{instruction}}, text); !encoded) {
        return unusable(encoded.error);
    }
    auto longer = *this;
    longer.instructions_.push_back(std::move(text));
    return longer;
}

std::string VoiceAnswer::json() const {
    std::string text = "{";
    for (const auto& instruction : instructions_) {
        text += text.size() == 1 ? "\"instructions\":[" : ",";
        text += instruction;
    }
    text += instructions_.empty() ? "\"action\":" : "],\"action\":";
    return text + action_ + "}";
}

}  // namespace sent::webhooks
