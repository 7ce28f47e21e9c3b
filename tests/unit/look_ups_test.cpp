#include "http/look_ups.hpp"

#include <chrono>

#include <gtest/gtest.h>

namespace sent::detail::http {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

/// As many abandoned look-ups as are taken for a silent name server.
class A13_LookUps : public ::testing::Test {
  protected:
    A13_LookUps() {
        for (int i = 0; i < LookUps::most_abandoned; ++i) {
            EXPECT_TRUE(look_ups_.may_begin(now_)) << i;
            look_ups_.note_abandoned(now_);
        }
    }
    const LookUps::Clock::time_point now_{std::chrono::hours{1}};
    LookUps look_ups_{};
};

TEST_F(A13_LookUps, AreRefusedButForOneNowAndThen) {
    EXPECT_FALSE(look_ups_.may_begin(now_));
    EXPECT_FALSE(look_ups_.may_begin(now_ + LookUps::pause - milliseconds{1}));
    EXPECT_TRUE(look_ups_.may_begin(now_ + LookUps::pause));
    EXPECT_FALSE(look_ups_.may_begin(now_ + LookUps::pause)) << "one at a time";
    EXPECT_FALSE(look_ups_.may_begin(now_ + 2 * LookUps::pause - milliseconds{1}));
    EXPECT_TRUE(look_ups_.may_begin(now_ + 2 * LookUps::pause));
}

TEST_F(A13_LookUps, AreFreeAgainAfterAnAnswer) {
    look_ups_.note_answer();
    EXPECT_TRUE(look_ups_.may_begin(now_));
    EXPECT_TRUE(look_ups_.may_begin(now_));
}

TEST_F(A13_LookUps, AreFreeAgainWhenAllThatWereAbandonedHaveEnded) {
    const auto later = now_ + LookUps::lifetime + seconds{1};
    EXPECT_TRUE(look_ups_.may_begin(later));
    EXPECT_TRUE(look_ups_.may_begin(later));
}

}  // namespace
}  // namespace sent::detail::http
