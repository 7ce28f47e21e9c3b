#pragma once

#include <future>
#include <optional>
#include <utility>

#include <sent/error.hpp>
#include <sent/export.hpp>
#include <sent/result.hpp>

/// @file
/// How a call reports its end. For the library's own headers.

namespace sent::detail {

/// Receives the result of an asynchronous call, on the engine's thread.
class SENT_EXPORT CallCompletion {
  public:
    CallCompletion() = default;
    CallCompletion(const CallCompletion&) = delete;
    CallCompletion& operator=(const CallCompletion&) = delete;
    virtual ~CallCompletion();
    /// Returns where the answer is stored. Valid until complete() is called.
    virtual CallTarget target() noexcept = 0;
    /// Called when the call has ended. If there is no error, the answer is in the target.
    virtual void complete(std::optional<Error>&& error) = 0;
};

/// Passes the Result to a callable.
template <class T, class Callback>
class CallbackCompletion final : public CallCompletion {
  public:
    explicit CallbackCompletion(Callback callback) : callback_(std::move(callback)) {}
    CallTarget target() noexcept override { return ResultAccess::target(result_); }
    void complete(std::optional<Error>&& error) override {
        ResultAccess::finish(result_, std::move(error));
        callback_(std::move(result_));
    }

  private:
    Callback callback_;
    Result<T> result_ = ResultAccess::make<T>();
};

/// Passes the Result to a future. If it is destroyed without complete(), because memory ran out, it passes an
/// error. A broken promise would need memory for its exception, and end the program if there is none.
template <class T>
class FutureCompletion final : public CallCompletion {
  public:
    FutureCompletion() = default;
    FutureCompletion(const FutureCompletion&) = delete;
    FutureCompletion& operator=(const FutureCompletion&) = delete;
    ~FutureCompletion() override {
        if (!fulfilled_) {
            Error error;
            error.kind = ErrorKind::resource_exhausted;
            error.outcome = Outcome::unknown;
            error.message = "out of memory";
            promise_.set_value(Result<T>{std::move(error)});
        }
    }
    std::future<Result<T>> future() { return promise_.get_future(); }
    CallTarget target() noexcept override { return ResultAccess::target(result_); }
    void complete(std::optional<Error>&& error) override {
        fulfilled_ = true;
        ResultAccess::finish(result_, std::move(error));
        promise_.set_value(std::move(result_));
    }

  private:
    std::promise<Result<T>> promise_{};
    bool fulfilled_ = false;
    Result<T> result_ = ResultAccess::make<T>();
};

}  // namespace sent::detail
