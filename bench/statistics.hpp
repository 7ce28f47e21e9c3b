#pragma once

#include <cstddef>
#include <vector>

namespace bench {

/// A median and the interval that holds it with 95 % probability, whatever the distribution (order
/// statistics).
struct Estimate {
    double median = 0;
    double low = 0;
    double high = 0;
    std::size_t samples = 0;
};

/// Of no samples: all zero.
Estimate estimate(std::vector<double> samples);

}  // namespace bench
