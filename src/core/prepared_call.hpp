#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <sent/client.hpp>
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
    enum class Reading {
        nothing,    ///< a success has no content
        structure,  ///< decoded by `response`
        encoded,    ///< checked like the two above, then returned as a RawResponse
        raw         ///< returned as a RawResponse
    };

    HttpRequest http{};
    /// The route's name for the log. Contains no ids or numbers.
    std::string_view name{};
    std::string_view path{};
    Generation generation = Generation::v3;
    Safety safety = Safety::unkeyed_write;
    RateClass rate_class = RateClass::standard;
    std::size_t messages = 0;
    RetryOptions retry{};
    std::optional<std::chrono::milliseconds> deadline{};
    /// The wait before the first attempt. Counts towards the deadline.
    std::chrono::milliseconds start_after{};
    std::string idempotency_key{};
    /// The key comes from the caller and was not generated for this call.
    bool has_callers_key = false;
    Reading reading = Reading::nothing;
    const StructInfo* response = nullptr;
    /// Creates the object that the reply is decoded into, if it is not the caller's.
    std::shared_ptr<void> (*make_response)() = nullptr;
    decltype(Route::finish) finish = nullptr;
    decltype(Route::replay_mismatch) replay_mismatch = nullptr;
};

/// Fills `call`, or returns what is wrong with the request. In that case nothing is sent. `request` is a
/// struct or an EncodedRequest, depending on the route.
Problem prepare(const Config& config, const Route& route, const void* request, const CallOptions& options,
                PreparedCall& call);

/// Prepares a raw request.
Problem prepare(const Config& config, const RawRequest& request, const CallOptions& options,
                PreparedCall& call);

}  // namespace sent::detail
