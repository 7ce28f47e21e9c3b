#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <limits>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include <sent/result.hpp>

namespace sent {

/// One page of a list, for every generation of the API. `page` counts from 0 in v1 and v2 and from 1 in v3,
/// as on the wire.
template <class T>
struct Page {
    std::vector<T> items{};
    std::int32_t page = 0;
    std::int32_t page_size = 0;
    std::int32_t total_count = 0;
    std::int32_t total_pages = 0;
    /// Whether there is another page. v3 reports it; otherwise it follows from the totals.
    bool has_more = false;
};

/// All elements of a list, fetched page by page during the iteration. Each element is a Result. If a page
/// cannot be fetched, its error is the last element. Every begin() starts again with the first page.
///
/// Works with range-for and with algorithms that accept input iterators (C++20: `std::ranges::input_range`).
/// Holds a copy of the client. Not thread-safe. Elements that are added or removed on the server during the
/// iteration may be missed or returned twice.
template <class T>
class PageRange {
  public:
    /// Fetches the page with this number.
    using Fetch = std::function<Result<Page<T>>(std::int32_t page)>;

    PageRange(std::int32_t first_page, Fetch fetch) : first_page_(first_page), fetch_(std::move(fetch)) {}

    class iterator;  // NOLINT(readability-identifier-naming)
    [[nodiscard]] iterator begin() const { return iterator{first_page_, fetch_}; }
    [[nodiscard]] iterator end() const { return iterator{}; }

  private:
    std::int32_t first_page_ = 0;
    Fetch fetch_;
};

template <class T>
class PageRange<T>::iterator {  // NOLINT(readability-identifier-naming)
  public:
    using iterator_category = std::input_iterator_tag;
    using value_type = Result<T>;
    using difference_type = std::ptrdiff_t;
    using pointer = const Result<T>*;
    using reference = const Result<T>&;

    iterator() = default;
    iterator(std::int32_t first_page, Fetch fetch)
        : state_(std::make_shared<State>(State{std::move(fetch), first_page})) {
        load_page();
    }

    reference operator*() const { return *state_->current; }
    pointer operator->() const { return &*state_->current; }
    iterator& operator++() {
        advance();
        return *this;
    }
    /// Result of `it++`: the element before the step.
    class Previous {
      public:
        explicit Previous(Result<T> element) : element_(std::move(element)) {}
        [[nodiscard]] const Result<T>& operator*() const noexcept { return element_; }

      private:
        Result<T> element_;
    };
    Previous operator++(int) {
        Previous previous{std::move(*state_->current)};
        advance();
        return previous;
    }

    friend bool operator==(const iterator& a, const iterator& b) noexcept { return a.state_ == b.state_; }
    friend bool operator!=(const iterator& a, const iterator& b) noexcept { return !(a == b); }

  private:
    /// More pages than any account has. Ends the iteration if a server always reports another page.
    static constexpr std::int32_t page_limit = 1'000'000;

    struct State {
        Fetch fetch{};
        /// Can be one greater than the largest page number.
        std::int64_t next_page = 0;
        std::int32_t pages_fetched = 0;
        Page<T> page{};
        std::size_t next_item = 0;
        ResponseMeta meta{};
        std::optional<Result<T>> current{};
        bool failed = false;
    };

    void advance() {
        const bool page_is_left = state_->page.has_more && state_->pages_fetched < page_limit &&
                                  state_->next_page <= (std::numeric_limits<std::int32_t>::max)();
        if (!state_->failed && state_->next_item < state_->page.items.size()) {
            take_item();
        } else if (!state_->failed && page_is_left) {
            load_page();
        } else {
            state_.reset();
        }
    }

    void load_page() {
        auto fetched = state_->fetch(static_cast<std::int32_t>(state_->next_page));
        ++state_->next_page;
        ++state_->pages_fetched;
        if (!fetched) {
            state_->failed = true;
            auto meta = fetched.meta();
            state_->current.emplace(std::move(fetched).error(), std::move(meta));
            return;
        }
        Page<T>& page = *fetched;
        state_->page = std::move(page);
        state_->next_item = 0;
        state_->meta = std::move(fetched).meta();
        state_->meta.raw_body.clear();
        state_->meta.headers.clear();
        if (state_->page.items.empty()) {
            state_.reset();
        } else {
            take_item();
        }
    }

    void take_item() {
        state_->current.emplace(std::move(state_->page.items[state_->next_item]), state_->meta);
        ++state_->next_item;
    }

    std::shared_ptr<State> state_{};
};

}  // namespace sent
