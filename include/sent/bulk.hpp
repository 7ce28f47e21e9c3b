#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include <sent/cancellation.hpp>
#include <sent/export.hpp>
#include <sent/options.hpp>
#include <sent/result.hpp>

namespace sent {

/// How far a bulk run has come.
struct BulkProgress {
    std::size_t started = 0;
    std::size_t succeeded = 0;
    std::size_t failed = 0;
    /// All requests of the run; 0 when the range can not tell beforehand.
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
    /// within 24 hours, and no message goes out twice. Letters, digits, `_` and `-`. For operations that
    /// accept a key (those of v3); empty: each gets a random one.
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
    std::chrono::milliseconds max_outage{std::chrono::minutes{5}};
};

/// What a bulk run did whose results went to a callback.
struct BulkSummary {
    std::size_t succeeded = 0;
    std::size_t failed = 0;
    /// Of those failed: see BulkReport::uncertain.
    std::size_t uncertain = 0;
    std::chrono::milliseconds elapsed{};

    [[nodiscard]] bool all_succeeded() const noexcept { return failed == 0; }
};

/// What a bulk run did.
template <class T>
struct BulkReport {
    /// One for each request, in the order of the input. What was never started is ErrorKind::cancelled,
    /// Outcome::not_sent.
    std::vector<Result<T>> results{};
    std::size_t succeeded = 0;
    std::size_t failed = 0;
    /// Of those failed: may have been carried out all the same (Outcome::unknown, Outcome::accepted). Look at
    /// them before you run a batch again.
    std::size_t uncertain = 0;
    std::chrono::milliseconds elapsed{};

    [[nodiscard]] bool all_succeeded() const noexcept { return failed == 0; }
};

}  // namespace sent
