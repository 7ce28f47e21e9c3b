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
/// The lazy ranges over the pages of a list, and the checks that end each of them.

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

/// Whether the totals of a page say that there is another one. A reply that leaves out its page number is
/// taken for the page that was asked for. `first` is the number of the list's first page.
[[nodiscard]] bool has_more_by_totals(std::int32_t first, const PageNumbers& numbers,
                                      const HttpRequest& request, std::string_view body);
/// Whether a reply of v3 has the member `has_more`.
[[nodiscard]] bool says_has_more(std::string_view body);

/// Checks that each answer is the page that was asked for, for one iteration.
class PageCheck {
  public:
    explicit PageCheck(Generation generation) noexcept : generation_(generation) {}

    enum class Found {
        asked_page,
        /// The answer is the last page of a list that has become shorter than the page asked for.
        end_of_list,
        /// The answer is another page, so the list would never end.
        other_page
    };
    /// Corrects `numbers`: fills in the page that the service left out, and leaves no more pages than
    /// `total_pages` says.
    Found check(std::int32_t asked, PageNumbers& numbers, const ResponseMeta& meta);

  private:
    Generation generation_;
    /// Hash of the last answer's elements, for answers that do not say which page they are.
    std::optional<std::size_t> last_content_{};
};

[[nodiscard]] Error other_page_error(std::int32_t asked, std::int32_t answered, const ResponseMeta& meta);

/// The lazy range over all pages from `request.page` on. `Request` has a member `page` and answers with a
/// Page<T>.
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
