#pragma once

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <utility>

#include <sent/client.hpp>
#include <sent/clock.hpp>

#include "core/client_access.hpp"

/// @file
/// Repeating a read until its answer is what the caller waits for.
///
/// A judge decides: `std::optional<milliseconds> next(Result<Response>& result, SteadyTime now)` gives the
/// wait before the next poll, or nothing when `result`, which it may replace, is the end; `SteadyTime
/// deadline()` is when all must be over.

namespace sent::detail {

/// The options of the next poll: it must be over by the deadline, the wait before it included.
inline CallOptions options_of_poll(const CallOptions& options, Clock::SteadyTime deadline,
                                   Clock::SteadyTime now, std::chrono::milliseconds start_after) {
    using std::chrono::milliseconds;
    CallOptions changed = options;
    const auto left = std::max(std::chrono::duration_cast<milliseconds>(deadline - now), milliseconds{1});
    changed.deadline = std::min(std::min(changed.deadline.value_or(left), left) + start_after, left);
    return changed;
}

/// Polls on this thread.
template <class Request, class Judge>
Result<response_of<Request>> poll(const Client& client, const Request& request, const CallOptions& options,
                                  Judge judge) {
    using Response = response_of<Request>;
    const auto clock = ClientAccess::clock(client);
    auto start_after = std::chrono::milliseconds{0};
    for (;;) {
        Response value{};
        const auto poll_options = options_of_poll(options, judge.deadline(), clock->now(), start_after);
        auto result =
            make_result<Response>(ClientAccess::perform(client, operation<Request>::route(), &request,
                                                        poll_options, &value, start_after),
                                  value);
        const auto next = judge.next(result, clock->now());
        if (!next) {
            return result;
        }
        start_after = *next;
    }
}

/// Polls without a thread that waits, and hands the end to `Callback`.
template <class Request, class Judge, class Callback>
class AsyncPolling : public std::enable_shared_from_this<AsyncPolling<Request, Judge, Callback>> {
  public:
    using Response = response_of<Request>;

    AsyncPolling(const Client& client, Request request, CallOptions options, Judge judge, Callback callback)
        : client_(client),
          clock_(ClientAccess::clock(client)),
          request_(std::move(request)),
          options_(std::move(options)),
          judge_(std::move(judge)),
          callback_(std::move(callback)) {}

    void start(std::chrono::milliseconds start_after) {
        const auto poll_options = options_of_poll(options_, judge_.deadline(), clock_->now(), start_after);
        client_.start(operation<Request>::route(), &request_, poll_options,
                      std::make_unique<PollCompletion>(this->shared_from_this()), start_after);
    }

  private:
    class PollCompletion final : public Completion {
      public:
        explicit PollCompletion(std::shared_ptr<AsyncPolling> polling) : polling_(std::move(polling)) {}
        void* value() noexcept override { return &value_; }
        void complete(CallResult&& result) override {
            polling_->polled(make_result<Response>(std::move(result), value_));
        }

      private:
        std::shared_ptr<AsyncPolling> polling_;
        Response value_{};
    };

    void polled(Result<Response>&& result) {
        if (const auto next = judge_.next(result, clock_->now())) {
            start(*next);
        } else {
            callback_(std::move(result));
        }
    }

    ClientAccess::Weak client_;
    std::shared_ptr<Clock> clock_;
    Request request_;
    CallOptions options_;
    Judge judge_;
    Callback callback_;
};

template <class Request, class Judge, class Callback>
void poll_async(const Client& client, Request request, CallOptions options, Judge judge, Callback callback) {
    std::make_shared<AsyncPolling<Request, Judge, Callback>>(client, std::move(request), std::move(options),
                                                             std::move(judge), std::move(callback))
        ->start(std::chrono::milliseconds{0});
}

}  // namespace sent::detail
