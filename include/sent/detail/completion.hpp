#pragma once

#include <memory>
#include <optional>
#include <utility>

#include <sent/detail/result_access.hpp>
#include <sent/error.hpp>
#include <sent/export.hpp>

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

/// Returns a callback that can be copied, as std::function requires, from one that may only be moved.
template <class Callback>
auto shared_callback(Callback callback) {
    return [shared = std::make_shared<Callback>(std::move(callback))](auto&& result) {
        (*shared)(std::forward<decltype(result)>(result));
    };
}

}  // namespace sent::detail
