#include <sent/webhooks/deduplicator.hpp>

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include <sent/testing/fake_clock.hpp>

#include "base/sha256.hpp"

/// Each delivery once: repetitions, failures of the handler, time-to-live, bounds and threads.

namespace {

using namespace std::chrono_literals;
using sent::webhooks::Deduplicator;
using sent::webhooks::DeduplicatorOptions;

struct Timed {
    std::shared_ptr<sent::testing::FakeClock> clock = std::make_shared<sent::testing::FakeClock>();
    Deduplicator keys;

    explicit Timed(DeduplicatorOptions options = {}) : keys(with(std::move(options), clock)) {}

    static DeduplicatorOptions with(DeduplicatorOptions options, std::shared_ptr<sent::Clock> clock) {
        options.clock = std::move(clock);
        return options;
    }
};

TEST(Deduplicator, LetsAKeyThroughOnce) {
    Deduplicator keys;
    EXPECT_TRUE(keys.first_time("a"));
    EXPECT_FALSE(keys.first_time("a"));
    EXPECT_TRUE(keys.first_time("b"));
    EXPECT_FALSE(keys.first_time("b"));
    EXPECT_EQ(keys.size(), 2U);
}

TEST(Deduplicator, LetsAnEmptyKeyThroughAlways) {
    Deduplicator keys;
    EXPECT_TRUE(keys.first_time(""));
    EXPECT_TRUE(keys.first_time(""));
    auto claim = keys.claim("");
    EXPECT_TRUE(claim);
    claim.commit();
    EXPECT_TRUE(keys.claim(""));
    EXPECT_FALSE(keys.forget(""));
    EXPECT_EQ(keys.size(), 0U);
}

TEST(Deduplicator, RemembersForADayUnlessToldOtherwise) {
    Timed day;
    EXPECT_TRUE(day.keys.first_time("a"));
    day.clock->advance(24h - 1ns);
    EXPECT_FALSE(day.keys.first_time("a"));
    day.clock->advance(1ns);
    EXPECT_EQ(day.keys.size(), 0U);
    EXPECT_TRUE(day.keys.first_time("a"));

    DeduplicatorOptions options;
    options.time_to_live = 100ms;
    Timed brief{options};
    EXPECT_TRUE(brief.keys.first_time("a"));
    brief.clock->advance(100ms);
    EXPECT_TRUE(brief.keys.first_time("a"));
}

TEST(Deduplicator, RemembersForeverWhenToldTo) {
    DeduplicatorOptions options;
    options.time_to_live = (std::chrono::milliseconds::max)();
    Timed forever{options};
    EXPECT_TRUE(forever.keys.first_time("a"));
    forever.clock->advance(24h * 365);
    EXPECT_FALSE(forever.keys.first_time("a"));
}

TEST(Deduplicator, ForgetsTheOldestBeyondItsBound) {
    DeduplicatorOptions options;
    options.max_keys = 3;
    Deduplicator keys{options};
    for (const auto* key : {"a", "b", "c", "d"}) {
        EXPECT_TRUE(keys.first_time(key));
    }
    EXPECT_EQ(keys.size(), 3U);
    EXPECT_FALSE(keys.first_time("b"));
    EXPECT_FALSE(keys.first_time("d"));
    EXPECT_TRUE(keys.first_time("a"));
    EXPECT_TRUE(keys.first_time("b"));
}

TEST(Deduplicator, RemembersAtLeastTheLastKey) {
    DeduplicatorOptions options;
    options.max_keys = 0;
    Deduplicator keys{options};
    EXPECT_TRUE(keys.first_time("a"));
    EXPECT_FALSE(keys.first_time("a"));
    EXPECT_EQ(keys.size(), 1U);
}

TEST(Deduplicator, TellsLongKeysApartWithoutKeepingThem) {
    Deduplicator keys;
    const std::string common(1'000'000, 'k');
    EXPECT_TRUE(keys.first_time(common + "1"));
    EXPECT_TRUE(keys.first_time(common + "2"));
    EXPECT_FALSE(keys.first_time(common + "1"));
    EXPECT_TRUE(keys.forget(common + "1"));
    EXPECT_TRUE(keys.first_time(common + "1"));
}

TEST(Deduplicator, CommittedClaimMakesTheNextARepetition) {
    Deduplicator keys;
    auto claim = keys.claim("a");
    EXPECT_TRUE(claim);
    EXPECT_FALSE(claim.in_progress());
    claim.commit();
    EXPECT_FALSE(claim);
    const auto next = keys.claim("a");
    EXPECT_FALSE(next);
    EXPECT_FALSE(next.in_progress());
    EXPECT_FALSE(keys.first_time("a"));
}

TEST(Deduplicator, ClaimOfAHandlerThatThrowsLetsTheRetryThrough) {
    Deduplicator keys;
    const auto handle = [&keys](bool fails) {
        auto claim = keys.claim("a");
        if (claim) {
            if (fails) {
                throw std::runtime_error{"database gone"};
            }
            claim.commit();
            return true;
        }
        return false;
    };
    EXPECT_THROW(handle(true), std::runtime_error);
    EXPECT_TRUE(handle(false));
    EXPECT_FALSE(handle(false));
}

TEST(Deduplicator, DeliveryThatComesWhileAnotherIsHandledIsToldToComeAgain) {
    Deduplicator keys;
    auto first = std::optional{keys.claim("a")};
    {
        auto second = keys.claim("a");
        EXPECT_FALSE(second);
        EXPECT_TRUE(second.in_progress());
        second.commit();
    }
    // The second has neither committed nor released what is the first's.
    EXPECT_TRUE(keys.claim("a").in_progress());
    first.reset();
    EXPECT_TRUE(keys.claim("a"));
}

TEST(Deduplicator, ClaimMovesWithItsRight) {
    Deduplicator keys;
    auto claim = keys.claim("a");
    auto moved = std::move(claim);
    EXPECT_TRUE(moved);
    EXPECT_FALSE(claim);  // NOLINT(bugprone-use-after-move): says so
    moved = keys.claim("b");
    EXPECT_TRUE(keys.claim("a"));
    moved.commit();
    EXPECT_FALSE(keys.first_time("b"));
}

TEST(Deduplicator, ClaimMayOutliveIt) {
    auto keys = std::make_unique<Deduplicator>();
    auto claim = keys->claim("a");
    keys.reset();
    claim.commit();
    EXPECT_FALSE(claim);
}

TEST(Deduplicator, ForgottenKeyIsLetThroughAgain) {
    Deduplicator keys;
    EXPECT_FALSE(keys.forget("a"));
    EXPECT_TRUE(keys.first_time("a"));
    EXPECT_TRUE(keys.forget("a"));
    EXPECT_TRUE(keys.first_time("a"));
}

TEST(Deduplicator, LateCommitIsRememberedFromThen) {
    Timed day;
    auto claim = day.keys.claim("a");
    day.clock->advance(25h);
    claim.commit();
    day.clock->advance(23h);
    EXPECT_FALSE(day.keys.first_time("a"));
}

TEST(Deduplicator, ExpiredClaimDoesNotTakeTheRightOfTheNext) {
    Timed day;
    auto late = std::optional{day.keys.claim("a")};
    day.clock->advance(25h);
    auto next = day.keys.claim("a");
    EXPECT_TRUE(next);
    late.reset();
    EXPECT_TRUE(day.keys.claim("a").in_progress());
    next.commit();
    EXPECT_FALSE(day.keys.first_time("a"));
}

TEST(Deduplicator, LetsOneOfManyThreadsThrough) {
    Deduplicator keys;
    std::atomic<int> firsts{0};
    std::atomic<int> claims{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&] {
            for (int key = 0; key < 200; ++key) {
                firsts += keys.first_time("f" + std::to_string(key)) ? 1 : 0;
                auto claim = keys.claim("c" + std::to_string(key));
                if (claim) {
                    ++claims;
                    claim.commit();
                }
            }
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }
    EXPECT_EQ(firsts, 200);
    EXPECT_EQ(claims, 200);
    EXPECT_EQ(keys.size(), 400U);
}

TEST(Sha256, IsThatOfTheBytes) {
    EXPECT_EQ(sent::detail::sha256_hex(""),
              "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(sent::detail::sha256_hex("abc"),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

}  // namespace
