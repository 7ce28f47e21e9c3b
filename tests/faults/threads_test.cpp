// R1, R2, R14: many threads, a client that goes away amid calls, calls that are cancelled in each phase.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "fault_scene.hpp"
#include "support/gate.hpp"
#include "support/loopback.hpp"

namespace sent::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

/// Answers with the id that was asked for.
std::string echo(const ReceivedRequest& request) {
    const auto at = request.target.find("id=");
    return json_reply(200,
                      R"({"id":")" + (at == std::string::npos ? "" : request.target.substr(at + 3)) + "\"}");
}

v1::GetContactRequest get_request(const std::string& id) {
    v1::GetContactRequest request;
    request.id = id;
    return request;
}

/// One call in one of several ways; whether its answer was its own.
bool own_answer_came(const Client& client, std::size_t way, const std::string& id) {
    switch (way % 5) {
        case 0: {
            const auto result = client.v1().contacts().get(id);
            return result && result->id == id;
        }
        case 1: {
            const auto result = perform(client, Driver::submit, get_request(id));
            return result && result->id == id;
        }
        case 2: {
            CallOptions defaults;
            defaults.deadline = patience;
            const auto copy = client.with_options(defaults);
            const auto result = copy.v1().contacts().get(id);
            return result && result->id == id;
        }
        case 3: {
            RawRequest raw;
            raw.path = "/v3/things?id=" + id;
            const auto result = Client(client).for_profile("profile").request(raw);
            return result && result->body == R"({"id":")" + id + "\"}";
        }
        default: {
            const auto report = client.bulk(std::vector{get_request(id), get_request(id + "-2")});
            return report.all_succeeded() && report.results[0]->id == id &&
                   report.results[1]->id == id + "-2";
        }
    }
}

TEST(R1_ManyThreads, OneClientAnswersEachCallWithItsOwnAnswer) {
    constexpr std::size_t thread_count = 32;
    constexpr std::size_t calls_per_thread = 15;
    Scene scene;
    scene.server.by_default({serve(echo)});
    const auto& client = scene.client();
    std::atomic<int> wrong{0};
    std::vector<std::thread> threads;
    for (std::size_t t = 0; t < thread_count; ++t) {
        threads.emplace_back([&, t] {
            for (std::size_t i = 0; i < calls_per_thread; ++i) {
                wrong += own_answer_came(client, t + i, std::to_string(t) + "-" + std::to_string(i)) ? 0 : 1;
            }
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }
    EXPECT_EQ(wrong, 0);
    EXPECT_THAT(scene.server.errors(), testing::IsEmpty());
}

TEST(R1_ManyThreads, ClientsComeAndGoOnManyThreads) {
    Scene scene;
    scene.server.by_default({serve(echo)});
    std::atomic<int> wrong{0};
    std::vector<std::thread> threads;
    for (std::size_t t = 0; t < 16; ++t) {
        threads.emplace_back([&, t] {
            for (std::size_t i = 0; i < 4; ++i) {
                const Client client(scene.options);
                wrong += own_answer_came(client, t + i, std::to_string(t) + "-" + std::to_string(i)) ? 0 : 1;
            }
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }
    EXPECT_EQ(wrong, 0);
}

/// Starts sends, waits until `ready`, destroys the client, and returns the errors that the callers got.
std::vector<Error> destroy_amid(const ClientOptions& options, std::size_t count,
                                const std::function<void()>& ready) {
    auto client = std::make_optional<Client>(options);
    std::vector<std::future<Result<void>>> futures;
    for (std::size_t i = 0; i < count; ++i) {
        futures.push_back(client->submit(send_request("contact-" + std::to_string(i))));
    }
    ready();
    const auto before = std::chrono::steady_clock::now();
    client.reset();
    EXPECT_LT(std::chrono::steady_clock::now() - before, seconds(1));
    std::vector<Error> errors;
    for (auto& future : futures) {
        if (future.wait_for(patience) != std::future_status::ready) {
            ADD_FAILURE() << "a future was never fulfilled";
            continue;
        }
        auto result = future.get();
        if (result) {
            ADD_FAILURE() << "a call succeeded that got no answer";
        } else {
            errors.push_back(result.error());
        }
    }
    return errors;
}

TEST(R2_DestroyedAmidCalls, ThoseWithoutAnswerEndCancelledAndUnknown) {
    Scene scene;
    scene.server.by_default({read_request(), hold()});
    constexpr std::size_t count = 40;
    const auto errors = destroy_amid(scene.options, count,
                                     [&] { EXPECT_TRUE(scene.server.wait_for_requests(count, patience)); });
    ASSERT_EQ(errors.size(), count);
    for (const auto& error : errors) {
        EXPECT_EQ(error.kind, ErrorKind::cancelled);
        EXPECT_EQ(error.outcome, Outcome::unknown);
    }
}

TEST(R2_DestroyedAmidCalls, ThoseThatConnectEndCancelledAndNotSent) {
    const Blackhole hole;
    Scene scene;
    scene.options.base_url = hole.origin();
    const Gate begun;
    scene.options.log.level = LogLevel::debug;
    scene.options.log.sink = [begun](const LogRecord&) { begun.open(); };
    for (const auto& error : destroy_amid(scene.options, 10, [&] { EXPECT_TRUE(begun.wait(patience)); })) {
        EXPECT_EQ(error.kind, ErrorKind::cancelled);
        EXPECT_EQ(error.outcome, Outcome::not_sent);
    }
}

TEST(R2_DestroyedAmidCalls, ThoseThatWaitForTheirNextAttemptEndCancelled) {
    Scene scene;
    scene.answer({http_reply(429, {{"Retry-After", "30"}})});
    const Gate waits;
    scene.options.log.level = LogLevel::info;
    scene.options.log.sink = [waits](const LogRecord& record) {
        if (record.message.find("next one in") != std::string_view::npos) {
            waits.open();
        }
    };
    for (const auto& error : destroy_amid(scene.options, 10, [&] { EXPECT_TRUE(waits.wait(patience)); })) {
        EXPECT_EQ(error.kind, ErrorKind::cancelled);
    }
}

TEST(R2_DestroyedAmidCalls, TheLastCopyMayGoInACompletion) {
    Scene scene;
    scene.be_healthy();
    const Gate done;
    auto client = std::make_shared<Client>(scene.options);
    auto& first = *client;
    first.submit(send_request(), [client = std::move(client), done](Result<void> result) mutable {
        EXPECT_TRUE(result);
        client.reset();
        done.open();
    });
    EXPECT_TRUE(done.wait(patience));
}

struct Phase {
    const char* name;
    Script script;
    /// What the log says when the phase has begun; empty: the server tells.
    const char* log;
};

TEST(R14_Cancelled, CallEndsAtOnceInEachPhaseAndTheNextOneIsClean) {
    const auto page = json_reply(200, contacts_page("stale"));
    const auto body = page.find("\r\n\r\n") + 4;
    with_both_drivers([&](Driver driver) {
        const Gate reached_reply;
        const Gate reached_body;
        const std::vector<std::pair<Phase, Gate>> phases = {
            {{"waiting for a reply", {read_request(), notify(reached_reply), hold()}, ""}, reached_reply},
            {{"amid the body",
              {read_request(), send(page.substr(0, body + 5)), notify(reached_body), hold()},
              ""},
             reached_body},
            {{"waiting for the next attempt",
              {read_request(), send(http_reply(503, {{"Retry-After", "30"}, {"Connection", "close"}}))},
              "next one in"},
             Gate{}},
        };
        for (const auto& [phase, gate] : phases) {
            SCOPED_TRACE(phase.name);
            Scene scene(driver);
            scene.server.on_connection(phase.script);
            scene.be_healthy();
            scene.options.log.level = LogLevel::info;
            scene.options.log.sink = [&phase = phase, gate = gate](const LogRecord& record) {
                if (*phase.log != '\0' && record.message.find(phase.log) != std::string_view::npos) {
                    gate.open();
                }
            };
            const CancellationSource source;
            std::chrono::steady_clock::time_point cancelled_at;
            std::thread canceller([&, gate = gate] {
                EXPECT_TRUE(gate.wait(patience));
                cancelled_at = std::chrono::steady_clock::now();
                source.cancel();
            });
            CallOptions call;
            call.cancel = source.token();
            const auto result = scene.list(call);
            const auto ended_at = std::chrono::steady_clock::now();
            canceller.join();
            EXPECT_LT(ended_at - cancelled_at, seconds(2));
            ASSERT_FALSE(result);
            EXPECT_EQ(result.error().kind, ErrorKind::cancelled);
            const auto next = scene.list();
            ASSERT_TRUE(next) << describe(next);
            EXPECT_EQ(next->items.at(0).id, "contact-1");
        }
    });
}

TEST(R14_Cancelled, WhileConnectingNothingIsSent) {
    with_both_drivers([](Driver driver) {
        const Blackhole hole;
        Scene scene(driver);
        scene.options.base_url = hole.origin();
        const Gate begun;
        scene.options.log.level = LogLevel::debug;
        scene.options.log.sink = [begun](const LogRecord&) { begun.open(); };
        const CancellationSource source;
        std::thread canceller([&] {
            EXPECT_TRUE(begun.wait(patience));
            source.cancel();
        });
        CallOptions call;
        call.cancel = source.token();
        const auto result = scene.send("contact-1", call);
        canceller.join();
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().kind, ErrorKind::cancelled);
        EXPECT_EQ(result.error().outcome, Outcome::not_sent);
        EXPECT_THROW(result.value(), CancelledError);
    });
}

}  // namespace
}  // namespace sent::test
