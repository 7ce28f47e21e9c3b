// R8: what users hand to the library may throw, block, and call the client again.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "fault_scene.hpp"
#include "support/gate.hpp"

namespace sent::test {
namespace {

using testing::HasSubstr;

TEST(R8_Logger, ThatThrowsDisturbsNoCall) {
    with_both_drivers([](Driver driver) {
        std::atomic<int> lines{0};
        Scene scene(driver);
        scene.answer({http_reply(500), json_reply(200, contacts_page())});
        scene.options.log.level = LogLevel::debug;
        scene.options.log.sink = [&lines](const LogRecord&) {
            if (++lines % 2 == 0) {
                throw std::runtime_error("the disk is full");
            }
            throw 42;
        };
        const auto result = scene.list();
        EXPECT_TRUE(result) << describe(result);
        EXPECT_EQ(result.meta().attempts, 2);
        EXPECT_GE(lines, 2);
    });
}

TEST(R8_Logger, MayCallTheClient) {
    with_both_drivers([](Driver driver) {
        std::atomic<int> answers{0};
        std::atomic<bool> busy{false};
        Scene scene(driver);
        scene.be_healthy();
        scene.options.log.level = LogLevel::debug;
        scene.options.log.sink = [&](const LogRecord&) {
            if (!busy.exchange(true)) {
                answers += scene.client().v1().contacts().list() ? 1 : 0;
                busy = false;
            }
        };
        EXPECT_TRUE(scene.send());
        EXPECT_GE(answers, 1);
    });
}

TEST(R8_Logger, ThatBlocksHoldsUpNobodyElse) {
    const Gate entered;
    const Gate leave;
    std::atomic<bool> first{true};
    Scene scene;
    scene.be_healthy();
    scene.options.log.level = LogLevel::debug;
    scene.options.log.sink = [&](const LogRecord&) {
        if (first.exchange(false)) {
            entered.open();
            EXPECT_TRUE(leave.wait(patience));
        }
    };
    static_cast<void>(scene.client());
    std::thread blocked([&] { EXPECT_TRUE(scene.list()); });
    ASSERT_TRUE(entered.wait(patience));
    EXPECT_TRUE(scene.send());
    EXPECT_TRUE(perform(scene.client(), Driver::submit, send_request()));
    EXPECT_FALSE(leave.is_open());
    leave.open();
    blocked.join();
}

/// Throws the first `throws` times, then passes on.
class MoodyTransport final : public Transport {
  public:
    explicit MoodyTransport(int throws) : throws_(throws) {}
    TransportResult send(const HttpRequest& request) override {
        if (calls_++ < throws_) {
            if (calls_ % 2 == 0) {
                throw 42;
            }
            throw std::runtime_error("no idea how to do this");
        }
        return curl_.send(request);
    }
    int calls() const { return calls_; }

  private:
    int throws_;
    std::atomic<int> calls_{0};
    CurlTransport curl_{};
};

TEST(R8_Transport, ThatThrowsIsALostRequest) {
    with_both_drivers([](Driver driver) {
        Scene scene(driver);
        scene.be_healthy();
        const auto transport = std::make_shared<MoodyTransport>(1);
        scene.options.transport = transport;
        // Nobody knows what it did before it threw.
        const auto send = scene.send();
        ASSERT_TRUE(is_unknown(send));
        EXPECT_EQ(transport->calls(), 1);
        EXPECT_THAT(send.error().message, HasSubstr("threw"));
        EXPECT_TRUE(scene.list());
    });
}

TEST(R8_Transport, ThatThrowsForAWhileOnlyCostsAReadSomeAttempts) {
    with_both_drivers([](Driver driver) {
        Scene scene(driver);
        scene.be_healthy();
        scene.options.transport = std::make_shared<MoodyTransport>(2);
        const auto result = scene.list();
        EXPECT_TRUE(result) << describe(result);
        EXPECT_EQ(result.meta().attempts, 3);
    });
}

/// Asks the client itself for a contact before each send.
class ReentrantTransport final : public Transport {
  public:
    TransportResult send(const HttpRequest& request) override {
        if (client != nullptr && request.method == "POST") {
            answers += client->v1().contacts().list() ? 1 : 0;
        }
        return curl_.send(request);
    }
    const Client* client = nullptr;
    std::atomic<int> answers{0};

  private:
    CurlTransport curl_{};
};

TEST(R8_Transport, MayCallTheClient) {
    with_both_drivers([](Driver driver) {
        Scene scene(driver);
        scene.be_healthy();
        const auto transport = std::make_shared<ReentrantTransport>();
        scene.options.transport = transport;
        transport->client = &scene.client();
        EXPECT_TRUE(scene.send());
        EXPECT_EQ(transport->answers, 1);
    });
}

TEST(R8_Completion, ThatThrowsIsLoggedAndDropped) {
    // Before the client, whose end waits for the last line.
    std::mutex mutex;
    std::string log;
    const Gate logged;
    Scene scene;
    scene.be_healthy();
    scene.options.log.sink = [&](const LogRecord& record) {
        const std::lock_guard lock{mutex};
        log += record.message;
        logged.open();
    };
    scene.client().submit(send_request(),
                          [](const Result<void>&) { throw std::runtime_error("not my day"); });
    ASSERT_TRUE(logged.wait(patience));
    {
        const std::lock_guard lock{mutex};
        EXPECT_THAT(log, HasSubstr("not my day"));
    }
    scene.client().submit(send_request(), [](const Result<void>&) { throw 42; });
    EXPECT_TRUE(perform(scene.client(), Driver::submit, send_request()));
    // Before anything is sent, it is called on the caller's own thread.
    EXPECT_NO_THROW(scene.client().submit(
        v1::SendToContactRequest{}, [](const Result<void>&) { throw std::runtime_error("not my day"); }));
}

TEST(R8_Completion, MayCallTheClient) {
    const Gate done;
    bool blocking_call_succeeded = false;
    Scene scene;
    scene.be_healthy();
    const auto& client = scene.client();
    client.submit(send_request("one"), [&](const Result<void>& first) {
        EXPECT_TRUE(first);
        blocking_call_succeeded = static_cast<bool>(client.call(v1::ListContactsRequest{}));
        client.submit(send_request("two"), [&](const Result<void>& second) {
            EXPECT_TRUE(second);
            done.open();
        });
    });
    ASSERT_TRUE(done.wait(patience));
    EXPECT_TRUE(blocking_call_succeeded);
    EXPECT_EQ(scene.server.request_count(), 3U);
}

TEST(R8_Completion, ThatBlocksHoldsUpNoBlockingCall) {
    const Gate entered;
    const Gate leave;
    Scene scene;
    scene.be_healthy();
    const auto& client = scene.client();
    client.submit(send_request(), [&](const Result<void>&) {
        entered.open();
        EXPECT_TRUE(leave.wait(patience));
    });
    ASSERT_TRUE(entered.wait(patience));
    std::thread other([&] {
        EXPECT_TRUE(client.call(send_request()));
        EXPECT_TRUE(client.with_options({}).call(v1::ListContactsRequest{}));
    });
    EXPECT_TRUE(client.call(v1::ListContactsRequest{}));
    other.join();
    EXPECT_FALSE(leave.is_open());
    leave.open();
}

TEST(R8_Progress, ThatBlocksHoldsUpNobodyElse) {
    Scene scene;
    scene.be_healthy();
    const auto& client = scene.client();
    const std::vector<v1::SendToContactRequest> requests(8, send_request());
    BulkOptions bulk;
    bulk.max_in_flight = 2;
    bulk.progress = [&](const BulkProgress&) {
        // Blocks until others have got through.
        std::thread([&] { EXPECT_TRUE(client.call(send_request())); }).join();
        EXPECT_TRUE(client.submit(send_request()).get());
    };
    EXPECT_TRUE(client.bulk(requests, bulk).all_succeeded());
}

TEST(R8_Progress, MayThrowAndCallTheClient) {
    Scene scene;
    scene.be_healthy();
    const auto& client = scene.client();
    const std::vector<v1::SendToContactRequest> requests(20, send_request());
    int calls = 0;
    BulkOptions bulk;
    bulk.max_in_flight = 4;
    bulk.progress = [&](const BulkProgress& progress) {
        ++calls;
        EXPECT_TRUE(client.v1().contacts().list());
        if (progress.finished() % 2 == 0) {
            throw std::runtime_error("the display is gone");
        }
    };
    const auto report = client.bulk(requests, bulk);
    EXPECT_TRUE(report.all_succeeded());
    EXPECT_GE(calls, 1);
}

TEST(R8_PageVisitor, MayThrowAndCallTheClient) {
    Scene scene;
    scene.be_healthy();
    const auto& client = scene.client();
    const auto visit = [&] {
        for (const auto& contact : client.v1().contacts().all()) {
            EXPECT_TRUE(contact);
            EXPECT_TRUE(client.v1().contacts().list());
            throw std::runtime_error("seen enough");
        }
    };
    EXPECT_THROW(visit(), std::runtime_error);
    EXPECT_TRUE(client.v1().contacts().list());
}

}  // namespace
}  // namespace sent::test
