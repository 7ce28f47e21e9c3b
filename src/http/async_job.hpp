#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <memory>
#include <utility>

#include <sent/http/transport.hpp>

#include "exchange.hpp"
#include "stall_guard.hpp"

namespace sent::detail::http {

/// One asynchronous request from send_async to its completion.
struct AsyncJob {
    using Clock = std::chrono::steady_clock;

    AsyncJob(HttpRequest wanted, AsyncTransport::Completion completion,
             std::chrono::milliseconds stall_timeout)
        : request(std::move(wanted)), done(std::move(completion)), guard(stall_timeout) {
        if (request.timeout.count() > 0) {
            deadline = submitted + request.timeout;
        }
    }

    [[nodiscard]] bool cancelled() const noexcept { return request.cancel.cancelled(); }

    HttpRequest request;
    AsyncTransport::Completion done;
    Clock::time_point submitted = Clock::now();
    Clock::time_point deadline = Clock::time_point::max();
    StallGuard guard;
    std::unique_ptr<Exchange> exchange{};
    std::size_t slot = 0;  ///< its place among the active ones
    /// Last, so that no callback of it runs any more when the rest is destroyed.
    CancellationToken::Registration cancellation{};
};

}  // namespace sent::detail::http
