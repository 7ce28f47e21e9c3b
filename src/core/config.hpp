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

/// ClientOptions and the environment, merged and checked. Does not change afterwards.
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
    /// Headers that every request has, without credentials.
    Headers common_headers{};
    /// Set if the options are invalid. Every call then fails with this error.
    std::optional<Error> problem{};
    /// Warnings about the environment, for the log.
    std::vector<std::string> warnings{};

    /// Adds the credentials of this generation. Done for each attempt, and only for the time that it lasts.
    void add_credentials(Generation generation, Headers& headers) const;
    static void remove_credentials(Headers& headers);
    /// How much add_credentials() adds at most. See Headers::bytes().
    std::size_t credential_bytes = 0;
};

/// Does not fail; see Config::problem.
Config make_config(const ClientOptions& options);

/// Creates the logger from LogOptions, otherwise from the environment, and logs the warnings. If no level is
/// set anywhere, the warnings are written to standard error.
Logger make_logger(const ClientOptions& options, const std::vector<std::string>& warnings);

/// Returns why the text cannot be a header value. Empty if it can.
std::string_view header_value_problem(std::string_view value) noexcept;
/// Returns why a program cannot use this header name. It must be a token, and not a name that the library
/// sets itself.
std::string_view header_name_problem(std::string_view name) noexcept;

}  // namespace sent::detail
