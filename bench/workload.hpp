#pragma once

#include <string>
#include <vector>

#include <sent/v1/contacts.hpp>
#include <sent/v1/messages.hpp>
#include <sent/v3/messages.hpp>

/// @file
/// What is sent and received, the same for every side of a comparison.

namespace bench {

/// Stands in for the credentials; the server does not look at them.
inline constexpr const char* api_key = "c91d7be2-3a40-4f58-8e17-6b0a5f2d94e1";
inline constexpr const char* sender_id = "0f3c2a71-5b1e-4c7d-9a44-2d8e61b7c903";

inline constexpr int contacts_per_page = 100;

/// The full v1 send: two variables and a webhook.
sent::v1::SendToContactRequest v1_send_request();

/// The body that the library makes of it, byte for byte.
std::string v1_send_body();

/// A v3 send by template, with two variables.
sent::SendMessageRequest v3_send_request();
std::string v3_send_body();

/// A page of 100 contacts as `GET /v1/contacts` answers it.
std::string contacts_page();

/// Asks for it, as a struct and as path and query.
sent::v1::ListContactsRequest v1_list_request();
std::string contacts_path();

/// The request headers that the library sends, as libcurl wants them.
std::vector<std::string> v1_headers(bool has_body);
/// Of a v3 send. Every call of the library has an idempotency key of its own; this one is as long.
std::vector<std::string> v3_headers();

}  // namespace bench
