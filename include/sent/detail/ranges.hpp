#pragma once

#include <cstddef>
#include <iterator>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include <sent/operation.hpp>

/// @file
/// Sources of requests for Client::bulk. For the library's own headers.

namespace sent {
template <class Request>
struct Keyed;
}  // namespace sent

namespace sent::detail {

/// Range over a function that returns one request after the other, and an empty optional at the end.
template <class Next>
class Generated {
  public:
    using Item = std::invoke_result_t<Next&>;
    explicit Generated(Next& next) : next_(&next) {}

    class Iterator {
      public:
        explicit Iterator(Next& next) : next_(&next), item_(next()) {}
        decltype(auto) operator*() const { return *item_; }
        Iterator& operator++() {
            item_ = (*next_)();
            return *this;
        }
        bool operator!=(std::nullptr_t) const { return static_cast<bool>(item_); }

      private:
        Next* next_;
        Item item_;
    };
    [[nodiscard]] Iterator begin() const { return Iterator{*next_}; }
    [[nodiscard]] static std::nullptr_t end() { return nullptr; }

  private:
    Next* next_;
};

/// Returns a range unchanged, and a function as a range.
template <class Source>
decltype(auto) as_range(Source& source) {
    if constexpr (std::is_invocable_v<Source&>) {
        return Generated<Source>{source};
    } else {
        return (source);
    }
}

namespace begin_and_end {

using std::begin;
using std::end;

template <class Range>
auto first_of(Range& range) -> decltype(begin(range)) {
    return begin(range);
}

template <class Range>
auto last_of(Range& range) -> decltype(end(range)) {
    return end(range);
}

}  // namespace begin_and_end

using begin_and_end::first_of;
using begin_and_end::last_of;

template <class Source, class = void>
struct IsRange : std::false_type {};
template <class Source>
struct IsRange<Source,
               std::void_t<decltype(first_of(std::declval<Source&>()), last_of(std::declval<Source&>()))>>
    : std::true_type {};

template <class Source, class = void>
struct IsGenerator : std::false_type {};
template <class Source>
struct IsGenerator<Source, std::void_t<decltype(*std::declval<std::invoke_result_t<Source&>&>())>>
    : std::true_type {};

/// Whether bulk() accepts `Source`: a range, or a function that returns an optional.
template <class Source>
inline constexpr bool is_source =
    IsRange<std::remove_reference_t<Source>>::value || IsGenerator<std::remove_reference_t<Source>>::value;

/// Type of the elements of a source: a request, or a Keyed request.
template <class Source>
using item_in =  // NOLINT(readability-identifier-naming): as response_of
    std::decay_t<decltype(*first_of(
        std::declval<std::remove_reference_t<decltype(as_range(std::declval<Source&>()))>&>()))>;

/// Splits an element of a source into the request and its own key, if it has one.
template <class Item>
struct BulkItem {
    using Request = Item;
    static const Route& route() noexcept { return operation<Request>::route(); }
    static const Request* request(const Item& item) noexcept { return &item; }
    static std::optional<std::string> key(const Item& /*item*/) { return std::nullopt; }
};
template <class KeyedRequest>
struct BulkItem<Keyed<KeyedRequest>> {
    using Request = KeyedRequest;
    static const Route& route() noexcept { return operation<Request>::route(); }
    static const Request* request(const Keyed<Request>& item) noexcept { return &item.request; }
    static std::optional<std::string> key(const Keyed<Request>& item) { return item.idempotency_key; }
};

template <class Iterator, class = void>
struct IsForward : std::false_type {};
template <class Iterator>
struct IsForward<Iterator, std::void_t<typename std::iterator_traits<Iterator>::iterator_category>>
    : std::is_base_of<std::forward_iterator_tag, typename std::iterator_traits<Iterator>::iterator_category> {
};

/// Whether the range can be iterated more than once, so that requests that were left out can be counted.
template <class Range>
inline constexpr bool can_be_counted = IsForward<decltype(first_of(std::declval<Range&>()))>::value&&
    std::is_same_v<decltype(first_of(std::declval<Range&>())), decltype(last_of(std::declval<Range&>()))>;

template <class Range>
std::size_t size_of(Range& range) {
    if constexpr (can_be_counted<Range>) {
        return static_cast<std::size_t>(std::distance(first_of(range), last_of(range)));
    } else {
        return 0;
    }
}

}  // namespace sent::detail
