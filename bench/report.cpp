#include "report.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>

#include <nlohmann/json.hpp>

#include "allocations.hpp"
#include "machine.hpp"
#include "targets.hpp"

namespace bench {

namespace {

using Json = nlohmann::ordered_json;

/// The distance from 1 that the interval of a ratio of equals reaches.
double noise_of(const Estimate& equals) {
    return std::max(std::fabs(equals.low - 1), std::fabs(equals.high - 1));
}

double rounded(double value) {
    return std::round(value * 10'000) / 10'000;
}

std::string printed(int digits, double value) {
    char text[64];
    std::snprintf(text, sizeof text, "%.*f", digits, value);
    return text;
}

std::string target_text(const Row& row) {
    if (!row.target) {
        return "";
    }
    const char* const sign = row.target->side == Target::Side::at_least ? ">= " : "<= ";
    const bool is_ratio = row.target->of == Target::Of::ratio;
    return sign + printed(is_ratio ? 2 : 0, row.target->value) + (is_ratio ? "" : " " + row.unit) +
           (row.pass().value_or(false) ? "  met" : "  MISSED");
}

Json target_json(const Row& row) {
    if (!row.target) {
        return nullptr;
    }
    return row.target->value;
}

Json row_json(const Row& row) {
    Json json = {{"name", row.name()}, {"ratio", rounded(row.ratio.median)}, {"target", target_json(row)}};
    if (row.target) {
        json["target_is"] = row.target->side == Target::Side::at_least ? "at least" : "at most";
        json["target_of"] = row.target->of == Target::Of::ratio ? "ratio" : "value";
    }
    json["pass"] = row.pass() ? Json(*row.pass()) : Json(nullptr);
    json["interval"] = {rounded(row.ratio.low), rounded(row.ratio.high)};
    json["a_a_noise"] = rounded(row.noise);
    json["samples"] = row.ratio.samples;
    json["context"] = {
        {"unit", row.unit}, {"value", rounded(row.value)}, {"reference", rounded(row.reference)}};
    return json;
}

Row make_row(const std::string& scenario, const Outcome& outcome, const char* metric, const char* unit) {
    Row row;
    row.scenario = scenario;
    row.side = outcome.name;
    row.metric = metric;
    row.unit = unit;
    row.target = target_of(row.name());
    return row;
}

Row rate_row(const std::string& scenario, const Outcome& outcome, const std::vector<Outcome>& all) {
    Row row = make_row(scenario, outcome, "rate", "calls/s");
    row.ratio = outcome.rate_ratio;
    row.noise = noise_of(all[1].rate_ratio);
    row.value = outcome.rate;
    row.reference = all[0].rate;
    return row;
}

Row busy_rate_row(const std::string& scenario, const Outcome& outcome, const std::vector<Outcome>& all) {
    Row row = make_row(scenario, outcome, "rate by cpu", "calls/s");
    row.ratio = outcome.busy_rate_ratio;
    row.noise = noise_of(all[1].busy_rate_ratio);
    row.value = outcome.busy_rate;
    row.reference = all[0].busy_rate;
    return row;
}

Row cpu_row(const std::string& scenario, const Outcome& outcome, const std::vector<Outcome>& all) {
    Row row = make_row(scenario, outcome, "cpu", "us/call");
    row.ratio = outcome.cpu_ratio;
    row.noise = noise_of(all[1].cpu_ratio);
    row.value = outcome.cpu_microseconds;
    row.reference = all[0].cpu_microseconds;
    return row;
}

Row allocations_row(const std::string& scenario, const Outcome& outcome, const std::vector<Outcome>& all) {
    Row row = make_row(scenario, outcome, "allocations", "per call");
    const double reference = all[0].allocations;
    if (reference > 0) {
        const double ratio = outcome.allocations / reference;
        row.ratio = {ratio, ratio, ratio, outcome.rate_ratio.samples};
        row.noise = std::fabs(all[1].allocations / reference - 1);
    }
    row.value = outcome.allocations;
    row.reference = reference;
    return row;
}

}  // namespace

std::optional<bool> Row::pass() const {
    if (!target) {
        return std::nullopt;
    }
    const double measured = target->of == Target::Of::ratio ? ratio.median : value;
    return target->side == Target::Side::at_least ? measured >= target->value : measured <= target->value;
}

std::string Row::name() const {
    return scenario + " / " + side + " / " + metric;
}

std::vector<Row> rows_of(const std::string& scenario, const std::vector<Outcome>& outcomes) {
    std::vector<Row> rows;
    for (std::size_t side = 1; side < outcomes.size(); ++side) {
        rows.push_back(rate_row(scenario, outcomes[side], outcomes));
        if (outcomes[side].busy_rate_ratio.samples > 0) {
            rows.push_back(busy_rate_row(scenario, outcomes[side], outcomes));
        }
        rows.push_back(cpu_row(scenario, outcomes[side], outcomes));
        if (counts_allocations()) {
            rows.push_back(allocations_row(scenario, outcomes[side], outcomes));
        }
    }
    return rows;
}

void print_table(const std::vector<Row>& rows) {
    const char* const format = "%-20s %-22s %-12s %7s  %-15s %6s %7s  %-25s %s\n";
    std::printf(format, "what", "side", "metric", "ratio", "95 %", "noise", "samples", "target",
                "(for context)");
    for (const Row& row : rows) {
        std::printf(format, row.scenario.c_str(), row.side.c_str(), row.metric.c_str(),
                    printed(3, row.ratio.median).c_str(),
                    (printed(3, row.ratio.low) + ".." + printed(3, row.ratio.high)).c_str(),
                    printed(3, row.noise).c_str(), std::to_string(row.ratio.samples).c_str(),
                    target_text(row).c_str(),
                    (printed(1, row.value) + " to " + printed(1, row.reference) + " " + row.unit).c_str());
    }
}

bool write_json(const std::string& path, const Settings& settings, const std::vector<Row>& rows) {
    const Machine facts = machine();
    Json json;
    json["machine"] = {{"cores", facts.cores},       {"client_cpus", facts.cpus},
                       {"cpu", facts.cpu_model},     {"kernel", facts.kernel},
                       {"curl", facts.curl},         {"server", settings.server},
                       {"compiler", facts.compiler}, {"build_type", facts.build_type}};
    json["seconds"] = settings.seconds;
    json["rows"] = Json::array();
    for (const Row& row : rows) {
        json["rows"].push_back(row_json(row));
    }
    std::ofstream file{path};
    file << json.dump(2) << '\n';
    file.close();
    return !file.fail();
}

}  // namespace bench
