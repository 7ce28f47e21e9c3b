#pragma once

#include <future>
#include <optional>
#include <utility>

#include <sent/client.hpp>
#include <sent/error.hpp>
#include <sent/result.hpp>

/// @file
/// Client::submit, and helpers that poll, with a std::future for a result.

namespace sent::detail {

/// Callback that passes the Result to a future. If it is destroyed without a call, because memory ran out, it
/// passes an error. A broken promise would need memory for its exception, and end the program if there is
/// none.
template <class T>
class Promise {
  public:
    Promise() = default;
    Promise(Promise&& other) noexcept : promise_(std::exchange(other.promise_, std::nullopt)) {}
    Promise& operator=(Promise&&) = delete;
    Promise(const Promise&) = delete;
    Promise& operator=(const Promise&) = delete;
    ~Promise() {
        if (promise_) {
            Error error;
            error.kind = ErrorKind::resource_exhausted;
            error.outcome = Outcome::unknown;
            error.message = "out of memory";
            promise_->set_value(std::move(error));
        }
    }
    std::future<Result<T>> future() { return promise_->get_future(); }
    void operator()(Result<T>&& result) {
        std::exchange(promise_, std::nullopt)->set_value(std::move(result));
    }

  private:
    std::optional<std::promise<Result<T>>> promise_{std::in_place};
};

template <class T>
struct FutureOf<T, void> {
    /// Passes a Promise to `start`, which starts the call, and returns its future.
    template <class Start>
    static std::future<Result<T>> from(const Start& start) {
        Promise<T> promise;
        auto future = promise.future();
        start(std::move(promise));
        return future;
    }
};

}  // namespace sent::detail
