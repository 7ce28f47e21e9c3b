#include "targets.hpp"

namespace bench {

namespace {

struct Entry {
    std::string_view row{};
    Target target{};
};

constexpr Target at_least(double ratio) {
    return {Target::Side::at_least, ratio, Target::Of::ratio};
}

constexpr Target at_most(double ratio) {
    return {Target::Side::at_most, ratio, Target::Of::ratio};
}

constexpr Target value_at_most(double value) {
    return {Target::Side::at_most, value, Target::Of::value};
}

constexpr Entry entries[] = {
    {"v3 send / Client::call / rate", at_least(0.85)},
    {"v3 send / Client::call / allocations", value_at_most(75)},
    {"v3 send, TLS / Client::call / rate", at_least(0.78)},
    {"v1 send / Client::call / rate", at_least(0.87)},
    {"v1 send / Client::call / allocations", value_at_most(65)},
    {"v1 list of 100 / Client::call / rate", at_least(0.10)},
    {"64 in flight, v1 / Client::bulk / rate", at_least(0.85)},
    {"64 in flight, v1 / Client::bulk / cpu", at_most(1.3)},
    {"64 in flight, v1 / bulk, streamed / rate", at_least(0.85)},
    {"64 in flight, v1 / bulk, streamed / cpu", at_most(1.3)},
    {"64 in flight, v3 / Client::bulk / rate", at_least(0.85)},
    {"64 in flight, v3 / Client::bulk / cpu", at_most(1.3)},
    {"64 in flight, v3 / bulk, streamed / rate", at_least(0.85)},
    {"64 in flight, v3 / bulk, streamed / cpu", at_most(1.3)},
    {"64 in flight, 50 ms / Client::bulk / rate", at_least(0.99)},
    {"64 in flight, 50 ms / bulk, streamed / rate", at_least(0.99)},
    {"cold burst of 32 / submit / rate", at_least(8)},
    {"cold burst of 32 / submit, HTTP/2 / rate", at_least(8)},
    {"HTTPS reconnect / Client::call / cpu", value_at_most(2'000)},
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
