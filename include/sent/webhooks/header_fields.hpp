#pragma once

#include <cstddef>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <sent/detail/any_text.hpp>

/// @file
/// Forms of header fields in the containers of HTTP servers. Internal: HeaderView reads them.

namespace sent::detail {

// Forms of header fields in common C++ containers.
template <class F, class = void>
struct IsPair : std::false_type {};
template <class F>
struct IsPair<F, std::void_t<decltype(std::declval<F&>().first), decltype(std::declval<F&>().second)>>
    : std::true_type {};
template <class F, class = void>
struct HasMembers : std::false_type {};
template <class F>
struct HasMembers<F, std::void_t<decltype(std::declval<F&>().name), decltype(std::declval<F&>().value)>>
    : std::true_type {};
template <class F, class = void>
struct HasNameString : std::false_type {};
template <class F>
struct HasNameString<
    F, std::void_t<decltype(std::declval<F&>().name_string()), decltype(std::declval<F&>().value())>>
    : std::true_type {};
template <class F, class = void>
struct HasFunctions : std::false_type {};
template <class F>
struct HasFunctions<F, std::void_t<decltype(std::declval<F&>().name()), decltype(std::declval<F&>().value())>>
    : std::true_type {};

template <class F>
inline constexpr bool is_header_field =
    IsPair<F>::value || HasMembers<F>::value || HasNameString<F>::value || HasFunctions<F>::value;

/// Whether the value outlives the expression that returns the field.
template <class Reference>
constexpr bool keeps_header_value() noexcept {
    using F = std::remove_reference_t<Reference>;
    if constexpr (IsPair<F>::value) {
        return std::is_lvalue_reference_v<Reference>;
    } else if constexpr (HasMembers<F>::value) {
        return std::is_lvalue_reference_v<Reference> ||
               std::is_same_v<std::decay_t<decltype(std::declval<F&>().value)>, std::string_view>;
    } else {
        return false;
    }
}

/// Calls `use(name, value)` while the strings that the field returns are alive.
template <class F, class Use>
void with_header_field(const F& field, Use&& use) {
    if constexpr (IsPair<const F>::value) {
        use(text_of_string(field.first), text_of_string(field.second));
    } else if constexpr (HasMembers<const F>::value) {
        use(text_of_string(field.name), text_of_string(field.value));
    } else if constexpr (HasNameString<const F>::value) {
        use(text_of_string(field.name_string()), text_of_string(field.value()));
    } else {
        use(text_of_string(field.name()), text_of_string(field.value()));
    }
}

template <class Source, class = void>
struct IsHeaderList : std::false_type {};
template <class Source>
struct IsHeaderList<Source, std::void_t<decltype(std::begin(std::declval<const Source&>())),
                                        decltype(std::end(std::declval<const Source&>()))>>
    : std::bool_constant<
          is_header_field<const std::decay_t<decltype(*std::begin(std::declval<const Source&>()))>>> {};

template <class Source>
inline constexpr bool is_header_lookup = std::is_invocable_v<const Source&, const char*>;

template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};

/// The headers with one name.
class FoundHeader {
  public:
    std::size_t count = 0;

    /// Returns the value of the only header. Empty if there is none or more than one.
    [[nodiscard]] std::string_view value() const noexcept {
        return count != 1 ? std::string_view{} : is_copy_ ? std::string_view{copy_} : stored_;
    }
    void refer_to(std::string_view value) noexcept { stored_ = value; }
    void copy(std::string_view value) {
        copy_ = value;
        is_copy_ = true;
    }

  private:
    std::string_view stored_{};
    std::string copy_{};
    bool is_copy_ = false;
};

}  // namespace sent::detail
