#pragma once

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
    /// Adds a request, with a key of its own unless that is empty; `completion` is called before finish()
    /// returns.
    void add(const Route& route, const void* request, std::unique_ptr<Completion> completion,
             std::string idempotency_key);
    /// How a request has ended.
    struct Ended {
        /// Null: successfully.
        explicit Ended(const Error* error) noexcept
            : failed(error != nullptr),
              uncertain(failed &&
                        (error->outcome == Outcome::unknown || error->outcome == Outcome::accepted)) {}
        bool failed;
        bool uncertain;
    };
    /// To be called by each completion. It must not fail on the way there, or the run waits for ever.
    void count(Ended ended) noexcept;
    /// Waits for what has been added.
    void finish();
    /// For a request that was never started.
    [[nodiscard]] static Error never_started();

    [[nodiscard]] std::size_t succeeded() const noexcept;
    [[nodiscard]] std::size_t failed() const noexcept;
    [[nodiscard]] std::size_t uncertain() const noexcept;
    [[nodiscard]] std::chrono::milliseconds elapsed() const noexcept;

  private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

/// The results of a run, in the order in which its requests were added or left out. Must outlive the run.
template <class Response>
class BulkResults {
  public:
    void add(BulkRun& run, const Route& route, const void* request, const std::string& idempotency_key = {}) {
        auto store = [&slot = slots_.emplace_back(), &run](Result<Response> result) noexcept {
            const auto& stored = slot.emplace(std::move(result));
            run.count(BulkRun::Ended{stored ? nullptr : &stored.error()});
        };
        run.add(route, request, std::make_unique<CallbackCompletion<Response, decltype(store)>>(store),
                idempotency_key);
    }
    void leave_out() { slots_.emplace_back(); }

    /// Only when the run is finished.
    [[nodiscard]] std::vector<Result<Response>> take() {
        std::vector<Result<Response>> results;
        results.reserve(slots_.size());
        for (auto& slot : slots_) {
            if (slot) {
                results.push_back(std::move(*slot));
            } else {
                results.emplace_back(BulkRun::never_started());
            }
        }
        return results;
    }

  private:
    std::deque<std::optional<Result<Response>>> slots_{};
};

/// Results of a run on their way to a callback. Must outlive the run.
template <class Response>
class BulkStream {
  public:
    void add(BulkRun& run, const Route& route, const void* request) {
        // Made beforehand: a result that has come must not be lost for want of memory.
        std::list<Item> place;
        place.emplace_back(added_);
        auto store = [this, &run, node = std::move(place)](Result<Response> result) mutable noexcept {
            auto& stored = node.front().result.emplace(std::move(result));
            const auto* error = stored ? nullptr : &stored.error();
            // Counted first: once delivered it may be gone.
            const auto outcome = BulkRun::Ended{error};
            {
                const std::lock_guard<std::mutex> lock{mutex_};
                arrived_.splice(arrived_.end(), node);
            }
            run.count(outcome);
        };
        run.add(route, request,
                std::make_unique<CallbackCompletion<Response, decltype(store)>>(std::move(store)), {});
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
            sink(item.index, std::move(*item.result));
        }
    }

  private:
    struct Item {
        explicit Item(std::size_t place) : index(place) {}
        std::size_t index;
        std::optional<Result<Response>> result{};
    };
    std::size_t added_ = 0;
    std::mutex mutex_{};
    std::list<Item> arrived_{};
};

}  // namespace detail
}  // namespace sent
