#pragma once

/// @file
/// All of the receiver's side of webhooks. Needs no client: programs that only receive link sent::webhooks,
/// which does without libcurl.

#include <sent/version.hpp>
#include <sent/webhooks/dedupe_key.hpp>
#include <sent/webhooks/deduplicator.hpp>
#include <sent/webhooks/early_statuses.hpp>
#include <sent/webhooks/events.hpp>
#include <sent/webhooks/headers.hpp>
#include <sent/webhooks/signer.hpp>
#include <sent/webhooks/status_tracker.hpp>
#include <sent/webhooks/verifier.hpp>
