#pragma once

/// @file
/// The whole library except `sent/json.hpp`, `sent/coroutine.hpp` and the test kit.

#include <sent/bulk.hpp>
#include <sent/bulk_options.hpp>
#include <sent/cancellation.hpp>
#include <sent/client.hpp>
#include <sent/clock.hpp>
#include <sent/encoded_request.hpp>
#include <sent/error.hpp>
#include <sent/future.hpp>
#include <sent/http/curl_options.hpp>
#include <sent/http/curl_transport.hpp>
#include <sent/http/headers.hpp>
#include <sent/http/transport.hpp>
#include <sent/json_text.hpp>
#include <sent/logging.hpp>
#include <sent/nullable.hpp>
#include <sent/open_enum.hpp>
#include <sent/operation.hpp>
#include <sent/operations.hpp>
#include <sent/options.hpp>
#include <sent/page.hpp>
#include <sent/rate_limit_options.hpp>
#include <sent/raw_request.hpp>
#include <sent/response_meta.hpp>
#include <sent/result.hpp>
#include <sent/secret.hpp>
#include <sent/segments.hpp>
#include <sent/tidy_number.hpp>
#include <sent/timestamp.hpp>
#include <sent/v1/api.hpp>
#include <sent/v2/api.hpp>
#include <sent/v3/api.hpp>
#include <sent/version.hpp>
#include <sent/webhooks.hpp>
