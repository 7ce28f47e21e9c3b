#pragma once

#include <version>

#if !defined(__cpp_impl_coroutine) || !defined(__cpp_lib_coroutine)
#error "sent/coroutine.hpp needs a compiler in C++20 mode with coroutines; Client::submit works without them"
#include <sent/coroutine.hpp needs C++20>  // stops compilers that would print many more errors
#endif

#include <atomic>
#include <coroutine>
#include <exception>
#include <memory>
#include <optional>
#include <utility>

#include <sent/cancellation.hpp>
#include <sent/client.hpp>
#include <sent/detail/once_task.hpp>
#include <sent/operation.hpp>
#include <sent/options.hpp>
#include <sent/result.hpp>

/// @file
/// Calls for C++20 coroutines. `sent/sent.hpp` does not include this header.
///
///     Task greet(sent::Client client, sent::SendMessageRequest request) {
///         auto reply = co_await client.async_call(request);
///         if (!reply) { ... }
///     }
///
/// GCC 12 mishandles aggregates that are made with braces inside a `co_await` expression:
/// `co_await client.async_call(SendMessageRequest{...})` does not compile, or destroys them twice. Store the
/// request in a variable first.

namespace sent {

/// Awaitable that Client::async_call returns. The call starts when it is awaited, and `co_await` returns its
/// Result. It can be awaited once, and moved before that.
///
/// The coroutine resumes on AsyncOptions::executor. Without an executor it resumes on the transport's thread,
/// which it must not block (see resume_on()). If the call ends at once, the coroutine is not suspended.
/// Destroying a coroutine that is suspended here cancels the call. Destroy it only on the thread or executor
/// on which it would resume: elsewhere it may be resuming at the same time.
template <class Request>
class [[nodiscard]] CallAwaitable {
  public:
    using Response = response_of<Request>;

    CallAwaitable(Client client, Request request, CallOptions options)
        : client_(std::move(client)), request_(std::move(request)), options_(std::move(options)) {}
    CallAwaitable(CallAwaitable&&) noexcept = default;
    CallAwaitable& operator=(CallAwaitable&&) = delete;
    CallAwaitable(const CallAwaitable&) = delete;
    CallAwaitable& operator=(const CallAwaitable&) = delete;
    ~CallAwaitable() {
        if (state_ && state_->phase.exchange(Phase::abandoned) == Phase::suspended) {
            state_->stop.cancel();
        }
    }

    /// Resumes the coroutine on `executor` instead of the client's executor. If `executor` throws or drops
    /// the task, the coroutine resumes on the thread where that happens.
    CallAwaitable resume_on(Executor executor) && {
        executor_ = std::move(executor);
        return std::move(*this);
    }

    [[nodiscard]] bool await_ready() const noexcept { return false; }

    bool await_suspend(std::coroutine_handle<> waiting) {
        state_ = std::make_shared<State>();
        // The coroutine, and this object with it, may be destroyed before submit() has returned.
        const auto state = state_;
        const Client client = std::move(client_);
        const Request request = std::move(request_);
        CallOptions options = std::move(options_);
        state->waiting = waiting;
        state->executor = std::move(executor_);
        state->link = client.token_for(options).on_cancel([stop = state->stop]() mutable { stop.cancel(); });
        options.cancel = state->stop.token();
        client.submit(
            request, [state](Result<Response> result) { ended(state, std::move(result)); }, options);
        auto expected = Phase::starting;
        return state->phase.compare_exchange_strong(expected, Phase::suspended);
    }

    Result<Response> await_resume() { return std::move(*state_->result); }

  private:
    enum class Phase { starting, suspended, ended, abandoned };

    struct State {
        std::atomic<Phase> phase{Phase::starting};
        std::coroutine_handle<> waiting{};
        std::optional<Result<Response>> result{};
        Executor executor{};
        CancellationSource stop{};
        CancellationToken::Registration link{};
    };

    static void ended(const std::shared_ptr<State>& state, Result<Response>&& result) {
        state->result.emplace(std::move(result));
        state->link.reset();
        // Moved out of the state: an executor that keeps the task would otherwise keep itself alive.
        const Executor executor = std::exchange(state->executor, nullptr);
        if (!executor) {
            resume(*state);
            return;
        }
        (void)detail::hand_over(executor, [state] { resume(*state); });
    }

    static void resume(State& state) {
        if (state.phase.exchange(Phase::ended) == Phase::suspended) {
            state.waiting.resume();
        }
    }

    Client client_;
    Request request_;
    CallOptions options_;
    Executor executor_{};
    std::shared_ptr<State> state_{};
};

template <class Request>
CallAwaitable<Request> Client::async_call(Request request) const {
    return CallAwaitable<Request>{*this, std::move(request), CallOptions{}};
}

template <class Request>
CallAwaitable<Request> Client::async_call(Request request, CallOptions options) const {
    return CallAwaitable<Request>{*this, std::move(request), std::move(options)};
}

}  // namespace sent
