#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <sent/cancellation.hpp>
#include <sent/error.hpp>
#include <sent/export.hpp>
#include <sent/options.hpp>
#include <sent/result.hpp>

namespace sent {

/// A request of a bulk run with its own idempotency key, which does not depend on the request's place in the
/// run: derive it from what the row stands for (`order-1001-shipped`). A job that has crashed can then be run
/// again over the rows that are left, in any order, within 24 hours, and no message goes out twice.
template <class Request>
struct Keyed {
    Request request{};
    /// Letters, digits, `_` and `-`, at most 255. Every request needs a different one. With an empty key the
    /// request gets that of BulkOptions::batch; without a batch it is not sent and ends as invalid_request,
    /// since a second run would send it again.
    std::string idempotency_key{};
};
template <class Request>
Keyed(Request, std::string) -> Keyed<Request>;

/// How far a bulk run has come.
struct BulkProgress {
    std::size_t started = 0;
    std::size_t succeeded = 0;
    std::size_t failed = 0;
    /// All requests of the run; 0 when the range cannot tell beforehand.
    std::size_t total = 0;
    [[nodiscard]] std::size_t finished() const noexcept { return succeeded + failed; }
};

/// Settings of Client::bulk.
struct BulkOptions {
    /// Requests under way at once, waits between their attempts included. At least 1. As many more, up to
    /// 256, are taken from the range and encoded ahead, so that one can start the moment another has ended.
    std::size_t max_in_flight = 64;
    /// Name of the run: gives the n-th request of the range, counted from 0, the idempotency key
    /// `<batch>-<n>`. A job that has crashed can then be run again with the same requests in the same order,
    /// within 24 hours, and no message goes out twice. If rows may be missing or added in the second run, use
    /// Keyed requests instead, whose own keys take precedence. Letters, digits, `_` and `-`. Only operations
    /// that accept a key (those of v3) support it. If it is empty, each request gets a random key.
    std::string batch{};
    /// Called on the thread that runs `bulk`, now and then while requests finish, and once at the end. An
    /// exception from it is dropped.
    std::function<void(const BulkProgress&)> progress{};
    /// Stops the run: nothing further is started, what is under way is cancelled.
    CancellationToken cancel{};
    /// Starts nothing further after the first request that fails for good; what is under way is finished.
    bool stop_on_error = false;
    /// For every request of the run. An idempotency key here would be the same for all and is refused.
    CallOptions call{};
    /// How long the run waits for a service that can no longer be reached: the network is down, connections
    /// are refused, its name is not found. Requests that surely were not sent are then kept, with their
    /// idempotency keys, and the run pauses: one request at a time tries again, after waits that grow as
    /// RetryOptions says, and when one is answered the run goes on. Such attempts count neither as retries
    /// nor against the retry budget. When this time has passed, requests fail as they do in a call by itself.
    ///
    /// A run that has had no answer yet does not wait, as the address may be wrong. CallOptions::deadline and
    /// the tokens end the wait; zero, or no retries (RetryOptions::max_retries), switches it off.
    ///
    /// `Retry-After` of a 408, 429 or 5xx that is longer than RetryOptions::max_retry_after pauses the run in
    /// the same way, if it ends within this time. Otherwise the run ends: see BulkReport::stopped_by.
    std::chrono::milliseconds max_outage{std::chrono::minutes{5}};
};

/// What a bulk run did whose results went to a callback.
struct BulkSummary {
    std::size_t succeeded = 0;
    std::size_t failed = 0;
    /// Of those failed: see BulkReport::uncertain.
    std::size_t uncertain = 0;
    std::chrono::milliseconds elapsed{};
    /// Of those succeeded: see BulkReport::replayed.
    std::size_t replayed = 0;
    /// See BulkReport::stopped_by.
    std::optional<Error> stopped_by{};

    [[nodiscard]] bool all_succeeded() const noexcept { return failed == 0; }
};

/// What a bulk run did.
template <class T>
struct BulkReport {
    /// One for each request, in the order of the input. What was never started is Outcome::not_sent and
    /// ErrorKind::cancelled. If an answer that holds for every request ended the run, it has the kind, code
    /// and retry_after of that answer instead.
    std::vector<Result<T>> results{};
    std::size_t succeeded = 0;
    std::size_t failed = 0;
    /// Of those failed: may have been carried out all the same (Outcome::unknown, Outcome::accepted). Look at
    /// them before you run a batch again.
    std::size_t uncertain = 0;
    std::chrono::milliseconds elapsed{};
    /// Of those succeeded: answered from the service's idempotency cache (ResponseMeta::replayed). An earlier
    /// request with the same key had succeeded, and nothing was sent again.
    std::size_t replayed = 0;
    /// Why the run ended early; empty if nothing stopped it. It is the first answer that holds for every
    /// request of the run (401, 402, 403 for the account, no balance, a rejected certificate, a `Retry-After`
    /// that is too long), the first failure with BulkOptions::stop_on_error, or ErrorKind::cancelled.
    std::optional<Error> stopped_by{};

    [[nodiscard]] bool all_succeeded() const noexcept { return failed == 0; }
};

}  // namespace sent
