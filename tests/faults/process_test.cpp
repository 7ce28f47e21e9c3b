// R3, R4, R6: the ways in which a process ends, multiplies and hears of its children, with clients in use.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>

#include "fault_scene.hpp"
#include "support/eventually.hpp"
#include "support/forking.hpp"
#include "support/sanitized.hpp"

namespace sent::test {
namespace {

/// How a child that runs `body` ends: its exit status, or minus the number of the signal.
int status_of_child(const std::function<void()>& body) {
    std::fflush(nullptr);  // or the child's exit writes it, too
    const pid_t child = fork();
    if (child == 0) {
        alarm(30);
        body();
        _exit(99);
    }
    int status = 0;
    EXPECT_EQ(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

constexpr int in_order = 7;

/// Has asynchronous requests under way at a server that does not answer.
void be_amid_submitted_requests(const Client& client) {
    for (int i = 0; i < 3; ++i) {
        client.submit(send_request(), [](const Result<void>&) {});
    }
}

/// Has requests of each kind under way there. The thread has a copy: it may begin when the client has gone.
void be_amid_requests(const Client& client) {
    be_amid_submitted_requests(client);
    std::thread([client] { (void)client.call(send_request()); }).detach();
    std::this_thread::yield();
}

class R3_Exit : public ForkTest {
  protected:
    R3_Exit() { silent.by_default({read_request(), hold()}); }
    ScriptedServer silent;
};

TEST_F(R3_Exit, WithAStaticClientAmidRequestsIsOrderly) {
    EXPECT_EQ(status_of_child([&] {
                  static const Client shared(quick_options(silent.origin()));
                  static const Client alone(quick_options(silent.origin()));
                  be_amid_requests(shared);
                  be_amid_submitted_requests(alone);
                  std::exit(in_order);
              }),
              in_order);
}

TEST_F(R3_Exit, QuickExitAmidRequestsIsOrderly) {
    EXPECT_EQ(status_of_child([&] {
                  static const Client client(quick_options(silent.origin()));
                  be_amid_requests(client);
                  std::quick_exit(in_order);
              }),
              in_order);
}

TEST_F(R3_Exit, UnderscoreExitAmidRequestsIsOrderly) {
    EXPECT_EQ(status_of_child([&] {
                  static const Client client(quick_options(silent.origin()));
                  be_amid_requests(client);
                  _exit(in_order);
              }),
              in_order);
}

TEST_F(R3_Exit, WithAThreadLocalClientIsOrderly) {
    EXPECT_EQ(status_of_child([&] {
                  thread_local const Client client(quick_options(silent.origin()));
                  be_amid_requests(client);
                  std::exit(in_order);
              }),
              in_order);
}

/// Says goodbye by a copy of a client when static objects are destroyed.
struct Goodbye {
    std::optional<Client> client{};
    Goodbye() = default;
    Goodbye(const Goodbye&) = delete;
    Goodbye& operator=(const Goodbye&) = delete;
    ~Goodbye() {
        const auto result = client->call(send_request("goodbye"));
        auto later = client->submit(send_request("goodbye"));
        const bool ended = later.wait_for(patience) == std::future_status::ready;
        const bool fine = result || result.error().kind == ErrorKind::cancelled;
        client.reset();
        _exit(fine && ended ? in_order : 1);
    }
};

TEST_F(R3_Exit, OfAnObjectThatStillSendsIsOrderly) {
    ScriptedServer server;
    server.by_default({serve([](const ReceivedRequest& request) { return healthy_reply(request); })});
    for (const bool is_older_than_its_client : {true, false}) {
        EXPECT_EQ(status_of_child([&] {
                      std::optional<Client> first;
                      if (!is_older_than_its_client) {
                          first.emplace(quick_options(server.origin()));
                          (void)first->call(send_request());
                      }
                      static Goodbye goodbye;
                      goodbye.client = first ? *first : Client(quick_options(server.origin()));
                      first.reset();
                      (void)goodbye.client->call(send_request());
                      std::exit(1);
                  }),
                  in_order)
            << is_older_than_its_client;
    }
}

TEST(R3_ThreadLocal, ClientEndsWithItsThread) {
    ScriptedServer silent;
    silent.by_default({read_request(), hold()});
    std::future<Result<void>> later;
    std::chrono::steady_clock::time_point last;
    std::thread([&] {
        thread_local const Client client(quick_options(silent.origin()));
        later = client.submit(send_request());
        EXPECT_TRUE(silent.wait_for_requests(1, patience));
        last = std::chrono::steady_clock::now();
    }).join();
    EXPECT_LT(std::chrono::steady_clock::now() - last, std::chrono::seconds(1) + deadline_slack);
    ASSERT_EQ(later.wait_for(patience), std::future_status::ready);
    EXPECT_EQ(later.get().error().kind, ErrorKind::cancelled);
}

TEST(R2_DestroyedAmidCalls, NothingIsLeftOfACallThatWasCancelledAmidALongWait) {
    Scene scene;
    scene.answer({http_reply(429, {{"Retry-After", "50"}})});
    auto transport = std::make_shared<CurlTransport>();
    const std::weak_ptr<Transport> observed = transport;
    scene.options.transport = std::move(transport);
    {
        const Client client(scene.options);
        scene.options.transport.reset();
        const CancellationSource source;
        CallOptions call;
        call.cancel = source.token();
        auto later = client.submit(send_request(), call);
        EXPECT_TRUE(scene.server.wait_for_requests(1, patience));
        source.cancel();
        ASSERT_EQ(later.wait_for(patience), std::future_status::ready);
    }
    EXPECT_TRUE(eventually([&] { return observed.expired(); }, std::chrono::seconds(5)))
        << "its timer keeps connections and a thread";
}

using R4_Fork = ForkTest;

TEST_F(R4_Fork, DaemonGoesOnWithItsClient) {
    Scene scene;
    scene.be_healthy();
    EXPECT_EQ(status_of_child([&] {
                  const Client client(scene.options);
                  (void)client.call(send_request("before"));
                  (void)client.submit(send_request("before")).get();
                  if (daemon(1, 1) != 0) {
                      _exit(1);
                  }
                  alarm(30);
                  const bool called = static_cast<bool>(client.call(send_request("daemon-call")));
                  const bool submitted =
                      static_cast<bool>(client.submit(send_request("daemon-submit")).get());
                  if (called && submitted) {
                      (void)client.call(send_request("daemon-done"));
                  }
                  _exit(0);
              }),
              0);
    EXPECT_TRUE(scene.server.wait_for_requests(5, patience));
    EXPECT_EQ(scene.arrivals("daemon-done"), 1U);
}

TEST_F(R4_Fork, ChildWorksWithAClientWhoseCallsAreTheParents) {
    Scene scene;
    scene.be_healthy();
    ScriptedServer silent;
    silent.by_default({read_request(), hold()});
    const CancellationSource source;
    CallOptions call;
    call.cancel = source.token();
    auto options = quick_options(silent.origin());
    std::optional<Client> parents(options);
    auto later = parents->submit(send_request(), call);
    ASSERT_TRUE(silent.wait_for_requests(1, patience));
    EXPECT_EQ(status_of_child([&] {
                  const auto begin = std::chrono::steady_clock::now();
                  const Client own(scene.options);
                  const bool fine = own.call(send_request()) && own.submit(send_request()).get();
                  parents.reset();
                  const bool in_time = std::chrono::steady_clock::now() - begin <
                                       std::chrono::seconds(1) + std::chrono::seconds(2);
                  std::exit(fine && in_time ? in_order : 1);
              }),
              in_order);
    EXPECT_EQ(silent.peer_close_count(), 0U) << "the child has touched the parent's connection";
    EXPECT_NE(later.wait_for(std::chrono::seconds(0)), std::future_status::ready);
    source.cancel();
    ASSERT_EQ(later.wait_for(patience), std::future_status::ready);
    EXPECT_EQ(later.get().error().kind, ErrorKind::cancelled);
}

/// A transport that can only block, as many are that users write.
class BlockingTransport final : public Transport {
  public:
    TransportResult send(const HttpRequest&) override {
        HttpResponse response;
        response.status = 204;
        return response;
    }
};

TEST_F(R4_Fork, ChildHasThreadsOfItsOwnForATransportThatBlocks) {
    auto options = quick_options("http://127.0.0.1:1");
    options.transport = std::make_shared<BlockingTransport>();
    std::optional<Client> client(options);
    EXPECT_TRUE(client->submit(send_request()).get());
    EXPECT_EQ(status_of_child([&] {
                  auto later = client->submit(send_request());
                  const bool ended = later.wait_for(std::chrono::seconds(5)) == std::future_status::ready;
                  const bool fine = ended && later.get();
                  client.reset();
                  _exit(fine ? in_order : 1);
              }),
              in_order);
    EXPECT_TRUE(client->submit(send_request()).get());
}

std::atomic<int> children_heard_of{0};

extern "C" void sent_test_on_sigchld(int /*signal*/) {
    ++children_heard_of;
}

TEST(R6_Sigchld, ChildrenThatEndDisturbNoCallAndAreLeftToTheirParent) {
    Scene scene;
    scene.be_healthy();
    const Client client(scene.options);
    struct sigaction before {};
    struct sigaction ours {};
    ours.sa_handler = &sent_test_on_sigchld;  // without SA_RESTART
    ASSERT_EQ(sigaction(SIGCHLD, &ours, &before), 0);
    for (int i = 0; i < 20; ++i) {
        const pid_t child = fork();
        if (child == 0) {
            _exit(3);
        }
        auto later = client.submit(send_request());
        const auto result = client.call(send_request());
        EXPECT_TRUE(result) << describe(result);
        EXPECT_TRUE(later.get());
        int status = 0;
        pid_t ended = -1;
        do {
            ended = waitpid(child, &status, 0);
        } while (ended == -1 && errno == EINTR);
        EXPECT_EQ(ended, child);
        EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 3);
    }
    EXPECT_EQ(sigaction(SIGCHLD, &before, nullptr), 0);
    EXPECT_GT(children_heard_of, 0);
}

}  // namespace
}  // namespace sent::test
