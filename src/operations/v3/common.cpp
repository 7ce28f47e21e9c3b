#include <sent/v3/common.hpp>

#include "json/field.hpp"

namespace sent::detail {
namespace {

constexpr Field cursors_fields[] = {
    field<&PageCursors::before>("before"),
    field<&PageCursors::after>("after"),
};
constexpr StructInfo cursors_info{"PageCursors", cursors_fields};

constexpr Field pagination_fields[] = {
    field<&Pagination::page>("page"),
    field<&Pagination::page_size>("page_size"),
    field<&Pagination::total_count>("total_count"),
    field<&Pagination::total_pages>("total_pages"),
    field<&Pagination::has_more>("has_more"),
    field<&Pagination::cursors>("cursors"),
};
constexpr StructInfo pagination_info{"v3::Pagination", pagination_fields};

}  // namespace

const StructInfo& Described<PageCursors>::info() noexcept {
    return cursors_info;
}
const StructInfo& Described<Pagination>::info() noexcept {
    return pagination_info;
}

}  // namespace sent::detail
