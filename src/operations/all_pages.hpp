#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include <sent/client.hpp>
#include <sent/http/transport.hpp>
#include <sent/page.hpp>

/// @file
/// Lazy ranges over the pages of a list, and the checks that make sure that they end.

namespace sent::detail {

/// The numbers of a Page<T>.
struct PageNumbers {
    std::int32_t page = 0;
    std::int32_t page_size = 0;
    std::int32_t total_count = 0;
    std::int32_t total_pages = 0;
    bool has_more = false;
};

template <class T>
[[nodiscard]] PageNumbers numbers_of(const Page<T>& page) noexcept {
    return {page.page, page.page_size, page.total_count, page.total_pages, page.has_more};
}

/// Whether there is another page according to the totals. A reply without a page number counts as the page
/// that was requested. `first` is the number of the list's first page.
[[nodiscard]] bool has_more_by_totals(std::int32_t first, const PageNumbers& numbers,
                                      const HttpRequest& request, std::string_view body);
/// Whether a v3 reply has the member `has_more`.
[[nodiscard]] bool says_has_more(std::string_view body);

/// Checks during one iteration that each reply is the page that was requested.
class PageCheck {
  public:
    explicit PageCheck(Generation generation) noexcept : generation_(generation) {}

    enum class Found {
        asked_page,
        /// The reply is the last page of a list that has become shorter than the requested page.
        end_of_list,
        /// The reply is a different page, so the list would never end.
        other_page
    };
    /// Corrects `numbers`: adds a missing page number, and limits the pages to `total_pages`.
    Found check(std::int32_t asked, PageNumbers& numbers, const ResponseMeta& meta);

  private:
    Generation generation_;
    /// Hash of the last reply's elements, for replies without a page number.
    std::optional<std::size_t> last_content_{};
};

[[nodiscard]] Error other_page_error(std::int32_t asked, std::int32_t answered, const ResponseMeta& meta);

/// Returns the lazy range over all pages from `request.page` on. `Request` must have a member `page`, and its
/// response must be a Page<T>.
template <class T, class Request>
PageRange<T> all_pages(const Client& client, Request request, CallOptions options) {
    const auto first_page = request.page;
    return {first_page,
            [client, request = std::move(request), options = std::move(options),
             page_check = PageCheck{operation<Request>::route().generation}](
                std::int32_t asked) mutable -> Result<Page<T>> {
                request.page = asked;
                auto result = client.call(request, options);
                if (!result) {
                    return result;
                }
                Page<T>& page = *result;
                PageNumbers numbers = numbers_of(page);
                const auto found = page_check.check(asked, numbers, result.meta());
                if (found == PageCheck::Found::other_page) {
                    auto error = other_page_error(asked, numbers.page, result.meta());
                    auto meta = std::move(result).meta();
                    meta.raw_body
                        .clear();  // a success's text is not searched for the key, and an error's is shown
                    meta.headers.clear();
                    return {std::move(error), std::move(meta)};
                }
                if (found == PageCheck::Found::end_of_list) {
                    page.items.clear();
                }
                page.page = numbers.page;
                page.has_more = numbers.has_more;
                return result;
            }};
}

}  // namespace sent::detail
