#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>
#include <string_view>

#include <sent/export.hpp>

namespace sent {

/// Text that must not be shown, such as an API key. Prints as `[redacted]`, or as nothing if empty. Its
/// memory is overwritten when it is destroyed or assigned. Converts from any string, but never implicitly to
/// one.
class SENT_WEBHOOKS_EXPORT Secret {
  public:
    Secret() = default;
    // NOLINTBEGIN(google-explicit-constructor): `.api_key = std::getenv("...")`
    /// A null pointer means empty.
    Secret(const char* text);
    Secret(std::string_view text);
    /// Overwrites the memory of the given string.
    Secret(std::string text);
    // NOLINTEND(google-explicit-constructor)
    Secret(const Secret& other);
    Secret(Secret&& other) noexcept;
    Secret& operator=(const Secret& other);
    Secret& operator=(Secret&& other) noexcept;
    ~Secret();

    [[nodiscard]] bool empty() const noexcept { return text_.empty(); }
    /// Returns the text. Protecting copies of it is up to the caller.
    [[nodiscard]] std::string_view reveal() const noexcept { return text_; }

    friend bool operator==(const Secret& a, const Secret& b) noexcept { return a.text_ == b.text_; }
    friend bool operator!=(const Secret& a, const Secret& b) noexcept { return !(a == b); }

  private:
    void wipe() noexcept;
    std::string text_{};
};

SENT_WEBHOOKS_EXPORT std::ostream& operator<<(std::ostream& out, const Secret& secret);

namespace detail {
/// Overwrites all memory of the string and empties it.
void wipe(std::string& text) noexcept;
/// Overwrites these bytes.
void wipe(char* bytes, std::size_t size) noexcept;
}  // namespace detail

}  // namespace sent
