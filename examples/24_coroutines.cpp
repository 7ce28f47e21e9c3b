// Sends to several people from coroutines on an Asio event loop: many sends at once, one thread for the
// program's own code. Needs C++20 coroutines and Asio (Debian: libasio-dev).
//
//   export SENT_DM_API_KEY=...
//   SENT_PHONE_NUMBERS=+14155550100,+14155550101 SENT_TEMPLATE_ID=... ./24_coroutines
#include <asio/any_io_executor.hpp>
#include <asio/executor_work_guard.hpp>
#include <asio/io_context.hpp>
#include <asio/post.hpp>

#include <coroutine>
#include <cstdlib>
#include <exception>
#include <functional>
#include <iostream>
#include <sstream>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <sent/coroutine.hpp>
#include <sent/sent.hpp>

namespace {

std::string setting(const char* name) {
    const char* value = std::getenv(name);
    if (value == nullptr || *value == '\0') {
        std::cerr << "Please set " << name << ".\n";
        std::exit(2);
    }
    return value;
}

std::vector<std::string> split(const std::string& text) {
    std::vector<std::string> parts;
    std::istringstream in{text};
    for (std::string part; std::getline(in, part, ',');) {
        parts.push_back(part);
    }
    return parts;
}

/// The least that a coroutine needs that runs by itself.
struct Job {
    struct promise_type {
        Job get_return_object() { return {}; }
        std::suspend_never initial_suspend() noexcept { return {}; }
        std::suspend_never final_suspend() noexcept { return {}; }
        void return_void() {}
        void unhandled_exception() { std::terminate(); }
    };
};

struct Tally {
    std::size_t open = 0;
    std::size_t accepted = 0;
};

/// Everything here runs on the loop's thread, before and after each co_await, so that `tally` needs no lock.
Job send(const sent::Client& client, sent::SendMessageRequest request, Tally& tally) {
    const auto loop_thread = std::this_thread::get_id();
    const auto reply = co_await client.async_call(request);
    if (std::this_thread::get_id() != loop_thread) {
        std::cerr << "went on elsewhere\n";
    } else if (!reply) {
        std::cerr << reply.error() << '\n';
    } else {
        std::cout << "accepted: " << reply->recipients.at(0).message_id.value_or("?") << '\n';
        ++tally.accepted;
    }
    --tally.open;
}

}  // namespace

int main() {
    const auto numbers = split(setting("SENT_PHONE_NUMBERS"));
    sent::SendMessageRequest request;
    request.template_ref = sent::TemplateRef{.id = setting("SENT_TEMPLATE_ID"),
                                             .parameters = {{"name", "Ada"}, {"order_id", "12345"}}};

    asio::io_context loop;
    // The loop runs as long as calls are under way.
    auto work = asio::make_work_guard(loop);
    Tally tally{.open = numbers.size()};

    sent::ClientOptions options;
    options.async.executor = [&loop](std::function<void()> task) { asio::post(loop, std::move(task)); };
    const sent::Client client{options};

    asio::post(loop, [&] {
        for (const auto& number : numbers) {
            request.to = {number};
            send(client, request, tally);
        }
    });
    while (tally.open > 0 && loop.run_one() > 0) {
    }
    work.reset();
    return tally.accepted == numbers.size() ? 0 : 1;
}
