#pragma once

/// @file
/// Everything that a receiver of webhooks needs. No client is needed: programs that only receive link
/// sent::webhooks, which does not use libcurl.

#include <sent/version.hpp>
#include <sent/webhooks/dedupe_key.hpp>
#include <sent/webhooks/deduplicator.hpp>
#include <sent/webhooks/early_statuses.hpp>
#include <sent/webhooks/events.hpp>
#include <sent/webhooks/headers.hpp>
#include <sent/webhooks/signer.hpp>
#include <sent/webhooks/status_tracker.hpp>
#include <sent/webhooks/verifier.hpp>
#include <sent/webhooks/voice_answer.hpp>
#include <sent/webhooks/voice_question.hpp>
