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

TEST(RunGate, LetsOneThroughAtATimeAfterGrowingWaits) {
    RunGate gate{seconds{60}};
    gate.note_answer();
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
    gate.note_answer();
    static_cast<void>(gate.note_no_connection(start, retry));
    gate.note_answer();
    EXPECT_EQ(gate.admit(start, retry), start);
    EXPECT_EQ(gate.admit(start, retry), start);
    // And the next outage has its own time.
    EXPECT_LT(gate.note_no_connection(start + seconds{100}, retry), start + seconds{101});
}

TEST(RunGate, GivesUpInTheEndAndHoldsNobodyBackAnyMore) {
    RunGate gate{seconds{60}};
    gate.note_answer();
    static_cast<void>(gate.note_no_connection(start, retry));
    EXPECT_NE(gate.note_no_connection(start + seconds{59}, retry), SteadyTime::max());
    const auto late = start + seconds{60};
    EXPECT_EQ(gate.note_no_connection(late, retry), SteadyTime::max());
    EXPECT_EQ(gate.admit(late, retry), late);
    EXPECT_EQ(gate.admit(late, retry), late);
}

TEST(RunGate, CanBeToldNeverToWaitOrForEver) {
    RunGate impatient{milliseconds{0}};
    impatient.note_answer();
    EXPECT_EQ(impatient.note_no_connection(start, retry), SteadyTime::max());

    RunGate patient{milliseconds::max()};
    patient.note_answer();
    static_cast<void>(patient.note_no_connection(start, retry));
    EXPECT_NE(patient.note_no_connection(start + std::chrono::hours{10000}, retry), SteadyTime::max());
}

}  // namespace
}  // namespace sent::detail
