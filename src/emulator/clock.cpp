#include "emulator/clock.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>

namespace sent::testing::emulator {
namespace {

using std::chrono::duration_cast;
using std::chrono::seconds;

constexpr long long seconds_per_day = 86400;

// Since 1970, rounded down.
long long whole_seconds(Time time) {
    return std::chrono::floor<seconds>(time).time_since_epoch().count();
}

std::string date_and_time(Time time) {
    const auto since_epoch = static_cast<std::time_t>(whole_seconds(time));
    std::tm parts{};
    gmtime_r(&since_epoch, &parts);
    std::array<char, 80> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02d-%02dT%02d:%02d:%02d", parts.tm_year + 1900,
                  parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec);
    return text.data();
}

}  // namespace

Time Clock::now() const {
    const auto passed = std::chrono::steady_clock::now() - steady_start_ + advanced_;
    return start_ + duration_cast<Time::duration>(passed);
}

void Clock::advance(std::chrono::milliseconds by) {
    constexpr std::chrono::milliseconds century = std::chrono::hours{24} * 365 * 100;
    advanced_ += std::clamp(by, -century - advanced_, century - advanced_);
}

std::string precise_timestamp(Time time) {
    using Ticks = std::chrono::duration<long long, std::ratio<1, 10000000>>;
    const auto fraction = duration_cast<Ticks>(time - std::chrono::floor<seconds>(time)).count();
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), ".%07lld+00:00", fraction);
    return date_and_time(time) + text.data();
}

std::string short_timestamp(Time time) {
    return date_and_time(time) + 'Z';
}

long long utc_day(Time time) {
    return whole_seconds(time) / seconds_per_day;
}

long long seconds_to_midnight(Time time) {
    return seconds_per_day - whole_seconds(time) % seconds_per_day;
}

}  // namespace sent::testing::emulator
