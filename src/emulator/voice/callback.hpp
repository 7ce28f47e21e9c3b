#pragma once

/// @file
/// The question to the callback URL of a voice number, and what the service makes of the answer.

#include <string>

#include "emulator/json.hpp"
#include "emulator/voice/rows.hpp"
#include "emulator/webhooks/poster.hpp"

namespace sent::testing::emulator {

class World;

enum class Question { first, repeated, test };

/// Returns the signed question.
OutgoingPost make_question(const World& world, const VoiceNumber& number, const PhoneCall& call,
                           Question kind);

struct CallbackResult {
    std::string outcome{"ok"};  ///< "ok", "timeout", "connection_failed", "http_error", "invalid_answer"
    int status = 0;             ///< of the reply; 0 if there was none
    std::string reason{};       ///< "unknown_action", for example
    std::string message{};
    std::string path{};  ///< of the member that is wrong
    Json answer{};       ///< as the service reads it; only with "ok"

    bool ok() const { return outcome == "ok"; }
};

/// Reads what came back. `number` becomes the caller id if the answer has none.
CallbackResult read_callback(const WebhookAnswer& reply, const std::string& number);

/// Reads an answer that is JSON already.
CallbackResult read_answer(const Json& answer, const std::string& number);

/// Posts the question and waits for the reply. Must not be called under the world's lock.
WebhookAnswer post_and_wait(World& world, const OutgoingPost& question);

}  // namespace sent::testing::emulator
