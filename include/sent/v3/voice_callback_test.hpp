#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include <sent/json_text.hpp>
#include <sent/open_enum.hpp>
#include <sent/operation.hpp>

/// @file
/// The test of a voice number's callback URL: VoiceNumbers::test().

namespace sent {
inline namespace v3 {

/// Sends a test question to the callback URL: `POST /v3/channels/voice/{number}/test`. See
/// VoiceNumbers::test().
struct TestVoiceCallbackRequest {
    /// Required. E.164.
    std::string number{};
};

/// How a test question ended. Open enumeration: see OpenEnum.
class VoiceTestOutcome : public OpenEnum<VoiceTestOutcome> {
  public:
    using OpenEnum::OpenEnum;
    static constexpr Constant ok{"ok"};
    static constexpr Constant timeout{"timeout"};
    static constexpr Constant connection_failed{"connection_failed"};
    static constexpr Constant http_error{"http_error"};
    static constexpr Constant invalid_answer{"invalid_answer"};
};

/// What is wrong with an answer. Open enumeration: see OpenEnum.
class VoiceTestReason : public OpenEnum<VoiceTestReason> {
  public:
    using OpenEnum::OpenEnum;
    static constexpr Constant timeout{"timeout"};
    static constexpr Constant http_error{"http_error"};
    static constexpr Constant malformed_json{"malformed_json"};
    static constexpr Constant missing_action{"missing_action"};
    static constexpr Constant unknown_action{"unknown_action"};
};

/// Why a test question did not end with `ok`.
struct VoiceTestError {
    VoiceTestReason reason{};
    std::string message{};
    /// Member of the answer that is wrong, such as `action.action`.
    std::optional<std::string> path{};
};

/// The question as the service posted it. With the secret, webhooks::Verifier can check it offline, but
/// VerifierOptions::check_timestamp must be false if it is older than the tolerance.
struct VoiceTestQuestion {
    std::string url{};
    std::map<std::string, std::string> headers{};
    /// Exactly what was signed.
    std::string body{};
};

/// What the callback URL answered.
struct VoiceTestReply {
    std::int32_t status_code = 0;
    /// At most the first 2,048 characters.
    std::optional<std::string> body{};
};

/// Result of a test question.
struct VoiceCallbackTest {
    VoiceTestOutcome outcome{};
    /// Id of the test question. Calls::get() does not know it.
    std::string call_id{};
    /// The answer as the service read it: numbers in E.164, caller id filled in. Only if `outcome` is `ok`.
    RawJson answer{};
    std::optional<VoiceTestError> error{};
    std::optional<VoiceTestQuestion> request{};
    std::optional<VoiceTestReply> response{};
};

}  // namespace v3
}  // namespace sent

SENT_DETAIL_OPEN_ENUM(sent::v3::VoiceTestOutcome, ok, timeout, connection_failed, http_error, invalid_answer);
SENT_DETAIL_OPEN_ENUM(sent::v3::VoiceTestReason, timeout, http_error, malformed_json, missing_action,
                      unknown_action);

SENT_DETAIL_DESCRIBE(sent::v3::TestVoiceCallbackRequest);
SENT_DETAIL_DESCRIBE(sent::v3::VoiceTestError);
SENT_DETAIL_DESCRIBE(sent::v3::VoiceTestQuestion);
SENT_DETAIL_DESCRIBE(sent::v3::VoiceTestReply);
SENT_DETAIL_DESCRIBE(sent::v3::VoiceCallbackTest);
SENT_DETAIL_OPERATION(sent::v3::TestVoiceCallbackRequest, sent::v3::VoiceCallbackTest);
