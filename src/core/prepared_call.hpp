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

/// A call that has been validated and encoded, once for all its attempts. Needs neither the request struct
/// nor the options any more.
struct PreparedCall {
    enum class Reading {
        nothing,    ///< a success has no content
        structure,  ///< decoded by `response`
        encoded,    ///< judged like the two above, then handed over as a RawResponse
        raw         ///< handed over as a RawResponse
    };

    HttpRequest http{};
    /// For the log: the route's, free of ids and numbers.
    std::string_view name{};
    std::string_view path{};
    Generation generation = Generation::v3;
    Safety safety = Safety::unkeyed_write;
    RateClass rate_class = RateClass::standard;
    std::size_t messages = 0;
    RetryOptions retry{};
    std::optional<std::chrono::milliseconds> deadline{};
    /// How long to wait before the first attempt; part of the deadline.
    std::chrono::milliseconds start_after{};
    std::string idempotency_key{};
    /// The caller's key, not one made for this call.
    bool has_callers_key = false;
    Reading reading = Reading::nothing;
    const StructInfo* response = nullptr;
    /// Makes what `response` is decoded into when that is not the caller's.
    std::shared_ptr<void> (*make_response)() = nullptr;
    decltype(Route::finish) finish = nullptr;
    decltype(Route::replay_mismatch) replay_mismatch = nullptr;
};

/// Makes `call`, or says what is wrong with the request; then nothing was sent. `request` is a struct or an
/// EncodedRequest, as the route says.
Problem prepare(const Config& config, const Route& route, const void* request, const CallOptions& options,
                PreparedCall& call);

/// The same for a path without a struct.
Problem prepare(const Config& config, const RawRequest& request, const CallOptions& options,
                PreparedCall& call);

}  // namespace sent::detail
