#pragma once

#include <functional>
#include <string>
#include <vector>

#include "measure.hpp"

namespace bench {

/// The server's ports; see bench/lib/server.sh. Scenarios of those that are empty are left out.
struct Server {
    std::string url{};
    std::string tls_url{};
    std::string http2_url{};
    std::string closing_url{};
    std::string slow_url{};
    /// Its certificate, and that within a bundle as large as the system's.
    std::string certificate{};
    std::string trust{};
};

/// A scenario that is still to be made, with its clients and connections.
struct Plan {
    std::string name{};
    std::function<void(Scenario&)> add_sides{};

    [[nodiscard]] Scenario make() const;
};

/// Those with `only` in their name.
std::vector<Plan> plans_for(const Server& server, const std::string& only);

}  // namespace bench
