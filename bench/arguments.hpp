#pragma once

#include <string>

#include "report.hpp"
#include "scenarios.hpp"

namespace bench {

/// The command line of sent-bench-http.
struct Arguments {
    Server server{};
    std::string json{};
    std::string only{};
    Settings settings{};
    bool check = false;
};

/// Prints how to use the program and ends it when they make no sense.
Arguments parse_arguments(int count, char** values);

}  // namespace bench
