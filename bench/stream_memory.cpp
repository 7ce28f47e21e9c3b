// Streams many v3 sends through Client::bulk and looks at the memory of the process meanwhile. Started by
// bench/memory.

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <iostream>
#include <optional>
#include <string>

#include "sdk.hpp"
#include "workload.hpp"

namespace {

constexpr double most_over_idle = 32;
/// Of the second half over the first.
constexpr double most_drift = 1;

/// What this process has in memory now, in MiB.
double resident() {
    long pages = 0;
    std::ifstream statm{"/proc/self/statm"};
    statm >> pages >> pages;
    return static_cast<double>(pages) * static_cast<double>(sysconf(_SC_PAGESIZE)) / (1024 * 1024);
}

/// The highest in each half of a run.
class Watch {
  public:
    explicit Watch(std::size_t sends) : sends_(sends), step_(std::max<std::size_t>(sends / 200, 1)) {}

    void note(std::size_t finished) {
        if (finished % step_ == 0) {
            double& half = finished * 2 <= sends_ ? first_ : second_;
            half = std::max(half, resident());
        }
    }
    [[nodiscard]] double peak() const { return std::max(first_, second_); }
    [[nodiscard]] double drift() const { return second_ - first_; }

  private:
    std::size_t sends_;
    std::size_t step_;
    double first_ = 0;
    double second_ = 0;
};

/// False when the memory is not as it should be.
bool run(std::size_t sends, const std::string& base_url) {
    const auto request = bench::v3_send_request();
    const auto client = bench::make_client({base_url, {}, false});
    const double idle = resident();
    Watch watch{sends};
    std::size_t taken = 0;
    const auto next = [&]() -> std::optional<sent::SendMessageRequest> {
        if (taken == sends) {
            return std::nullopt;
        }
        ++taken;
        return request;
    };
    std::size_t finished = 0;
    const auto summary = client.bulk(next, [&](std::size_t, const auto& result) {
        bench::check(result);
        watch.note(++finished);
    });
    if (finished != sends) {
        throw bench::CallFailed{"results are missing"};
    }
    const double over_idle = watch.peak() - idle;
    const bool good = over_idle < most_over_idle && watch.drift() < most_drift;
    std::cout << sends << " sends in " << summary.elapsed.count() << " ms\nidle              " << idle
              << " MiB\nhighest over idle " << over_idle << " MiB  (< " << most_over_idle
              << ")\nsecond half over first " << watch.drift() << " MiB  (< " << most_drift << ")\n"
              << (good ? "met" : "MISSED") << '\n';
    return good;
}

}  // namespace

int main(int count, char** values) {
    const auto sends = count == 3 ? std::strtoul(values[1], nullptr, 10) : 0;
    if (sends == 0) {
        std::cerr << "usage: sent-bench-memory SENDS BASE_URL\n";
        return 2;
    }
    try {
        return run(sends, values[2]) ? 0 : 1;
    } catch (const std::exception& error) {
        std::cerr << "sent-bench-memory: " << error.what() << '\n';
        return 1;
    }
}
