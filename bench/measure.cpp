#include "measure.hpp"

#include <sys/resource.h>
#include <sys/time.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <fstream>
#include <numeric>
#include <string>
#include <utility>

#include "allocations.hpp"

namespace bench {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t least_rounds = 5;

double since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

double seconds_of(const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
}

double cpu_seconds(Scope scope) {
    rusage usage{};
#if defined(RUSAGE_THREAD)
    getrusage(scope == Scope::thread ? RUSAGE_THREAD : RUSAGE_SELF, &usage);
#else
    static_cast<void>(scope);
    getrusage(RUSAGE_SELF, &usage);
#endif
    return seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
}

std::uint64_t allocations(Scope scope) {
    return scope == Scope::thread ? thread_allocations() : process_allocations();
}

/// Of another process with one thread, by the scheduler's own count; 0 when that is not to be had.
double server_seconds(long server) {
    double nanoseconds = 0;
    if (server > 0) {
        std::ifstream{"/proc/" + std::to_string(server) + "/schedstat"} >> nanoseconds;
    }
    return nanoseconds * 1e-9;
}

/// What a block took.
struct Block {
    double wall = 0;
    double cpu = 0;
    double server = 0;
    double allocations = 0;
};

Block run_block(Contender& contender, Scope scope, std::size_t calls, long server) {
    const double server_before = server_seconds(server);
    const double cpu_before = cpu_seconds(scope);
    const std::uint64_t allocations_before = allocations(scope);
    const auto start = Clock::now();
    contender.run(calls);
    Block block;
    block.wall = since(start);
    block.allocations = static_cast<double>(allocations(scope) - allocations_before);
    block.cpu = cpu_seconds(scope) - cpu_before;
    block.server = server_seconds(server) - server_before;
    return block;
}

/// Warms all sides up, and finds how many calls make a block long enough to be timed and short enough for
/// many rounds.
std::size_t calls_per_block(Scenario& scenario, double seconds) {
    const std::size_t step = scenario.granularity;
    const double wanted = std::clamp(seconds / 400, 0.002, 0.030);
    std::size_t calls = step;
    double wall = 0;
    while (true) {
        for (const auto& side : scenario.sides) {
            side.contender->run(calls);
        }
        wall = run_block(*scenario.sides.front().contender, scenario.scope, calls, 0).wall;
        if (wall >= wanted / 2) {
            break;
        }
        calls *= 2;
    }
    const auto fitting = static_cast<std::size_t>(static_cast<double>(calls) * wanted / wall);
    calls = std::max<std::size_t>(fitting, 1);
    return std::max<std::size_t>(1, calls / step) * step;
}

/// Each side stands in each place equally often, with others before it.
std::vector<std::size_t> order_of_round(std::size_t round, std::size_t sides) {
    std::vector<std::size_t> order(sides);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::rotate(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(round / 2 % sides), order.end());
    if (round % 2 == 1) {
        std::reverse(order.begin(), order.end());
    }
    return order;
}

double median_of(const std::vector<Block>& blocks, double Block::*member) {
    std::vector<double> values;
    values.reserve(blocks.size());
    for (const Block& block : blocks) {
        values.push_back(block.*member);
    }
    return estimate(std::move(values)).median;
}

Outcome compare(const std::string& name, const std::vector<Block>& blocks,
                const std::vector<Block>& reference, std::size_t calls) {
    std::vector<double> rates;
    std::vector<double> busy_rates;
    std::vector<double> cpus;
    for (std::size_t round = 0; round < blocks.size(); ++round) {
        rates.push_back(reference[round].wall / blocks[round].wall);
        if (reference[round].cpu > 0) {
            cpus.push_back(blocks[round].cpu / reference[round].cpu);
        }
        if (reference[round].server > 0 && blocks[round].server > 0) {
            busy_rates.push_back((reference[round].cpu + reference[round].server) /
                                 (blocks[round].cpu + blocks[round].server));
        }
    }
    const auto per_block = static_cast<double>(calls);
    Outcome outcome;
    outcome.name = name;
    outcome.rate_ratio = estimate(std::move(rates));
    outcome.busy_rate_ratio = estimate(std::move(busy_rates));
    outcome.cpu_ratio = estimate(std::move(cpus));
    outcome.rate = per_block / median_of(blocks, &Block::wall);
    outcome.cpu_microseconds = median_of(blocks, &Block::cpu) / per_block * 1e6;
    outcome.busy_rate = per_block / (median_of(blocks, &Block::cpu) + median_of(blocks, &Block::server));
    outcome.allocations = median_of(blocks, &Block::allocations) / per_block;
    return outcome;
}

}  // namespace

std::vector<Outcome> measure(Scenario& scenario, double seconds, long server) {
    const auto start = Clock::now();
    const std::size_t calls = calls_per_block(scenario, seconds);
    std::vector<std::vector<Block>> blocks(scenario.sides.size());
    for (std::size_t round = 0; round < least_rounds || since(start) < seconds; ++round) {
        for (const std::size_t index : order_of_round(round, scenario.sides.size())) {
            blocks[index].push_back(
                run_block(*scenario.sides[index].contender, scenario.scope, calls, server));
        }
    }
    std::vector<Outcome> outcomes;
    for (std::size_t index = 0; index < blocks.size(); ++index) {
        outcomes.push_back(compare(scenario.sides[index].name, blocks[index], blocks.front(), calls));
    }
    return outcomes;
}

}  // namespace bench
