#pragma once

#include <future>
#include <optional>
#include <type_traits>
#include <utility>

#include <sent/error.hpp>
#include <sent/export.hpp>
#include <sent/result.hpp>

/// @file
/// How a call tells that it has ended. For the library's own headers.

namespace sent::detail {

/// How a call ended, but for its value.
struct CallResult {
    std::optional<Error> error{};
    ResponseMeta meta{};
};

/// Receives the end of an asynchronous call, on the engine's thread.
class SENT_EXPORT Completion {
  public:
    Completion() = default;
    Completion(const Completion&) = delete;
    Completion& operator=(const Completion&) = delete;
    virtual ~Completion();
    /// Where the answer is to be decoded; null when it has none.
    virtual void* value() noexcept = 0;
    virtual void complete(CallResult&& result) = 0;
};

template <class T>
Result<T> make_result(CallResult&& result, T& value) {
    if (result.error) {
        return Result<T>{std::move(*result.error), std::move(result.meta)};
    }
    return Result<T>{std::move(value), std::move(result.meta)};
}

inline Result<void> make_result(CallResult&& result) {
    if (result.error) {
        return Result<void>{std::move(*result.error), std::move(result.meta)};
    }
    return Result<void>{std::move(result.meta)};
}

/// Hands the Result to a callable.
template <class T, class Callback>
class CallbackCompletion final : public Completion {
  public:
    explicit CallbackCompletion(Callback callback) : callback_(std::move(callback)) {}
    void* value() noexcept override { return &value_; }
    void complete(CallResult&& result) override { callback_(make_result<T>(std::move(result), value_)); }

  private:
    Callback callback_;
    T value_{};
};

template <class Callback>
class CallbackCompletion<void, Callback> final : public Completion {
  public:
    explicit CallbackCompletion(Callback callback) : callback_(std::move(callback)) {}
    void* value() noexcept override { return nullptr; }
    void complete(CallResult&& result) override { callback_(make_result(std::move(result))); }

  private:
    Callback callback_;
};

/// Hands the Result to a future. One that is dropped all the same (for want of memory) does that, too: a
/// promise that is broken would need memory for its exception, and end the program where there is none.
template <class T>
class FutureCompletion final : public Completion {
  public:
    FutureCompletion() = default;
    FutureCompletion(const FutureCompletion&) = delete;
    FutureCompletion& operator=(const FutureCompletion&) = delete;
    ~FutureCompletion() override {
        if (!fulfilled_) {
            Error error;
            error.kind = ErrorKind::connection;
            error.outcome = Outcome::unknown;
            error.message = "out of memory";
            promise_.set_value(Result<T>{std::move(error)});
        }
    }
    std::future<Result<T>> future() { return promise_.get_future(); }
    void* value() noexcept override {
        if constexpr (std::is_void_v<T>) {
            return nullptr;
        } else {
            return &value_;
        }
    }
    void complete(CallResult&& result) override {
        fulfilled_ = true;
        if constexpr (std::is_void_v<T>) {
            promise_.set_value(make_result(std::move(result)));
        } else {
            promise_.set_value(make_result<T>(std::move(result), value_));
        }
    }

  private:
    std::promise<Result<T>> promise_{};
    bool fulfilled_ = false;
    std::conditional_t<std::is_void_v<T>, bool, T> value_{};
};

}  // namespace sent::detail
