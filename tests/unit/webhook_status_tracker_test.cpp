#include <sent/webhooks/status_tracker.hpp>

#include <algorithm>
#include <chrono>
#include <optional>
#include <ostream>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

/// The latest status of a message, whatever the order of deliveries.

namespace sent::webhooks {

void PrintTo(StatusChange change, std::ostream* out) {
    constexpr const char* names[] = {"applied", "repeated", "older", "undecidable"};
    *out << names[static_cast<int>(change)];
}

}  // namespace sent::webhooks

namespace {

using sent::MessageStatus;
using sent::webhooks::compare_statuses;
using sent::webhooks::MessageStatusEvent;
using sent::webhooks::rank_within_second;
using sent::webhooks::StatusChange;
using sent::webhooks::StatusTracker;

/// A status of message `m`, so many seconds after the first.
MessageStatusEvent event(const MessageStatus& status, std::optional<int> second) {
    MessageStatusEvent event;
    event.message_id = "m";
    event.message_status = status;
    if (second) {
        event.updated_at =
            sent::parse_timestamp("2026-08-01T09:00:00Z").value() + std::chrono::seconds{*second};
    }
    return event;
}

MessageStatus held(const StatusTracker& tracker, std::string_view id = "m") {
    const auto status = tracker.find(id);
    return status ? status->status : MessageStatus{"none"};
}

TEST(StatusTracker, AppliesTheFirstAndWhateverIsNewer) {
    StatusTracker tracker;
    EXPECT_EQ(tracker.apply(event(MessageStatus::queued, 0)), StatusChange::applied);
    EXPECT_EQ(tracker.apply(event(MessageStatus::sent, 1)), StatusChange::applied);
    EXPECT_EQ(held(tracker), MessageStatus::sent);
    EXPECT_EQ(tracker.find("m")->updated_at, event(MessageStatus::sent, 1).updated_at);
}

TEST(StatusTracker, KeepsWhatItHasWhenAnOlderComesLate) {
    StatusTracker tracker;
    EXPECT_EQ(tracker.apply(event(MessageStatus::delivered, 5)), StatusChange::applied);
    EXPECT_EQ(tracker.apply(event(MessageStatus::sent, 3)), StatusChange::older);
    EXPECT_EQ(tracker.apply(event(MessageStatus::read, 4)), StatusChange::older);
    EXPECT_EQ(held(tracker), MessageStatus::delivered);
}

TEST(StatusTracker, DoesNotRankStatusesOfDifferentSeconds) {
    StatusTracker tracker;
    for (const auto& [status, second] :
         {std::pair{MessageStatus::failed, 1}, std::pair{MessageStatus::queued, 2},
          std::pair{MessageStatus::delivered, 3}, std::pair{MessageStatus::failed, 4}}) {
        EXPECT_EQ(tracker.apply(event(status, second)), StatusChange::applied);
        EXPECT_EQ(held(tracker), status);
    }
}

TEST(StatusTracker, TellsARepetition) {
    StatusTracker tracker;
    EXPECT_EQ(tracker.apply(event(MessageStatus::sent, 1)), StatusChange::applied);
    EXPECT_EQ(tracker.apply(event(MessageStatus::sent, 1)), StatusChange::repeated);
}

TEST(StatusTracker, DoesNotGuessWithinASecondThatHasAFailure) {
    StatusTracker tracker;
    EXPECT_EQ(tracker.apply(event(MessageStatus::sent, 1)), StatusChange::applied);
    EXPECT_EQ(tracker.apply(event(MessageStatus::failed, 1)), StatusChange::undecidable);
    EXPECT_EQ(held(tracker), MessageStatus::sent);
    tracker.set("m", {MessageStatus::failed, event(MessageStatus::failed, 1).updated_at});
    EXPECT_EQ(held(tracker), MessageStatus::failed);
}

struct Tie {
    MessageStatus stored;
    int stored_second;
    MessageStatus offered;
    int offered_second;
    StatusChange change;
};

const Tie ties[] = {
    {MessageStatus::queued, 0, MessageStatus::sent, 0, StatusChange::applied},
    {MessageStatus::delivered, 0, MessageStatus::sent, 0, StatusChange::older},
    {MessageStatus::sent, 0, MessageStatus::sent, 0, StatusChange::repeated},
    {MessageStatus::failed, 0, MessageStatus::queued, 0, StatusChange::undecidable},
    {MessageStatus::failed, 0, MessageStatus::queued, 1, StatusChange::applied},
    {MessageStatus::delivered, 5, MessageStatus::sent, 4, StatusChange::older},
    // Beyond the contract's examples.
    {MessageStatus::queued, 0, MessageStatus::failed, 0, StatusChange::undecidable},
    {MessageStatus::scheduled, 0, MessageStatus::queued, 0, StatusChange::undecidable},
    {MessageStatus::queued, 0, MessageStatus::filtered, 0, StatusChange::undecidable},
    {MessageStatus::queued, 0, MessageStatus::blocked, 0, StatusChange::undecidable},
    {MessageStatus::cancelled, 0, MessageStatus::queued, 0, StatusChange::undecidable},
    {"TELEPORTED", 0, MessageStatus::read, 0, StatusChange::undecidable},
    {"TELEPORTED", 0, "teleported", 0, StatusChange::repeated},
    {"queued", 0, "Sent", 0, StatusChange::applied},
    {MessageStatus::read, 0, MessageStatus::queued, 1, StatusChange::applied},
};

TEST(B3_StatusesOfOneSecond, AreComparedAsTheContractSays) {
    for (const auto& row : ties) {
        SCOPED_TRACE(row.stored.str() + " then " + row.offered.str());
        StatusTracker tracker;
        EXPECT_EQ(tracker.apply(event(row.stored, row.stored_second)), StatusChange::applied);
        EXPECT_EQ(tracker.apply(event(row.offered, row.offered_second)), row.change);
        EXPECT_EQ(held(tracker), row.change == StatusChange::applied ? row.offered : row.stored);
        EXPECT_EQ(compare_statuses({row.stored, event(row.stored, row.stored_second).updated_at},
                                   {row.offered, event(row.offered, row.offered_second).updated_at}),
                  row.change);
    }
}

TEST(B3_StatusesOfOneSecond, EndWithTheHighestInEveryOrder) {
    std::vector<MessageStatus> statuses{MessageStatus::queued, MessageStatus::processed,
                                        MessageStatus::routed, MessageStatus::sent, MessageStatus::delivered};
    std::sort(statuses.begin(), statuses.end());
    do {
        StatusTracker tracker;
        for (const auto& status : statuses) {
            EXPECT_NE(tracker.apply(event(status, 0)), StatusChange::undecidable);
        }
        EXPECT_EQ(held(tracker), MessageStatus::delivered);
    } while (std::next_permutation(statuses.begin(), statuses.end()));
}

TEST(B3_StatusesOfOneSecond, AreOfOneSecondAlsoWhenOneTimeIsMoreExact) {
    StatusTracker tracker;
    const auto second = *event(MessageStatus::queued, 0).updated_at;
    // As reading the message says.
    tracker.set("m", {MessageStatus::queued, second + std::chrono::milliseconds{180}});
    EXPECT_EQ(tracker.apply(event(MessageStatus::sent, 0)), StatusChange::applied);
    tracker.set("m", {MessageStatus::failed, second + std::chrono::milliseconds{180}});
    EXPECT_EQ(tracker.apply(event(MessageStatus::sent, 0)), StatusChange::undecidable);
}

TEST(B3_StatusesOfOneSecond, HaveARankForADatabase) {
    int rank = 0;
    for (const auto status : {MessageStatus::queued, MessageStatus::processed, MessageStatus::routed,
                              MessageStatus::sent, MessageStatus::delivered, MessageStatus::read}) {
        EXPECT_EQ(rank_within_second(status), ++rank);
    }
    for (const auto status : {MessageStatus::failed, MessageStatus::scheduled, MessageStatus::filtered,
                              MessageStatus::blocked, MessageStatus::cancelled, MessageStatus::received}) {
        EXPECT_FALSE(rank_within_second(status));
    }
    EXPECT_FALSE(rank_within_second({}));
}

TEST(StatusTracker, StatusWithoutATimeIsTakenOnlyWhereThereIsNone) {
    StatusTracker tracker;
    EXPECT_EQ(tracker.apply(event(MessageStatus::sent, std::nullopt)), StatusChange::applied);
    EXPECT_EQ(tracker.apply(event(MessageStatus::sent, std::nullopt)), StatusChange::repeated);
    EXPECT_EQ(tracker.apply(event(MessageStatus::read, std::nullopt)), StatusChange::undecidable);
    EXPECT_EQ(tracker.apply(event(MessageStatus::delivered, 1)), StatusChange::applied);
    EXPECT_EQ(tracker.apply(event(MessageStatus::read, std::nullopt)), StatusChange::undecidable);
    EXPECT_EQ(held(tracker), MessageStatus::delivered);
}

TEST(StatusTracker, DoesNotTrackWhatHasNoId) {
    StatusTracker tracker;
    EXPECT_EQ(tracker.apply(MessageStatusEvent{}), StatusChange::undecidable);
    EXPECT_EQ(tracker.size(), 0U);
}

TEST(StatusTracker, TellsMessagesApart) {
    StatusTracker tracker;
    const auto time = event(MessageStatus::sent, 1).updated_at;
    EXPECT_EQ(tracker.apply("a", {MessageStatus::sent, time}), StatusChange::applied);
    EXPECT_EQ(tracker.apply("b", {MessageStatus::failed, time}), StatusChange::applied);
    EXPECT_EQ(held(tracker, "a"), MessageStatus::sent);
    EXPECT_TRUE(tracker.forget("a"));
    EXPECT_FALSE(tracker.forget("a"));
    EXPECT_FALSE(tracker.find("a"));
    EXPECT_EQ(held(tracker, "b"), MessageStatus::failed);
}

TEST(StatusTracker, ForgetsWhatWasAppliedTheLongestTimeAgo) {
    StatusTracker tracker{2};
    const auto apply = [&tracker](const char* id, int second) {
        return tracker.apply(id, {MessageStatus::sent, event(MessageStatus::sent, second).updated_at});
    };
    EXPECT_EQ(apply("a", 1), StatusChange::applied);
    EXPECT_EQ(apply("b", 1), StatusChange::applied);
    EXPECT_EQ(apply("a", 2), StatusChange::applied);
    EXPECT_EQ(apply("c", 1), StatusChange::applied);
    EXPECT_EQ(tracker.size(), 2U);
    EXPECT_TRUE(tracker.find("a"));
    EXPECT_FALSE(tracker.find("b"));
    StatusTracker smallest{0};
    EXPECT_EQ(smallest.apply(event(MessageStatus::sent, 1)), StatusChange::applied);
    EXPECT_EQ(smallest.size(), 1U);
}

TEST(StatusTracker, EndsWithTheNewestInEveryOrder) {
    std::vector<std::pair<MessageStatus, int>> statuses{{MessageStatus::queued, 0},
                                                        {MessageStatus::routed, 1},
                                                        {MessageStatus::failed, 2},
                                                        {MessageStatus::sent, 3},
                                                        {MessageStatus::read, 4}};
    std::sort(statuses.begin(), statuses.end());
    do {
        StatusTracker tracker;
        for (const auto& [status, second] : statuses) {
            (void)tracker.apply(event(status, second));
        }
        EXPECT_EQ(held(tracker), MessageStatus::read);
    } while (std::next_permutation(statuses.begin(), statuses.end()));
}

TEST(StatusTracker, EndsWithTheNewestFromManyThreads) {
    StatusTracker tracker;
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 8; ++thread) {
        threads.emplace_back([&tracker, thread] {
            for (int second = thread; second < 400; second += 8) {
                (void)tracker.apply(event(MessageStatus{std::to_string(second)}, second));
            }
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }
    EXPECT_EQ(held(tracker).str(), "399");
}

}  // namespace
