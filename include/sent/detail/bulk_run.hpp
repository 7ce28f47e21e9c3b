#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include <sent/bulk_options.hpp>
#include <sent/detail/completion.hpp>
#include <sent/error.hpp>
#include <sent/export.hpp>
#include <sent/operation.hpp>
#include <sent/result.hpp>

/// @file
/// One run of Client::bulk. Internal.

namespace sent {

class Client;

namespace detail {

/// One run of Client::bulk. Keeps a queue of encoded requests, so that a new request starts as soon as one
/// ends; counts results; pauses the run.
class SENT_EXPORT BulkRun {
  public:
    /// `deliver` is called on the thread of the run, after results have been counted.
    BulkRun(const Client& client, const BulkOptions& options, std::size_t total,
            std::function<void()> deliver = {});
    BulkRun(const BulkRun&) = delete;
    BulkRun& operator=(const BulkRun&) = delete;
    /// Stops the run unless it is finished.
    ~BulkRun();

    /// Blocks until the queue has room. Returns false if no further request may be added.
    [[nodiscard]] bool wait_for_room();
    /// Adds a request, with its own key if it has one. `completion` is called before finish() returns.
    void add(const Route& route, const void* request, std::unique_ptr<CallCompletion> completion,
             std::optional<std::string> idempotency_key);
    /// How a request ended.
    struct Ended {
        /// `error` is null for a success.
        Ended(const Error* error, const ResponseMeta& meta) noexcept
            : failed(error != nullptr),
              uncertain(failed &&
                        (error->outcome == Outcome::unknown || error->outcome == Outcome::accepted)),
              replayed(!failed && meta.replayed) {}
        bool failed;
        bool uncertain;
        bool replayed;
    };
    /// Each completion that has an error calls it, before count().
    void note_failure(const Error& error) noexcept;
    /// Each completion calls it exactly once. A completion must not fail before that, or the run waits
    /// forever.
    void count(Ended ended) noexcept;
    /// Blocks until all requests that were added have ended.
    void finish();
    /// Returns the error of a request that was never started, with the reason.
    [[nodiscard]] Error never_started() const;

    [[nodiscard]] std::size_t succeeded() const noexcept;
    [[nodiscard]] std::size_t failed() const noexcept;
    [[nodiscard]] std::size_t uncertain() const noexcept;
    [[nodiscard]] std::size_t replayed() const noexcept;
    /// Valid after finish().
    [[nodiscard]] std::optional<Error> stopped_by() const;
    [[nodiscard]] std::chrono::milliseconds elapsed() const noexcept;

  private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace detail
}  // namespace sent
