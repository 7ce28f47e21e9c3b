// Holds many sends at once against an emulator that misbehaves at random, and sees to it that none is lost or
// doubled and that memory, descriptors and connections stay what they are.
//
//   SENT_BASE_URL=... SENT_DM_API_KEY=... SENT_TEMPLATE_ID=... SENT_PHONE_NUMBER=... sent-soak [SECONDS
//   [CONCURRENCY]]
//
// scripts/soak starts it with an emulator.

#include <dirent.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <memory>
#include <mutex>
#include <random>
#include <string>
#include <thread>

#include <nlohmann/json.hpp>
#include <sent/sent.hpp>

#include "support/sanitized.hpp"

namespace {

using Json = nlohmann::json;
using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

std::string setting(const char* name) {
    const char* value = std::getenv(name);
    if (value == nullptr || *value == '\0') {
        std::cerr << "Please set " << name << ", or use scripts/soak.\n";
        std::exit(2);
    }
    return value;
}

std::uint64_t resident_bytes() {
    std::ifstream statm{"/proc/self/statm"};
    std::uint64_t total = 0;
    std::uint64_t resident = 0;
    statm >> total >> resident;
    return resident * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

std::size_t descriptors() {
    std::size_t count = 0;
    if (DIR* folder = opendir("/proc/self/fd")) {
        while (readdir(folder) != nullptr) {
            ++count;
        }
        closedir(folder);
    }
    return count;
}

struct Counts {
    std::atomic<std::uint64_t> sends{0};
    std::atomic<std::uint64_t> successes{0};
    std::atomic<std::uint64_t> refusals{0};
    std::atomic<std::uint64_t> unknowns{0};
    std::atomic<std::uint64_t> resolved{0};
    std::atomic<std::uint64_t> unresolved{0};
};

/// Sends that follow one another in so many lanes. Each has a key of its own; one of unknown fate is asked
/// for again with the same key until its fate is known.
class Lanes {
  public:
    Lanes(const sent::Client& client, std::size_t count, Counts& counts)
        : client_(client), counts_(counts), running_(count) {
        request_.to = {setting("SENT_PHONE_NUMBER")};
        request_.template_ref.emplace();
        request_.template_ref->id = setting("SENT_TEMPLATE_ID");
        request_.template_ref->parameters = {{"name", "Ada"}, {"order_id", "1"}};
        for (std::size_t lane = 0; lane < count; ++lane) {
            next(lane);
        }
    }

    void stop_and_wait() {
        stopping_ = true;
        std::unique_lock lock{mutex_};
        done_.wait(lock, [this] { return running_ == 0; });
    }

  private:
    static constexpr int most_repetitions = 50;

    void next(std::size_t lane) {
        if (stopping_) {
            const std::lock_guard lock{mutex_};
            --running_;
            done_.notify_all();
            return;
        }
        const auto number = ++counts_.sends;
        send(lane, "soak-" + std::to_string(number), 0);
    }

    void send(std::size_t lane, const std::string& key, int repetition) {
        sent::CallOptions options;
        options.idempotency_key = key;
        // Half of them without the library's own repetitions, so that fates are left unknown.
        if (lane % 2 == 0) {
            options.retry.emplace().max_retries = 0;
        }
        client_.submit(
            request_,
            [this, lane, key, repetition](const sent::Result<sent::SendMessageResponse>& result) {
                ended(lane, key, repetition, result);
            },
            options);
    }

    void ended(std::size_t lane, const std::string& key, int repetition,
               const sent::Result<sent::SendMessageResponse>& result) {
        if (result) {
            ++counts_.successes;
            counts_.resolved += repetition > 0 ? 1 : 0;
            next(lane);
            return;
        }
        const auto outcome = result.error().outcome;
        const bool is_certain = outcome == sent::Outcome::not_sent || outcome == sent::Outcome::rejected;
        if (is_certain && repetition == 0) {
            ++counts_.refusals;
            next(lane);
            return;
        }
        counts_.unknowns += repetition == 0 ? 1 : 0;
        if (repetition == most_repetitions) {
            ++counts_.unresolved;
            std::cerr << "never resolved: " << result.error() << '\n';
            next(lane);
            return;
        }
        send(lane, key, repetition + 1);
    }

    const sent::Client& client_;
    Counts& counts_;
    sent::SendMessageRequest request_{};
    std::atomic<bool> stopping_{false};
    std::mutex mutex_{};
    std::condition_variable done_{};
    std::size_t running_;
};

/// The emulator's control plane.
class Control {
  public:
    explicit Control(const sent::Client& client) : client_(client) {}

    void misbehave(std::minstd_rand& random) {
        static const Json kinds[] = {
            {{"kind", "close_before_reply"}},
            {{"kind", "close_unprocessed"}},
            {{"kind", "reset"}, {"bytes", 40}},
            {{"kind", "truncate"}},
            {{"kind", "status"}, {"status", 503}},
            {{"kind", "error_after_processing"}, {"status", 500}},
            {{"kind", "status"}, {"status", 429}, {"headers", {{"Retry-After", "0"}}}},
            {{"kind", "delay"}, {"delay_ms", 30}},
            {{"kind", "garbage"}},
            {{"kind", "status"}, {"code", "CONFLICT_001"}},
        };
        auto fault = kinds[random() % std::size(kinds)];
        fault["times"] = 1 + static_cast<int>(random() % 6);
        fault["path"] = "/v3/messages";
        sent::RawRequest request;
        request.method = "POST";
        request.path = "/_emulator/faults";
        request.body = fault.dump();
        if (client_.request(request)) {
            faults_ += fault["times"].get<std::uint64_t>();
        }
    }

    [[nodiscard]] Json state() const {
        sent::RawRequest request;
        request.path = "/_emulator/state";
        const auto answer = client_.request(request);
        return answer ? Json::parse(answer->body, nullptr, false) : Json{};
    }

    void calm() const {
        sent::RawRequest request;
        request.method = "DELETE";
        request.path = "/_emulator/faults";
        (void)client_.request(request);
    }

    [[nodiscard]] std::uint64_t faults() const noexcept { return faults_; }

  private:
    const sent::Client& client_;
    std::uint64_t faults_ = 0;
};

bool holds(bool condition, const std::string& what) {
    std::cout << (condition ? "holds:  " : "BROKEN: ") << what << '\n';
    return condition;
}

}  // namespace

int main(int argc, char** argv) {
    const auto seconds = std::chrono::seconds{argc > 1 ? std::atoi(argv[1]) : 60};
    const auto concurrency = static_cast<std::size_t>(argc > 2 ? std::atoi(argv[2]) : 32);
    sent::ClientOptions options;
    options.retry.initial_backoff = milliseconds{2};
    options.retry.max_backoff = milliseconds{20};
    options.attempt_timeout = std::chrono::seconds{20};
    options.log.level = sent::LogLevel::off;
    options.max_response_bytes = 1024U * 1024U * 1024U;  // the emulator's state has every message
    const sent::Client client{options};
    Control control{client};
    Counts counts;
    Lanes lanes{client, concurrency, counts};

    // What a process needs it has after a quarter of the time.
    std::minstd_rand random{static_cast<std::minstd_rand::result_type>(std::random_device{}())};
    const auto begin = Clock::now();
    std::uint64_t memory_then = 0;
    std::size_t descriptors_then = 0;
    while (Clock::now() - begin < seconds) {
        control.misbehave(random);
        std::this_thread::sleep_for(milliseconds{20});
        if (memory_then == 0 && Clock::now() - begin > seconds / 4) {
            memory_then = resident_bytes();
            descriptors_then = descriptors();
        }
    }
    const auto memory_now = resident_bytes();
    const auto descriptors_now = descriptors();
    control.calm();
    lanes.stop_and_wait();

    const auto state = control.state();
    const auto accepted = state.value("accepted_messages", std::uint64_t{0});
    const auto connections = state.value("connections", std::uint64_t{0});
    std::uint64_t most_for_a_key = 0;
    const auto by_key = state.value("accepted_messages_by_key", Json::object());
    for (const auto& [key, count] : by_key.items()) {
        most_for_a_key = std::max(most_for_a_key, count.get<std::uint64_t>());
    }
    std::cout << counts.sends << " sends, " << counts.successes << " successes, " << counts.refusals
              << " refusals, " << counts.unknowns << " unknown at first, " << counts.resolved
              << " of them resolved by their key; " << control.faults() << " faults, " << accepted
              << " accepted, " << connections << " connections\n"
              << "memory " << memory_then / 1024 << " KiB, then " << memory_now / 1024 << " KiB; descriptors "
              << descriptors_then << ", then " << descriptors_now << '\n';

    constexpr std::uint64_t memory_slack = 8U * 1024U * 1024U;
    bool good = holds(most_for_a_key == 1, "no key was accepted twice");
    good &= holds(counts.unresolved == 0, "the fate of every send is known in the end");
    good &= holds(accepted == counts.successes, "accepted messages are the reported successes");
    // Under a sanitizer memory that was freed is kept back for a while.
    good &= holds(sent::test::sanitized || memory_now < memory_then + memory_then / 10 + memory_slack,
                  "memory stays flat");
    good &= holds(descriptors_now <= descriptors_then + concurrency / 2, "descriptors stay flat");
    // A fault that ends a connection costs one.
    good &= holds(connections <= control.faults() + 2 * concurrency + 8 + counts.sends / 100,
                  "connections are reused but for those that a fault has ended");
    return good ? 0 : 1;
}
