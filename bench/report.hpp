#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "measure.hpp"

namespace bench {

/// What a row should come to.
struct Target {
    enum class Side { at_least, at_most };
    enum class Of {
        ratio,
        value  ///< the figure itself, where that is what was promised
    };
    Side side = Side::at_least;
    double value = 0;
    Of of = Of::ratio;
};

/// One line of the report.
struct Row {
    /// `v1 send / Client::call / rate`
    std::string scenario{};
    std::string side{};
    std::string metric{};
    Estimate ratio{};
    std::optional<Target> target{};
    /// How far from 1 the ratio of two equal sides may have come to lie.
    double noise = 0;
    /// The figures behind the ratio, for context only.
    double value = 0;
    double reference = 0;
    std::string unit{};

    [[nodiscard]] std::optional<bool> pass() const;
    [[nodiscard]] std::string name() const;
};

/// All rows of a scenario.
std::vector<Row> rows_of(const std::string& scenario, const std::vector<Outcome>& outcomes);

/// How the run was made.
struct Settings {
    double seconds = 0;
    std::string server{};
    /// 0: not known.
    long server_pid = 0;
};

void print_table(const std::vector<Row>& rows);
/// False when the file cannot be written.
bool write_json(const std::string& path, const Settings& settings, const std::vector<Row>& rows);

}  // namespace bench
