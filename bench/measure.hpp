#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "contender.hpp"
#include "statistics.hpp"

namespace bench {

/// Whose processor time and allocations count.
enum class Scope {
    thread,  ///< of the calling thread
    process  ///< of all threads, for contenders that have their own
};

/// What a comparison is made of. The first side is the reference; the second is the same once more, which
/// shows how far two equal things differ here (the noise).
struct Scenario {
    struct Side {
        std::string name{};
        std::unique_ptr<Contender> contender{};
    };

    std::string name{};
    Scope scope = Scope::thread;
    std::vector<Side> sides{};
    /// A block has a multiple of this many calls.
    std::size_t granularity = 1;
};

/// What came out for one side.
struct Outcome {
    std::string name{};
    /// Against the reference, round by round: above 1 is faster.
    Estimate rate_ratio{};
    /// The same from the processor time of client and server together: what the first ratio would be on one
    /// processor that does nothing else. Without samples when the server's is not known.
    Estimate busy_rate_ratio{};
    /// Below 1 is cheaper.
    Estimate cpu_ratio{};
    /// Calls per second, for context only.
    double rate = 0;
    /// Processor time per call, for context only.
    double cpu_microseconds = 0;
    double busy_rate = 0;
    double allocations = 0;
};

/// Runs all sides in turn, block by block, in an order that changes from round to round, until the time is up
/// (but at least five rounds). One Outcome per side. `server` is its process id, or 0 when not known.
std::vector<Outcome> measure(Scenario& scenario, double seconds, long server);

}  // namespace bench
