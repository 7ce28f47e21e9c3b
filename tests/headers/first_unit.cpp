#include "all.hpp"

std::string_view version_seen_by_second_unit();
std::string_view version_seen_under_hostile_macros();

// A function of a header that lacks its `inline` makes this program fail to link.
int main() {
    const std::string_view here = sent::version();
    return here == version_seen_by_second_unit() && here == version_seen_under_hostile_macros() ? 0 : 1;
}
