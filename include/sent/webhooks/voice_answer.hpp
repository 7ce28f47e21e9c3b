#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sent/export.hpp>
#include <sent/result.hpp>

/// @file
/// Answers to voice questions. Needs no client.

namespace sent::webhooks {

/// Rings a user of the app.
struct ConnectToUser {
    /// Required. Name of the user in the app: 1 to 200 letters, digits, `_` and `-`.
    std::string identity{};
    /// Whether to record the call. Not written if it is not set.
    std::optional<bool> record{};
};

/// Dials a number.
struct ConnectToNumber {
    /// Required. E.164, with `+`.
    std::string number{};
    /// The number that is shown to the other side: one of your numbers, E.164. If it is not set, the service
    /// chooses. If it is not yours, the call fails with `caller_id_not_owned`.
    std::optional<std::string> caller_id{};
    /// How long it rings, in seconds, at least 1. If it is not set, the service chooses.
    std::optional<std::int32_t> dial_timeout_seconds{};
    /// Whether to record the call. Not written if it is not set.
    std::optional<bool> record{};
};

/// Why a call is refused.
enum class RejectReason { declined, busy };

/// An answer to a VoiceQuestion: one action, and instructions before it. An answer that the service could not
/// use is refused when it is made, with ErrorKind::invalid_request; the error never contains a value.
///
///     const auto answer = VoiceAnswer::connect_to_number({"+12025550123", "+12025550141"});
///     if (answer) respond(200, "application/json", answer->json());
///
/// VoiceNumbers::test() shows whether the service accepts an action or instruction that this class does not
/// know.
class SENT_WEBHOOKS_EXPORT VoiceAnswer {
  public:
    /// Rings a user of the app: `connectToUser`.
    [[nodiscard]] static Result<VoiceAnswer> connect_to_user(const ConnectToUser& user);
    /// Dials a number: `connectToNumber`.
    [[nodiscard]] static Result<VoiceAnswer> connect_to_number(const ConnectToNumber& number);
    /// Refuses the call, which ends `failed` with the reason `rejected`: `reject`.
    [[nodiscard]] static VoiceAnswer reject(RejectReason reason = RejectReason::declined);
    /// Any other action, such as `playMenu` or `connectToConference`. `members` is a JSON object with the
    /// members besides `action`, which the service does not document; empty means none.
    [[nodiscard]] static Result<VoiceAnswer> action(std::string_view name, std::string_view members = {});

    /// Returns a copy with another instruction, after those that it has. `instruction` is a JSON object. The
    /// service documents only the name of one, `startRecording`, and no member, not even that for the name.
    [[nodiscard]] Result<VoiceAnswer> with_instruction(std::string_view instruction) const;

    /// Returns the answer's body, for a reply with status 200 and `content-type: application/json`.
    [[nodiscard]] std::string json() const;

  private:
    explicit VoiceAnswer(std::string action) noexcept : action_(std::move(action)) {}

    std::string action_;
    std::vector<std::string> instructions_{};
};

}  // namespace sent::webhooks
