#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <utility>

#include <sent/http/transport.hpp>

#include "base/saturating.hpp"
#include "http/transfer/curl_transfer.hpp"
#include "http/transfer/not_sent.hpp"
#include "http/transfer/stall_guard.hpp"

namespace sent::detail::http {

/// One asynchronous request, from send_async() to its completion.
struct AsyncJob {
    using Clock = std::chrono::steady_clock;

    AsyncJob(HttpRequest&& wanted, AsyncTransport::Completion&& completion,
             std::chrono::milliseconds stall_timeout)
        : request(std::move(wanted)), done(std::move(completion)), guard(stall_timeout) {
        if (request.timeout.count() > 0) {
            deadline = saturating_add(submitted, request.timeout);
        }
    }
    AsyncJob(const AsyncJob&) = delete;
    AsyncJob& operator=(const AsyncJob&) = delete;
    /// A job that is dropped because memory runs out ends like any other, with a call of its completion.
    ~AsyncJob() {
        if (done) {
            finish(out_of_memory(under_way));
        }
    }

    /// Calls the completion. Everything else is released before, so the completion may do anything.
    void finish(TransportResult result) noexcept {
        transfer.reset();
        cancellation.reset();
        AsyncTransport::Completion completion = std::exchange(done, nullptr);
        call(completion, std::move(result));
    }

    /// Drops exceptions from the completion, because nobody could catch them.
    static void call(AsyncTransport::Completion& completion, TransportResult&& result) noexcept {
        try {
            completion(std::move(result));
        } catch (...) {  // NOLINT(bugprone-empty-catch): see above
        }
    }

    [[nodiscard]] bool cancelled() const noexcept { return request.cancel.cancelled(); }

    const HttpRequest request;
    AsyncTransport::Completion done;
    Clock::time_point submitted = Clock::now();
    Clock::time_point deadline = Clock::time_point::max();
    StallGuard guard;
    std::unique_ptr<CurlTransfer> transfer{};
    bool under_way = false;  ///< was added to the multi handle
    std::size_t slot = 0;    ///< index among the active jobs
    /// The last member, so that its callback does not run while the other members are destroyed.
    CancellationToken::Registration cancellation{};
};

}  // namespace sent::detail::http
