#pragma once

/// @file
/// Includes all of the current API, v3. Client returns its resources: `client.messages()`,
/// `client.contacts()` and so on.

#include <sent/v3/account.hpp>
#include <sent/v3/brand.hpp>
#include <sent/v3/call_participants.hpp>
#include <sent/v3/calls.hpp>
#include <sent/v3/campaigns.hpp>
#include <sent/v3/channels.hpp>
#include <sent/v3/common.hpp>
#include <sent/v3/compliance.hpp>
#include <sent/v3/contacts.hpp>
#include <sent/v3/conversations.hpp>
#include <sent/v3/messages.hpp>
#include <sent/v3/numbers.hpp>
#include <sent/v3/profiles.hpp>
#include <sent/v3/sender_profiles.hpp>
#include <sent/v3/template_lint.hpp>
#include <sent/v3/templates.hpp>
#include <sent/v3/users.hpp>
#include <sent/v3/voice_numbers.hpp>
#include <sent/v3/webhooks.hpp>
