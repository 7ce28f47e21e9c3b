// The paired comparison with bare libcurl. Started by bench/run, which brings the server and pins both.

#include <exception>
#include <iostream>
#include <utility>
#include <vector>

#include <curl/curl.h>

#include "arguments.hpp"
#include "measure.hpp"
#include "report.hpp"
#include "scenarios.hpp"

namespace {

int run(const bench::Arguments& arguments) {
    const auto plans = bench::plans_for(arguments.server, arguments.only);
    std::vector<bench::Row> rows;
    for (const bench::Plan& plan : plans) {
        const double share = arguments.settings.seconds / static_cast<double>(plans.size());
        bench::Scenario scenario = plan.make();
        const auto outcomes = bench::measure(scenario, share, arguments.settings.server_pid);
        for (bench::Row& row : bench::rows_of(scenario.name, outcomes)) {
            rows.push_back(std::move(row));
        }
    }
    bench::print_table(rows);
    if (!arguments.json.empty() && !bench::write_json(arguments.json, arguments.settings, rows)) {
        std::cerr << "sent-bench-http: cannot write " << arguments.json << '\n';
        return 1;
    }
    bool all_met = true;
    for (const bench::Row& row : rows) {
        all_met = all_met && row.pass().value_or(true);
    }
    return arguments.check && !all_met ? 1 : 0;
}

}  // namespace

int main(int count, char** values) {
    const bench::Arguments arguments = bench::parse_arguments(count, values);
    try {
        curl_global_init(CURL_GLOBAL_DEFAULT);
        return run(arguments);
    } catch (const std::exception& error) {
        std::cerr << "sent-bench-http: " << error.what() << '\n';
        return 1;
    }
}
