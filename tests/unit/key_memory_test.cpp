#include "core/key_memory.hpp"

#include <chrono>
#include <string>

#include <gtest/gtest.h>

#include "support/forking.hpp"

namespace sent::detail {
namespace {

const KeyMemory::SteadyTime start{std::chrono::hours{1}};

TEST(KeyMemory, AKeyServesForOneRequestHoweverOften) {
    KeyMemory keys;
    EXPECT_TRUE(keys.begin("order-1", 7, start));
    keys.end("order-1", true);
    EXPECT_TRUE(keys.begin("order-1", 7, start));
    EXPECT_FALSE(keys.begin("order-1", 8, start));
    EXPECT_TRUE(keys.begin("order-2", 8, start));
}

TEST(KeyMemory, ARequestUnderWayKeepsItsKey) {
    KeyMemory keys;
    EXPECT_TRUE(keys.begin("order-1", 7, start));
    EXPECT_FALSE(keys.begin("order-1", 8, start));
}

TEST(KeyMemory, AKeyWithoutEffectIsFreeAgain) {
    KeyMemory keys;
    ASSERT_TRUE(keys.begin("order-1", 7, start));
    keys.end("order-1", false);
    EXPECT_TRUE(keys.begin("order-1", 8, start));
}

TEST(KeyMemory, ButNotWhileAnotherCallMayHaveAnEffect) {
    KeyMemory keys;
    ASSERT_TRUE(keys.begin("order-1", 7, start));
    ASSERT_TRUE(keys.begin("order-1", 7, start));
    keys.end("order-1", false);
    EXPECT_FALSE(keys.begin("order-1", 8, start));
    keys.end("order-1", true);
    EXPECT_FALSE(keys.begin("order-1", 8, start));
    // A later call with the key that is refused changes nothing about the first.
    ASSERT_TRUE(keys.begin("order-1", 7, start));
    keys.end("order-1", false);
    EXPECT_FALSE(keys.begin("order-1", 8, start));
}

TEST(KeyMemory, ForgetsAfterADay) {
    KeyMemory keys;
    ASSERT_TRUE(keys.begin("order-1", 7, start));
    keys.end("order-1", true);
    EXPECT_FALSE(keys.begin("order-1", 8, start + std::chrono::hours{23}));
    EXPECT_TRUE(keys.begin("order-1", 8, start + std::chrono::hours{24}));
}

TEST(KeyMemory, KeepsTheNewestOnly) {
    KeyMemory keys;
    for (std::size_t i = 0; i <= KeyMemory::capacity; ++i) {
        ASSERT_TRUE(keys.begin("order-" + std::to_string(i), 7, start));
        keys.end("order-" + std::to_string(i), true);
    }
    EXPECT_FALSE(keys.begin("order-" + std::to_string(KeyMemory::capacity), 8, start));
    EXPECT_TRUE(keys.begin("order-0", 8, start));
    keys.end("never-seen", true);
}

TEST(KeyMemory, AKeyThatIsUsedAgainDropsNone) {
    KeyMemory keys;
    for (std::size_t i = 0; i < KeyMemory::capacity; ++i) {
        ASSERT_TRUE(keys.begin("order-" + std::to_string(i), 7, start));
        keys.end("order-" + std::to_string(i), true);
    }
    EXPECT_TRUE(keys.begin("order-1", 7, start));
    EXPECT_FALSE(keys.begin("order-0", 8, start));
}

using A4_KeyMemory = test::ForkTest;

TEST_F(A4_KeyMemory, AChildKnowsTheKeysOfItsParentAndThoseOfCallsThatArePendingThere) {
    KeyMemory keys;
    ASSERT_TRUE(keys.begin("ended", 7, start));
    keys.end("ended", true);
    ASSERT_TRUE(keys.begin("free-again", 7, start));
    keys.end("free-again", false);
    ASSERT_TRUE(keys.begin("pending", 7, start));
    EXPECT_TRUE(test::in_child([&] {
        const bool same = keys.begin("pending", 7, start);
        keys.end("pending", false);
        return same && !keys.begin("pending", 8, start) && !keys.begin("ended", 8, start) &&
               keys.begin("free-again", 8, start);
    }));
}

}  // namespace
}  // namespace sent::detail
