// A child gets connections and an engine of its own, and leaves its parent's alone.

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "processes.hpp"
#include "requests.hpp"
#include "support/scripted_server.hpp"
#include "support/temp_dir.hpp"
#include "support/tls_identity.hpp"

namespace sent::test {
namespace {

using Fork = ForkTest;

TEST_F(Fork, ChildOpensItsOwnConnections) {
    ScriptedServer server;
    server.by_default(echo());
    const std::string url = server.origin() + "/x";
    CurlTransport transport;
    ASSERT_TRUE(echoes(transport, url, "parent", false));
    EXPECT_TRUE(in_child([&] { return echoes(transport, url, "child", false); }));
    EXPECT_TRUE(echoes(transport, url, "parent again", false));
    ASSERT_EQ(server.request_count(), 3U);
    const auto requests = server.requests();
    EXPECT_EQ(requests[0].connection, requests[2].connection);
    EXPECT_NE(requests[1].connection, requests[0].connection);
}

TEST_F(Fork, ChildHasAnAsynchronousEngineOfItsOwn) {
    ScriptedServer server;
    server.by_default(echo());
    const std::string url = server.origin() + "/x";
    CurlTransport transport;
    ASSERT_TRUE(echoes(transport, url, "parent", true));
    EXPECT_TRUE(in_child([&] { return echoes(transport, url, "child", true); }));
    EXPECT_TRUE(echoes(transport, url, "parent again", true));
    EXPECT_EQ(server.requests()[0].connection, server.requests()[2].connection);
}

TEST_F(Fork, ChildMayForkAgain) {
    ScriptedServer server;
    server.by_default(echo());
    const std::string url = server.origin() + "/x";
    CurlTransport transport;
    ASSERT_TRUE(echoes(transport, url, "parent", false));
    EXPECT_TRUE(in_child([&] {
        return echoes(transport, url, "child", false) &&
               in_child([&] { return echoes(transport, url, "grandchild", false); }) &&
               echoes(transport, url, "child again", false);
    }));
}

TEST_F(Fork, WhileOthersAreUnderWayDisturbsNobody) {
    ScriptedServer server;
    server.by_default(echo());
    const std::string url = server.origin() + "/x";
    CurlTransport transport;
    std::atomic<bool> stop{false};
    std::atomic<int> failures{0};
    std::vector<std::thread> threads;
    for (int t = 0; t < 3; ++t) {
        threads.emplace_back([&, async = t == 2] {
            while (!stop) {
                failures += echoes(transport, url, "busy", async) ? 0 : 1;
            }
        });
    }
    int good = 0;
    for (int i = 0; i < 20; ++i) {
        good += in_child([&] { return echoes(transport, url, "child", false); }) ? 1 : 0;
    }
    stop = true;
    for (auto& thread : threads) {
        thread.join();
    }
    EXPECT_EQ(good, 20);
    EXPECT_EQ(failures, 0);
}

TEST_F(Fork, ChildMayDestroyTheTransport) {
    ScriptedServer server;
    server.by_default(echo());
    const std::string url = server.origin() + "/x";
    auto transport = std::make_unique<CurlTransport>();
    ASSERT_TRUE(echoes(*transport, url, "parent", false));
    ASSERT_TRUE(echoes(*transport, url, "parent", true));
    EXPECT_TRUE(in_child([&] {
        transport.reset();
        return true;
    }));
    EXPECT_TRUE(echoes(*transport, url, "parent", false));
    EXPECT_TRUE(echoes(*transport, url, "parent", true));
    EXPECT_EQ(server.connection_count(), 2U);
}

TEST_F(Fork, ChildOverTlsDoesNotTouchTheParentsConnection) {
    const CertificateAuthority authority;
    const TempDir files;
    ServerOptions options;
    options.tls = test::TlsOptions{};
    options.tls->identity = authority.localhost();
    ScriptedServer server(std::move(options));
    server.by_default(echo());
    CurlTransportOptions client;
    client.tls.ca_file = files.write("ca.pem", authority.pem());
    const std::string url = server.origin() + "/x";
    auto transport = std::make_unique<CurlTransport>(client);
    ASSERT_TRUE(echoes(*transport, url, "parent", false));
    ASSERT_TRUE(echoes(*transport, url, "parent", true));
    // A child that ends the connections properly would say goodbye in its parent's name.
    EXPECT_TRUE(in_child([&] {
        const bool fine = echoes(*transport, url, "child", false);
        transport.reset();
        return fine;
    }));
    EXPECT_TRUE(in_child([&] {
        transport.reset();
        return true;
    }));
    EXPECT_TRUE(echoes(*transport, url, "parent again", false));
    EXPECT_TRUE(echoes(*transport, url, "parent again", true));
    EXPECT_EQ(server.connection_count(), 3U);
}

}  // namespace
}  // namespace sent::test
