#include "core/retry.hpp"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <iterator>
#include <random>
#include <thread>

#include "base/http_status.hpp"
#include "base/this_process.hpp"

namespace sent::detail {
namespace {

constexpr int conflict = 409;

using How = AttemptEnd::How;

/// What an end means for operations of one safety class.
struct Cell {
    RetryDecision decision;
    Outcome outcome;
};

/// Which error codes a row applies to.
enum class Codes {
    any,      ///< any code or none
    none,     ///< only replies without a code
    missing,  ///< the same, if the service and not a proxy has omitted it
    named     ///< codes that begin with `code`
};

/// One row of the retry table.
struct Row {
    How how;
    /// For `answered`: the statuses from `first` to `last`.
    int first;
    int last;
    Codes codes;
    std::string_view code;
    Cell read;
    Cell keyed;
    Cell unkeyed;
    Extent extent = Extent::one_request;
    /// Not retried even if the policy or the server's `x-should-retry` asks for it.
    bool is_final = false;
};

constexpr Cell again_not_sent{RetryDecision::retry, Outcome::not_sent};
constexpr Cell again_unknown{RetryDecision::retry, Outcome::unknown};
constexpr Cell again_rejected{RetryDecision::retry, Outcome::rejected};
constexpr Cell throttled{RetryDecision::retry_throttled, Outcome::rejected};
constexpr Cell in_flight{RetryDecision::retry_conflict, Outcome::unknown};
constexpr Cell not_looked_up{RetryDecision::retry_conflict, Outcome::rejected};
constexpr Cell accepted{RetryDecision::stop, Outcome::accepted};
constexpr Cell rejected{RetryDecision::stop, Outcome::rejected};
constexpr Cell not_sent{RetryDecision::stop, Outcome::not_sent};
constexpr Cell unknown{RetryDecision::stop, Outcome::unknown};

constexpr Row answer(int first, int last, Codes codes, std::string_view code, Cell read, Cell keyed,
                     Cell unkeyed, Extent extent = Extent::one_request) noexcept {
    return {How::answered, first, last, codes, code, read, keyed, unkeyed, extent};
}
constexpr Row refusal(int first, int last, Codes codes, std::string_view code, Extent extent,
                      bool is_final = false) noexcept {
    return {How::answered, first, last, codes, code, rejected, rejected, rejected, extent, is_final};
}
constexpr Row without_answer(How how, Cell read, Cell keyed, Cell unkeyed,
                             Extent extent = Extent::one_request) noexcept {
    return {how,  0,     0,       Codes::any, {},
            read, keyed, unkeyed, extent,     how != How::not_left && how != How::lost};
}

// The first matching row applies.
constexpr Row table[] = {
    without_answer(How::not_left, again_not_sent, again_not_sent, again_not_sent),
    without_answer(How::lost, again_unknown, again_unknown, unknown),
    without_answer(How::unreadable, unknown, unknown, unknown),
    without_answer(How::wrong_peer, not_sent, not_sent, not_sent, Extent::whole_run),
    without_answer(How::hopeless, not_sent, not_sent, not_sent),
    answer(first_success, last_success, Codes::any, {}, accepted, accepted, accepted),
    // Does not pass within seconds.
    refusal(400, 499, Codes::named, "BUSINESS_006", Extent::one_request, true),
    refusal(400, 499, Codes::named, "CONFLICT_006", Extent::one_request, true),
    refusal(400, 499, Codes::named, "RESOURCE_007", Extent::one_request, true),
    refusal(400, 499, Codes::named, "LIMIT_001", Extent::one_request, true),
    refusal(501, 501, Codes::any, {}, Extent::one_request, true),
    // Applies to the account and so to every request: no balance, quota used up, suspended, no access.
    refusal(400, 499, Codes::named, "BUSINESS_003", Extent::whole_run),
    refusal(400, 499, Codes::named, "BUSINESS_008", Extent::whole_run),
    refusal(400, 499, Codes::named, "BUSINESS_014", Extent::whole_run),
    refusal(400, 499, Codes::named, "account_suspended", Extent::whole_run),  // older name of BUSINESS_014
    refusal(401, 402, Codes::any, {}, Extent::whole_run),
    refusal(403, 403, Codes::named, "AUTH_", Extent::whole_run),
    refusal(403, 403, Codes::missing, {}, Extent::unclear),
    answer(429, 429, Codes::any, {}, throttled, throttled, throttled, Extent::rate),
    // The earlier request with the same key may still succeed. A 409 without a code means the same.
    answer(conflict, conflict, Codes::named, "CONFLICT_001", unknown, in_flight, unknown),
    answer(conflict, conflict, Codes::none, {}, rejected, in_flight, rejected),
    // "The idempotency cache is unavailable; the request was not executed."
    answer(503, 503, Codes::named, "SERVICE_001", again_rejected, not_looked_up, rejected, Extent::service),
    answer(408, 408, Codes::any, {}, again_unknown, again_unknown, unknown, Extent::service),
    answer(500, 599, Codes::any, {}, again_unknown, again_unknown, unknown, Extent::service),
    refusal(300, 499, Codes::any, {}, Extent::one_request),
};
/// For statuses that do not exist in HTTP.
constexpr Row anything_else = answer(0, 0, Codes::any, {}, unknown, unknown, unknown);

bool fits(const Row& row, const AttemptEnd& end) noexcept {
    if (row.how != end.how) {
        return false;
    }
    if (row.how != How::answered) {
        return true;
    }
    if (end.status < row.first || end.status > row.last) {
        return false;
    }
    switch (row.codes) {
        case Codes::any:
            return true;
        case Codes::none:
            return end.code.empty();
        case Codes::missing:
            return end.code.empty() && !end.is_foreign;
        case Codes::named:
            return end.code.substr(0, row.code.size()) == row.code;
    }
    return false;
}

const Row& row_for(const AttemptEnd& end) noexcept {
    const auto* found =
        std::find_if(std::begin(table), std::end(table), [&end](const Row& row) { return fits(row, end); });
    return found != std::end(table) ? *found : anything_else;
}

const Cell& cell_for(const Row& row, Safety safety) noexcept {
    switch (safety) {
        case Safety::read:
            return row.read;
        case Safety::keyed_write:
            return row.keyed;
        case Safety::unkeyed_write:
            break;
    }
    return row.unkeyed;
}

RetryDecision decision_for(const Row& row, const AttemptEnd& end, Safety safety,
                           RetrySafety policy) noexcept {
    const bool is_official = policy == RetrySafety::official;
    if (row.is_final || end.should_retry == false) {
        return RetryDecision::stop;
    }
    const auto decision = cell_for(row, safety).decision;
    if (decision != RetryDecision::stop || (safety == Safety::unkeyed_write && !is_official)) {
        return decision;
    }
    if (is_official && end.how == How::answered && end.status == conflict) {
        return RetryDecision::retry_conflict;
    }
    if (is_official && row.keyed.decision != RetryDecision::stop) {
        return row.keyed.decision;
    }
    return end.should_retry == true ? RetryDecision::retry : RetryDecision::stop;
}

int price(RetryDecision decision) noexcept {
    switch (decision) {
        case RetryDecision::retry:
            return RetryBudget::transient_cost;
        case RetryDecision::retry_throttled:
        case RetryDecision::retry_conflict:
            return RetryBudget::throttled_cost;
        case RetryDecision::stop:
            return 0;
    }
    return 0;
}

}  // namespace

Judgement judge(const AttemptEnd& end, Safety safety, RetrySafety policy) noexcept {
    const auto& row = row_for(end);
    return {decision_for(row, end, safety, policy), cell_for(row, safety).outcome, row.extent};
}

std::chrono::milliseconds back_off(const RetryOptions& options, int retry, double random) noexcept {
    // Longer than any real wait. Leaves room for doubling and for the precision of a `double`.
    constexpr std::chrono::milliseconds longest = std::chrono::hours{24 * 365 * 100};
    const auto most = std::min(options.max_backoff, longest);
    auto wait = std::min(options.initial_backoff, most);
    for (int i = 0; i < retry && wait < most; ++i) {
        wait *= 2;
    }
    wait = std::min(wait, most);
    const double shortened = static_cast<double>(wait.count()) * (1.0 - 0.25 * random);
    return std::chrono::milliseconds{static_cast<std::chrono::milliseconds::rep>(shortened)};
}

double random_fraction() noexcept {
    // Only used for jitter, so the seed need not be secret. It must differ between threads, processes and
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

bool RetryBudget::spend(RetryDecision decision) noexcept {
    const int cost = price(decision);
    int left = tokens_.load(std::memory_order_relaxed);
    while (left >= cost) {
        if (tokens_.compare_exchange_weak(left, left - cost, std::memory_order_relaxed)) {
            return true;
        }
    }
    return false;
}

void RetryBudget::refill(RetryDecision last_retry) noexcept {
    int left = tokens_.load(std::memory_order_relaxed);
    // The usual case: the budget is full, so nothing is written that would invalidate other threads' cache
    // lines.
    if (left >= capacity) {
        return;
    }
    const int gain = std::max(price(last_retry), 1);
    while (!tokens_.compare_exchange_weak(left, std::min(left + gain, int{capacity}),
                                          std::memory_order_relaxed)) {
    }
}

}  // namespace sent::detail
