#pragma once

#include <cstdint>
#include <string_view>

#include <sent/http/transport.hpp>
#include <sent/page.hpp>
#include <sent/v3/common.hpp>

#include "json/field.hpp"
#include "operations/all_pages.hpp"
#include "operations/rows.hpp"

/// @file
/// Pages of v3: `{"contacts": [...], "pagination": {...}}`, counted from 1.

namespace sent::detail {

/// The members of Page<T> that are in `pagination`.
template <class T>
inline constexpr Field totals_fields[] = {
    field<&Page<T>::page>("page"),
    field<&Page<T>::page_size>("page_size"),
    field<&Page<T>::total_count>("total_count"),
    field<&Page<T>::total_pages>("total_pages"),
    field<&Page<T>::has_more>("has_more"),
};
template <class T>
inline constexpr StructInfo totals_info{"Pagination", totals_fields<T>};

/// `pagination` is an object on the wire, but its members are in Page<T>.
template <class T>
constexpr TypeInfo describe_totals() noexcept {
    TypeInfo info{};
    info.kind = Kind::structure;
    info.structure = []() noexcept -> const StructInfo& { return totals_info<T>; };
    info.reset = [](void* object) {
        auto& page = *static_cast<Page<T>*>(object);
        auto items = std::move(page.items);
        page = Page<T>{};
        page.items = std::move(items);
    };
    return info;
}
template <class T>
inline constexpr TypeInfo totals_type = describe_totals<T>();

template <class T>
constexpr Field pagination_field() noexcept {
    Field row{};
    row.name = "pagination";
    row.type = &totals_type<T>;
    row.member = [](void* page) noexcept -> void* { return page; };
    return row;
}

/// For Route::finish: sets `has_more` if the service omits it.
template <class T>
void finish_page(void* response, const HttpRequest& request, std::string_view body) {
    auto& page = *static_cast<Page<T>*>(response);
    page.has_more =
        page.has_more || (has_more_by_totals(1, numbers_of(page), request, body) && !says_has_more(body));
}

/// For Route::finish of lists that are not paged: sets the numbers of their only page.
template <class T>
void finish_whole_list(void* response, const HttpRequest& /*request*/, std::string_view /*body*/) {
    auto& page = *static_cast<Page<T>*>(response);
    if (page.page != 0) {
        return;
    }
    const auto count = static_cast<std::int32_t>(page.items.size());
    page.page = 1;
    page.page_size = count;
    page.total_count = count;
    page.total_pages = 1;
}

namespace rows {

/// The row of the read of a page.
template <class T>
constexpr Row paged_list(std::string_view name, std::string_view path, std::string_view summary) noexcept {
    return read(name, path, summary).finishes(&finish_page<T>);
}

/// The row of the read of a list that is not paged.
template <class T>
constexpr Row whole_list(std::string_view name, std::string_view path, std::string_view summary) noexcept {
    return read(name, path, summary).finishes(&finish_whole_list<T>);
}

}  // namespace rows
}  // namespace sent::detail
