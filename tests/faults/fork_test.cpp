// A4, A12: a child works and exits, whatever the threads of its parent did during the fork, and however it
// was made.
//
// Each round runs in a separate process, which makes its threads busy and then makes a child.
// SENT_FORK_ROUNDS=200 tries more moments.

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <future>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "fault_scene.hpp"
#include "service_process.hpp"
#include "support/forking.hpp"

namespace sent::test {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

int rounds() {
    const char* wanted = std::getenv("SENT_FORK_ROUNDS");
    const int count = wanted != nullptr ? std::atoi(wanted) : 0;
    return count > 0 ? count : 8;
}

/// Seconds until a process that hangs is killed.
constexpr unsigned longest_life = 20;

/// Waits for all processes of a round. Returns "" if all ended with status 0, or what went wrong.
std::string ends_of(pid_t group) {
    std::string problem;
    for (;;) {
        int status = 0;
        const pid_t pid = waitpid(-group, &status, 0);
        if (pid < 0 && errno == EINTR) {
            continue;
        }
        if (pid < 0) {
            break;
        }
        const std::string name = pid == group ? "parent" : "child";
        if (WIFSIGNALED(status)) {
            problem += name + (WTERMSIG(status) == SIGALRM ? " hung; " : " was killed; ");
        } else if (WEXITSTATUS(status) != 0) {
            problem += name + " failed with " + std::to_string(WEXITSTATUS(status)) + "; ";
        }
    }
    return problem;
}

/// Runs `parent` in a new process, and returns what went wrong in it or in its children.
std::string run_round(const std::function<void()>& parent) {
    std::fflush(nullptr);
    prctl(PR_SET_CHILD_SUBREAPER, 1);  // children of a parent that has ended come to us
    const pid_t pid = fork();
    if (pid == 0) {
        setpgid(0, 0);
        alarm(longest_life);
        parent();
        _exit(0);
    }
    setpgid(pid, pid);
    return ends_of(pid);
}

using MakeChild = std::function<pid_t()>;

/// Makes a child that runs `body` and then exits in order. Status 0 means that `body` returned true.
pid_t start_child(
    const std::function<bool()>& body, const MakeChild& make = [] { return fork(); }) {
    const pid_t pid = make();
    if (pid == 0) {
        alarm(longest_life);
        std::exit(body() ? 0 : 1);
    }
    return pid;
}

void wait_for(pid_t pid) {
    // ends_of() does not see this child: its status becomes that of this process.
    int status = 0;
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    if (WIFSIGNALED(status)) {
        _exit(WTERMSIG(status) == SIGALRM ? 90 : 91);
    }
    if (WEXITSTATUS(status) != 0) {
        _exit(80 + WEXITSTATUS(status));
    }
}

/// Passes the time with computing. It differs from round to round, so that each fork meets another moment of
/// the other threads.
void let_pass(milliseconds time) {
    const auto end = Clock::now() + time;
    while (Clock::now() < end) {
        std::this_thread::yield();
    }
}

v3::SendMessageRequest keyed_send(std::string text = "Hello") {
    v3::SendMessageRequest request;
    request.to = {"+14155550100"};
    request.text = std::move(text);
    return request;
}

bool all_kinds_of_calls(const Client& client) {
    return client.call(send_request()) && client.submit(send_request()).get() && client.call(keyed_send());
}

class A4_Fork : public ForkTest {};

TEST_F(A4_Fork, AmidTheFirstHttpsCallOfAnotherThread) {
    const ServiceProcess service(true);
    for (int round = 0; round < rounds(); ++round) {
        const auto problem = run_round([&] {
            const Client parents(service.options());
            std::atomic<bool> begun{false};
            std::thread other([&] {
                begun = true;
                (void)parents.call(send_request());
            });
            while (!begun) {
                std::this_thread::yield();
            }
            let_pass(milliseconds(round * 3 % 60));
            wait_for(start_child([&] {
                const Client own(service.options());
                return all_kinds_of_calls(own) && all_kinds_of_calls(parents);
            }));
            other.join();
        });
        ASSERT_EQ(problem, "") << "round " << round;
    }
}

TEST_F(A4_Fork, AmidTheFirstHttpsCallTheChildMayJustExit) {
    const ServiceProcess service(true);
    for (int round = 0; round < rounds(); ++round) {
        const auto problem = run_round([&] {
            const Client parents(service.options());
            std::thread other([&] { (void)parents.submit(send_request()).get(); });
            let_pass(milliseconds(round * 3 % 60));
            wait_for(start_child([] { return true; }));
            other.join();
        });
        ASSERT_EQ(problem, "") << "round " << round;
    }
}

TEST_F(A4_Fork, WhileOtherThreadsMakeAndUseClients) {
    const ServiceProcess service(true);
    for (int round = 0; round < rounds(); ++round) {
        const auto problem = run_round([&] {
            std::atomic<bool> stop{false};
            std::vector<std::thread> others;
            for (int i = 0; i < 3; ++i) {
                others.emplace_back([&, i] {
                    const Client kept(service.options());
                    while (!stop) {
                        const Client fresh(service.options());
                        (void)(i == 0 ? fresh : kept).call(keyed_send());
                    }
                });
            }
            let_pass(milliseconds(round * 7 % 50));
            for (int i = 0; i < 3; ++i) {
                wait_for(start_child([&] {
                    const Client own(service.options());
                    return all_kinds_of_calls(own);
                }));
            }
            stop = true;
            for (auto& other : others) {
                other.join();
            }
        });
        ASSERT_EQ(problem, "") << "round " << round;
    }
}

/// Keeps every lock of a client busy: idempotency keys of the caller, rate limits, cancellation, a limit on
/// pending calls.
TEST_F(A4_Fork, TheParentsClientWorksInTheChildWhateverWasLocked) {
    const ServiceProcess service(false);
    for (int round = 0; round < rounds(); ++round) {
        const auto problem = run_round([&] {
            auto options = service.options();
            options.rate_limit.requests_per_minute = 1e9;
            options.rate_limit.request_burst = 1e6;
            options.async.max_pending = 4;
            const Client client(options);
            const CancellationSource source;
            std::atomic<bool> stop{false};
            std::vector<std::thread> others;
            for (int i = 0; i < 4; ++i) {
                others.emplace_back([&, i] {
                    CallOptions call;
                    call.cancel = source.token();
                    for (int n = 0; !stop; ++n) {
                        call.idempotency_key = "key-" + std::to_string(i) + "-" + std::to_string(n);
                        (void)(i % 2 == 0 ? client.call(keyed_send(), call)
                                          : client.submit(keyed_send(), call).get());
                    }
                });
            }
            let_pass(milliseconds(5 + round % 20));
            for (int i = 0; i < 5; ++i) {
                wait_for(start_child([&] {
                    CallOptions call;
                    call.cancel = source.token();
                    call.idempotency_key = "childs";
                    bool fine = true;
                    for (int n = 0; n < 3; ++n) {
                        fine = fine && client.call(keyed_send(), call) &&
                               client.submit(keyed_send(), call).get();
                    }
                    source.cancel();
                    return fine && client.call(keyed_send(), call).error().kind == ErrorKind::cancelled;
                }));
            }
            stop = true;
            for (auto& other : others) {
                other.join();
            }
        });
        ASSERT_EQ(problem, "") << "round " << round;
    }
}

TEST_F(A4_Fork, WhatReceivesWebhooksWorksInTheChildWhateverWasLocked) {
    for (int round = 0; round < rounds(); ++round) {
        const auto problem = run_round([&] {
            webhooks::Deduplicator seen;
            webhooks::StatusTracker statuses;
            webhooks::EarlyStatuses early;
            const auto receive = [&](const std::string& id) {
                const auto secret = webhooks::make_secret();
                const webhooks::Signer signer({secret.value()});
                webhooks::MessageStatusEvent event;
                event.message_id = id;
                event.message_status = MessageStatus::sent;
                event.updated_at = Timestamp{};
                auto claim = seen.claim(id);
                (void)statuses.apply(event);
                claim.commit();
                return signer.sign("{}") && !seen.first_time(id) && statuses.find(id) &&
                       early.take(id).empty();
            };
            (void)seen.first_time("parents");
            std::atomic<bool> stop{false};
            std::vector<std::thread> others;
            for (int i = 0; i < 3; ++i) {
                others.emplace_back([&, i] {
                    for (int n = 0; !stop; ++n) {
                        (void)receive(std::to_string(i) + "-" + std::to_string(n));
                    }
                });
            }
            let_pass(milliseconds(round % 10));
            for (int i = 0; i < 20; ++i) {
                wait_for(start_child([&] { return receive("child") && receive("another"); }));
            }
            stop = true;
            for (auto& other : others) {
                other.join();
            }
            // No thread holds a lock now: the child knows what its parent has committed, and none of its open
            // claims.
            const auto claim = seen.claim("begun");
            wait_for(start_child([&] { return !seen.first_time("parents") && seen.first_time("begun"); }));
        });
        ASSERT_EQ(problem, "") << "round " << round;
    }
}

TEST_F(A4_Fork, WithAllPlacesTakenByTheParentsCalls) {
    const ServiceProcess service(false);
    for (const auto when_full : {WhenFull::block, WhenFull::fail}) {
        const auto problem = run_round([&] {
            auto options = service.options();
            options.async.max_pending = 2;
            options.async.when_full = when_full;
            const Client client(options);
            for (int i = 0; i < 2; ++i) {
                client.submit(send_request("silence"), [](const Result<void>&) {});
            }
            wait_for(start_child([&] { return static_cast<bool>(client.submit(send_request()).get()); }));
        });
        EXPECT_EQ(problem, "");
    }
}

TEST_F(A4_Fork, WithTheRetryBudgetUsedUpByTheParent) {
    ScriptedServer server;
    server.by_default({serve([](const ReceivedRequest&) { return http_reply(503); })});
    const auto problem = run_round([&] {
        auto options = quick_options(server.origin());
        options.retry.initial_backoff = milliseconds(1);
        options.retry.max_retries = 1;
        const Client client(options);
        const auto attempts = [&] { return client.call(v1::ListContactsRequest{}).error().attempts; };
        while (attempts() > 1) {
        }
        wait_for(start_child([&] { return attempts() == 2; }));
    });
    EXPECT_EQ(problem, "");
}

/// What an exit handler does that runs after the library's.
std::function<void()>& at_exit() {
    static auto* const action = new std::function<void()>;
    return *action;
}
void run_at_exit() {
    at_exit()();
}

TEST_F(A4_Fork, AmidExitTheChildCanMakeCallsAndExit) {
    const ServiceProcess service(false);
    const auto problem = run_round([&] {
        std::atexit(&run_at_exit);  // before the library's handler is installed, so after it has run
        static const Client parents(service.options());
        (void)all_kinds_of_calls(parents);
        at_exit() = [&] {
            const pid_t pid = fork();
            if (pid == 0) {
                alarm(longest_life);
                const Client own(service.options());
                if (!all_kinds_of_calls(own)) {
                    _exit(1);
                }
                return;  // and goes on exiting
            }
            wait_for(pid);
        };
        std::exit(0);
    });
    EXPECT_EQ(problem, "");
}

TEST_F(A4_Fork, WhileAnotherThreadIsInExit) {
    const ServiceProcess service(true);
    for (int round = 0; round < rounds(); ++round) {
        const auto problem = run_round([&] {
            const Client parents(service.options());
            (void)all_kinds_of_calls(parents);
            // The library's exit handler waits for a callback that is running, a second at most.
            std::promise<void> running;
            std::promise<void> never;
            parents.submit(send_request(), [&](const Result<void>&) {
                running.set_value();
                never.get_future().wait();
            });
            running.get_future().wait();
            std::thread([] { std::exit(0); }).detach();
            // Calls end `cancelled` as soon as it is at that.
            while (parents.call(send_request())) {
            }
            for (int i = 0; i < 3; ++i) {
                wait_for(start_child([&] {
                    const Client own(service.options());
                    return all_kinds_of_calls(own) && all_kinds_of_calls(parents);
                }));
            }
            for (;;) {
                ::pause();
            }
        });
        ASSERT_EQ(problem, "") << "round " << round;
    }
}

/// Ways to make a child. The first two call no handlers of pthread_atfork.
std::vector<std::pair<const char*, MakeChild>> other_ways() {
    return {
#ifdef __GLIBC__
#if __GLIBC_PREREQ(2, 34)
        {"_Fork", [] { return _Fork(); }},
#endif
#endif
            {"clone",
             [] {
                 return static_cast<pid_t>(syscall(SYS_clone, SIGCHLD, nullptr, nullptr, nullptr, nullptr));
             }},
            {"fork", [] { return fork(); }},
    };
}

class A12_Child : public ForkTest {};

TEST_F(A12_Child, DrawsOtherKeysThanItsParentAndOpensItsOwnConnections) {
    for (const auto& [name, make] : other_ways()) {
        SCOPED_TRACE(name);
        ScriptedServer server;
        server.by_default({serve([](const ReceivedRequest& request) { return healthy_reply(request); })});
        const auto problem = run_round([&, &make = make] {
            const Client client(quick_options(server.origin()));
            (void)client.call(keyed_send("before"));
            for (int i = 0; i < 3; ++i) {
                wait_for(start_child(
                    [&] {
                        return client.call(keyed_send("child")) && client.submit(keyed_send("child")).get();
                    },
                    make));
            }
            (void)client.call(keyed_send("parent"));
            (void)client.call(keyed_send("parent"));
        });
        EXPECT_EQ(problem, "");
        const auto requests = server.requests();
        ASSERT_EQ(requests.size(), 9U);
        std::vector<std::string> keys;
        for (const auto& request : requests) {
            const auto key = request.header("Idempotency-Key").value_or("");
            EXPECT_EQ(std::count(keys.begin(), keys.end(), key), 0) << key;
            keys.push_back(key);
            const bool of_child = request.body.find("child") != std::string::npos;
            EXPECT_EQ(request.connection == requests[0].connection, !of_child);
        }
    }
}

TEST_F(A12_Child, UsesNeitherTheThreadsNorTheTlsConnectionsOfItsParent) {
    const ServiceProcess service(true);
    for (const auto& [name, make] : other_ways()) {
        SCOPED_TRACE(name);
        const auto problem = run_round([&, &make = make] {
            const Client client(service.options());
            const auto works = [&] { return all_kinds_of_calls(client); };
            if (!works()) {
                _exit(1);
            }
            wait_for(start_child(works, make));
            if (!works()) {
                _exit(2);
            }
        });
        EXPECT_EQ(problem, "");
    }
}

TEST_F(A12_Child, MayMakeAChildInTurn) {
    const ServiceProcess service(false);
    for (const auto& [name, make] : other_ways()) {
        SCOPED_TRACE(name);
        const auto problem = run_round([&, &make = make] {
            const Client client(service.options());
            const auto works = [&] { return all_kinds_of_calls(client); };
            wait_for(start_child(
                [&] {
                    if (!works()) {
                        return false;
                    }
                    wait_for(start_child(works, make));
                    return works();
                },
                make));
        });
        EXPECT_EQ(problem, "");
    }
}

}  // namespace
}  // namespace sent::test
