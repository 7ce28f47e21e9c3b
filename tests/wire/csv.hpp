#pragma once

#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "wire/golden.hpp"

namespace wire {

using Row = std::map<std::string, std::string>;

inline std::vector<std::string> split_row(const std::string& line) {
    std::vector<std::string> cells;
    std::stringstream in{line};
    for (std::string cell; std::getline(in, cell, ',');) {
        cells.push_back(cell);
    }
    return cells;
}

/// The rows of a table below tests/data, by the names in its first line. No cell holds a comma.
inline std::vector<Row> read_table(const std::string& name) {
    std::stringstream in{read_file(std::string{SENT_TEST_DATA_DIR} + "/" + name)};
    std::string line;
    std::getline(in, line);
    const auto names = split_row(line);
    std::vector<Row> rows;
    while (std::getline(in, line)) {
        const auto cells = split_row(line);
        Row& row = rows.emplace_back();
        for (std::size_t i = 0; i < names.size(); ++i) {
            row[names[i]] = i < cells.size() ? cells[i] : "";
        }
    }
    return rows;
}

}  // namespace wire
