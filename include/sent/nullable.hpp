#pragma once

#include <optional>
#include <type_traits>
#include <utility>

#include <sent/export.hpp>

namespace sent {

/// Null value of an update. A member of an update is absent (leave unchanged, the default), null (clear) or a
/// value (set).
///
/// `{.default_channel = sent::null}` clears the member, `{.default_channel = "sms"}` sets it, and leaving it
/// out changes nothing.
struct Null {
    /// Not implicit from `{}`, which means absent.
    explicit constexpr Null(int /*unused*/) noexcept {}
};
/// Clears a member of an update: `.default_channel = sent::null`.
inline constexpr Null null{0};

/// Member of an update: absent (the default), null or a value. See Null.
template <class T>
class Nullable {
  public:
    Nullable() = default;
    Nullable(Null) noexcept : null_(true) {}  // NOLINT(google-explicit-constructor)
    /// Converts from everything that converts to T, such as `"sms"` for Nullable<std::string>. A null
    /// `const char*`, as std::getenv() may return, means absent.
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

    /// True if the update leaves the member unchanged.
    [[nodiscard]] bool is_absent() const noexcept { return !null_ && !value_.has_value(); }
    /// True if the update clears the member.
    [[nodiscard]] bool is_null() const noexcept { return null_; }
    /// True if the update sets the member.
    [[nodiscard]] bool has_value() const noexcept { return value_.has_value(); }

    /// Makes the member absent.
    void reset() noexcept {
        null_ = false;
        value_.reset();
    }
    /// Makes the member null.
    void set_null() noexcept {
        null_ = true;
        value_.reset();
    }
    /// Sets the member to a default-constructed value and returns it.
    T& emplace() {
        null_ = false;
        return value_.emplace();
    }

    /// Returns the value. Requires has_value().
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
