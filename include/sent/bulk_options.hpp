#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>

#include <sent/cancellation.hpp>
#include <sent/options.hpp>

namespace sent {

/// Progress of a bulk run, in numbers of requests.
struct BulkProgress {
    std::size_t started = 0;
    std::size_t succeeded = 0;
    std::size_t failed = 0;
    /// Number of requests in the run. 0 if it cannot be counted in advance (an input range, a function).
    std::size_t total = 0;
    /// Requests that have ended: succeeded plus failed.
    [[nodiscard]] std::size_t finished() const noexcept { return succeeded + failed; }
};

/// Settings of Client::bulk.
struct BulkOptions {
    /// Maximum number of pending requests, including requests that wait between attempts. Default 64; 0
    /// counts as 1. The run reads and encodes the same number of requests ahead, at most 256, so that a new
    /// request starts as soon as one ends.
    std::size_t max_in_flight = 64;
    /// Name of the run. The n-th request of the range, counted from 0, gets the idempotency key
    /// `<batch>-<n>`. After a crash, run the job again with the same requests in the same order, within
    /// 24 hours: no message is sent twice. If rows may be missing or added in the second run, use Keyed
    /// requests; their own keys take precedence. Letters, digits, `_` and `-`. Only operations that accept an
    /// idempotency key (v3) support it. If it is empty, each request gets a random key.
    std::string batch{};
    /// Called on the thread that runs `bulk`, repeatedly while requests finish, and once at the end.
    /// Exceptions are logged and dropped.
    std::function<void(const BulkProgress&)> progress{};
    /// Stops the run: no further request is started, and pending requests are cancelled.
    CancellationToken cancel{};
    /// If true, the run starts no further request after the first one that fails, retries included. Pending
    /// requests run to their end. Default false.
    bool stop_on_error = false;
    /// Options for every request of the run. An idempotency key here would be shared by all requests, so
    /// requests that have no key from Keyed or `batch` are then refused (`invalid_request`).
    CallOptions call{};
    /// How long the run waits for a service that can no longer be reached: the network is down, connections
    /// are refused, or the host name is not found. Default 5 minutes. The run then keeps requests that
    /// certainly were not sent, with their idempotency keys, and pauses. One request at a time tries again,
    /// after waits that grow as in RetryOptions. When one is answered, the run resumes. These attempts do not
    /// count as retries and do not use the retry budget. When `max_outage` has passed, requests fail as in a
    /// single call.
    ///
    /// Before its first answer a run does not wait, because the address may be wrong. CallOptions::deadline
    /// and the cancellation tokens end the wait. 0 disables it, and so does RetryOptions::max_retries = 0.
    ///
    /// If the `Retry-After` of a 408, 429 or 5xx is longer than RetryOptions::max_retry_after but ends within
    /// `max_outage`, the run pauses in the same way. If it ends later, the run ends: see
    /// BulkReport::stopped_by.
    std::chrono::milliseconds max_outage{std::chrono::minutes{5}};
};

}  // namespace sent
