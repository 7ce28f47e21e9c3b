#include "statistics.hpp"

#include <algorithm>
#include <cmath>

namespace bench {

Estimate estimate(std::vector<double> samples) {
    Estimate result;
    result.samples = samples.size();
    if (samples.empty()) {
        return result;
    }
    std::sort(samples.begin(), samples.end());
    const std::size_t last = samples.size() - 1;
    result.median = (samples[last / 2] + samples[(last + 1) / 2]) / 2;
    // How many samples lie below the true median is binomial with p = 1/2.
    const double half_width = 0.98 * std::sqrt(static_cast<double>(samples.size()));
    const double middle = static_cast<double>(last) / 2;
    const double low = std::floor(middle - half_width);
    const double high = std::ceil(middle + half_width);
    result.low = samples[low < 0 ? 0 : static_cast<std::size_t>(low)];
    result.high = samples[std::min(last, static_cast<std::size_t>(high))];
    return result;
}

}  // namespace bench
