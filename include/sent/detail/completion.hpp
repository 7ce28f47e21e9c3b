#pragma once

#include <optional>
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

}  // namespace sent::detail
