#include <sent/webhooks/early_statuses.hpp>

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include <sent/testing/fake_clock.hpp>

/// Statuses of messages whose ids are not stored yet.

namespace {

using namespace std::chrono_literals;
using sent::MessageStatus;
using sent::webhooks::EarlyStatuses;
using sent::webhooks::EarlyStatusesOptions;
using sent::webhooks::MessageStatusEvent;

MessageStatusEvent event(std::string message_id, const MessageStatus& status) {
    MessageStatusEvent event;
    event.message_id = std::move(message_id);
    event.message_status = status;
    return event;
}

/// What a program knows of its messages.
class Orders {
  public:
    /// As `UPDATE ... WHERE message_id = ?`: whether a row was changed.
    bool update(const MessageStatusEvent& event) {
        const std::lock_guard lock{mutex_};
        if (ids_.count(event.message_id) == 0) {
            return false;
        }
        updates_.push_back(event.message_id + ' ' + event.message_status.str());
        return true;
    }
    void store(const std::string& message_id) {
        const std::lock_guard lock{mutex_};
        ids_.insert(message_id);
    }
    std::vector<std::string> updates() const {
        const std::lock_guard lock{mutex_};
        return updates_;
    }

  private:
    mutable std::mutex mutex_{};
    std::set<std::string> ids_{};
    std::vector<std::string> updates_{};
};

struct Receiver {
    explicit Receiver(EarlyStatusesOptions options = {}) : early(with_clock(std::move(options), clock)) {}

    static EarlyStatusesOptions with_clock(EarlyStatusesOptions options, std::shared_ptr<sent::Clock> clock) {
        options.clock = std::move(clock);
        return options;
    }
    bool deliver(const MessageStatusEvent& event) {
        return early.deliver(event, [this](const MessageStatusEvent& e) { return orders.update(e); });
    }
    void store(const std::string& message_id) {
        orders.store(message_id);
        for (const auto& event : early.take(message_id)) {
            orders.update(event);
        }
    }

    std::shared_ptr<sent::testing::FakeClock> clock = std::make_shared<sent::testing::FakeClock>();
    Orders orders;
    EarlyStatuses early;
};

TEST(B4_EarlyStatuses, AreAppliedWhenTheIdIsStored) {
    Receiver receiver;
    EXPECT_FALSE(receiver.deliver(event("m1", MessageStatus::queued)));
    EXPECT_FALSE(receiver.deliver(event("m2", MessageStatus::queued)));
    EXPECT_FALSE(receiver.deliver(event("m1", MessageStatus::sent)));
    EXPECT_EQ(receiver.early.size(), 3U);
    receiver.store("m1");
    EXPECT_EQ(receiver.orders.updates(), (std::vector<std::string>{"m1 QUEUED", "m1 SENT"}));
    EXPECT_EQ(receiver.early.size(), 1U);
    EXPECT_TRUE(receiver.early.take("m1").empty());
}

TEST(B4_EarlyStatuses, KeepsNothingOfAMessageThatIsKnown) {
    Receiver receiver;
    receiver.store("m1");
    EXPECT_TRUE(receiver.deliver(event("m1", MessageStatus::queued)));
    EXPECT_EQ(receiver.early.size(), 0U);
    EXPECT_EQ(receiver.orders.updates(), std::vector<std::string>{"m1 QUEUED"});
}

TEST(B4_EarlyStatuses, KeepsNothingWhenTheUpdateThrows) {
    EarlyStatuses early;
    const auto fail = [](const MessageStatusEvent&) -> bool { throw std::runtime_error{"no database"}; };
    EXPECT_THROW(early.deliver(event("m1", MessageStatus::queued), fail), std::runtime_error);
    EXPECT_EQ(early.size(), 0U);
}

TEST(B4_EarlyStatuses, KeepsNothingWithoutAMessageId) {
    EarlyStatuses early;
    EXPECT_FALSE(early.deliver(MessageStatusEvent{}, [](const auto&) { return false; }));
    EXPECT_EQ(early.size(), 0U);
    EXPECT_TRUE(early.take("").empty());
}

/// The id is stored after the update has found nothing, and before it says so.
TEST(B4_EarlyStatuses, IsNotLostWhenTheIdIsStoredMeanwhile) {
    Receiver receiver;
    const auto update = [&receiver](const MessageStatusEvent& event) {
        const bool found = receiver.orders.update(event);
        receiver.store("m1");
        return found;
    };
    EXPECT_FALSE(receiver.early.deliver(event("m1", MessageStatus::queued), update));
    EXPECT_EQ(receiver.orders.updates(), std::vector<std::string>{"m1 QUEUED"});
}

TEST(B4_EarlyStatuses, AreForgottenAfterTheirTime) {
    Receiver receiver;
    receiver.deliver(event("m1", MessageStatus::queued));
    receiver.clock->advance(59min);
    receiver.deliver(event("m1", MessageStatus::sent));
    receiver.clock->advance(1min);
    EXPECT_EQ(receiver.early.size(), 1U);
    const auto kept = receiver.early.take("m1");
    ASSERT_EQ(kept.size(), 1U);
    EXPECT_EQ(kept[0].message_status, MessageStatus::sent);
}

TEST(B4_EarlyStatuses, ForgetsTheOldestBeyondTheLimit) {
    EarlyStatusesOptions options;
    options.max_events = 2;
    options.time_to_live = std::chrono::milliseconds::max();
    Receiver receiver{options};
    for (const auto* id : {"m1", "m2", "m3"}) {
        receiver.deliver(event(id, MessageStatus::queued));
    }
    EXPECT_EQ(receiver.early.size(), 2U);
    EXPECT_TRUE(receiver.early.take("m1").empty());
    EXPECT_EQ(receiver.early.take("m3").size(), 1U);

    options.max_events = 0;
    Receiver smallest{options};
    smallest.deliver(event("m1", MessageStatus::queued));
    EXPECT_EQ(smallest.early.size(), 1U);
}

TEST(B4_EarlyStatuses, CanBeMoved) {
    EarlyStatuses early;
    early.deliver(event("m1", MessageStatus::queued), [](const auto&) { return false; });
    EarlyStatuses moved{std::move(early)};
    EXPECT_EQ(moved.take("m1").size(), 1U);
}

/// Deliveries and senders at once: each status is applied, whoever comes first.
TEST(B4_EarlyStatuses, AreNotLostBetweenThreads) {
    constexpr int messages = 500;
    Receiver receiver;
    std::thread sender{[&receiver] {
        for (int i = 0; i < messages; ++i) {
            receiver.store("m" + std::to_string(i));
        }
    }};
    for (int i = 0; i < messages; ++i) {
        receiver.deliver(event("m" + std::to_string(i), MessageStatus::queued));
    }
    sender.join();
    const auto updates = receiver.orders.updates();
    EXPECT_EQ((std::set<std::string>{updates.begin(), updates.end()}.size()),
              static_cast<std::size_t>(messages));
    EXPECT_EQ(receiver.early.size(), 0U);
}

}  // namespace
