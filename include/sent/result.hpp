#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>

#include <sent/error.hpp>
#include <sent/export.hpp>
#include <sent/http/headers.hpp>
#include <sent/timestamp.hpp>

namespace sent {

/// The service's `X-RateLimit-*` headers. The service may omit them.
struct RateLimit {
    std::optional<std::int64_t> limit{};
    std::optional<std::int64_t> remaining{};
    /// When the window ends.
    std::optional<Timestamp> reset{};
};

/// What is known of the exchange besides its content, for successes and failures.
struct ResponseMeta {
    /// Status of the answer. 0 if there was none.
    int http_status = 0;
    /// Id of the request, from the envelope, otherwise from `X-Request-Id`.
    std::string request_id{};
    /// Number of HTTP attempts.
    int attempts = 0;
    /// True if the answer comes from the service's idempotency cache: an earlier attempt had succeeded.
    bool replayed = false;
    /// Id of the request that was carried out, if this answer is a replay.
    std::string original_request_id{};
    /// True if the answer is simulated.
    bool sandbox = false;
    /// Profile that the service acted for.
    std::string profile_id{};
    /// Rate limit that the service reported. Empty if it reported none.
    std::optional<RateLimit> rate_limit{};
    /// Idempotency key of the request, if it had one.
    std::string idempotency_key{};
    /// Headers of the last answer, without the API key if the call failed. Items of `all()` do not repeat
    /// them.
    Headers headers{};
    /// Body of the last answer. If the call failed, only its first 64 KiB, without the API key. Items of
    /// `all()` do not repeat it.
    std::string raw_body{};
};

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

namespace detail {

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

}  // namespace detail

}  // namespace sent
