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

/// Whether name and value are stored in the field.
template <class F>
inline constexpr bool has_header_members = IsPair<F>::value || HasMembers<F>::value;
template <class F>
inline constexpr bool is_header_field =
    has_header_members<F> || HasNameString<F>::value || HasFunctions<F>::value;

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

}  // namespace sent::detail

namespace sent::webhooks {

/// View of the headers of a delivery in the HTTP server's own container. It refers to them and copies
/// nothing, so they must outlive it. It can be made from
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
        : data_(std::addressof(source)), visit_(&visit_source<Source>) {}
    /// `verify({{"x-webhook-id", id}, {"x-webhook-timestamp", time}, ...}, body)`. A null pointer means that
    /// the header is absent.
    HeaderView(std::initializer_list<std::pair<detail::AnyText, detail::AnyText>> fields) noexcept
        : data_(fields.begin()), size_(fields.size()), visit_(&visit_fields) {}

    /// Calls `use(count, value)` once: `count` is the number of headers with this name, and `value` is the
    /// value of the only one. If there is none or more than one, the value is empty. It is valid until `use`
    /// returns. Exceptions of the source propagate.
    template <class Use>
    void visit(const char* name, Use&& use) const {
        auto call = [&use](std::size_t count, std::string_view value) { use(count, value); };
        visit_(
            data_, size_, name,
            [](void* context, std::size_t count, std::string_view value) {
                (*static_cast<decltype(call)*>(context))(count, value);
            },
            &call);
    }

    /// Returns a copy of the header's value. Returns nothing if the header is absent, empty or repeated.
    [[nodiscard]] std::optional<std::string> get(const char* name) const {
        std::optional<std::string> found;
        visit(name, [&found](std::size_t /*count*/, std::string_view value) {
            if (!value.empty()) {
                found.emplace(value);
            }
        });
        return found;
    }

  private:
    using Sink = void (*)(void* context, std::size_t count, std::string_view value);
    using Visit = void (*)(const void* data, std::size_t size, const char* name, Sink sink, void* context);

    template <class Iterator, class End>
    static void visit_range(const Iterator& begin, const End& end, const char* name, Sink sink,
                            void* context) {
        using Reference = decltype(*begin);
        const std::string_view wanted{name};
        std::size_t count = 0;
        std::string_view found;
        for (auto it = begin; it != end; ++it) {
            detail::with_header_field(*it, [&](std::string_view key, std::string_view value) {
                if (key.size() == wanted.size() && detail::same_header_name(key, wanted)) {
                    ++count;
                    found = value;
                }
            });
        }
        if (count != 1) {
            sink(context, count, {});
        } else if constexpr (std::is_lvalue_reference_v<Reference> &&
                             detail::has_header_members<std::remove_reference_t<Reference>>) {
            sink(context, 1, found);
        } else {
            // The strings that the field returned may have been destroyed with it: look again.
            for (auto it = begin; it != end; ++it) {
                detail::with_header_field(*it, [&](std::string_view key, std::string_view value) {
                    if (key.size() == wanted.size() && detail::same_header_name(key, wanted)) {
                        sink(context, 1, value);
                    }
                });
            }
        }
    }

    template <class Source>
    static void visit_source(const void* data, std::size_t /*size*/, const char* name, Sink sink,
                             void* context) {
        const auto& source = *static_cast<const Source*>(data);
        if constexpr (detail::IsHeaderList<Source>::value) {
            visit_range(std::begin(source), std::end(source), name, sink, context);
        } else {
            const auto& found = source(name);
            if constexpr (detail::IsOptional<std::decay_t<decltype(found)>>::value) {
                found ? sink(context, 1, detail::text_of_string(*found)) : sink(context, 0, {});
            } else {
                const auto value = detail::text_of_string(found);
                sink(context, value.empty() ? 0 : 1, value);
            }
        }
    }

    static void visit_fields(const void* data, std::size_t size, const char* name, Sink sink, void* context) {
        const auto* fields = static_cast<const std::pair<detail::AnyText, detail::AnyText>*>(data);
        visit_range(fields, fields + size, name, sink, context);
    }

    const void* data_ = nullptr;
    std::size_t size_ = 0;
    Visit visit_ = nullptr;
};

}  // namespace sent::webhooks
