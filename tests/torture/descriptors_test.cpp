// R7: the process has no descriptors left, or a few, but not enough.

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>

#include <atomic>
#include <chrono>
#include <future>
#include <string>
#include <thread>
#include <vector>

#include "faults/fault_scene.hpp"
#include "faults/service_process.hpp"
#include "support/forking.hpp"

namespace sent::test {
namespace {

/// Leaves room for so many descriptors.
class FewDescriptors {
  public:
    explicit FewDescriptors(int room) {
        EXPECT_EQ(getrlimit(RLIMIT_NOFILE, &before_), 0);
        rlimit few = before_;
        few.rlim_cur = 0;
        for (int fd = 0; room >= 0; ++fd) {
            const bool is_free = fcntl(fd, F_GETFD) == -1;
            room -= is_free ? 1 : 0;
            few.rlim_cur = static_cast<rlim_t>(fd);
        }
        EXPECT_EQ(setrlimit(RLIMIT_NOFILE, &few), 0);
    }
    FewDescriptors(const FewDescriptors&) = delete;
    FewDescriptors& operator=(const FewDescriptors&) = delete;
    ~FewDescriptors() { EXPECT_EQ(setrlimit(RLIMIT_NOFILE, &before_), 0); }

  private:
    rlimit before_{};
};

class R7_NoDescriptors : public ForkTest {};

TEST_F(R7_NoDescriptors, EveryCallEndsAndTheNextOneWorks) {
    const ServiceProcess service;
    auto options = quick_options(service.origin());
    options.retry.max_retries = 1;
    int failed = 0;
    int succeeded = 0;
    for (int room = 0; room < 12; ++room) {
        SCOPED_TRACE("room for " + std::to_string(room));
        const Client client(options);
        {
            const FewDescriptors few(room);
            for (const auto driver : {Driver::call, Driver::submit, Driver::call}) {
                const auto result = perform(client, driver, send_request());
                ++(result ? succeeded : failed);
                if (!result) {
                    EXPECT_EQ(result.error().outcome, Outcome::not_sent) << describe(result);
                    EXPECT_GT(result.error().attempts, 0) << describe(result);
                    EXPECT_EQ(result.error().kind, ErrorKind::resource_exhausted) << describe(result);
                }
            }
        }
        with_both_drivers([&](Driver driver) {
            const auto result = perform(client, driver, send_request());
            EXPECT_TRUE(result) << describe(result);
        });
    }
    EXPECT_GT(failed, 0);
    EXPECT_GT(succeeded, 0);
}

TEST_F(R7_NoDescriptors, ACallThatWasStartedAllTheSameCanBeCancelled) {
    const ServiceProcess service;
    const auto options = quick_options(service.origin());
    for (int room = 0; room < 12; ++room) {
        SCOPED_TRACE("room for " + std::to_string(room));
        const Client client(options);
        const CancellationSource source;
        CallOptions call;
        call.cancel = source.token();
        std::future<Result<void>> blocking;
        std::future<Result<void>> later;
        {
            const FewDescriptors few(room);
            later = client.submit(send_request("silence"), call);
            blocking =
                std::async(std::launch::async, [&] { return client.call(send_request("silence"), call); });
            // Long enough for both to get as far as they can.
            (void)blocking.wait_for(std::chrono::milliseconds(20));
        }
        const auto begin = std::chrono::steady_clock::now();
        source.cancel();
        for (auto* future : {&later, &blocking}) {
            ASSERT_EQ(future->wait_for(patience), std::future_status::ready);
            EXPECT_FALSE(future->get());
        }
        EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(2));
    }
}

/// The name is not looked up: there is no descriptor for a file or a socket.
TEST_F(R7_NoDescriptors, B38_ANameThatCannotBeLookedUpIsNoFaultOfTheNetwork) {
    auto direct = quick_options("http://sent.invalid");
    direct.allow_insecure_http = true;
    direct.retry.max_retries = 0;
    auto by_proxy = direct;
    by_proxy.base_url = "https://127.0.0.1:1";
    by_proxy.proxy.url = "http://proxy.invalid:3128";
    for (const auto& options : {direct, by_proxy}) {
        for (int room = 0; room < 3; ++room) {
            for (const auto driver : {Driver::call, Driver::submit}) {
                SCOPED_TRACE(options.base_url + ", room for " + std::to_string(room));
                const Client client(options);
                const FewDescriptors few(room);
                const auto result = perform(client, driver, send_request());
                ASSERT_FALSE(result);
                EXPECT_EQ(result.error().kind, ErrorKind::resource_exhausted) << describe(result);
                EXPECT_EQ(result.error().outcome, Outcome::not_sent);
            }
        }
    }
}

class A5_Sigpipe : public ForkTest {};

/// libcurl ignores SIGPIPE while it destroys a handle that was never told to leave signals alone, and then
/// sets back what it found: of two threads at once, the second one finds that it is ignored.
TEST_F(A5_Sigpipe, IsAsItWasAfterManyThreadsHadNoDescriptors) {
    const ServiceProcess service;
    const auto options = quick_options(service.origin());
    const Client client(options);
    struct sigaction before {};
    ASSERT_EQ(sigaction(SIGPIPE, nullptr, &before), 0);
    for (int room = 0; room < 4; ++room) {
        std::atomic<int> waiting{8};
        std::atomic<bool> go{false};
        std::vector<std::thread> threads;
        for (int i = waiting; i > 0; --i) {
            threads.emplace_back([&, driver = i % 4 == 0 ? Driver::submit : Driver::call] {
                --waiting;
                while (!go) {
                    std::this_thread::yield();
                }
                for (int call = 0; call < 200; ++call) {
                    (void)perform(client, driver, send_request());
                }
            });
        }
        while (waiting > 0) {
            std::this_thread::yield();
        }
        {
            const FewDescriptors few(room);
            go = true;
            for (auto& thread : threads) {
                thread.join();
            }
        }
        struct sigaction after {};
        ASSERT_EQ(sigaction(SIGPIPE, nullptr, &after), 0);
        EXPECT_EQ(after.sa_handler, before.sa_handler) << "room for " << room;
        sigaction(SIGPIPE, &before, nullptr);
    }
}

}  // namespace
}  // namespace sent::test
