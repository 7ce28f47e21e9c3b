#include "core/retry.hpp"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <random>
#include <thread>

#include "this_process.hpp"

namespace sent::detail {
namespace {

constexpr int too_many_requests = 429;
constexpr int conflict = 409;
constexpr int request_timeout = 408;
constexpr int not_implemented = 501;
constexpr int service_unavailable = 503;

bool is_success(int status) noexcept {
    return status >= 200 && status < 300;
}
bool is_server_error(int status) noexcept {
    return status >= 500 && status < 600;
}
bool is_transient(int status) noexcept {
    return status == request_timeout || (is_server_error(status) && status != not_implemented);
}

bool is_repeatable(Safety safety, RetrySafety policy) noexcept {
    return safety != Safety::unkeyed_write || policy == RetrySafety::official;
}

Verdict judge_answer(const AttemptEnd& end, Safety safety, RetrySafety policy) noexcept {
    if (is_success(end.status)) {
        return Verdict::succeeded;
    }
    if (end.should_retry == false) {
        return Verdict::stop;
    }
    if (end.status == too_many_requests) {
        // A full store of scheduled messages does not empty within seconds.
        return end.code == "LIMIT_001" && end.should_retry != true ? Verdict::stop : Verdict::retry_throttled;
    }
    if (!is_repeatable(safety, policy)) {
        return Verdict::stop;
    }
    if (end.status == conflict) {
        const bool in_flight =
            safety == Safety::keyed_write && (end.code == "CONFLICT_001" || end.code.empty());
        if (in_flight || policy == RetrySafety::official) {
            return Verdict::retry_conflict;
        }
    }
    if (end.status == service_unavailable && end.code == "SERVICE_001" && safety == Safety::keyed_write) {
        return Verdict::retry_conflict;
    }
    return is_transient(end.status) || end.should_retry == true ? Verdict::retry : Verdict::stop;
}

int price(Verdict verdict) noexcept {
    switch (verdict) {
        case Verdict::retry:
            return RetryBudget::transient_cost;
        case Verdict::retry_throttled:
        case Verdict::retry_conflict:
            return RetryBudget::throttled_cost;
        case Verdict::succeeded:
        case Verdict::stop:
            return 0;
    }
    return 0;
}

}  // namespace

Verdict judge(const AttemptEnd& end, Safety safety, RetrySafety policy) noexcept {
    switch (end.how) {
        case AttemptEnd::How::answered:
            return judge_answer(end, safety, policy);
        case AttemptEnd::How::not_left:
            return Verdict::retry;
        case AttemptEnd::How::lost:
            return is_repeatable(safety, policy) ? Verdict::retry : Verdict::stop;
        case AttemptEnd::How::unreadable:
        case AttemptEnd::How::hopeless:
            return Verdict::stop;
    }
    return Verdict::stop;
}

Outcome outcome_of(const AttemptEnd& end) noexcept {
    switch (end.how) {
        case AttemptEnd::How::not_left:
        case AttemptEnd::How::hopeless:
            return Outcome::not_sent;
        case AttemptEnd::How::lost:
            return Outcome::unknown;
        case AttemptEnd::How::answered:
        case AttemptEnd::How::unreadable:
            break;
    }
    if (is_success(end.status)) {
        return Outcome::accepted;
    }
    // "The idempotency cache is unavailable; the request was not executed."
    if (end.status == service_unavailable && end.code == "SERVICE_001") {
        return Outcome::rejected;
    }
    // The earlier request with the same key may yet succeed.
    if (end.status == conflict && end.code == "CONFLICT_001") {
        return Outcome::unknown;
    }
    const bool definite = end.status >= 300 && end.status < 600 && !is_transient(end.status);
    return definite ? Outcome::rejected : Outcome::unknown;
}

std::chrono::milliseconds back_off(const RetryOptions& options, int retry, double random) noexcept {
    auto wait = options.initial_backoff;
    for (int i = 0; i < retry && wait < options.max_backoff; ++i) {
        wait *= 2;
    }
    wait = std::min(wait, options.max_backoff);
    const double shortened = static_cast<double>(wait.count()) * (1.0 - 0.25 * random);
    return std::chrono::milliseconds{static_cast<std::chrono::milliseconds::rep>(shortened)};
}

double random_fraction() noexcept {
    // For jitter only, so the seed need not be secret; it must differ between threads, processes and
    // machines.
    thread_local std::minstd_rand generator;
    thread_local std::uint64_t seeded_in = 0;
    if (const auto process = this_process(); seeded_in != process) {
        generator.seed(static_cast<std::minstd_rand::result_type>(
            std::hash<std::thread::id>{}(std::this_thread::get_id()) ^ process ^
            static_cast<std::size_t>(std::chrono::system_clock::now().time_since_epoch().count())));
        seeded_in = process;
    }
    return std::uniform_real_distribution<double>{0.0, 1.0}(generator);
}

bool RetryBudget::spend(Verdict verdict) noexcept {
    const int cost = price(verdict);
    int left = tokens_.load(std::memory_order_relaxed);
    while (left >= cost) {
        if (tokens_.compare_exchange_weak(left, left - cost, std::memory_order_relaxed)) {
            return true;
        }
    }
    return false;
}

void RetryBudget::refill(Verdict last_retry) noexcept {
    int left = tokens_.load(std::memory_order_relaxed);
    // The usual case: full, and nothing to write that other threads would have to fetch.
    if (left >= capacity) {
        return;
    }
    const int gain = std::max(price(last_retry), 1);
    while (!tokens_.compare_exchange_weak(left, std::min(left + gain, int{capacity}),
                                          std::memory_order_relaxed)) {
    }
}

}  // namespace sent::detail
