#pragma once

#include <optional>
#include <type_traits>
#include <utility>

#include <sent/export.hpp>

namespace sent {

/// For updates, where the wire has three states: absent (leave alone, the default), null (clear) and a value
/// (set).
///
/// `{.default_channel = sent::null}` clears, `{.default_channel = "sms"}` sets, leaving it out changes
/// nothing.
struct Null {
    /// Not from `{}`, which means absent.
    explicit constexpr Null(int /*unused*/) noexcept {}
};
inline constexpr Null null{0};

template <class T>
class Nullable {
  public:
    Nullable() = default;
    Nullable(Null) noexcept : null_(true) {}  // NOLINT(google-explicit-constructor)
    /// From whatever converts to T: `"sms"` for a Nullable<std::string>. A null `const char*`, as
    /// std::getenv() may return, is absent.
    template <class U = T, class = std::enable_if_t<std::is_convertible_v<U&&, T> &&
                                                    !std::is_same_v<std::decay_t<U>, Nullable> &&
                                                    !std::is_same_v<std::decay_t<U>, Null>>>
    Nullable(U&& value) {  // NOLINT(google-explicit-constructor)
        if constexpr (std::is_convertible_v<U&&, const char*>) {
            const char* text = value;
            if (text == nullptr) {
                return;
            }
        }
        value_.emplace(std::forward<U>(value));
    }

    [[nodiscard]] bool is_absent() const noexcept { return !null_ && !value_.has_value(); }
    [[nodiscard]] bool is_null() const noexcept { return null_; }
    [[nodiscard]] bool has_value() const noexcept { return value_.has_value(); }

    void reset() noexcept {
        null_ = false;
        value_.reset();
    }
    void set_null() noexcept {
        null_ = true;
        value_.reset();
    }
    T& emplace() {
        null_ = false;
        return value_.emplace();
    }

    /// Only when has_value().
    [[nodiscard]] T& operator*() noexcept { return *value_; }
    [[nodiscard]] const T& operator*() const noexcept { return *value_; }
    [[nodiscard]] T* operator->() noexcept { return &*value_; }
    [[nodiscard]] const T* operator->() const noexcept { return &*value_; }

    friend bool operator==(const Nullable& a, const Nullable& b) {
        return a.null_ == b.null_ && a.value_ == b.value_;
    }
    friend bool operator!=(const Nullable& a, const Nullable& b) { return !(a == b); }

  private:
    std::optional<T> value_{};
    bool null_ = false;
};

}  // namespace sent
