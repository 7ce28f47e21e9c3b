#pragma once

#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

#include <sent/error.hpp>
#include <sent/export.hpp>
#include <sent/response_meta.hpp>

namespace sent {

namespace detail {

/// Where a call stores the answer of the service.
struct CallTarget {
    /// Null if a success has no content.
    void* value = nullptr;
    ResponseMeta* meta = nullptr;
};

/// Tag for a Result whose value is stored later.
struct ToBeFilled {
    explicit ToBeFilled(int /*unused*/) noexcept {}
};

/// Lets a call write directly into the Result that its caller receives.
class ResultAccess;

/// Prints the error, in the form of to_string(), to standard error and ends the program (std::abort).
[[noreturn]] SENT_WEBHOOKS_EXPORT void result_has_no_value(const Error& error) noexcept;
/// Prints that error() was called on a success to standard error and ends the program (std::abort).
[[noreturn]] SENT_WEBHOOKS_EXPORT void result_has_no_error() noexcept;

}  // namespace detail

/// A value or an Error, with the ResponseMeta in both cases. Check before you use it:
/// `if (!result) use(result.error());`. Programs that prefer exceptions call value(), which throws the
/// ApiError for the error's kind.
///
/// `*` and `->` on an error, and error() on a success, are programming errors: they print what happened, with
/// the error's text, to standard error and end the program (std::abort).
template <class T>
class [[nodiscard]] Result {
  public:
    using value_type = T;

    Result(T value, ResponseMeta meta = {})  // NOLINT(google-explicit-constructor)
        : state_(std::in_place_index<0>, std::move(value)), meta_(std::move(meta)) {}
    /// A template, so that `{}` means a value and is not ambiguous.
    template <class E = Error, class = std::enable_if_t<std::is_same_v<E, Error>>>
    Result(E error, ResponseMeta meta = {})  // NOLINT(google-explicit-constructor)
        : state_(std::in_place_index<1>, std::move(error)), meta_(std::move(meta)) {}

    [[nodiscard]] explicit operator bool() const noexcept { return state_.index() == 0; }
    [[nodiscard]] bool has_value() const noexcept { return state_.index() == 0; }

    /// Returns the value. On an error, prints it to standard error and ends the program.
    [[nodiscard]] T& operator*() & noexcept { return *operator->(); }
    [[nodiscard]] const T& operator*() const& noexcept { return *operator->(); }
    [[nodiscard]] T&& operator*() && noexcept { return std::move(*operator->()); }
    [[nodiscard]] T* operator->() noexcept {
        require_value();
        return &std::get<0>(state_);
    }
    [[nodiscard]] const T* operator->() const noexcept {
        require_value();
        return &std::get<0>(state_);
    }

    /// Returns the value. On an error, throws the subclass of ApiError for the error's kind.
    [[nodiscard]] T& value() & {
        check();
        return **this;
    }
    [[nodiscard]] const T& value() const& {
        check();
        return **this;
    }
    /// Returns by value, so that `for (const auto& item : client.contacts().list().value().items)` is safe.
    [[nodiscard]] T value() && {
        check();
        return *std::move(*this);
    }
    /// Returns the value, or `fallback` on an error.
    template <class U>
    [[nodiscard]] T value_or(U&& fallback) const& {
        return has_value() ? **this : static_cast<T>(std::forward<U>(fallback));
    }
    template <class U>
    [[nodiscard]] T value_or(U&& fallback) && {
        return has_value() ? *std::move(*this) : static_cast<T>(std::forward<U>(fallback));
    }

    /// Returns the error. On a success, prints that to standard error and ends the program.
    [[nodiscard]] const Error& error() const& noexcept {
        require_error();
        return std::get<1>(state_);
    }
    [[nodiscard]] Error&& error() && noexcept {
        require_error();
        return std::move(std::get<1>(state_));
    }

    /// Returns what is known of the exchange, for values and errors.
    [[nodiscard]] const ResponseMeta& meta() const& noexcept { return meta_; }
    [[nodiscard]] ResponseMeta&& meta() && noexcept { return std::move(meta_); }

  private:
    friend class detail::ResultAccess;
    explicit Result(detail::ToBeFilled /*value*/) : state_(std::in_place_index<0>) {}

    void check() const {
        if (!has_value()) {
            detail::throw_error(error());
        }
    }
    void require_value() const noexcept {
        if (const auto* error = std::get_if<1>(&state_)) {
            detail::result_has_no_value(*error);
        }
    }
    void require_error() const noexcept {
        if (has_value()) {
            detail::result_has_no_error();
        }
    }

    std::variant<T, Error> state_;
    ResponseMeta meta_{};
};

/// Result of operations whose success has no content (204).
template <>
class [[nodiscard]] Result<void> {
  public:
    using value_type = void;

    Result() = default;
    // Templates, so that `{}` means a success.
    template <class M = ResponseMeta, class = std::enable_if_t<std::is_same_v<M, ResponseMeta>>>
    explicit Result(M meta) noexcept : meta_(std::move(meta)) {}
    template <class E = Error, class = std::enable_if_t<std::is_same_v<E, Error>>>
    Result(E error, ResponseMeta meta = {})  // NOLINT(google-explicit-constructor)
        : error_(std::move(error)), meta_(std::move(meta)) {}

    [[nodiscard]] explicit operator bool() const noexcept { return !error_.has_value(); }
    [[nodiscard]] bool has_value() const noexcept { return !error_.has_value(); }
    /// Throws the subclass of ApiError for the error's kind. Does nothing on a success.
    void value() const {
        if (error_) {
            detail::throw_error(*error_);
        }
    }
    /// Returns the error. On a success, prints that to standard error and ends the program.
    [[nodiscard]] const Error& error() const& noexcept {
        require_error();
        return *error_;
    }
    [[nodiscard]] Error&& error() && noexcept {
        require_error();
        return std::move(*error_);
    }
    [[nodiscard]] const ResponseMeta& meta() const& noexcept { return meta_; }
    [[nodiscard]] ResponseMeta&& meta() && noexcept { return std::move(meta_); }

  private:
    friend class detail::ResultAccess;
    explicit Result(detail::ToBeFilled /*value*/) noexcept {}

    void require_error() const noexcept {
        if (!error_) {
            detail::result_has_no_error();
        }
    }

    std::optional<Error> error_{};
    ResponseMeta meta_{};
};

}  // namespace sent
