#include <sent/coroutine.hpp>
// A second time, for its guard.
#include <sent/coroutine.hpp>

#include <coroutine>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "unit/client_fixture.hpp"

namespace sent::test {
namespace {

using sent::testing::Gate;
using sent::testing::Reply;

/// Runs by itself; `handle` is for those that are destroyed while they wait.
struct Task {
    // NOLINTBEGIN(readability-identifier-naming,readability-convert-member-functions-to-static): the
    // language's
    struct promise_type {
        Task get_return_object() { return {std::coroutine_handle<promise_type>::from_promise(*this)}; }
        std::suspend_never initial_suspend() noexcept { return {}; }
        std::suspend_never final_suspend() noexcept { return {}; }
        void return_void() {}
        void unhandled_exception() { std::terminate(); }
    };
    // NOLINTEND(readability-identifier-naming,readability-convert-member-functions-to-static)
    std::coroutine_handle<promise_type> handle{};
};

class Coroutine : public ClientFixture {
  protected:
    Task send(Client client) { return send(std::move(client), CallOptions{}); }
    Task send(Client client, CallOptions call) {
        auto result = co_await client.async_call(send_request(), std::move(call));
        thread = std::this_thread::get_id();
        ended.emplace(std::move(result));
    }
    /// Keeps no client alive.
    Task send_with(const Client& client) { ended.emplace(co_await client.async_call(send_request())); }
    Task send_on(Client client, Executor executor) {
        auto result = co_await client.async_call(send_request()).resume_on(std::move(executor));
        ended.emplace(std::move(result));
    }

    Gate gate{};
    std::optional<Result<void>> ended{};
    std::thread::id thread{};
    std::vector<std::function<void()>> tasks{};
};

TEST_F(Coroutine, GetsTheResultOfACallThatEndsAtOnce) {
    mock->reply(204);
    send(Client{options()});
    ASSERT_TRUE(ended);
    EXPECT_TRUE(*ended);
}

TEST_F(Coroutine, GoesOnWhenTheCallHasEnded) {
    mock->reply(Reply{204}.after(gate));
    const Client client{options()};
    send(client);
    EXPECT_FALSE(ended);
    std::thread other{[&] { gate.open(); }};
    const auto expected = other.get_id();
    other.join();
    ASSERT_TRUE(ended);
    EXPECT_TRUE(*ended);
    EXPECT_EQ(thread, expected);
}

TEST_F(Coroutine, GetsTheError) {
    mock->reply(403);
    send(Client{options()});
    ASSERT_TRUE(ended);
    EXPECT_EQ(ended->error().kind, ErrorKind::permission_denied);
}

TEST_F(Coroutine, ACancellationByTheOptionsOfTheClientEndsTheCall) {
    mock->otherwise(Reply{204}.after(gate).always());
    const CancellationSource source;
    CallOptions defaults;
    defaults.cancel = source.token();
    send(Client{options()}.with_options(defaults));
    EXPECT_FALSE(ended);
    source.cancel();
    ASSERT_TRUE(ended);
    EXPECT_EQ(ended->error().kind, ErrorKind::cancelled);
}

TEST_F(Coroutine, TheTokenOfTheCallCountsRatherThanThatOfTheClient) {
    mock->otherwise(Reply{204}.after(gate).always());
    const CancellationSource of_client;
    CallOptions defaults;
    defaults.cancel = of_client.token();
    const CancellationSource of_call;
    CallOptions call;
    call.cancel = of_call.token();
    send(Client{options()}.with_options(defaults), call);
    of_client.cancel();
    EXPECT_FALSE(ended);
    of_call.cancel();
    ASSERT_TRUE(ended);
    EXPECT_EQ(ended->error().kind, ErrorKind::cancelled);
}

TEST_F(Coroutine, NothingIsSentBeforeItIsAwaited) {
    const Client client{options()};
    {
        const auto unused = client.async_call(send_request());
        static_cast<void>(unused);
    }
    EXPECT_EQ(mock->request_count(), 0U);
}

TEST_F(Coroutine, GoesOnOnTheClientsExecutor) {
    mock->reply(Reply{204}.after(gate));
    auto settings = options();
    settings.async.executor = [&](std::function<void()> task) { tasks.push_back(std::move(task)); };
    const Client client{settings};
    send(client);
    gate.open();
    EXPECT_FALSE(ended);
    ASSERT_EQ(tasks.size(), 1U);
    tasks.at(0)();
    EXPECT_TRUE(ended);
}

TEST_F(Coroutine, GoesOnOnAnExecutorOfItsOwn) {
    mock->reply(Reply{204}.after(gate));
    const Client client{options()};
    send_on(client, [&](std::function<void()> task) { tasks.push_back(std::move(task)); });
    gate.open();
    EXPECT_FALSE(ended);
    ASSERT_EQ(tasks.size(), 1U);
    tasks.at(0)();
    EXPECT_TRUE(ended);
}

TEST_F(Coroutine, GoesOnAllTheSameWhenTheExecutorThrows) {
    mock->reply(Reply{204}.after(gate));
    const Client client{options()};
    send_on(client, [](const std::function<void()>&) { throw 1; });
    gate.open();
    EXPECT_TRUE(ended);
}

TEST_F(Coroutine, A20_GoesOnAllTheSameWhenTheExecutorDropsItsTask) {
    mock->reply(Reply{204}.after(gate));
    const Client client{options()};
    send_on(client, [](const std::function<void()>&) {});
    gate.open();
    EXPECT_TRUE(ended);
}

TEST_F(Coroutine, A20_GoesOnWhereTheLastCopyOfTheTaskIsDropped) {
    mock->reply(Reply{204}.after(gate));
    const Client client{options()};
    send_on(client, [&](const std::function<void()>& task) { tasks = {task, task}; });
    gate.open();
    tasks.pop_back();
    EXPECT_FALSE(ended);
    tasks.pop_back();
    EXPECT_TRUE(ended);
}

TEST_F(Coroutine, A20_GoesOnOnceWhenTheExecutorRunsItsTaskAndThrows) {
    mock->reply(Reply{204}.after(gate));
    const Client client{options()};
    send_on(client, [&](const std::function<void()>& task) {
        task();
        tasks.push_back(task);
        throw 1;
    });
    gate.open();
    ASSERT_TRUE(ended);
    tasks.at(0)();
}

TEST_F(Coroutine, A20_GoesOnWhenTheClientsExecutorDropsItsTask) {
    mock->reply(Reply{204}.after(gate));
    auto settings = options();
    settings.async.executor = [](const std::function<void()>&) {};
    send(Client{settings});
    gate.open();
    EXPECT_TRUE(ended);
}

TEST_F(Coroutine, CanBeCancelledFromOutside) {
    mock->reply(Reply{204}.after(gate));
    const Client client{options()};
    const CancellationSource stop;
    CallOptions call;
    call.cancel = stop.token();
    send(client, call);
    stop.cancel();
    ASSERT_TRUE(ended);
    EXPECT_EQ(ended->error().kind, ErrorKind::cancelled);
}

TEST_F(Coroutine, TheEndOfTheClientEndsIt) {
    mock->reply(Reply{204}.after(gate));
    std::optional<Client> client{options()};
    send_with(*client);
    EXPECT_FALSE(ended);
    client.reset();
    ASSERT_TRUE(ended);
    EXPECT_EQ(ended->error().kind, ErrorKind::cancelled);
}

TEST_F(Coroutine, DestroyingItCancelsTheCall) {
    mock->reply(Reply{204}.after(gate));
    const Client client{options()};
    const auto task = send(client);
    ASSERT_EQ(mock->request_count(), 1U);
    task.handle.destroy();
    gate.open();
    EXPECT_FALSE(ended) << "it is gone, and must not go on";
}

TEST_F(Coroutine, ManyThatEndAtOnceNeedNoStack) {
    mock->otherwise(204);
    int done = 0;
    [](const Client& client, int& count) -> Task {
        for (int i = 0; i < 20'000; ++i) {
            auto result = co_await client.async_call(send_request());
            count += result ? 1 : 0;
        }
    }(Client{options()}, done);
    EXPECT_EQ(done, 20'000);
}

}  // namespace
}  // namespace sent::test
