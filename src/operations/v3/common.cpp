#include <sent/v3/common.hpp>

#include "json/field.hpp"

namespace sent::detail {
SENT_TABLE(Pagination,
           field<&Pagination::page>("page"),
           field<&Pagination::page_size>("page_size"),
           field<&Pagination::total_count>("total_count"),
           field<&Pagination::total_pages>("total_pages"),
           field<&Pagination::has_more>("has_more"));

}  // namespace sent::detail
