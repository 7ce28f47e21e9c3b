#pragma once

#include <fstream>
#include <sstream>
#include <string>

namespace sent::test {

/// The whole file; empty when there is none.
inline std::string read_file(const std::string& path) {
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
}

}  // namespace sent::test
