#pragma once

#include <string_view>

#include <sent/http/transport.hpp>
#include <sent/page.hpp>

#include "json/field.hpp"
#include "operations/all_pages.hpp"
#include "operations/route_builder.hpp"

/// @file
/// Pages of v1 and v2: camelCase, counted from 0.

namespace sent::detail {

/// The table of Page<T>. v1's templates may come as a bare array.
template <class T>
inline constexpr Field zero_based_page_fields[] = {
    field<&Page<T>::items>("items"),
    field<&Page<T>::page>("page"),
    field<&Page<T>::page_size>("pageSize"),
    field<&Page<T>::total_count>("totalCount"),
    field<&Page<T>::total_pages>("totalPages"),
};

template <class T>
inline constexpr StructInfo zero_based_page_info{"Page", zero_based_page_fields<T>};

/// For Route::finish: the service sends no `has_more`.
template <class T>
void finish_zero_based_page(void* response, const HttpRequest& request, std::string_view body) {
    auto& page = *static_cast<Page<T>*>(response);
    page.has_more = has_more_by_totals(0, numbers_of(page), request, body);
}

/// The read of a page.
template <class T>
constexpr Route zero_based_list_route(Generation generation, std::string_view name, std::string_view path,
                                      const StructInfo& request, const StructInfo& page) noexcept {
    auto route = read_route(generation, name, path, request, page);
    route.finish = &finish_zero_based_page<T>;
    return route;
}

}  // namespace sent::detail
