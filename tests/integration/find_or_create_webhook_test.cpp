#include <cstddef>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include <sent/sent.hpp>
#include <sent/testing/emulator.hpp>

/// Webhooks::find_or_create against the emulator.

namespace sent::test {
namespace {

CreateWebhookRequest wanted() {
    CreateWebhookRequest request;
    request.display_name = "Delivery events";
    request.endpoint_url = "https://hooks.example.com/sent";
    request.event_types = {"message"};
    return request;
}

ClientOptions options_for(const testing::Emulator& emulator) {
    ClientOptions options;
    options.api_key = emulator.api_key();
    options.base_url = emulator.base_url();
    options.use_environment = false;
    return options;
}

std::size_t count_endpoints(const Client& client) {
    std::size_t count = 0;
    for (const auto& webhook : client.webhooks().all()) {
        EXPECT_TRUE(webhook) << webhook.error();
        ++count;
    }
    return count;
}

TEST(B40_FindOrCreateWebhook, ManyCopiesThatStartAtOnceShareOneEndpoint) {
    const testing::Emulator emulator;
    ASSERT_TRUE(emulator) << emulator.error();
    std::vector<Result<FoundWebhook>> found(8, Error{});
    std::vector<std::thread> copies;
    for (auto& result : found) {
        copies.emplace_back([&result, &emulator] {
            result = Client{options_for(emulator)}.webhooks().find_or_create(wanted());
        });
    }
    for (auto& copy : copies) {
        copy.join();
    }
    int created = 0;
    for (const auto& result : found) {
        ASSERT_TRUE(result) << result.error();
        EXPECT_EQ(result->webhook.id, found.front()->webhook.id);
        created += result->created ? 1 : 0;
    }
    EXPECT_EQ(created, 1);
    EXPECT_EQ(count_endpoints(Client{options_for(emulator)}), 1U);
}

TEST(B40_FindOrCreateWebhook, EndpointThatWasDeletedIsCreatedAgain) {
    const testing::Emulator emulator;
    ASSERT_TRUE(emulator) << emulator.error();
    const Client client{options_for(emulator)};
    const auto first = client.webhooks().find_or_create(wanted());
    ASSERT_TRUE(first) << first.error();
    EXPECT_TRUE(first->created);
    EXPECT_TRUE(first->webhook.signing_secret);
    ASSERT_TRUE(client.webhooks().remove(first->webhook.id));
    const auto second = client.webhooks().find_or_create(wanted());
    ASSERT_TRUE(second) << second.error();
    EXPECT_TRUE(second->created);
    EXPECT_NE(second->webhook.id, first->webhook.id);
    EXPECT_EQ(client.webhooks().find_or_create(wanted())->webhook.id, second->webhook.id);
    EXPECT_EQ(count_endpoints(client), 1U);
}

TEST(B40_FindOrCreateWebhook, FindsItBehindMorePagesThanOne) {
    const testing::Emulator emulator;
    ASSERT_TRUE(emulator) << emulator.error();
    const Client client{options_for(emulator)};
    for (int i = 0; i < 101; ++i) {
        auto request = wanted();
        request.endpoint_url += std::to_string(i);
        ASSERT_TRUE(client.webhooks().create(request));
    }
    auto last = wanted();
    last.endpoint_url += "100";
    const auto found = client.webhooks().find_or_create(last);
    ASSERT_TRUE(found) << found.error();
    EXPECT_FALSE(found->created);
    EXPECT_EQ(found->webhook.endpoint_url, last.endpoint_url);
}

}  // namespace
}  // namespace sent::test
