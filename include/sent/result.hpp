#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>

#include <sent/error.hpp>
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
    /// Body of the last answer, without the API key if the call failed. Items of `all()` do not repeat it.
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
    explicit ToBeFilled() = default;
};

/// Lets a call write into the Result that its caller gets, where it lies.
class ResultAccess;

}  // namespace detail

/// A value or an Error, and on both sides the ResponseMeta. Look before you take: `if (!result)
/// use(result.error());`. Programs that prefer exceptions call value(), which throws the ApiError that fits.
template <class T>
class [[nodiscard]] Result {
  public:
    using value_type = T;

    Result(T value, ResponseMeta meta = {})  // NOLINT(google-explicit-constructor)
        : state_(std::in_place_index<0>, std::move(value)), meta_(std::move(meta)) {}
    Result(Error error, ResponseMeta meta = {})  // NOLINT(google-explicit-constructor)
        : state_(std::in_place_index<1>, std::move(error)), meta_(std::move(meta)) {}

    [[nodiscard]] explicit operator bool() const noexcept { return state_.index() == 0; }
    [[nodiscard]] bool has_value() const noexcept { return state_.index() == 0; }

    /// Only when has_value().
    [[nodiscard]] T& operator*() & noexcept { return std::get<0>(state_); }
    [[nodiscard]] const T& operator*() const& noexcept { return std::get<0>(state_); }
    [[nodiscard]] T&& operator*() && noexcept { return std::move(std::get<0>(state_)); }
    [[nodiscard]] T* operator->() noexcept { return &std::get<0>(state_); }
    [[nodiscard]] const T* operator->() const noexcept { return &std::get<0>(state_); }

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
        return std::move(std::get<0>(state_));
    }
    template <class U>
    [[nodiscard]] T value_or(U&& fallback) const& {
        return has_value() ? **this : static_cast<T>(std::forward<U>(fallback));
    }
    template <class U>
    [[nodiscard]] T value_or(U&& fallback) && {
        return has_value() ? std::move(std::get<0>(state_)) : static_cast<T>(std::forward<U>(fallback));
    }

    /// Only when !has_value().
    [[nodiscard]] const Error& error() const& noexcept { return std::get<1>(state_); }
    [[nodiscard]] Error&& error() && noexcept { return std::move(std::get<1>(state_)); }

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

    std::variant<T, Error> state_;
    ResponseMeta meta_{};
};

/// For operations whose success has no content (204).
template <>
class [[nodiscard]] Result<void> {
  public:
    using value_type = void;

    Result() = default;
    explicit Result(ResponseMeta meta) noexcept : meta_(std::move(meta)) {}
    Result(Error error, ResponseMeta meta = {})  // NOLINT(google-explicit-constructor)
        : error_(std::move(error)), meta_(std::move(meta)) {}

    [[nodiscard]] explicit operator bool() const noexcept { return !error_.has_value(); }
    [[nodiscard]] bool has_value() const noexcept { return !error_.has_value(); }
    /// Throws the subclass of ApiError that fits the error.
    void value() const {
        if (error_) {
            detail::throw_error(*error_);
        }
    }
    /// Only when !has_value().
    [[nodiscard]] const Error& error() const& noexcept { return *error_; }
    [[nodiscard]] Error&& error() && noexcept { return std::move(*error_); }
    [[nodiscard]] const ResponseMeta& meta() const& noexcept { return meta_; }
    [[nodiscard]] ResponseMeta&& meta() && noexcept { return std::move(meta_); }

  private:
    friend class detail::ResultAccess;
    explicit Result(detail::ToBeFilled /*value*/) noexcept {}

    std::optional<Error> error_{};
    ResponseMeta meta_{};
};

namespace detail {

class ResultAccess {
  public:
    /// A success with an empty value, for target().
    template <class T>
    static Result<T> make() {
        return Result<T>{ToBeFilled{}};
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
