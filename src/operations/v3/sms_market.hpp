#pragma once

#include <string_view>

#include <sent/http/transport.hpp>
#include <sent/operation.hpp>
#include <sent/v3/sms_market.hpp>

#include "operations/v3/replays.hpp"

/// @file
/// What the operations that return an SmsMarket have in common.

namespace sent::detail {

/// Sets the sender that the service leaves out since November 2026.
void complete_sender(SmsMarket& market);

/// For Route::finish of operations that return an SmsMarket.
void finish_market(void* response, const HttpRequest& request, std::string_view body);

/// For Route::replay_mismatch of operations with the country in their path. The type has several spellings
/// there.
Route::ReplayMismatch other_market(const HttpRequest& request, const void* response, std::string_view body);

}  // namespace sent::detail
