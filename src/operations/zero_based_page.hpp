#pragma once

#include <string_view>

#include <sent/http/transport.hpp>
#include <sent/page.hpp>

#include "json/field.hpp"
#include "operations/all_pages.hpp"
#include "operations/rows.hpp"

/// @file
/// Pages of v1 and v2: camelCase names, counted from 0.

namespace sent::detail {

/// The rows of Page<Item>.
#define SENT_ZERO_BASED_PAGE_FIELDS(Item)                                                         \
    field<&Page<Item>::items>("items"), field<&Page<Item>::page>("page"),                         \
        field<&Page<Item>::page_size>("pageSize"), field<&Page<Item>::total_count>("totalCount"), \
        field<&Page<Item>::total_pages>("totalPages")

/// For Route::finish: sets `has_more`, which the service does not send.
template <class T>
void finish_zero_based_page(void* response, const HttpRequest& request, std::string_view body) {
    auto& page = *static_cast<Page<T>*>(response);
    page.has_more = has_more_by_totals(0, numbers_of(page), request, body);
}

namespace rows {

/// The row of the read of a page.
template <class T>
constexpr Row zero_based_list(std::string_view name, std::string_view path,
                              std::string_view summary) noexcept {
    return read(name, path, summary).finishes(&finish_zero_based_page<T>);
}

}  // namespace rows
}  // namespace sent::detail
