// ClientOptions::drift. What counts as unknown is tested in wire/unknown_members_test.cpp.
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>

#include "support/forking.hpp"
#include "unit/client_fixture.hpp"

namespace sent::test {
namespace {

using sent::testing::Reply;
using ::testing::IsEmpty;

class Drift : public ClientFixture {
  protected:
    [[nodiscard]] Client counted_client() const {
        auto settings = options();
        settings.drift = drift;
        return Client{settings};
    }

    [[nodiscard]] std::vector<OperationDrift> rows() const { return drift->operations(); }

    /// The row of the only operation that was counted.
    [[nodiscard]] OperationDrift only_row() const {
        const auto all = rows();
        EXPECT_EQ(all.size(), 1U);
        return all.empty() ? OperationDrift{} : all.front();
    }

    static void expect_counts(const OperationDrift& row, const char* operation, std::uint64_t answers,
                              std::uint64_t members, std::uint64_t values) {
        EXPECT_EQ(row.operation, operation);
        EXPECT_EQ(row.answers, answers) << operation;
        EXPECT_EQ(row.members, members) << operation;
        EXPECT_EQ(row.values, values) << operation;
    }

    static v3::SendMessageRequest message() {
        v3::SendMessageRequest request;
        request.to = {"+14155550100"};
        request.text = "Hello";
        return request;
    }

    static Reply accepted_by_pigeon() {
        return Reply::json(
            202,
            R"({"success":true,"data":{"status":"QUEUED","wing":1,"recipients":[{"channel":"pigeon"}]}})");
    }

    static Reply found_with_shoes() {
        return Reply::json(200, R"({"id":"m","shoeSize":44,"status":"LOST"})");
    }

    std::shared_ptr<DriftCounter> drift = std::make_shared<DriftCounter>();
};

TEST_F(Drift, IsNotCountedByDefault) {
    EXPECT_EQ(ClientOptions{}.drift, nullptr);
    mock->reply(found_with_shoes());
    EXPECT_TRUE(Client{options()}.call(read_request()));
    EXPECT_THAT(rows(), IsEmpty());
}

TEST_F(Drift, IsCountedByOperationInEveryGeneration) {
    const auto client = counted_client();
    mock->reply(accepted_by_pigeon()).reply(found_with_shoes()).reply(accepted_by_pigeon());
    mock->json(200, R"({"id":"c","shoeSize":44})").json(200, R"({"id":"m","status":"SENT"})");
    ASSERT_TRUE(client.call(message()));
    ASSERT_TRUE(client.call(read_request()));
    ASSERT_TRUE(client.call(message()));
    ASSERT_TRUE(client.v1().contacts().get("c"));
    ASSERT_TRUE(client.call(read_request()));

    const auto all = rows();
    ASSERT_EQ(all.size(), 3U);
    expect_counts(all[0], "v1.contacts.get", 1, 1, 0);
    EXPECT_EQ(all[0].first_member, "shoeSize");
    EXPECT_EQ(all[0].first_value, "");
    expect_counts(all[1], "v2.messages.get", 2, 1, 1);
    EXPECT_EQ(all[1].first_value, "status");
    EXPECT_EQ(all[1].first_value_text, "LOST");
    expect_counts(all[2], "v3.messages.send", 2, 2, 2);
    EXPECT_EQ(all[2].first_member, "wing");
    EXPECT_EQ(all[2].first_value, "recipients[0].channel");
    EXPECT_EQ(all[2].first_value_text, "pigeon");
}

TEST_F(Drift, KeepsTheFirstPathOfManyAnswers) {
    const auto client = counted_client();
    mock->json(200, R"({"id":"m"})").json(200, R"({"hat":1,"channel":"owl"})").reply(found_with_shoes());
    for (int i = 0; i < 3; ++i) {
        ASSERT_TRUE(client.call(read_request()));
    }
    const auto row = only_row();
    EXPECT_EQ(row.answers, 3U);
    EXPECT_EQ(row.members, 2U);
    EXPECT_EQ(row.values, 2U);
    EXPECT_EQ(row.first_member, "hat");
    EXPECT_EQ(row.first_value, "channel");
    EXPECT_EQ(row.first_value_text, "owl");
}

TEST_F(Drift, IsCountedBeforeACallbackRuns) {
    const auto client = counted_client();
    mock->reply(accepted_by_pigeon()).reply(accepted_by_pigeon());
    std::uint64_t seen = 0;
    client.submit(message(), [&](const Result<v3::SendMessageResponse>& result) {
        EXPECT_TRUE(result);
        seen = only_row().answers;
    });
    EXPECT_EQ(seen, 1U);
    EXPECT_TRUE(client.submit(message()).get());
    EXPECT_EQ(only_row().values, 2U);
}

TEST_F(Drift, IsCountedInBulk) {
    mock->otherwise(found_with_shoes().always());
    const std::vector<v2::GetMessageRequest> requests(20, read_request());
    EXPECT_TRUE(counted_client().bulk(requests).all_succeeded());
    const auto row = only_row();
    EXPECT_EQ(row.operation, "v2.messages.get");
    EXPECT_EQ(row.answers, 20U);
    EXPECT_EQ(row.members, 20U);
    EXPECT_EQ(row.values, 20U);
}

TEST_F(Drift, IsCountedInEachPageOfAList) {
    const auto page = [](int number, const std::string& has_more) {
        return R"({"success":true,"data":{"contacts":[{"id":"c","mood":"fine"}],"pagination":{"page":)" +
               std::to_string(number) + R"(,"page_size":1,"total_count":2,"total_pages":2,"has_more":)" +
               has_more + "}}}";
    };
    mock->json(200, page(1, "true")).json(200, page(2, "false"));
    std::size_t contacts = 0;
    for (const auto& contact : counted_client().contacts().all()) {
        ASSERT_TRUE(contact) << contact.error();
        ++contacts;
    }
    EXPECT_EQ(contacts, 2U);
    const auto row = only_row();
    EXPECT_EQ(row.operation, "v3.contacts.list");
    EXPECT_EQ(row.answers, 2U);
    EXPECT_EQ(row.members, 2U);
    EXPECT_EQ(row.first_member, "contacts[0].mood");
}

TEST_F(Drift, IsCountedForEncodedRequests) {
    const auto encoded = encode(message());
    ASSERT_TRUE(encoded);
    mock->reply(accepted_by_pigeon());
    ASSERT_TRUE(counted_client().call(*encoded));
    const auto row = only_row();
    EXPECT_EQ(row.operation, "v3.messages.send");
    EXPECT_EQ(row.members, 1U);
    EXPECT_EQ(row.values, 1U);
}

TEST_F(Drift, IsNotSoughtInRawRequestsAndAnswersWithoutContent) {
    const auto client = counted_client();
    mock->reply(found_with_shoes()).reply(204);
    RawRequest raw;
    raw.path = "/v2/messages/m";
    EXPECT_TRUE(client.request(raw));
    EXPECT_TRUE(client.call(send_request()));
    EXPECT_THAT(rows(), IsEmpty());
}

TEST_F(Drift, IsNotSoughtInErrors) {
    auto settings = options();
    settings.drift = drift;
    settings.retry.max_retries = 0;
    const Client client{settings};
    mock->reply(Reply::error(404, "RESOURCE_001")).json(200, R"({"success":false,"data":{"wing":1}})");
    mock->json(200, "<html>").reply(Reply::timeout());
    for (int i = 0; i < 4; ++i) {
        EXPECT_FALSE(client.call(message()));
    }
    EXPECT_EQ(mock->request_count(), 4U);
    EXPECT_THAT(rows(), IsEmpty());
}

TEST_F(Drift, IsCountedOnceForACallWithRetries) {
    mock->reply(503).reply(found_with_shoes());
    const auto result = counted_client().call(read_request());
    ASSERT_TRUE(result);
    EXPECT_EQ(result.meta().attempts, 2);
    EXPECT_EQ(only_row().answers, 1U);
}

TEST_F(Drift, DoesNotChangeTheResult) {
    mock->reply(found_with_shoes()).reply(found_with_shoes());
    const auto counted = counted_client().call(read_request());
    const auto plain = Client{options()}.call(read_request());
    ASSERT_TRUE(counted);
    ASSERT_TRUE(plain);
    EXPECT_EQ(counted->id, plain->id);
    EXPECT_EQ(counted->status, plain->status);
    EXPECT_EQ(counted.meta().raw_body, plain.meta().raw_body);
}

TEST_F(Drift, ShowsNoKeyThatTheServiceEchoes) {
    auto settings = options();
    settings.drift = drift;
    settings.api_key = "s3nt1nel-key-0123456789";
    mock->json(200, R"({"s3nt1nel-key-0123456789":1,"status":"s3nt1nel-key-0123456789"})");
    ASSERT_TRUE(Client{settings}.call(read_request()));
    const auto row = only_row();
    EXPECT_EQ(row.members, 1U);
    EXPECT_EQ(row.values, 1U);
    EXPECT_EQ(row.first_member.find("s3nt1nel"), std::string::npos) << row.first_member;
    EXPECT_EQ(row.first_value_text.find("s3nt1nel"), std::string::npos) << row.first_value_text;
}

TEST_F(Drift, IsCountedByManyThreadsAndClients) {
    mock->on("GET", "/v2/messages/message-1", found_with_shoes().always());
    mock->on("POST", "/v3/messages", accepted_by_pigeon().always());
    const Client clients[] = {counted_client(), counted_client()};
    constexpr std::uint64_t calls = 50;
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < 4; ++i) {
        threads.emplace_back([&, i] {
            for (std::uint64_t call = 0; call < calls; ++call) {
                EXPECT_TRUE(clients[i % 2].call(read_request()));
                EXPECT_TRUE(clients[i % 2].call(message()));
                EXPECT_FALSE(rows().empty());
            }
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }
    const auto all = rows();
    ASSERT_EQ(all.size(), 2U);
    for (const auto& row : all) {
        EXPECT_EQ(row.answers, 4 * calls) << row.operation;
        EXPECT_EQ(row.members, 4 * calls) << row.operation;
        EXPECT_EQ(row.values, 4 * calls) << row.operation;
    }
}

class A4_Drift : public ForkTest {};

TEST_F(A4_Drift, AChildCountsFromZero) {
    const auto drift = std::make_shared<DriftCounter>();
    const auto mock = std::make_shared<testing::MockTransport>();
    mock->otherwise(Reply::json(200, R"({"id":"m","shoeSize":44})").always());
    ClientOptions settings;
    settings.api_key = "test-key";
    settings.sender_id = "test-sender";
    settings.use_environment = false;
    settings.transport = mock;
    settings.drift = drift;
    const Client client{settings};
    v2::GetMessageRequest request;
    request.id = "m";
    ASSERT_TRUE(client.call(request));

    EXPECT_TRUE(in_child([&] {
        const bool was_empty = drift->operations().empty();
        const bool is_done = client.call(request).has_value();
        const auto rows = drift->operations();
        return was_empty && is_done && rows.size() == 1 && rows.front().answers == 1;
    }));
    EXPECT_EQ(drift->operations().at(0).answers, 1U);
}

}  // namespace
}  // namespace sent::test
