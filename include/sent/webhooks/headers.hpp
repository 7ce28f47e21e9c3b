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
#include <sent/webhooks/header_fields.hpp>

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
    /// `verify({{"x-webhook-id", id}, {"x-webhook-timestamp", time}, ...}, body)`. For arguments only: a
    /// named view would outlive the list. A null pointer means that the header is absent.
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
