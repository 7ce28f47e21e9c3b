#include "targets.hpp"

namespace bench {

namespace {

struct Entry {
    std::string_view row{};
    Target target{};
};

constexpr Entry entries[] = {
    {"v1 send / Client::call / rate", {Target::Side::at_least, 0.80}},
    {"64 in flight / Client::bulk / rate", {Target::Side::at_least, 0.80}},
};

}  // namespace

std::optional<Target> target_of(std::string_view row_name) {
    for (const Entry& entry : entries) {
        if (entry.row == row_name) {
            return entry.target;
        }
    }
    return std::nullopt;
}

}  // namespace bench
