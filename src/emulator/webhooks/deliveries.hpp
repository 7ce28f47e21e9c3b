#pragma once

/// @file
/// Delivers events to webhook endpoints: signed posts, retries, the log.

#include <string>

#include "emulator/v3/events.hpp"
#include "emulator/webhooks/rows.hpp"

namespace sent::testing::emulator {

class World;

enum class Attempts { one, with_retries };

/// Adds the event to the log and starts its first attempt.
void deliver_event(World& world, const Webhook& webhook, const Event& event, Attempts attempts);

/// Posts an event once more, whatever its status is, which tests duplicates and wrong order. Returns false if
/// there is no such event.
bool redeliver_event(World& world, const std::string& event_id);

/// Forgets the finished and pending deliveries of an endpoint.
void forget_deliveries(World& world, const std::string& webhook_id);

/// Returns why the emulator does not post to a URL. Empty if it does.
std::string delivery_obstacle(const std::string& url);

}  // namespace sent::testing::emulator
