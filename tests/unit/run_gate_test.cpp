#include "core/run_gate.hpp"

#include <chrono>

#include <gtest/gtest.h>

namespace sent::detail {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using SteadyTime = RunGate::SteadyTime;

const SteadyTime start{std::chrono::hours{1}};
const RetryOptions retry{};

TEST(RunGate, APauseOnlyMovesForward) {
    RunGate gate{seconds{60}};
    EXPECT_LT(gate.opens_at(), start);
    gate.pause_until(start + seconds{5});
    gate.pause_until(start);
    EXPECT_EQ(gate.opens_at(), start + seconds{5});
}

TEST(RunGate, DoesNotWaitForAServiceThatNeverAnswered) {
    RunGate gate{seconds{60}};
    EXPECT_EQ(gate.note_no_connection(start, retry), SteadyTime::max());
    EXPECT_EQ(gate.admit(start, retry), start);
    EXPECT_EQ(gate.admit(start, retry), start);
}

TEST(RunGate, A17_TheLongestOutageDoesNotEnd) {
    RunGate gate{milliseconds::max()};
    gate.note_answer(Extent::one_request);
    auto next = start;
    for (int i = 0; i < 10; ++i) {
        next = gate.note_no_connection(next, retry);
        ASSERT_NE(next, SteadyTime::max()) << i;
        next = gate.admit(next, retry);
    }
}

TEST(RunGate, LetsOneThroughAtATimeAfterGrowingWaits) {
    RunGate gate{seconds{60}};
    gate.note_answer(Extent::one_request);
    auto next = gate.note_no_connection(start, retry);
    EXPECT_GE(next, start + milliseconds{375});
    EXPECT_LE(next, start + milliseconds{500});
    EXPECT_EQ(gate.note_no_connection(start + milliseconds{1}, retry), next)
        << "the others wait for the same";
    auto least = milliseconds{750};
    for (int i = 0; i < 6; ++i) {
        EXPECT_EQ(gate.admit(next - milliseconds{1}, retry), next);
        EXPECT_EQ(gate.admit(next, retry), next);
        const auto after = gate.admit(next, retry);
        EXPECT_GE(after, next + least);
        EXPECT_LE(after, next + seconds{8});
        next = after;
        least = std::min(2 * least, milliseconds{6000});
    }
}

TEST(RunGate, AnAnswerLetsAllThrough) {
    RunGate gate{seconds{60}};
    gate.note_answer(Extent::one_request);
    static_cast<void>(gate.note_no_connection(start, retry));
    gate.note_answer(Extent::one_request);
    EXPECT_EQ(gate.admit(start, retry), start);
    EXPECT_EQ(gate.admit(start, retry), start);
    // And the next outage has its own time.
    EXPECT_LT(gate.note_no_connection(start + seconds{100}, retry), start + seconds{101});
}

TEST(RunGate, GivesUpInTheEndAndHoldsNobodyBackAnyMore) {
    RunGate gate{seconds{60}};
    gate.note_answer(Extent::one_request);
    static_cast<void>(gate.note_no_connection(start, retry));
    EXPECT_NE(gate.note_no_connection(start + seconds{59}, retry), SteadyTime::max());
    const auto late = start + seconds{60};
    EXPECT_EQ(gate.note_no_connection(late, retry), SteadyTime::max());
    EXPECT_EQ(gate.admit(late, retry), late);
    EXPECT_EQ(gate.admit(late, retry), late);
}

TEST(RunGate, CanBeToldNeverToWaitOrForEver) {
    RunGate impatient{milliseconds{0}};
    impatient.note_answer(Extent::one_request);
    EXPECT_EQ(impatient.note_no_connection(start, retry), SteadyTime::max());

    RunGate patient{milliseconds::max()};
    patient.note_answer(Extent::one_request);
    static_cast<void>(patient.note_no_connection(start, retry));
    EXPECT_NE(patient.note_no_connection(start + std::chrono::hours{10000}, retry), SteadyTime::max());
}

TEST(RunGate, WaitsOutA429WithinItsPatience) {
    RunGate gate{seconds{300}};
    EXPECT_EQ(gate.note_throttled(start, seconds{200}, retry), start + seconds{200});
    EXPECT_EQ(gate.admit(start + seconds{199}, retry), start + seconds{200});
    const auto probe = start + seconds{200};
    EXPECT_EQ(gate.admit(probe, retry), probe);
    EXPECT_GT(gate.admit(probe, retry), probe) << "the others wait for the first";
    gate.note_answer(Extent::rate);
    EXPECT_EQ(gate.note_throttled(probe + milliseconds{1}, seconds{200}, retry), SteadyTime::max())
        << "all in all that is too long";
}

TEST(RunGate, GivesUpWhenEveryAnswerIsA429HoweverShortTheWait) {
    for (const auto wait :
         {milliseconds{500}, milliseconds{1'000}, milliseconds{5'000}, milliseconds{7'900}}) {
        RunGate gate{seconds{300}};
        auto now = start;
        while (now < start + seconds{301}) {
            gate.note_answer(Extent::rate);
            const auto next = gate.note_throttled(now, wait, retry);
            if (next == SteadyTime::max()) {
                break;
            }
            ASSERT_GT(next, now);
            now = next;
        }
        EXPECT_LE(now, start + seconds{300}) << wait.count();
    }
}

TEST(RunGate, AnAnswerThatIsNo429EndsThePause) {
    RunGate gate{seconds{300}};
    static_cast<void>(gate.note_throttled(start, seconds{200}, retry));
    gate.note_answer(Extent::rate);
    EXPECT_GT(gate.admit(start, retry), start);
    gate.note_answer(Extent::one_request);
    EXPECT_EQ(gate.admit(start, retry), start);
    EXPECT_EQ(gate.note_throttled(start + seconds{250}, seconds{200}, retry), start + seconds{450})
        << "the next one has its own time";
}

TEST(RunGate, A429EndsAnOutageOfTheNetwork) {
    RunGate gate{seconds{60}};
    gate.note_answer(Extent::one_request);
    static_cast<void>(gate.note_no_connection(start, retry));
    gate.note_answer(Extent::rate);
    EXPECT_EQ(gate.admit(start, retry), start);
}

TEST(RunGate, EndsOnceAndSaysWhy) {
    RunGate gate{seconds{60}};
    EXPECT_FALSE(gate.ended());
    int told = 0;
    const auto registration = gate.on_end().on_cancel([&told] { ++told; });
    Error cause;
    cause.kind = ErrorKind::authentication;
    cause.code = "AUTH_002";
    cause.message = "key revoked";
    cause.http_status = 401;
    gate.end_run(cause);
    Error second;
    second.kind = ErrorKind::server;
    gate.end_run(second);
    EXPECT_TRUE(gate.ended());
    EXPECT_EQ(told, 1);
    EXPECT_EQ(gate.cause()->kind, ErrorKind::authentication);
    const auto rest = gate.never_started();
    EXPECT_EQ(rest.kind, ErrorKind::authentication);
    EXPECT_EQ(rest.code, "AUTH_002");
    EXPECT_EQ(rest.outcome, Outcome::not_sent);
    EXPECT_EQ(rest.http_status, 0);
    EXPECT_NE(rest.message.find("key revoked"), std::string::npos) << rest.message;
}

}  // namespace
}  // namespace sent::detail
