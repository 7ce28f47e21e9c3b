#pragma once

/// @file
/// Brings events to webhook endpoints: signed posts, retries, the log.

#include <string>

#include "emulator/v3/events.hpp"
#include "emulator/webhooks/rows.hpp"

namespace sent::testing::emulator {

class World;

enum class Attempts { one, with_retries };

/// Notes the event in the log and starts its first attempt.
void deliver_event(World& world, const Webhook& webhook, const Event& event, Attempts attempts);

/// Posts an event once more, whatever became of it: a duplicate, and out of order. False when there is none.
bool redeliver_event(World& world, const std::string& event_id);

/// Forgets what was delivered to an endpoint, and what was still to be.
void forget_deliveries(World& world, const std::string& webhook_id);

/// Why the emulator will not post to a URL; empty when it will.
std::string delivery_obstacle(const std::string& url);

}  // namespace sent::testing::emulator
