#pragma once

#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <sent/detail/any_text.hpp>
#include <sent/http/headers.hpp>

/// Names of the headers of a delivery, in lower case. Only the first three matter for the signature.
namespace sent::webhooks::header_names {
/// One or several `v1,<base64>`, separated by spaces.
inline constexpr const char* signature = "x-webhook-signature";
/// Id of the webhook **endpoint**, the same in all its deliveries. It is not the id of an event.
inline constexpr const char* id = "x-webhook-id";
/// Time of this attempt, in Unix seconds.
inline constexpr const char* timestamp = "x-webhook-timestamp";
/// Type of the event. Not signed: anyone can change it.
inline constexpr const char* event_type = "x-webhook-event-type";
/// Id of the event, the same in all attempts. Only the newest deliveries have it. Not signed.
inline constexpr const char* event_id = "x-webhook-event-id";
}  // namespace sent::webhooks::header_names

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

namespace sent::webhooks {

/// View of the headers of a delivery in the HTTP server's own container. It refers to them, so they must
/// outlive it. It can be made from
/// - any container of pairs of strings (`std::map`, `std::multimap`, `std::vector<std::pair<...>>`, and the
///   header types of most HTTP libraries), of structs with `name` and `value`, members or functions
///   (sent::Headers), or with `name_string()` and `value()` (Boost.Beast);
/// - a function that takes a name, in lower case and as `const char*`, and returns the value: a string of any
///   type, empty if there is none, or an optional string.
///
/// Names compare without regard to case. Containers show a repeated header; functions hide it.
class HeaderView {
  public:
    template <class Source, class = std::enable_if_t<!std::is_same_v<Source, HeaderView> &&
                                                     (detail::IsHeaderList<Source>::value ||
                                                      detail::is_header_lookup<Source>)>>
    HeaderView(const Source& source) noexcept  // NOLINT(google-explicit-constructor)
        : data_(std::addressof(source)), find_(&find_in_source<Source>) {}
    /// `verify({{"x-webhook-id", id}, {"x-webhook-timestamp", time}, ...}, body)`. A null pointer means that
    /// the header is absent.
    HeaderView(std::initializer_list<std::pair<detail::AnyText, detail::AnyText>> fields) noexcept
        : data_(fields.begin()), size_(fields.size()), find_(&find_in_fields) {}

    /// Returns the number of headers with this name. At most 1 if the view was made from a function.
    [[nodiscard]] std::size_t count(const char* name) const { return find(name).count; }
    /// Returns a copy of the header's value. Returns nothing if the header is absent, empty or repeated.
    [[nodiscard]] std::optional<std::string> get(const char* name) const {
        const auto found = find(name);
        return found.value().empty() ? std::nullopt : std::optional(std::string{found.value()});
    }
    /// Returns number and value. The value is valid as long as the headers and the returned object are.
    /// Copies it only if the headers do not store it. Exceptions of the source propagate.
    [[nodiscard]] detail::FoundHeader find(const char* name) const { return find_(data_, size_, name); }

  private:
    using Find = detail::FoundHeader (*)(const void* data, std::size_t size, const char* name);

    template <class Iterator, class End>
    static detail::FoundHeader find_in_range(const Iterator& begin, const End& end, const char* name) {
        constexpr bool is_kept = detail::keeps_header_value<decltype(*begin)>();
        const std::string_view wanted{name};
        detail::FoundHeader found;
        for (auto it = begin; it != end; ++it) {
            detail::with_header_field(*it, [&](std::string_view key, std::string_view value) {
                if (key.size() == wanted.size() && detail::same_header_name(key, wanted)) {
                    ++found.count;
                    is_kept ? found.refer_to(value) : found.copy(value);
                }
            });
        }
        return found;
    }

    template <class Source>
    static detail::FoundHeader find_in_source(const void* data, std::size_t /*size*/, const char* name) {
        const auto& source = *static_cast<const Source*>(data);
        if constexpr (detail::IsHeaderList<Source>::value) {
            return find_in_range(std::begin(source), std::end(source), name);
        } else {
            detail::FoundHeader found;
            const auto& value = source(name);
            if constexpr (detail::IsOptional<std::decay_t<decltype(value)>>::value) {
                if (value) {
                    found.count = 1;
                    found.copy(detail::text_of_string(*value));
                }
            } else if (const auto text = detail::text_of_string(value); !text.empty()) {
                found.count = 1;
                found.copy(text);
            }
            return found;
        }
    }

    static detail::FoundHeader find_in_fields(const void* data, std::size_t size, const char* name) {
        const auto* fields = static_cast<const std::pair<detail::AnyText, detail::AnyText>*>(data);
        return find_in_range(fields, fields + size, name);
    }

    const void* data_ = nullptr;
    std::size_t size_ = 0;
    Find find_ = nullptr;
};

}  // namespace sent::webhooks
