#pragma once

#include <optional>
#include <type_traits>
#include <utility>

#include <sent/result.hpp>

/// @file
/// How a call fills a Result in place. For the library's own headers and sources.

namespace sent::detail {

class ResultAccess {
  public:
    /// Makes a success with an empty value, for target().
    template <class T>
    static Result<T> make() {
        return Result<T>{ToBeFilled{0}};
    }
    template <class T>
    static CallTarget target(Result<T>& result) noexcept {
        if constexpr (std::is_void_v<T>) {
            return {nullptr, &result.meta_};
        } else {
            return {&*result, &result.meta_};
        }
    }
    /// On an error, replaces the value that was begun.
    template <class T>
    static void finish(Result<T>& result, std::optional<Error>&& error) {
        if (!error) {
            return;
        }
        if constexpr (std::is_void_v<T>) {
            result.error_ = std::move(error);
        } else {
            result.state_.template emplace<1>(std::move(*error));
        }
    }
};

}  // namespace sent::detail
