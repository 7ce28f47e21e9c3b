#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <gmock/gmock.h>

#include "unit/client_fixture.hpp"

namespace sent::test {
namespace {

using sent::testing::FakeClock;
using sent::testing::Gate;
using sent::testing::Reply;
using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// AsyncOptions::max_pending.
class SubmitLimit : public ClientFixture {
  protected:
    [[nodiscard]] Client client(std::size_t most, WhenFull when_full) const {
        auto settings = options();
        settings.async.max_pending = most;
        settings.async.when_full = when_full;
        return Client{settings};
    }
    Gate gate{};
};

TEST_F(SubmitLimit, FailsWithoutSendingWhenThatIsWished) {
    mock->otherwise(Reply{204}.after(gate));
    const auto limited = client(1, WhenFull::fail);
    auto first = limited.submit(send_request());
    const auto second = limited.submit(send_request()).get();
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().kind, ErrorKind::queue_full);
    EXPECT_EQ(second.error().outcome, Outcome::not_sent);
    EXPECT_THAT(second.error().message, HasSubstr("max_pending"));
    gate.open();
    EXPECT_TRUE(first.get());
    EXPECT_TRUE(limited.submit(send_request()).get());
    EXPECT_EQ(mock->request_count(), 2U);
}

TEST_F(SubmitLimit, CopiesShareIt) {
    mock->otherwise(Reply{204}.after(gate));
    const auto limited = client(1, WhenFull::fail);
    const auto copy = limited.with_options({});
    auto first = limited.submit(send_request());
    EXPECT_FALSE(copy.submit(send_request()).get());
    gate.open();
    EXPECT_TRUE(first.get());
}

TEST_F(SubmitLimit, BlocksUntilAnotherHasEnded) {
    clock->set_mode(FakeClock::Mode::manual);
    mock->otherwise(Reply{204}.after(gate));
    const auto limited = client(1, WhenFull::block);
    auto first = limited.submit(send_request());
    auto second = std::async(std::launch::async, [&] { return limited.submit(send_request()).get(); });
    ASSERT_TRUE(clock->wait_for_waiters(1));
    EXPECT_EQ(mock->request_count(), 1U);
    gate.open();
    EXPECT_TRUE(first.get());
    EXPECT_TRUE(second.get());
}

TEST_F(SubmitLimit, A17_TheLongestDeadlineIsNone) {
    clock->set_mode(FakeClock::Mode::manual);
    mock->otherwise(Reply{204}.after(gate));
    const auto limited = client(1, WhenFull::block);
    CallOptions call;
    call.deadline = milliseconds::max();
    auto first = limited.submit(send_request(), call);
    auto second = std::async(std::launch::async, [&] { return limited.submit(send_request(), call).get(); });
    EXPECT_TRUE(clock->wait_for_waiters(1)) << "the second one waits for the first";
    gate.open();
    EXPECT_TRUE(first.get());
    EXPECT_TRUE(second.get());
    EXPECT_TRUE(limited.call(send_request(), call));
}

TEST_F(SubmitLimit, TheWaitIsPartOfTheDeadline) {
    mock->otherwise(Reply{204}.after(gate));
    const auto limited = client(1, WhenFull::block);
    auto first = limited.submit(send_request());
    CallOptions call;
    call.deadline = seconds{3};
    const auto late = limited.submit(send_request(), call).get();
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().kind, ErrorKind::timeout);
    EXPECT_EQ(late.error().outcome, Outcome::not_sent);
    EXPECT_EQ(clock->elapsed(), seconds{3});
    gate.open();
    EXPECT_TRUE(first.get());
}

TEST_F(SubmitLimit, AnErrorAfterTheWaitNamesTheWholeDeadline) {
    clock->set_mode(FakeClock::Mode::manual);
    mock->otherwise(Reply{204}.after(gate));
    auto settings = options();
    settings.async.max_pending = 1;
    settings.rate_limit.requests_per_minute = 1;
    settings.rate_limit.request_burst = 1;
    const Client limited{settings};
    auto first = limited.submit(send_request());
    CallOptions call;
    call.deadline = seconds{5};
    auto second = std::async(std::launch::async, [&] { return limited.submit(send_request(), call).get(); });
    ASSERT_TRUE(clock->wait_for_waiters(1));
    clock->advance(seconds{2});
    gate.open();
    EXPECT_TRUE(first.get());
    const auto late = second.get();
    ASSERT_FALSE(late);
    EXPECT_THAT(late.error().message, HasSubstr("deadline of 5000 ms"));
}

TEST_F(SubmitLimit, TheWaitCanBeCancelled) {
    clock->set_mode(FakeClock::Mode::manual);
    mock->otherwise(Reply{204}.after(gate));
    const auto limited = client(1, WhenFull::block);
    auto first = limited.submit(send_request());
    const CancellationSource stop;
    auto second = std::async(std::launch::async, [&] {
        CallOptions call;
        call.cancel = stop.token();
        return limited.submit(send_request(), call).get();
    });
    ASSERT_TRUE(clock->wait_for_waiters(1));
    stop.cancel();
    const auto cancelled = second.get();
    ASSERT_FALSE(cancelled);
    EXPECT_EQ(cancelled.error().kind, ErrorKind::cancelled);
    gate.open();
}

TEST_F(SubmitLimit, ACompletionNeverWaits) {
    mock->otherwise(204);
    const auto limited = client(1, WhenFull::block);
    int ended = 0;
    // Each of the two is submitted while the other, or this callback's own call, could have the only place.
    limited.submit(send_request(), [&](const Result<void>&) {
        for (int i = 0; i < 2; ++i) {
            limited.submit(send_request(), [&](const Result<void>& result) { ended += result ? 1 : 0; });
        }
    });
    EXPECT_EQ(ended, 2);
}

TEST_F(SubmitLimit, ABulkRunHasItsOwn) {
    mock->otherwise(204);
    const auto limited = client(1, WhenFull::fail);
    const std::vector<v1::SendToContactRequest> requests(20, send_request());
    EXPECT_TRUE(limited.bulk(requests).all_succeeded());
}

/// AsyncOptions::executor.
class CompletionExecutor : public ClientFixture {
  protected:
    using Task = std::function<void()>;
    [[nodiscard]] Client client(Executor executor) const {
        auto settings = options();
        settings.async.executor = std::move(executor);
        return Client{settings};
    }
    std::vector<Task> tasks{};
};

TEST_F(CompletionExecutor, RunsTheCallback) {
    mock->reply(204);
    const auto posting = client([&](Task task) { tasks.push_back(std::move(task)); });
    bool called = false;
    posting.submit(send_request(), [&](const Result<void>& result) { called = static_cast<bool>(result); });
    EXPECT_FALSE(called);
    ASSERT_EQ(tasks.size(), 1U);
    tasks.at(0)();
    EXPECT_TRUE(called);
}

TEST_F(CompletionExecutor, GetsWhatCanNotBeSent) {
    const auto posting = client([&](Task task) { tasks.push_back(std::move(task)); });
    ErrorKind kind{};
    posting.submit(v2::GetMessageRequest{},
                   [&](const Result<v2::Message>& result) { kind = result.error().kind; });
    ASSERT_EQ(tasks.size(), 1U);
    tasks.at(0)();
    EXPECT_EQ(kind, ErrorKind::invalid_request);
}

TEST_F(CompletionExecutor, IsNotForFutures) {
    mock->reply(204);
    const auto posting = client([&](Task task) { tasks.push_back(std::move(task)); });
    EXPECT_TRUE(posting.submit(send_request()).get());
    EXPECT_TRUE(tasks.empty());
}

TEST_F(CompletionExecutor, ARefusedTaskRunsAllTheSame) {
    mock->reply(204);
    const auto refusing = client([](const Task&) { throw std::runtime_error("full"); });
    int calls = 0;
    refusing.submit(send_request(), [&](const Result<void>&) { ++calls; });
    EXPECT_EQ(calls, 1);
}

TEST_F(CompletionExecutor, ADroppedTaskRunsAllTheSame) {
    mock->reply(204);
    const auto dropping = client([](const Task&) {});
    int calls = 0;
    dropping.submit(send_request(), [&](const Result<void>&) { ++calls; });
    EXPECT_EQ(calls, 1);
}

TEST_F(CompletionExecutor, ATaskThatIsRunTwiceCallsOnce) {
    mock->reply(204);
    const auto twice = client([](const Task& task) {
        task();
        task();
    });
    int calls = 0;
    twice.submit(send_request(), [&](const Result<void>&) { ++calls; });
    EXPECT_EQ(calls, 1);
}

TEST_F(CompletionExecutor, WhatACallbackThrowsStaysThere) {
    mock->reply(204);
    const auto posting = client([&](Task task) { tasks.push_back(std::move(task)); });
    posting.submit(send_request(), [](const Result<void>&) { throw std::runtime_error("mine"); });
    ASSERT_EQ(tasks.size(), 1U);
    EXPECT_NO_THROW(tasks.at(0)());
}

TEST_F(CompletionExecutor, TheCallbackMayComeAfterTheClientsEnd) {
    mock->reply(204);
    bool called = false;
    {
        const auto posting = client([&](Task task) { tasks.push_back(std::move(task)); });
        posting.submit(send_request(), [&](const Result<void>&) { called = true; });
    }
    ASSERT_EQ(tasks.size(), 1U);
    tasks.at(0)();
    EXPECT_TRUE(called);
}

TEST_F(CompletionExecutor, RunsTheEndOfAWaitForAFinalStatus) {
    mock->json(200, R"({"success":true,"data":{"id":"m","status":"DELIVERED"},"error":null})");
    const auto posting = client([&](Task task) { tasks.push_back(std::move(task)); });
    std::string status;
    posting.messages().submit_wait_until_final(
        "m", [&](const Result<Message>& result) { status = result->status.str(); });
    ASSERT_EQ(tasks.size(), 1U);
    EXPECT_EQ(status, "");
    tasks.at(0)();
    EXPECT_EQ(status, "DELIVERED");
}

}  // namespace
}  // namespace sent::test
