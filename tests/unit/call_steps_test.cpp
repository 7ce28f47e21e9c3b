#include <algorithm>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>

#include <sent/sent.hpp>

#include "core/call_machine.hpp"
#include "core/config.hpp"
#include "core/prepared_call.hpp"

/// The call machine, step by step: no client, no clock, no transport. The tests tell it what has happened and
/// when. Rows and columns are those of docs/retries.md.

namespace sent::test {
namespace {

using detail::CallMachine;
using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::HasSubstr;
using Action = CallMachine::Action;
using Step = CallMachine::Step;
using SteadyTime = CallMachine::SteadyTime;

constexpr SteadyTime start{std::chrono::hours{1}};
constexpr CallMachine::WallTime wall{seconds{1'780'000'000}};
constexpr const char* key = "order-17";

/// What the calls of one client share.
struct Shared {
    explicit Shared(const ClientOptions& options)
        : config(detail::make_config(options)), limiter(options.rate_limit) {}

    [[nodiscard]] CallMachine::Shared get(detail::Throttle* throttle) {
        return {&config, &logger, &budget, &limiter, &keys, throttle};
    }

    detail::Config config;
    detail::Logger logger{};
    detail::RetryBudget budget{};
    detail::RateLimiter limiter;
    detail::KeyMemory keys{};
};

ClientOptions client_options() {
    ClientOptions options;
    options.api_key = "secret-key";
    options.sender_id = "secret-sender";
    options.base_url = "https://api.example";
    options.use_environment = false;
    return options;
}

/// A call and its machine.
class Call {
  public:
    template <class Request>
    Call(Shared& shared, const Request& request, const CallOptions& options = {},
         detail::Throttle* throttle = nullptr) {
        const auto& route = operation<Request>::route();
        const auto problem = detail::prepare(shared.config, route, &request, options, prepared_);
        EXPECT_FALSE(problem) << (*problem).message;
        response_ = route.make_response != nullptr ? route.make_response() : nullptr;
        machine_ = std::make_unique<CallMachine>(shared.get(throttle), prepared_,
                                                 detail::CallTarget{response_.get(), &meta_});
    }

    CallMachine& operator*() { return *machine_; }
    CallMachine* operator->() { return machine_.get(); }
    [[nodiscard]] const detail::PreparedCall& prepared() const { return prepared_; }
    [[nodiscard]] const ResponseMeta& meta() const { return meta_; }

    /// Sends the attempt that was admitted, and answers it at `now`.
    Step answer(TransportResult result, SteadyTime now) {
        machine_->begin_attempt();
        return machine_->on_result(std::move(result), now, wall);
    }

  private:
    detail::PreparedCall prepared_{};
    std::shared_ptr<void> response_{};
    ResponseMeta meta_{};
    std::unique_ptr<CallMachine> machine_{};
};

GetAccountRequest a_read() {
    return {};
}

SendMessageRequest a_v3_write() {
    SendMessageRequest request;
    request.to = {"+14155550100"};
    request.template_ref = TemplateRef{};
    request.template_ref->name = "order_confirmation";
    return request;
}

v1::SendToContactRequest a_v1_write() {
    v1::SendToContactRequest request;
    request.contact_id = "contact-1";
    request.template_id = "template-1";
    return request;
}

TransportResult answered(int status, std::string body = {}, Headers headers = {}) {
    return HttpResponse{status, std::move(headers), std::move(body)};
}

TransportResult refused(int status, const std::string& code, Headers headers = {}) {
    return answered(status, R"({"success":false,"error":{"code":")" + code + R"(","message":"no"}})",
                    std::move(headers));
}

TransportResult without_answer(TransportErrorKind kind, bool may_have_left, int status = 0) {
    TransportError error;
    error.kind = kind;
    error.message = "no answer";
    error.request_may_have_left = may_have_left;
    error.partial.status = status;
    return error;
}

TransportResult success() {
    return answered(204);
}

/// What follows an attempt: another one after a wait, or the end of the call.
enum class Next {
    stop,
    retry,       ///< after a wait that grows
    retry_soon,  ///< after the shortest wait each time
    retry_asked  ///< after the wait that the service has asked for
};

struct Cell {
    Next next;
    /// Of the call, if all its attempts end like this.
    Outcome outcome;
};

/// A row of the table. The columns are read, v3 write with a key, and write without a key.
struct Row {
    std::string name;
    std::function<TransportResult()> result;
    Cell read;
    Cell keyed;
    Cell unkeyed;
};

std::ostream& operator<<(std::ostream& out, const Row& row) {
    return out << row.name;
}

class RetrySteps : public ::testing::TestWithParam<Row> {
  protected:
    template <class Request>
    void expect(const Cell& cell, const Request& request, ClientOptions options = client_options(),
                const CallOptions& call_options = {}) {
        Shared shared{options};
        Call call{shared, request, call_options};
        auto now = start;
        auto step = call->start(now);
        const int retries = cell.next == Next::stop ? 0 : options.retry.max_retries;
        for (int retry = 0; retry < retries; ++retry) {
            ASSERT_EQ(step.action, Action::send);
            step = call.answer(GetParam().result(), now);
            ASSERT_EQ(step.action, Action::wait) << "retry " << retry;
            expect_wait(cell.next, retry, std::chrono::duration_cast<milliseconds>(step.until - now));
            now = step.until;
            step = call->on_wake(now);
        }
        ASSERT_EQ(step.action, Action::send);
        step = call.answer(GetParam().result(), now);
        ASSERT_EQ(step.action, Action::done);
        const auto error = call->take_error();
        ASSERT_TRUE(error);
        EXPECT_EQ(error->outcome, cell.outcome) << *error;
        EXPECT_EQ(error->attempts, retries + 1);
        EXPECT_EQ(call.meta().attempts, retries + 1);
    }

  private:
    static void expect_wait(Next next, int retry, milliseconds wait) {
        const auto longest = milliseconds{500} * (next == Next::retry && retry > 0 ? 2 : 1);
        if (next == Next::retry_asked) {
            EXPECT_EQ(wait, seconds{7});
        } else {
            EXPECT_LE(wait, longest);
            EXPECT_GE(wait, longest * 3 / 4);
        }
    }
};

TEST_P(RetrySteps, OfARead) {
    expect(GetParam().read, a_read());
}

TEST_P(RetrySteps, OfAV3WriteWithAKey) {
    expect(GetParam().keyed, a_v3_write());
    CallOptions options;
    options.idempotency_key = key;
    expect(GetParam().keyed, a_v3_write(), client_options(), options);
}

TEST_P(RetrySteps, OfAWriteWithoutAKey) {
    expect(GetParam().unkeyed, a_v1_write());
    expect(GetParam().unkeyed, RemoveContactRequest{"contact-1"});
    auto options = client_options();
    options.auto_idempotency_key = false;
    expect(GetParam().unkeyed, a_v3_write(), options);
}

constexpr Cell stop_unknown{Next::stop, Outcome::unknown};
constexpr Cell stop_rejected{Next::stop, Outcome::rejected};
constexpr Cell stop_not_sent{Next::stop, Outcome::not_sent};
constexpr Cell retry_unknown{Next::retry, Outcome::unknown};
constexpr Cell retry_rejected{Next::retry, Outcome::rejected};
constexpr Cell retry_not_sent{Next::retry, Outcome::not_sent};
constexpr Cell soon_unknown{Next::retry_soon, Outcome::unknown};
constexpr Cell soon_rejected{Next::retry_soon, Outcome::rejected};
constexpr Cell asked_rejected{Next::retry_asked, Outcome::rejected};

Row row(std::string name, std::function<TransportResult()> result, Cell read, Cell keyed, Cell unkeyed) {
    return {std::move(name), std::move(result), read, keyed, unkeyed};
}

Row row(std::string name, std::function<TransportResult()> result, Cell all) {
    return row(std::move(name), std::move(result), all, all, all);
}

std::vector<Row> table() {
    using Kind = TransportErrorKind;
    std::vector<Row> rows{
        row(
            "NameNotFound", [] { return without_answer(Kind::resolve, false); }, retry_not_sent),
        row(
            "ConnectionRefused", [] { return without_answer(Kind::connect, false); }, retry_not_sent),
        row(
            "TlsNotSetUp", [] { return without_answer(Kind::tls, false); }, retry_not_sent),
        row(
            "NoMemoryToConnect", [] { return without_answer(Kind::resource_exhausted, false); },
            retry_not_sent),
        row(
            "TimedOut", [] { return without_answer(Kind::timeout, true); }, retry_unknown, retry_unknown,
            stop_unknown),
        row(
            "Reset", [] { return without_answer(Kind::closed, true); }, retry_unknown, retry_unknown,
            stop_unknown),
        row(
            "TruncatedAfterASuccessfulStatus", [] { return without_answer(Kind::incomplete, true, 202); },
            retry_unknown, retry_unknown, stop_unknown),
        row(
            "Throttled",
            [] {
                return answered(429, {}, {{"Retry-After", "7"}});
            },
            asked_rejected),
        row(
            "ThrottledByCode",
            [] {
                return refused(429, "BUSINESS_002", {{"Retry-After", "7"}});
            },
            asked_rejected),
        row(
            "ScheduleFull",
            [] {
                return refused(429, "LIMIT_001", {{"Retry-After", "7"}});
            },
            stop_rejected),
        row(
            "KeyInFlight", [] { return refused(409, "CONFLICT_001"); }, stop_unknown, soon_unknown,
            stop_unknown),
        row(
            "ConflictWithoutCode", [] { return answered(409); }, stop_rejected, soon_unknown, stop_rejected),
        row(
            "ExistsAlready", [] { return refused(409, "RESOURCE_007"); }, stop_rejected),
        row(
            "KeyNotLookedUp", [] { return refused(503, "SERVICE_001"); }, retry_rejected, soon_rejected,
            stop_rejected),
        row(
            "ForeignPage", [] { return answered(200, "<html>Log in</html>"); }, stop_unknown),
        row(
            "TooLarge", [] { return without_answer(Kind::too_large, true, 200); }, stop_unknown),
        row(
            "CertificateRejected", [] { return without_answer(Kind::certificate, false); }, stop_not_sent),
        row(
            "NotTls", [] { return without_answer(Kind::not_tls, false); }, stop_not_sent),
        row(
            "InvalidRequest", [] { return without_answer(Kind::invalid_request, false); }, stop_not_sent),
        row(
            "CancelledBeforeItLeft", [] { return without_answer(Kind::cancelled, false); }, stop_not_sent),
        row(
            "CancelledAfterItMayHaveLeft", [] { return without_answer(Kind::cancelled, true); },
            stop_unknown),
    };
    for (const int status : {408, 500, 502, 503, 504, 520}) {
        rows.push_back(row(
            "Status" + std::to_string(status), [status] { return answered(status); }, retry_unknown,
            retry_unknown, stop_unknown));
    }
    for (const int status : {307, 400, 401, 402, 403, 404, 422, 501}) {
        rows.push_back(row(
            "Status" + std::to_string(status), [status] { return answered(status); }, stop_rejected));
    }
    return rows;
}

INSTANTIATE_TEST_SUITE_P(Documented, RetrySteps, ::testing::ValuesIn(table()),
                         [](const auto& each) { return each.param.name; });

TEST(CallSteps, ASuccessEndsTheCall) {
    Shared shared{client_options()};
    Call call{shared, a_v1_write()};
    ASSERT_EQ(call->start(start).action, Action::send);
    EXPECT_EQ(call.answer(success(), start).action, Action::done);
    EXPECT_FALSE(call->take_error());
    EXPECT_EQ(call.meta().http_status, 204);
    EXPECT_EQ(call.meta().attempts, 1);
}

TEST(CallSteps, AllAttemptsCarryTheSameKey) {
    Shared shared{client_options()};
    Call call{shared, a_v3_write()};
    auto step = call->start(start);
    std::vector<std::string> keys;
    for (auto result : {without_answer(TransportErrorKind::timeout, true), answered(502), answered(200)}) {
        ASSERT_EQ(step.action, Action::send);
        keys.emplace_back(call->begin_attempt().headers.get("Idempotency-Key").value_or(""));
        step = call->on_result(std::move(result), start, wall);
        step = step.action == Action::wait ? call->on_wake(step.until) : step;
    }
    ASSERT_EQ(keys.size(), 3U);
    EXPECT_FALSE(keys[0].empty());
    EXPECT_EQ(keys[1], keys[0]);
    EXPECT_EQ(keys[2], keys[0]);
    EXPECT_EQ(call->take_error().value().idempotency_key, keys[0]);
}

TEST(CallSteps, WhatMayHaveBeenDoneStaysUnknown) {
    const std::function<TransportResult()> later[] = {
        [] { return without_answer(TransportErrorKind::certificate, false); },
        [] { return answered(401); },
        [] { return refused(409, "RESOURCE_007"); },
    };
    for (const auto& result : later) {
        Shared shared{client_options()};
        Call call{shared, a_v3_write()};
        ASSERT_EQ(call->start(start).action, Action::send);
        const auto step = call.answer(without_answer(TransportErrorKind::timeout, true), start);
        ASSERT_EQ(step.action, Action::wait);
        ASSERT_EQ(call->on_wake(step.until).action, Action::send);
        ASSERT_EQ(call.answer(result(), step.until).action, Action::done);
        EXPECT_EQ(call->take_error().value().outcome, Outcome::unknown);
    }
}

TEST(CallSteps, ACancelledWaitAfterAnUnknownAttemptIsUnknown) {
    Shared shared{client_options()};
    Call call{shared, a_v3_write()};
    ASSERT_EQ(call->start(start).action, Action::send);
    ASSERT_EQ(call.answer(without_answer(TransportErrorKind::timeout, true), start).action, Action::wait);
    ASSERT_EQ(call->on_cancelled().action, Action::done);
    const auto error = call->take_error().value();
    EXPECT_EQ(error.kind, ErrorKind::cancelled);
    EXPECT_EQ(error.outcome, Outcome::unknown);
    EXPECT_FALSE(error.idempotency_key.empty());
}

TEST(CallSteps, TheCredentialsAreAddedForEachAttemptOnly) {
    const auto headers_with = [](const Headers& headers, std::string_view secret) {
        return std::count_if(headers.begin(), headers.end(),
                             [secret](const Headers::Field& field) { return field.value == secret; });
    };
    Shared shared{client_options()};
    Call call{shared, a_v1_write()};
    auto step = call->start(start);
    for (int attempt = 0; attempt < 3; ++attempt) {
        ASSERT_EQ(step.action, Action::send);
        const auto& kept = call.prepared().http.headers;
        EXPECT_EQ(headers_with(kept, "secret-key"), 0);
        EXPECT_EQ(headers_with(kept, "secret-sender"), 0);
        const auto& sent = call->begin_attempt().headers;
        EXPECT_EQ(headers_with(sent, "secret-key"), 1);
        EXPECT_EQ(headers_with(sent, "secret-sender"), 1);
        step = call->on_result(answered(429), start, wall);
        step = step.action == Action::wait ? call->on_wake(step.until) : step;
    }
    EXPECT_EQ(step.action, Action::done);
}

TEST(CallSteps, TheDeadlineBoundsAttemptsAndWaits) {
    CallOptions options;
    options.deadline = seconds{5};
    Shared shared{client_options()};
    Call call{shared, a_read(), options};
    ASSERT_EQ(call->start(start).action, Action::send);
    EXPECT_EQ(call->begin_attempt().timeout, seconds{5});
    const auto step = call->on_result(answered(503, {}, {{"Retry-After", "4"}}), start, wall);
    ASSERT_EQ(step.until, start + seconds{4});
    ASSERT_EQ(call->on_wake(step.until).action, Action::send);
    EXPECT_EQ(call->begin_attempt().timeout, seconds{1});
    EXPECT_EQ(call->on_result(answered(503, {}, {{"Retry-After", "4"}}), step.until, wall).action,
              Action::done)
        << "the next wait would not end before the deadline";
}

TEST(Admission, EndsACallWhoseDeadlineHasPassed) {
    CallOptions options;
    options.deadline = seconds{5};
    Shared shared{client_options()};
    Call call{shared, a_read(), options};
    ASSERT_EQ(call->start(start).action, Action::send);
    ASSERT_EQ(call->on_wake(start + seconds{5}).action, Action::done) << "no thread was free until then";
    const auto error = call->take_error().value();
    EXPECT_EQ(error.kind, ErrorKind::timeout);
    EXPECT_EQ(error.outcome, Outcome::not_sent);
    EXPECT_THAT(error.message, HasSubstr("5000 ms passed before a thread was free"));
}

TEST(Admission, WaitsForThePauseOfTheRunUpToTheDeadline) {
    CallOptions options;
    options.deadline = seconds{60};
    detail::Throttle throttle{seconds{600}};
    throttle.pause_until(start + seconds{30});
    Shared shared{client_options()};
    Call call{shared, a_read(), options, &throttle};
    const auto step = call->start(start);
    ASSERT_EQ(step.action, Action::wait);
    EXPECT_EQ(step.until, start + seconds{30});
    throttle.pause_until(start + seconds{60});
    ASSERT_EQ(call->on_wake(step.until).action, Action::done);
    EXPECT_THAT(call->take_error().value().message, HasSubstr("while the service held the run back"));
}

TEST(Admission, EndsACallWithItsRun) {
    detail::Throttle throttle{seconds{600}};
    Shared shared{client_options()};
    Call first{shared, a_v1_write(), {}, &throttle};
    Call second{shared, a_v1_write(), {}, &throttle};
    Call third{shared, a_v1_write(), {}, &throttle};
    ASSERT_EQ(first->start(start).action, Action::send);
    ASSERT_EQ(second->start(start).action, Action::send);
    const auto step = second.answer(without_answer(TransportErrorKind::connect, false), start);
    ASSERT_EQ(step.action, Action::wait);
    ASSERT_EQ(first.answer(refused(401, "AUTH_002"), start).action, Action::done);
    ASSERT_EQ(second->on_wake(step.until).action, Action::done);
    EXPECT_EQ(second->take_error().value().kind, ErrorKind::connection) << "how its own attempt has ended";
    ASSERT_EQ(third->start(start).action, Action::done);
    const auto error = third->take_error().value();
    EXPECT_EQ(error.kind, ErrorKind::authentication);
    EXPECT_EQ(error.outcome, Outcome::not_sent);
}

TEST(Admission, LetsOneCallOfARunTestAServiceThatIsDown) {
    detail::Throttle throttle{seconds{600}};
    throttle.note_answer(detail::Extent::one_request);
    const auto next = throttle.note_no_connection(start, RetryOptions{});
    Shared shared{client_options()};
    Call first{shared, a_read(), {}, &throttle};
    Call second{shared, a_read(), {}, &throttle};
    ASSERT_EQ(first->start(next).action, Action::send);
    ASSERT_EQ(second->start(next).action, Action::wait);
    EXPECT_EQ(first->on_wake(next + milliseconds{1}).action, Action::send)
        << "has waited for its thread, and is still the one";
}

}  // namespace
}  // namespace sent::test
