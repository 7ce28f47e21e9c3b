#pragma once

#include <string>
#include <vector>

namespace bench {

/// What the figures depend on. Nothing here names the machine.
struct Machine {
    long cores = 0;
    /// The processors that this process may use: one when it is pinned.
    std::vector<int> cpus{};
    std::string cpu_model{};
    std::string kernel{};
    std::string curl{};
    std::string compiler{};
    std::string build_type{};
};

Machine machine();

}  // namespace bench
