#pragma once

#include <atomic>
#include <cstddef>
#include <deque>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <sent/detail/bulk_run.hpp>
#include <sent/detail/completion.hpp>
#include <sent/error.hpp>
#include <sent/operation.hpp>
#include <sent/result.hpp>

/// @file
/// What becomes of the results of a run of Client::bulk. Internal.

namespace sent::detail {

/// Results of a run, in the order in which its requests were added or left out. Not thread-safe. Must outlive
/// the run.
template <class Response>
class BulkResults {
  public:
    /// `expected` is the number of requests, or 0 if it is not known. Reserves memory for the results before
    /// the first request is sent.
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

    /// Valid after the run has finished.
    [[nodiscard]] std::vector<Result<Response>> take() {
        take_over_ended();
        return std::move(results_);
    }

  private:
    /// Result of a request that has not ended, or that waits for an earlier one.
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

    /// Called during the run, so that each result is stored once and its place is reused.
    void take_over_ended() {
        while (!places_.empty() && places_.front().has_ended.load(std::memory_order_acquire)) {
            results_.push_back(std::move(places_.front().result));
            places_.pop_front();
        }
    }

    std::deque<Place> places_{};
    std::vector<Result<Response>> results_{};
};

/// Passes results of a run to a callback. Must outlive the run.
template <class Response>
class BulkStream {
  public:
    void add(BulkRun& run, const Route& route, const void* request,
             std::optional<std::string> idempotency_key) {
        // Allocated in advance, so that no result is lost when memory runs out.
        std::list<Item> item;
        item.emplace_back(added_);
        run.add(route, request, std::make_unique<ItemCompletion>(std::move(item), *this, run),
                std::move(idempotency_key));
        ++added_;
    }

    /// Passes the results that have arrived to `sink`. Must be called on one thread only.
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

}  // namespace sent::detail
