// Mistakes that must not compile, one for each number. Each is explained by one short error.
#include <cstddef>
#include <string>
#include <vector>

#if MISTAKE == 24
#define SENT_NO_DEPRECATION_WARNINGS
#endif
#if MISTAKE >= 23
#pragma GCC diagnostic error "-Wdeprecated-declarations"
#include <sent/v3/profiles.hpp>
#endif

#if MISTAKE >= 18
#include <sent/client.hpp>
#include <sent/v3/messages.hpp>
#else
#include <sent/sent.hpp>
#endif

#if MISTAKE == 16
#include <coroutine>
#include <exception>

#include <sent/coroutine.hpp>

struct Task {
    struct promise_type {  // NOLINT(readability-identifier-naming): the language's name
        Task get_return_object() { return {}; }
        std::suspend_never initial_suspend() noexcept { return {}; }
        std::suspend_never final_suspend() noexcept { return {}; }
        void return_void() {}
        void unhandled_exception() { std::terminate(); }
    };
};
#elif MISTAKE == 17
#include <sent/coroutine.hpp>
#endif

struct NotARequest {};

void make_mistake(const sent::Client& client, const std::vector<sent::SendMessageRequest>& requests);

void make_mistake(const sent::Client& client, const std::vector<sent::SendMessageRequest>& requests) {
#if MISTAKE == 1
    (void)client.call(NotARequest{});
#elif MISTAKE == 2
    (void)client.submit(NotARequest{});
#elif MISTAKE == 3
    client.submit(NotARequest{}, [](const auto&) {});
#elif MISTAKE == 4
    (void)client.bulk(std::vector<std::string>{"+14155550100"});
#elif MISTAKE == 5
    client.bulk(std::vector<std::string>{}, [](std::size_t, const auto&) {});
#elif MISTAKE == 6
    client.bulk(requests.front());
#elif MISTAKE == 7
    client.bulk(17);
#elif MISTAKE == 8
    client.bulk([] { return 17; });
#elif MISTAKE == 9
    client.bulk(requests, [](int) {});
#elif MISTAKE == 10
    client.submit(requests.front(), [](int) {});
#elif MISTAKE == 11
    client.messages().submit_wait_until_final("id", [](int) {});
#elif MISTAKE == 12
    (void)client.messages().get("id", {"key"});
#elif MISTAKE == 13
    (void)client.call(requests.front(), {"key"});
#elif MISTAKE == 14
    (void)client.with_options({"key"});
#elif MISTAKE == 15
    (void)client.webhooks().test("id", "message.sent", {"key"});
#elif MISTAKE == 16
    [&]() -> Task { co_await client.async_call(NotARequest{}); }();
#elif MISTAKE == 18
    (void)client.submit(requests.front());
#elif MISTAKE == 19
    (void)client.messages().submit_wait_until_final("id");
#elif MISTAKE == 20
    (void)client.bulk(requests);
#elif MISTAKE == 21
    client.bulk(requests, [](std::size_t, const auto&) {});
#elif MISTAKE == 22
    // No mistake: a callback needs no other header.
    client.submit(requests.front(), [](const auto&) {});
    client.messages().submit_wait_until_final("id", [](const auto&) {});
#elif MISTAKE == 23 || MISTAKE == 24
    (void)client.profiles().list();
#endif
    static_cast<void>(client);
    static_cast<void>(requests);
}
