#include "core/throttle.hpp"

#include <chrono>

#include <gtest/gtest.h>

namespace sent::detail {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using SteadyTime = Throttle::SteadyTime;

const SteadyTime start{std::chrono::hours{1}};
const RetryOptions retry{};

TEST(Throttle, APauseOnlyMovesForward) {
    Throttle throttle{seconds{60}};
    EXPECT_LT(throttle.opens_at(), start);
    throttle.pause_until(start + seconds{5});
    throttle.pause_until(start);
    EXPECT_EQ(throttle.opens_at(), start + seconds{5});
}

TEST(Throttle, DoesNotWaitForAServiceThatNeverAnswered) {
    Throttle throttle{seconds{60}};
    EXPECT_EQ(throttle.note_no_connection(start, retry), SteadyTime::max());
    EXPECT_EQ(throttle.admit(start, retry), start);
    EXPECT_EQ(throttle.admit(start, retry), start);
}

TEST(Throttle, A17_TheLongestOutageDoesNotEnd) {
    Throttle throttle{milliseconds::max()};
    throttle.note_answer(Extent::one_request);
    auto next = start;
    for (int i = 0; i < 10; ++i) {
        next = throttle.note_no_connection(next, retry);
        ASSERT_NE(next, SteadyTime::max()) << i;
        next = throttle.admit(next, retry);
    }
}

TEST(Throttle, LetsOneThroughAtATimeAfterGrowingWaits) {
    Throttle throttle{seconds{60}};
    throttle.note_answer(Extent::one_request);
    auto next = throttle.note_no_connection(start, retry);
    EXPECT_GE(next, start + milliseconds{375});
    EXPECT_LE(next, start + milliseconds{500});
    EXPECT_EQ(throttle.note_no_connection(start + milliseconds{1}, retry), next)
        << "the others wait for the same";
    auto least = milliseconds{750};
    for (int i = 0; i < 6; ++i) {
        EXPECT_EQ(throttle.admit(next - milliseconds{1}, retry), next);
        EXPECT_EQ(throttle.admit(next, retry), next);
        const auto after = throttle.admit(next, retry);
        EXPECT_GE(after, next + least);
        EXPECT_LE(after, next + seconds{8});
        next = after;
        least = std::min(2 * least, milliseconds{6000});
    }
}

TEST(Throttle, AnAnswerLetsAllThrough) {
    Throttle throttle{seconds{60}};
    throttle.note_answer(Extent::one_request);
    static_cast<void>(throttle.note_no_connection(start, retry));
    throttle.note_answer(Extent::one_request);
    EXPECT_EQ(throttle.admit(start, retry), start);
    EXPECT_EQ(throttle.admit(start, retry), start);
    // And the next outage has its own time.
    EXPECT_LT(throttle.note_no_connection(start + seconds{100}, retry), start + seconds{101});
}

TEST(Throttle, GivesUpInTheEndAndHoldsNobodyBackAnyMore) {
    Throttle throttle{seconds{60}};
    throttle.note_answer(Extent::one_request);
    static_cast<void>(throttle.note_no_connection(start, retry));
    EXPECT_NE(throttle.note_no_connection(start + seconds{59}, retry), SteadyTime::max());
    const auto late = start + seconds{60};
    EXPECT_EQ(throttle.note_no_connection(late, retry), SteadyTime::max());
    EXPECT_EQ(throttle.admit(late, retry), late);
    EXPECT_EQ(throttle.admit(late, retry), late);
}

TEST(Throttle, CanBeToldNeverToWaitOrForEver) {
    Throttle impatient{milliseconds{0}};
    impatient.note_answer(Extent::one_request);
    EXPECT_EQ(impatient.note_no_connection(start, retry), SteadyTime::max());

    Throttle patient{milliseconds::max()};
    patient.note_answer(Extent::one_request);
    static_cast<void>(patient.note_no_connection(start, retry));
    EXPECT_NE(patient.note_no_connection(start + std::chrono::hours{10000}, retry), SteadyTime::max());
}

TEST(Throttle, WaitsOutA429WithinItsPatience) {
    Throttle throttle{seconds{300}};
    EXPECT_EQ(throttle.note_throttled(start, seconds{200}, retry), start + seconds{200});
    EXPECT_EQ(throttle.admit(start + seconds{199}, retry), start + seconds{200});
    const auto probe = start + seconds{200};
    EXPECT_EQ(throttle.admit(probe, retry), probe);
    EXPECT_GT(throttle.admit(probe, retry), probe) << "the others wait for the first";
    throttle.note_answer(Extent::rate);
    EXPECT_EQ(throttle.note_throttled(probe + milliseconds{1}, seconds{200}, retry), SteadyTime::max())
        << "all in all that is too long";
}

TEST(Throttle, GivesUpWhenEveryAnswerIsA429HoweverShortTheWait) {
    for (const auto wait :
         {milliseconds{500}, milliseconds{1'000}, milliseconds{5'000}, milliseconds{7'900}}) {
        Throttle throttle{seconds{300}};
        auto now = start;
        while (now < start + seconds{301}) {
            throttle.note_answer(Extent::rate);
            const auto next = throttle.note_throttled(now, wait, retry);
            if (next == SteadyTime::max()) {
                break;
            }
            ASSERT_GT(next, now);
            now = next;
        }
        EXPECT_LE(now, start + seconds{300}) << wait.count();
    }
}

TEST(Throttle, AnAnswerThatIsNo429EndsThePause) {
    Throttle throttle{seconds{300}};
    static_cast<void>(throttle.note_throttled(start, seconds{200}, retry));
    throttle.note_answer(Extent::rate);
    EXPECT_GT(throttle.admit(start, retry), start);
    throttle.note_answer(Extent::one_request);
    EXPECT_EQ(throttle.admit(start, retry), start);
    EXPECT_EQ(throttle.note_throttled(start + seconds{250}, seconds{200}, retry), start + seconds{450})
        << "the next one has its own time";
}

TEST(Throttle, A429EndsAnOutageOfTheNetwork) {
    Throttle throttle{seconds{60}};
    throttle.note_answer(Extent::one_request);
    static_cast<void>(throttle.note_no_connection(start, retry));
    throttle.note_answer(Extent::rate);
    EXPECT_EQ(throttle.admit(start, retry), start);
}

TEST(Throttle, EndsOnceAndSaysWhy) {
    Throttle throttle{seconds{60}};
    EXPECT_FALSE(throttle.ended());
    int told = 0;
    const auto registration = throttle.on_end().on_cancel([&told] { ++told; });
    Error cause;
    cause.kind = ErrorKind::authentication;
    cause.code = "AUTH_002";
    cause.message = "key revoked";
    cause.http_status = 401;
    throttle.end_run(cause);
    Error second;
    second.kind = ErrorKind::server;
    throttle.end_run(second);
    EXPECT_TRUE(throttle.ended());
    EXPECT_EQ(told, 1);
    EXPECT_EQ(throttle.cause()->kind, ErrorKind::authentication);
    const auto rest = throttle.never_started();
    EXPECT_EQ(rest.kind, ErrorKind::authentication);
    EXPECT_EQ(rest.code, "AUTH_002");
    EXPECT_EQ(rest.outcome, Outcome::not_sent);
    EXPECT_EQ(rest.http_status, 0);
    EXPECT_NE(rest.message.find("key revoked"), std::string::npos) << rest.message;
}

}  // namespace
}  // namespace sent::detail
