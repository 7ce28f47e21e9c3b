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

/// The service's `X-RateLimit-*` headers; it may leave them out.
struct RateLimit {
    std::optional<std::int64_t> limit{};
    std::optional<std::int64_t> remaining{};
    /// When the window ends.
    std::optional<Timestamp> reset{};
};

/// What is known of the exchange beside its content, for successes and failures alike.
struct ResponseMeta {
    /// 0 when no answer came.
    int http_status = 0;
    /// From the envelope, else from `X-Request-Id`.
    std::string request_id{};
    /// HTTP attempts made.
    int attempts = 0;
    /// The answer comes from the service's idempotency cache: an earlier attempt had succeeded.
    bool replayed = false;
    /// On a replay, the id of the request that was carried out.
    std::string original_request_id{};
    /// The answer is simulated.
    bool sandbox = false;
    /// Profile that the service acted for.
    std::string profile_id{};
    std::optional<RateLimit> rate_limit{};
    /// The key that the request carried, if any.
    std::string idempotency_key{};
    /// Of the last answer, without the API key if the call failed.
    Headers headers{};
    /// Body of the last answer. If the call failed, only its first 64 KiB, without the API key. Items of
    /// `all()` do not repeat it.
    std::string raw_body{};
};

namespace detail {

/// Where a call puts what the service answers.
struct CallTarget {
    /// Null when a success has no content.
    void* value = nullptr;
    ResponseMeta* meta = nullptr;
};

/// For a Result whose value is still to come.
struct ToBeFilled {
    explicit ToBeFilled(int /*unused*/) noexcept {}
};

/// Lets a call write into the Result that its caller gets, where it lies.
class ResultAccess;

/// Prints the error, as to_string() writes it, to standard error and ends the program (std::abort).
[[noreturn]] SENT_WEBHOOKS_EXPORT void result_has_no_value(const Error& error) noexcept;
/// The same for error() on a success.
[[noreturn]] SENT_WEBHOOKS_EXPORT void result_has_no_error() noexcept;

}  // namespace detail

/// A value or an Error, and on both sides the ResponseMeta. Check before you use it: `if (!result)
/// use(result.error());`. Programs that prefer exceptions call value(), which throws the ApiError that fits.
///
/// `*` and `->` on an error, and error() on a success, are mistakes of the program: they print what happened,
/// with the error's text, to standard error and end the program (std::abort).
template <class T>
class [[nodiscard]] Result {
  public:
    using value_type = T;

    Result(T value, ResponseMeta meta = {})  // NOLINT(google-explicit-constructor)
        : state_(std::in_place_index<0>, std::move(value)), meta_(std::move(meta)) {}
    /// A template, so that `{}` means a value rather than either.
    template <class E = Error, class = std::enable_if_t<std::is_same_v<E, Error>>>
    Result(E error, ResponseMeta meta = {})  // NOLINT(google-explicit-constructor)
        : state_(std::in_place_index<1>, std::move(error)), meta_(std::move(meta)) {}

    [[nodiscard]] explicit operator bool() const noexcept { return state_.index() == 0; }
    [[nodiscard]] bool has_value() const noexcept { return state_.index() == 0; }

    /// On an error, prints it to standard error and ends the program.
    [[nodiscard]] T& operator*() & noexcept { return *operator->(); }
    [[nodiscard]] const T& operator*() const& noexcept { return *operator->(); }
    [[nodiscard]] T&& operator*() && noexcept { return std::move(*operator->()); }
    [[nodiscard]] T* operator->() noexcept {
        require_value();
        return std::get_if<0>(&state_);
    }
    [[nodiscard]] const T* operator->() const noexcept {
        require_value();
        return std::get_if<0>(&state_);
    }

    /// The value; throws the subclass of ApiError that fits the error.
    [[nodiscard]] T& value() & {
        check();
        return **this;
    }
    [[nodiscard]] const T& value() const& {
        check();
        return **this;
    }
    /// By value, so that `for (const auto& item : client.contacts().list().value().items)` is safe.
    [[nodiscard]] T value() && {
        check();
        return *std::move(*this);
    }
    template <class U>
    [[nodiscard]] T value_or(U&& fallback) const& {
        return has_value() ? **this : static_cast<T>(std::forward<U>(fallback));
    }
    template <class U>
    [[nodiscard]] T value_or(U&& fallback) && {
        return has_value() ? *std::move(*this) : static_cast<T>(std::forward<U>(fallback));
    }

    /// On a success, says so on standard error and ends the program.
    [[nodiscard]] const Error& error() const& noexcept {
        require_error();
        return *std::get_if<1>(&state_);
    }
    [[nodiscard]] Error&& error() && noexcept {
        require_error();
        return std::move(*std::get_if<1>(&state_));
    }

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

/// For operations whose success has no content (204).
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
    /// Throws the subclass of ApiError that fits the error.
    void value() const {
        if (error_) {
            detail::throw_error(*error_);
        }
    }
    /// On a success, says so on standard error and ends the program.
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
    /// A success with an empty value, for target().
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
    /// With an error, drops the value that was begun.
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
