#include <gtest/gtest.h>

#include <csignal>
#include <optional>
#include <string>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "support/raw_client.hpp"
#include "support/scripted_server.hpp"

namespace sent::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;
using End = RawClient::End;

constexpr milliseconds patience{10000};
constexpr milliseconds an_hour{3600 * 1000};

std::string post(const std::string& body) {
    return "POST /p HTTP/1.1\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

Step echo_bodies() {
    return serve([](const ReceivedRequest& request) { return http_reply(200, {}, request.body); });
}

TEST(ScriptedServer, GoesDownAndComesUpOnTheSamePort) {
    ScriptedServer server;
    server.by_default({echo_bodies()});
    RawClient client(server.port());
    client.send(post("up"));
    client.read(1);
    server.go_down();
    client.read_to_end();
    EXPECT_EQ(client.end(), End::reset);
    EXPECT_THROW(RawClient(server.port()), std::system_error);
    server.come_up();
    RawClient again(server.port());
    again.send(post("back"));
    const std::string expected = http_reply(200, {}, "back");
    EXPECT_EQ(again.read(expected.size()), expected);
}

TEST(ScriptedServer, ServesManyConnectionsAtOnceWithoutMixingThem) {
    ScriptedServer server;
    server.by_default({echo_bodies()});
    constexpr std::size_t clients = 32;
    std::vector<std::thread> threads;
    threads.reserve(clients);
    for (std::size_t i = 0; i < clients; ++i) {
        threads.emplace_back([&server, i] {
            RawClient client(server.port());
            for (int j = 0; j < 20; ++j) {
                const std::string body = std::to_string(i) + "/" + std::to_string(j);
                client.send(post(body));
                const std::string expected = http_reply(200, {}, body);
                EXPECT_EQ(client.read(expected.size()), expected);
            }
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }
    EXPECT_EQ(server.request_count(), 640U);
    EXPECT_TRUE(server.wait_for_peer_closes(32, patience));
}

TEST(ScriptedServer, RaisesNoSigpipeWhenItWritesToAPeerThatHasLeft) {
    ScriptedServer server;
    const Gate gone;
    sigset_t pending{};
    server.on_connection({[&](Conversation& conversation) {
        static_cast<void>(gone.wait(patience));
        while (conversation.write("x")) {
        }
        const bool written_after_end = conversation.write("x");
        sigpending(&pending);  // the server's threads block signals, so a raised one would be kept here
        return written_after_end;
    }});
    RawClient(server.port()).reset();
    gone.open();
    ASSERT_TRUE(server.wait_for_finished(1, patience));
    EXPECT_EQ(sigismember(&pending, SIGPIPE), 0);
    struct sigaction action {};
    ASSERT_EQ(sigaction(SIGPIPE, nullptr, &action), 0);
    EXPECT_EQ(action.sa_handler, SIG_DFL);
}

TEST(ScriptedServer, GivesUpWaitingAtTheTimeout) {
    const ScriptedServer server;
    EXPECT_FALSE(server.wait_for_requests(1, milliseconds(10)));
    EXPECT_FALSE(server.wait_for_connections(1, milliseconds(10)));
    EXPECT_FALSE(server.wait_for_peer_closes(1, milliseconds(10)));
    EXPECT_FALSE(server.wait_for_finished(1, milliseconds(10)));
    EXPECT_FALSE(Gate().wait(milliseconds(10)));
}

TEST(ScriptedServer, LeavesSignalsToTheThreadsUnderTest) {
    ScriptedServer server;
    sigset_t mask{};
    server.on_connection({call([&mask] { pthread_sigmask(SIG_SETMASK, nullptr, &mask); })});
    RawClient(server.port()).read_to_end();
    ASSERT_TRUE(server.wait_for_finished(1, patience));
    EXPECT_EQ(sigismember(&mask, SIGALRM), 1);
    EXPECT_EQ(sigismember(&mask, SIGINT), 1);
    sigset_t own{};
    pthread_sigmask(SIG_SETMASK, nullptr, &own);
    EXPECT_EQ(sigismember(&own, SIGALRM), 0);
}

class EndlessStep : public testing::TestWithParam<std::pair<const char*, Step>> {};

TEST_P(EndlessStep, EndsAtOnceWhenTheServerIsDestroyed) {
    std::optional<ScriptedServer> server(std::in_place);
    const Gate running;
    server->by_default(
        {notify(running), GetParam().second, call([] { FAIL() << "the step came to an end"; })});
    RawClient client(server->port());
    ASSERT_TRUE(running.wait(patience));
    const auto start = steady_clock::now();
    server.reset();
    EXPECT_LT(steady_clock::now() - start, milliseconds(500));
}

INSTANTIATE_TEST_SUITE_P(
    Waits, EndlessStep,
    testing::Values(std::pair("ReadRequest", read_request()), std::pair("ReadHead", read_until_headers_end()),
                    std::pair("ReadBytes", read_bytes(1)), std::pair("WaitForClose", wait_for_close()),
                    std::pair("Hold", hold()), std::pair("Gate", wait_for(Gate())),
                    std::pair("Pause", pause(an_hour)), std::pair("Slices", send_sliced("ab", 1, an_hour)),
                    std::pair("FloodNobodyReads", send_repeated("x", 1ULL << 40U)),
                    std::pair("Serve", echo_bodies())),
    [](const auto& test) { return std::string(test.param.first); });

}  // namespace
}  // namespace sent::test
