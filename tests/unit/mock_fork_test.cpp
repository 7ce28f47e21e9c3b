#include <unistd.h>

#include <atomic>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

#include <sent/sent.hpp>
#include <sent/testing/fake_clock.hpp>
#include <sent/testing/mock_transport.hpp>

#include "support/forking.hpp"

namespace sent::test {
namespace {

using testing::FakeClock;
using testing::Gate;
using testing::MockTransport;
using testing::Reply;

/// A child that hangs is killed.
constexpr unsigned longest_life = 10;

/// Whether children work that are forked while another thread does `work` again and again.
bool children_work(const std::function<void()>& work, const std::function<bool()>& in_the_child) {
    std::atomic<bool> is_over{false};
    std::vector<std::thread> threads;
    for (int i = 0; i < 2; ++i) {
        threads.emplace_back([&] {
            while (!is_over) {
                work();
            }
        });
    }
    bool all_work = true;
    for (int i = 0; i < 40 && all_work; ++i) {
        all_work = in_child([&] {
            alarm(longest_life);
            return in_the_child();
        });
    }
    is_over = true;
    for (auto& thread : threads) {
        thread.join();
    }
    return all_work;
}

class A4_TestKit : public ForkTest {};

TEST_F(A4_TestKit, TheMockTransportWorksInAChildWhateverWasLocked) {
    MockTransport mock;
    mock.otherwise(Reply{204}.always());
    HttpRequest request;
    request.method = "GET";
    request.url = "http://localhost/";
    for (int i = 0; i < 1000; ++i) {
        ASSERT_TRUE(mock.send(request));
    }
    EXPECT_TRUE(children_work([&] { (void)mock.requests(); },
                              [&] {
                                  mock.reply(200);
                                  mock.otherwise(Reply{204}.always());
                                  return mock.send(request).response().status == 200 &&
                                         mock.send(request).response().status == 204 &&
                                         mock.request_count() % 1000 == 2;
                              }));
    EXPECT_EQ(mock.request_count(), 1000U);
}

TEST_F(A4_TestKit, TheFakeClockWorksInAChildWhateverWasLocked) {
    FakeClock clock;
    const CancellationToken never;
    for (int i = 0; i < 10'000; ++i) {
        ASSERT_TRUE(clock.wait_until(clock.now() + std::chrono::seconds(1), never));
    }
    EXPECT_TRUE(children_work([&] { (void)clock.waits(); },
                              [&] {
                                  const auto now = clock.now();
                                  clock.advance(std::chrono::seconds(1));
                                  return clock.wait_until(now + std::chrono::seconds(2), never) &&
                                         clock.now() == now + std::chrono::seconds(2);
                              }));
}

TEST_F(A4_TestKit, AChildRunsNoTimerOfItsParent) {
    FakeClock clock(FakeClock::Mode::manual);
    int runs = 0;
    auto parents = clock.call_at(clock.now() + std::chrono::seconds(1), [&] { runs += 10; });
    EXPECT_TRUE(in_child([&] {
        const auto own = clock.call_at(clock.now() + std::chrono::seconds(1), [&] { ++runs; });
        parents.reset();
        clock.advance(std::chrono::seconds(1));
        return runs == 1;
    }));
    clock.advance(std::chrono::seconds(1));
    EXPECT_EQ(runs, 10);
}

TEST_F(A4_TestKit, AGateWorksInAChildWhateverWasLocked) {
    const Gate gate;
    MockTransport mock;
    mock.otherwise(Reply{204}.after(gate).always());
    std::atomic<int> ended{0};
    CancellationSource stop;
    HttpRequest request;
    request.method = "GET";
    request.url = "http://localhost/";
    request.cancel = stop.token();
    EXPECT_TRUE(children_work([&] { mock.send_async(request, [&](TransportResult) { ++ended; }); },
                              [&] {
                                  ended = 0;
                                  gate.open();
                                  return gate.is_open() && ended == 0;
                              }));
    EXPECT_FALSE(gate.is_open());
    stop.cancel();
    EXPECT_GT(ended, 0);
}

}  // namespace
}  // namespace sent::test
