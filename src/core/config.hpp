#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <sent/error.hpp>
#include <sent/http/headers.hpp>
#include <sent/operation.hpp>
#include <sent/options.hpp>

#include "base/url.hpp"
#include "core/logger.hpp"
#include "core/problem.hpp"

namespace sent::detail {

/// ClientOptions and the environment, merged and checked; constant from then on.
struct Config {
    Secret api_key{};
    std::string sender_id{};
    BaseUrl base{};
    std::string profile_id{};
    std::chrono::milliseconds connect_timeout{};
    std::chrono::milliseconds attempt_timeout{};
    std::optional<std::chrono::milliseconds> deadline{};
    RetryOptions retry{};
    RateLimitOptions rate_limit{};
    bool sandbox = false;
    bool auto_idempotency_key = true;
    std::size_t max_response_bytes = 0;
    /// What every request of a generation carries, keys included.
    Headers common_headers{};
    Headers common_headers_with_sender{};
    /// Set when the options are unusable: every call then ends with it.
    std::optional<Error> problem{};
    /// What is odd about the environment, for the log.
    std::vector<std::string> warnings{};
};

/// Never fails; see Config::problem.
Config make_config(const ClientOptions& options);

/// By LogOptions, else the environment. Logs the warnings: while no level is set anywhere, on standard error.
Logger make_logger(const ClientOptions& options, const std::vector<std::string>& warnings);

/// Why this text may not be a header's value; empty when it may.
std::string_view header_value_problem(std::string_view value) noexcept;
/// The same for a name that a program gives: it must be a token, and none that the library sets itself.
std::string_view header_name_problem(std::string_view name) noexcept;

}  // namespace sent::detail
