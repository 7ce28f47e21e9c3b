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
/// Repeats a read until its result is what the caller waits for.
///
/// A judge decides: `std::optional<milliseconds> next(Result<Response>& result, SteadyTime now)` returns the
/// wait before the next poll, or nothing if `result` is final; it may replace `result`. `SteadyTime
/// deadline()` returns when polling must have ended.

namespace sent::detail {

/// The options of the next poll. It must end by the deadline, including the wait before it.
inline CallOptions options_of_poll(const CallOptions& options, Clock::SteadyTime deadline,
                                   Clock::SteadyTime now, std::chrono::milliseconds start_after) {
    using std::chrono::milliseconds;
    CallOptions changed = options;
    const auto left = std::max(std::chrono::duration_cast<milliseconds>(deadline - now), milliseconds{1});
    const auto own = std::min(changed.deadline.value_or(left), left);
    changed.deadline = start_after < left - own ? own + start_after : left;
    return changed;
}

/// Polls on this thread.
template <class Request, class Judge>
Result<response_of<Request>> poll(const Client& client, const Request& request, const CallOptions& options,
                                  Judge judge) {
    const auto clock = ClientAccess::clock(client);
    auto start_after = std::chrono::milliseconds{0};
    for (;;) {
        const auto poll_options = options_of_poll(options, judge.deadline(), clock->now(), start_after);
        auto result = ClientAccess::call(client, request, poll_options, start_after);
        const auto next = judge.next(result, clock->now());
        if (!next) {
            return result;
        }
        start_after = *next;
    }
}

/// Polls without blocking a thread, and passes the final result to `Callback`.
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
        auto polled = [self = this->shared_from_this()](Result<Response>&& result) {
            self->polled(std::move(result));
        };
        client_.start(operation<Request>::route(), &request_, poll_options,
                      std::make_unique<CallbackCompletion<Response, decltype(polled)>>(std::move(polled)),
                      start_after);
    }

  private:
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
