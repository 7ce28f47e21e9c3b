#include "emulator/state/rate_limits.hpp"

#include <algorithm>
#include <numeric>

#include "emulator/v3/errors.hpp"

namespace sent::testing::emulator {
namespace {

constexpr std::chrono::minutes window{1};

Time start_of_minute(Time time) {
    return std::chrono::time_point_cast<Time::duration>(std::chrono::floor<std::chrono::minutes>(time));
}

long long seconds_until(Time time, Time now) {
    return std::max<long long>(std::chrono::ceil<std::chrono::seconds>(time - now).count(), 1);
}

}  // namespace

int RateLimits::limit_of(LimitedThing thing) const {
    switch (thing) {
        case LimitedThing::sensitive_request:
            return limits_.sensitive;
        case LimitedThing::message:
            return limits_.messages;
        case LimitedThing::standard_request:
            break;
    }
    return limits_.standard;
}

RateLimits::Quota RateLimits::take(LimitedThing thing, const std::string& account, Time now, int count) {
    const int limit = limit_of(thing);
    if (limit <= 0) {
        return {};
    }
    // The window of sensitive operations is a minute of the clock. For the others, it is the last 60 seconds.
    const bool fixed = thing == LimitedThing::sensitive_request;
    const Time begin = fixed ? start_of_minute(now) : now - window;
    auto& uses = used_[{thing, account}];
    while (!uses.empty() && (fixed ? uses.front().time < begin : uses.front().time <= begin)) {
        uses.pop_front();
    }
    const int used =
        std::accumulate(uses.begin(), uses.end(), 0, [](int sum, const Use& use) { return sum + use.count; });
    const bool allowed = count <= limit - used;
    if (allowed) {
        uses.push_back({now, count});
    }
    const Time oldest = uses.empty() ? now : uses.front().time;
    return {true, allowed, limit, allowed ? limit - used - count : 0, (fixed ? begin : oldest) + window};
}

HeaderList rate_limit_headers(const RateLimits::Quota& quota) {
    if (!quota.limited) {
        return {};
    }
    const auto reset = std::chrono::ceil<std::chrono::seconds>(quota.reset.time_since_epoch()).count();
    return {{"X-RateLimit-Limit", std::to_string(quota.limit)},
            {"X-RateLimit-Remaining", std::to_string(quota.remaining)},
            {"X-RateLimit-Reset", std::to_string(reset)}};
}

void refuse_if_exceeded(const RateLimits::Quota& quota, Time now) {
    if (quota.allowed) {
        return;
    }
    Refusal refusal("BUSINESS_002");
    refusal.with_header("Retry-After", std::to_string(seconds_until(quota.reset, now)));
    for (const auto& [name, value] : rate_limit_headers(quota)) {
        refusal.with_header(name, value);
    }
    throw refusal;
}

}  // namespace sent::testing::emulator
