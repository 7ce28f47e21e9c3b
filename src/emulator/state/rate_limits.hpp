#pragma once

/// @file
/// The rate limits of v3. Not thread-safe: guarded by World's mutex.

#include <cstddef>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include <sent/testing/emulator.hpp>

#include "emulator/clock.hpp"
#include "emulator/http/http_types.hpp"

namespace sent::testing::emulator {

enum class LimitedThing { standard_request, sensitive_request, message };

class RateLimits {
  public:
    struct Quota {
        bool limited = false;  ///< false if there is no limit of this kind
        bool allowed = true;
        int limit = 0;
        int remaining = 0;
        Time reset{};  ///< when capacity is available again
    };

    void set(EmulatorRateLimits limits) { limits_ = limits; }
    const EmulatorRateLimits& limits() const { return limits_; }
    /// Counts all `count` things if they are within the limit, otherwise none.
    Quota take(LimitedThing thing, const std::string& account, Time now, int count = 1);
    void clear() { used_.clear(); }

  private:
    struct Use {
        Time time{};
        int count = 0;
    };
    using Uses = std::deque<Use>;

    int limit_of(LimitedThing thing) const;

    EmulatorRateLimits limits_;
    std::map<std::pair<LimitedThing, std::string>, Uses> used_;
};

/// Returns X-RateLimit-Limit, -Remaining and -Reset, or no headers if there is no limit.
HeaderList rate_limit_headers(const RateLimits::Quota& quota);

/// Throws BUSINESS_002 if the limit is exceeded.
void refuse_if_exceeded(const RateLimits::Quota& quota, Time now);

}  // namespace sent::testing::emulator
