#pragma once

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
    /// With the key and the sender id of the environment if the program has set none. The base URL is in
    /// `base`.
    ClientOptions options{};
    BaseUrl base{};
    /// Headers that every request has, without credentials.
    Headers common_headers{};
    /// Set if the options are invalid. Every call then fails with this error.
    std::optional<Error> problem{};
    /// Warnings about the environment, for the log.
    std::vector<std::string> warnings{};

    /// Adds the credentials of this generation. Done for each attempt, and undone
    /// before a wait.
    void add_credentials(Generation generation, Headers& headers) const;
    static void remove_credentials(Headers& headers);
    /// How much add_credentials() adds at most. See Headers::bytes().
    std::size_t credential_bytes = 0;
};

/// Does not fail; see Config::problem.
Config make_config(const ClientOptions& given);

/// Creates the logger from LogOptions, otherwise from the environment, and logs the warnings. If no level is
/// set anywhere, the warnings are written to standard error.
Logger make_logger(const ClientOptions& options, const std::vector<std::string>& warnings);

/// Returns why the text cannot be a header value. Empty if it can.
std::string_view header_value_problem(std::string_view value) noexcept;
/// Returns what is wrong with a credential or an id, which contain no blanks. Does not repeat it. Empty if it
/// can be a header value.
std::string token_problem(std::string_view name, std::string_view value, std::string_view origin);
/// Returns what is wrong with headers of the program, which come from `name`. Their names must be tokens, and
/// not those that the library sets itself. Empty if nothing is.
std::string headers_problem(std::string_view name, const Headers& headers);

}  // namespace sent::detail
