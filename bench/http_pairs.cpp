// The paired comparison with bare libcurl. Started by bench/run, which brings the server and pins both.

#include <algorithm>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <curl/curl.h>

#include "bare_curl.hpp"
#include "bare_multi.hpp"
#include "measure.hpp"
#include "report.hpp"
#include "sdk.hpp"

namespace {

constexpr std::size_t in_flight = 64;

struct Arguments {
    std::string base_url{};
    std::string json{};
    std::string only{};
    bench::Settings settings{};
    bool check = false;
};

[[noreturn]] void usage() {
    std::cerr << "usage: sent-bench-http --base-url URL [--seconds N] [--json FILE] [--only TEXT]\n"
                 "                       [--server TEXT] [--server-pid N] [--check]\n"
                 "Compares the library with bare libcurl on the server at URL; bench/run starts one.\n"
                 "  --seconds N    for the whole run, about (default 45)\n"
                 "  --json FILE    writes the report there, too\n"
                 "  --only TEXT    only the comparisons with this in their name\n"
                 "  --server TEXT  what to call the server in it\n"
                 "  --server-pid N  its process, whose processor time is then counted, too\n"
                 "  --check        exit with 1 when a target is missed\n";
    std::exit(2);
}

Arguments parse(int count, char** values) {
    Arguments arguments;
    arguments.settings.seconds = 45;
    for (int index = 1; index < count; ++index) {
        const std::string name = values[index];
        if (name == "--check") {
            arguments.check = true;
            continue;
        }
        if (index + 1 == count) {
            usage();
        }
        const std::string value = values[++index];
        if (name == "--base-url") {
            arguments.base_url = value;
        } else if (name == "--json") {
            arguments.json = value;
        } else if (name == "--only") {
            arguments.only = value;
        } else if (name == "--server") {
            arguments.settings.server = value;
        } else if (name == "--server-pid") {
            arguments.settings.server_pid = std::strtol(value.c_str(), nullptr, 10);
        } else if (name == "--seconds") {
            arguments.settings.seconds = std::strtod(value.c_str(), nullptr);
        } else {
            usage();
        }
    }
    if (arguments.base_url.empty() || !(arguments.settings.seconds > 0)) {
        usage();
    }
    return arguments;
}

void add_side(bench::Scenario& scenario, std::string name, std::unique_ptr<bench::Contender> contender) {
    scenario.sides.push_back({std::move(name), std::move(contender)});
}

bench::Scenario one_at_a_time(std::string name, const bench::BareRequest& request) {
    bench::Scenario scenario;
    scenario.name = std::move(name);
    add_side(scenario, "bare", std::make_unique<bench::BareEasy>(request));
    add_side(scenario, "bare (A/A)", std::make_unique<bench::BareEasy>(request));
    add_side(scenario, "bare, set each time", std::make_unique<bench::BareEasySetAgain>(request));
    return scenario;
}

std::vector<bench::Scenario> make_scenarios(const std::string& base_url) {
    std::vector<bench::Scenario> scenarios;

    auto& send = scenarios.emplace_back(one_at_a_time("v1 send", bench::bare_v1_send(base_url)));
    add_side(send, "Client::call", std::make_unique<bench::SdkSend>(base_url));

    auto& list = scenarios.emplace_back(one_at_a_time("v1 list of 100", bench::bare_v1_list(base_url)));
    add_side(list, "Client::call", std::make_unique<bench::SdkList>(base_url));

    auto& many = scenarios.emplace_back();
    many.name = std::to_string(in_flight) + " in flight";
    many.scope = bench::Scope::process;
    many.granularity = 4 * in_flight;
    const bench::BareRequest request = bench::bare_v1_send(base_url);
    add_side(many, "bare multi", std::make_unique<bench::BareMulti>(request, in_flight));
    add_side(many, "bare multi (A/A)", std::make_unique<bench::BareMulti>(request, in_flight));
    add_side(many, "Client::bulk", std::make_unique<bench::SdkBulk>(base_url, in_flight));
    return scenarios;
}

int run(const Arguments& arguments) {
    std::vector<bench::Scenario> scenarios = make_scenarios(arguments.base_url);
    const auto is_unwanted = [&arguments](const bench::Scenario& scenario) {
        return scenario.name.find(arguments.only) == std::string::npos;
    };
    scenarios.erase(std::remove_if(scenarios.begin(), scenarios.end(), is_unwanted), scenarios.end());
    const double share = arguments.settings.seconds / static_cast<double>(scenarios.size());
    std::vector<bench::Row> rows;
    for (auto& scenario : scenarios) {
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
    const Arguments arguments = parse(count, values);
    try {
        curl_global_init(CURL_GLOBAL_DEFAULT);
        return run(arguments);
    } catch (const std::exception& error) {
        std::cerr << "sent-bench-http: " << error.what() << '\n';
        return 1;
    }
}
