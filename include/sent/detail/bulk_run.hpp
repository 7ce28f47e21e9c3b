#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <deque>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <sent/bulk.hpp>
#include <sent/detail/completion.hpp>
#include <sent/error.hpp>
#include <sent/export.hpp>
#include <sent/operation.hpp>
#include <sent/result.hpp>

/// @file
/// What Client::bulk is made of. For the library's own headers.

namespace sent {

class Client;

namespace detail {

/// One run of Client::bulk: keeps a queue of encoded requests filled, from which each that ends is followed
/// by the next at once; counts; pauses.
class SENT_EXPORT BulkRun {
  public:
    /// `deliver` is called on the thread that runs, when results have been counted.
    BulkRun(const Client& client, const BulkOptions& options, std::size_t total,
            std::function<void()> deliver = {});
    BulkRun(const BulkRun&) = delete;
    BulkRun& operator=(const BulkRun&) = delete;
    /// Stops the run unless it is finished.
    ~BulkRun();

    /// Waits until the queue has room. False when nothing may be added any more.
    [[nodiscard]] bool wait_for_room();
    /// Adds a request, with its own key if it has one; `completion` is called before finish() returns.
    void add(const Route& route, const void* request, std::unique_ptr<CallCompletion> completion,
             std::optional<std::string> idempotency_key);
    /// How a request has ended.
    struct Ended {
        /// Null: successfully.
        Ended(const Error* error, const ResponseMeta& meta) noexcept
            : failed(error != nullptr),
              uncertain(failed &&
                        (error->outcome == Outcome::unknown || error->outcome == Outcome::accepted)),
              replayed(!failed && meta.replayed) {}
        bool failed;
        bool uncertain;
        bool replayed;
    };
    /// To be called by each completion that has an error, before count().
    void note_failure(const Error& error) noexcept;
    /// To be called by each completion. It must not fail on the way there, or the run waits for ever.
    void count(Ended ended) noexcept;
    /// Waits for what has been added.
    void finish();
    /// For a request that was never started: why it was not.
    [[nodiscard]] Error never_started() const;

    [[nodiscard]] std::size_t succeeded() const noexcept;
    [[nodiscard]] std::size_t failed() const noexcept;
    [[nodiscard]] std::size_t uncertain() const noexcept;
    [[nodiscard]] std::size_t replayed() const noexcept;
    /// Only when finished.
    [[nodiscard]] std::optional<Error> stopped_by() const;
    [[nodiscard]] std::chrono::milliseconds elapsed() const noexcept;

  private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

/// The results of a run, in the order in which its requests were added or left out. For one thread. Must
/// outlive the run.
template <class Response>
class BulkResults {
  public:
    /// For `expected` requests, 0 when their number is not known. Memory for the results is there before the
    /// first request is sent.
    explicit BulkResults(std::size_t expected) { results_.reserve(expected); }

    void add(BulkRun& run, const Route& route, const void* request,
             std::optional<std::string> idempotency_key) {
        take_over_ended();
        run.add(route, request, std::make_unique<PlaceCompletion>(places_.emplace_back(), run),
                std::move(idempotency_key));
    }
    void leave_out(const BulkRun& run) {
        auto& place = places_.emplace_back();
        ResultAccess::finish(place.result, run.never_started());
        place.has_ended.store(true, std::memory_order_relaxed);
    }

    /// Only when the run is finished.
    [[nodiscard]] std::vector<Result<Response>> take() {
        take_over_ended();
        return std::move(results_);
    }

  private:
    /// Of a request that has not ended, or waits for one before it.
    struct Place {
        Result<Response> result = ResultAccess::make<Response>();
        std::atomic<bool> has_ended{false};
    };

    class PlaceCompletion final : public CallCompletion {
      public:
        PlaceCompletion(Place& place, BulkRun& run) noexcept : place_(place), run_(run) {}
        CallTarget target() noexcept override { return ResultAccess::target(place_.result); }
        void complete(std::optional<Error>&& error) noexcept override {
            const BulkRun::Ended ended{error ? &*error : nullptr, place_.result.meta()};
            if (error) {
                run_.note_failure(*error);
            }
            ResultAccess::finish(place_.result, std::move(error));
            place_.has_ended.store(true, std::memory_order_release);  // from here on it may be gone
            run_.count(ended);
        }

      private:
        Place& place_;
        BulkRun& run_;
    };

    /// While the run goes on: so each result is kept once, and its place is used again.
    void take_over_ended() {
        while (!places_.empty() && places_.front().has_ended.load(std::memory_order_acquire)) {
            results_.push_back(std::move(places_.front().result));
            places_.pop_front();
        }
    }

    std::deque<Place> places_{};
    std::vector<Result<Response>> results_{};
};

/// Results of a run on their way to a callback. Must outlive the run.
template <class Response>
class BulkStream {
  public:
    void add(BulkRun& run, const Route& route, const void* request,
             std::optional<std::string> idempotency_key) {
        // Made beforehand: a result that has come must not be lost for want of memory.
        std::list<Item> item;
        item.emplace_back(added_);
        run.add(route, request, std::make_unique<ItemCompletion>(std::move(item), *this, run),
                std::move(idempotency_key));
        ++added_;
    }

    /// Hands over what has arrived. For one thread.
    template <class Sink>
    void deliver(Sink& sink) {
        std::list<Item> delivering;
        {
            const std::lock_guard<std::mutex> lock{mutex_};
            delivering.swap(arrived_);
        }
        for (auto& item : delivering) {
            sink(item.index, std::move(item.result));
        }
    }

  private:
    struct Item {
        explicit Item(std::size_t place) : index(place) {}
        std::size_t index;
        Result<Response> result = ResultAccess::make<Response>();
    };

    class ItemCompletion final : public CallCompletion {
      public:
        ItemCompletion(std::list<Item>&& item, BulkStream& stream, BulkRun& run) noexcept
            : item_(std::move(item)), stream_(stream), run_(run) {}
        CallTarget target() noexcept override { return ResultAccess::target(item_.front().result); }
        void complete(std::optional<Error>&& error) noexcept override {
            const BulkRun::Ended ended{error ? &*error : nullptr, item_.front().result.meta()};
            if (error) {
                run_.note_failure(*error);
            }
            ResultAccess::finish(item_.front().result, std::move(error));
            {
                const std::lock_guard<std::mutex> lock{stream_.mutex_};
                stream_.arrived_.splice(stream_.arrived_.end(), item_);
            }
            run_.count(ended);
        }

      private:
        std::list<Item> item_;
        BulkStream& stream_;
        BulkRun& run_;
    };

    std::size_t added_ = 0;
    std::mutex mutex_{};
    std::list<Item> arrived_{};
};

}  // namespace detail
}  // namespace sent
