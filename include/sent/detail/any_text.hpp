#pragma once

#include <string_view>
#include <type_traits>

/// @file
/// Parameters that accept any type of string. For the library's own headers.

namespace sent::detail {

/// Returns the text of any type of string. A null pointer means no text.
template <class String>
std::string_view text_of_string(const String& string) {
    if constexpr (std::is_pointer_v<String>) {
        return string == nullptr ? std::string_view{} : std::string_view{string};
    } else if constexpr (std::is_convertible_v<const String&, std::string_view>) {
        return string;
    } else {
        return {string.data(), string.size()};
    }
}

/// Parameter that accepts any string without a copy. A null pointer, as std::getenv() may return, means
/// empty.
class AnyText {
  public:
    AnyText() = default;
    // NOLINTBEGIN(google-explicit-constructor): a parameter
    template <class String, class = std::enable_if_t<std::is_convertible_v<const String&, std::string_view>>>
    AnyText(const String& string) : text_(text_of_string(string)) {}
    operator std::string_view() const noexcept { return text_; }
    // NOLINTEND(google-explicit-constructor)

  private:
    std::string_view text_{};
};

}  // namespace sent::detail
