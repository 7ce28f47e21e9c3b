#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

#include <sent/client.hpp>
#include <sent/clock.hpp>
#include <sent/error.hpp>
#include <sent/http/transport.hpp>
#include <sent/operation.hpp>
#include <sent/options.hpp>

#include "core/config.hpp"
#include "core/problem.hpp"

namespace sent::detail {

/// A call that has been validated and encoded, once for all its attempts. Does not refer to the request
/// struct or the options.
struct PreparedCall {
    /// What a success stores in the caller's object.
    enum class Reading {
        structure,  ///< the content, decoded by the route's table; nothing if the route has none
        encoded,    ///< a RawResponse, after the content was checked like a structure's
        raw         ///< a RawResponse, whatever it contains
    };

    /// Never null after prepare(). A raw request has a route that names only its generation.
    const Route* route = nullptr;
    HttpRequest http{};
    /// The route's, but `unkeyed_write` if the call has no key.
    Safety safety = Safety::unkeyed_write;
    std::size_t messages = 0;
    RetryOptions retry{};
    std::optional<std::chrono::milliseconds> deadline{};
    /// When the deadline began to count, if the call had to wait for a place before it was started.
    std::optional<Clock::SteadyTime> begun{};
    /// The wait before the first attempt. Counts towards the deadline.
    std::chrono::milliseconds start_after{};
    std::string idempotency_key{};
    /// The key comes from the caller and was not generated for this call.
    bool has_callers_key = false;
    Reading reading = Reading::structure;
};

/// Fills `call`, or returns what is wrong with the request. In that case nothing is sent. `request` is a
/// struct or an EncodedRequest, depending on the route.
Problem prepare(const Config& config, const Route& route, const void* request, const CallOptions& options,
                PreparedCall& call);

/// Prepares a raw request.
Problem prepare(const Config& config, const RawRequest& request, const CallOptions& options,
                PreparedCall& call);

}  // namespace sent::detail
