#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include <sent/bulk_options.hpp>
#include <sent/client.hpp>
#include <sent/detail/bulk_results.hpp>
#include <sent/detail/ranges.hpp>
#include <sent/error.hpp>
#include <sent/operation.hpp>
#include <sent/result.hpp>

/// @file
/// Client::bulk: many calls in one run, with at most BulkOptions::max_in_flight pending.
///
/// A 429 or a `Retry-After` pauses the whole run. An answer that applies to every request, such as 401, ends
/// it. An input range is enough for a source, and a source may contain Keyed requests. The run uses the
/// source only on the caller's thread.
///
/// Without a sink, the report holds the results of all requests in memory. With a sink, each result is passed
/// on soon after it has arrived, in completion order, with the index of its request, counted from 0. While
/// the sink is busy, the run continues until its queue is empty. If the run is stopped, requests in the queue
/// are reported as never started (see BulkReport::results), and requests that were not read from the source
/// are not reported. An exception from the sink stops the run and propagates to the caller.
///
/// If the run is started on a transport's thread of any client, in a completion callback or a log sink, every
/// request fails with ErrorKind::invalid_request, because the run would wait for calls that need this thread.
/// Start the run on another thread, or set AsyncOptions::executor.

namespace sent {

/// A request of a bulk run with its own idempotency key. The key does not depend on the position of the
/// request in the run, so derive it from what the row stands for (`order-1001-shipped`). After a crash, run
/// the job again over the remaining rows, in any order, within 24 hours: no message is sent twice.
template <class Request>
struct Keyed {
    Request request{};
    /// Idempotency key: letters, digits, `_` and `-`, at most 255 characters. Every request needs a different
    /// one. If it is empty, the request uses the key of BulkOptions::batch. If there is no batch either, the
    /// request is not sent and fails with `invalid_request`, because a second run would send it again.
    std::string idempotency_key{};
};
template <class Request>
Keyed(Request, std::string) -> Keyed<Request>;

/// Result of a bulk run that passed its results to a callback.
struct BulkSummary {
    std::size_t succeeded = 0;
    std::size_t failed = 0;
    /// Failed requests that may have been carried out anyway. See BulkReport::uncertain.
    std::size_t uncertain = 0;
    std::chrono::milliseconds elapsed{};
    /// Succeeded requests that the service answered from its idempotency cache. See BulkReport::replayed.
    std::size_t replayed = 0;
    /// Why the run ended early. See BulkReport::stopped_by.
    std::optional<Error> stopped_by{};

    [[nodiscard]] bool all_succeeded() const noexcept { return failed == 0; }
};

/// Result of a bulk run.
template <class T>
struct BulkReport {
    /// One result for each request, in input order. A request that was never started has Outcome::not_sent
    /// and ErrorKind::cancelled. If an answer that applies to every request ended the run, it has the kind,
    /// code and retry_after of that answer instead. Requests that were never read from an input range or a
    /// function have no result.
    std::vector<Result<T>> results{};
    std::size_t succeeded = 0;
    std::size_t failed = 0;
    /// Failed requests that may have been carried out anyway (Outcome::unknown, Outcome::accepted). Check
    /// them before you run a batch again.
    std::size_t uncertain = 0;
    std::chrono::milliseconds elapsed{};
    /// Succeeded requests that the service answered from its idempotency cache (ResponseMeta::replayed): an
    /// earlier request with the same key had succeeded, and nothing was sent again.
    std::size_t replayed = 0;
    /// Why the run ended early. Empty if nothing stopped it. Holds the first answer that applies to every
    /// request of the run (401, 402, 403 for the account, no balance, a rejected certificate, a `Retry-After`
    /// that is too long), the first failure with BulkOptions::stop_on_error, or ErrorKind::cancelled.
    std::optional<Error> stopped_by{};

    [[nodiscard]] bool all_succeeded() const noexcept { return failed == 0; }
};

namespace detail {

template <class Source>
struct BulkCalls<Source, void> {
    /// Without a sink.
    static auto run(const Client& client, Source& source, const BulkOptions& options) {
        if constexpr (expect_source()) {
            using Item = BulkItem<item_in<Source>>;
            using Response = response_of<typename Item::Request>;
            auto&& requests = as_range(source);
            const std::size_t total = size_of(requests);
            BulkResults<Response> results{total};
            BulkRun run{client, options, total};
            const auto end = last_of(requests);
            for (auto it = first_of(requests); it != end; ++it) {
                if (run.wait_for_room()) {
                    const auto& item = *it;
                    results.add(run, Item::route(), Item::request(item), Item::key(item));
                } else if constexpr (can_be_counted<std::remove_reference_t<decltype(requests)>>) {
                    results.leave_out(run);
                } else {
                    break;
                }
            }
            run.finish();
            BulkReport<Response> report;
            report.results = results.take();
            report.succeeded = run.succeeded();
            report.failed = report.results.size() - report.succeeded;
            report.uncertain = run.uncertain();
            report.elapsed = run.elapsed();
            report.replayed = run.replayed();
            report.stopped_by = run.stopped_by();
            return report;
        }
    }

    template <class Sink>
    static auto run(const Client& client, Source& source, const BulkOptions& options, Sink& sink) {
        if constexpr (expect_source()) {
            using Item = BulkItem<item_in<Source>>;
            using Response = response_of<typename Item::Request>;
            if constexpr (std::is_invocable_v<Sink&, std::size_t, Result<Response>>) {
                auto&& requests = as_range(source);
                BulkStream<Response> stream;
                BulkRun run{client, options, size_of(requests), [&] { stream.deliver(sink); }};
                const auto end = last_of(requests);
                for (auto it = first_of(requests); it != end && run.wait_for_room(); ++it) {
                    const auto& item = *it;
                    stream.add(run, Item::route(), Item::request(item), Item::key(item));
                }
                run.finish();
                return BulkSummary{run.succeeded(), run.failed(),   run.uncertain(),
                                   run.elapsed(),   run.replayed(), run.stopped_by()};
            } else {
                static_assert(never<Sink>,
                              "sent: the second argument of bulk() is sent::BulkOptions, or a function that "
                              "takes (std::size_t index, sent::Result<Response> result)");
            }
        }
    }

  private:
    static constexpr bool expect_source() {
        static_assert(is_source<Source>,
                      "sent: the first argument of bulk() is a range of requests, or a function that returns "
                      "a std::optional of the next request; for one request use call() or submit()");
        return is_source<Source>;
    }
};

}  // namespace detail

}  // namespace sent
