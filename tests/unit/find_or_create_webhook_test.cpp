#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "unit/client_fixture.hpp"

/// Webhooks::find_or_create: one endpoint for a URL, at every start of a program.

namespace sent::test {
namespace {

constexpr auto url = "https://hooks.example.com/sent";
constexpr auto whole_secret = "whsec_c2VudC1jcHAtc2RrLXRlc3Qtc2lnbmluZy1rZXktMDE=";

CreateWebhookRequest wanted() {
    CreateWebhookRequest request;
    request.display_name = "Delivery events";
    request.endpoint_url = url;
    request.event_types = {"message"};
    return request;
}

/// A webhook as the service shows it.
struct Row {
    std::string id{};
    std::string endpoint_url = url;
    std::string secret = "null";
    bool is_active = true;
    std::string created_at = "2026-08-01T09:00:00Z";

    [[nodiscard]] std::string json() const {
        return R"({"id":")" + id + R"(","endpoint_url":")" + endpoint_url + R"(","is_active":)" +
               (is_active ? "true" : "false") + R"(,"signing_secret":)" +
               (secret == "null" ? secret : '"' + secret + '"') + R"(,"created_at":")" + created_at + "\"}";
    }
};

std::string envelope(const std::string& data) {
    return R"({"success":true,"data":)" + data + R"(,"error":null,"meta":{}})";
}

class B40_FindOrCreateWebhook : public ClientFixture {
  protected:
    void list(const std::vector<Row>& rows, int page = 1, int pages = 1) const {
        std::string text;
        for (const auto& row : rows) {
            text += (text.empty() ? "" : ",") + row.json();
        }
        mock->reply(testing::Reply::json(
            200, envelope(R"({"webhooks":[)" + text + R"(],"pagination":{"page":)" + std::to_string(page) +
                          R"(,"page_size":100,"total_count":1,"total_pages":)" + std::to_string(pages) +
                          R"(,"has_more":)" + (page < pages ? "true" : "false") + "}}")));
    }
    void answer(int status, const Row& row, Headers headers = {}) const {
        mock->reply(testing::Reply::json(status, envelope(row.json()), std::move(headers)));
    }
    void not_found() const {
        mock->reply(testing::Reply::json(
            404, R"({"success":false,"data":null,"error":{"code":"RESOURCE_008","message":"no"}})"));
    }
    [[nodiscard]] Result<FoundWebhook> run() const {
        return Client{options()}.webhooks().find_or_create(wanted());
    }
    /// "GET /v3/webhooks" and so on.
    [[nodiscard]] std::vector<std::string> requests() const {
        std::vector<std::string> lines;
        for (const auto& request : mock->requests()) {
            lines.push_back(request.method + ' ' + request.path);
        }
        return lines;
    }
};

TEST_F(B40_FindOrCreateWebhook, FindsTheEndpointThoughTheServiceAddsASlash) {
    Row row;
    row.id = "w1";
    row.endpoint_url = std::string{url} + "/";
    row.secret = whole_secret;
    list({row});
    const auto found = run();
    ASSERT_TRUE(found) << found.error();
    EXPECT_EQ(found->webhook.id, "w1");
    EXPECT_FALSE(found->created);
}

TEST_F(B40_FindOrCreateWebhook, CreatesOneWhereThereIsNone) {
    list({{"other", "https://hooks.example.com/other"}});
    answer(201, {"new", url, whole_secret});
    const auto found = run();
    ASSERT_TRUE(found) << found.error();
    EXPECT_TRUE(found->created);
    EXPECT_EQ(found->webhook.id, "new");
    EXPECT_EQ(found->webhook.signing_secret, whole_secret);
    EXPECT_EQ(requests(), (std::vector<std::string>{"GET /v3/webhooks", "POST /v3/webhooks"}));
}

TEST_F(B40_FindOrCreateWebhook, FindsItOnALaterPage) {
    list({{"other", "https://hooks.example.com/other"}}, 1, 2);
    list({{"mine", url, whole_secret}}, 2, 2);
    const auto found = run();
    ASSERT_TRUE(found) << found.error();
    EXPECT_FALSE(found->created);
    EXPECT_EQ(found->webhook.id, "mine");
    EXPECT_EQ(found->webhook.signing_secret, whole_secret);
    EXPECT_EQ(mock->requests().size(), 2U);
}

TEST_F(B40_FindOrCreateWebhook, ReadsTheEndpointWhoseSecretTheListDoesNotShow) {
    list({{"mine", url, "whsec_****4567"}});
    answer(200, {"mine", url, whole_secret});
    const auto found = run();
    ASSERT_TRUE(found) << found.error();
    EXPECT_EQ(found->webhook.signing_secret, whole_secret);
    EXPECT_EQ(requests(), (std::vector<std::string>{"GET /v3/webhooks", "GET /v3/webhooks/mine"}));
}

TEST_F(B40_FindOrCreateWebhook, HasNoSecretRatherThanAMaskedOne) {
    for (const auto* masked : {"whsec_****", "whsec_", "********", "whsec_ab...yz", "null"}) {
        SCOPED_TRACE(masked);
        list({{"mine"}});
        answer(200, {"mine", url, masked});
        const auto found = run();
        ASSERT_TRUE(found) << found.error();
        EXPECT_EQ(found->webhook.signing_secret, std::nullopt);
    }
}

TEST_F(B40_FindOrCreateWebhook, TakesTheOldestActiveOneAndNamesTheOthers) {
    list({{"newer", url, whole_secret, true, "2026-08-03T09:00:00Z"},
          {"inactive", url, whole_secret, false, "2026-08-01T09:00:00Z"},
          {"older", url, whole_secret, true, "2026-08-02T09:00:00Z"},
          {"undated", url, whole_secret, true, "?"},
          {"alike", url, whole_secret, true, "2026-08-03T09:00:00Z"}});
    const auto found = run();
    ASSERT_TRUE(found) << found.error();
    EXPECT_EQ(found->webhook.id, "older");
    EXPECT_EQ(found->others, (std::vector<std::string>{"alike", "newer", "undated", "inactive"}));
}

TEST_F(B40_FindOrCreateWebhook, HasOneIdempotencyKeyForOneRequest) {
    const auto key_of = [this](const CreateWebhookRequest& request, const CallOptions& call = {}) {
        list({});
        answer(201, {"new", url, whole_secret});
        EXPECT_TRUE(Client{options()}.webhooks().find_or_create(request, call));
        return std::string{mock->requests().back().headers.get("Idempotency-Key").value_or("")};
    };
    const auto key = key_of(wanted());
    EXPECT_EQ(key.size(), 72U);
    EXPECT_EQ(key_of(wanted()), key);
    auto other = wanted();
    other.event_types = {"message", "contact"};
    EXPECT_NE(key_of(other), key);
    CallOptions call;
    call.idempotency_key = "mine";
    EXPECT_EQ(key_of(wanted(), call), "mine");

    list({});
    answer(201, {"new", url, whole_secret});
    EXPECT_TRUE(Client{options()}.with_options(call).webhooks().find_or_create(wanted()));
    EXPECT_EQ(mock->requests().back().headers.get("Idempotency-Key"), "mine");
}

TEST_F(B40_FindOrCreateWebhook, TakesTheReplayedAnswerOfACopyThatWasFaster) {
    list({});
    answer(201, {"theirs", url, whole_secret}, {{"Idempotent-Replayed", "true"}});
    answer(200, {"theirs"});
    const auto found = run();
    ASSERT_TRUE(found) << found.error();
    EXPECT_FALSE(found->created);
    EXPECT_EQ(found->webhook.id, "theirs");
    EXPECT_EQ(found->webhook.signing_secret, whole_secret);
}

TEST_F(B40_FindOrCreateWebhook, CreatesItAgainWhenTheReplayedOneIsGone) {
    list({});
    answer(201, {"gone", url, whole_secret}, {{"Idempotent-Replayed", "true"}});
    not_found();
    list({});
    answer(201, {"new", url, whole_secret});
    const auto found = run();
    ASSERT_TRUE(found) << found.error();
    EXPECT_TRUE(found->created);
    EXPECT_EQ(found->webhook.id, "new");
    const auto sent = mock->requests();
    ASSERT_EQ(sent.size(), 5U);
    EXPECT_NE(sent[1].headers.get("Idempotency-Key"), sent[4].headers.get("Idempotency-Key"));
}

TEST_F(B40_FindOrCreateWebhook, CopiesThatFindTheReplayedOneGoneCreateOneTogether) {
    const auto second_key = [this](const std::string& gone) {
        mock->reset();
        list({});
        answer(201, {gone, url, whole_secret}, {{"Idempotent-Replayed", "true"}});
        not_found();
        list({});
        answer(201, {"new", url, whole_secret});
        EXPECT_TRUE(run());
        return std::string{mock->requests().back().headers.get("Idempotency-Key").value_or("")};
    };
    const auto key = second_key("gone");
    EXPECT_EQ(second_key("gone"), key);
    EXPECT_NE(second_key("gone later"), key);
}

TEST_F(B40_FindOrCreateWebhook, TakesWhatAnotherCopyCreatedAfterTheReplayedOneWasDeleted) {
    list({});
    answer(201, {"gone", url, whole_secret}, {{"Idempotent-Replayed", "true"}});
    not_found();
    list({{"theirs", url, whole_secret}});
    const auto found = run();
    ASSERT_TRUE(found) << found.error();
    EXPECT_FALSE(found->created);
    EXPECT_EQ(found->webhook.id, "theirs");
}

TEST_F(B40_FindOrCreateWebhook, EndsWhenEveryReplayedOneIsGone) {
    for (int i = 0; i < 4; ++i) {
        list({});
        answer(201, {"gone" + std::to_string(i), url, whole_secret}, {{"Idempotent-Replayed", "true"}});
        if (i < 3) {
            not_found();
        }
    }
    ASSERT_TRUE(run());
    EXPECT_EQ(mock->request_count(), 11U);
}

TEST_F(B40_FindOrCreateWebhook, CreatesItAgainWhenTheReplayedOneHasAnotherUrlNow) {
    list({});
    answer(201, {"moved", url, whole_secret}, {{"Idempotent-Replayed", "true"}});
    answer(200, {"moved", "https://hooks.example.com/other"});
    list({});
    answer(201, {"new", url, whole_secret});
    const auto found = run();
    ASSERT_TRUE(found) << found.error();
    EXPECT_TRUE(found->created);
    EXPECT_EQ(found->webhook.id, "new");
}

TEST_F(B40_FindOrCreateWebhook, CreatesItWhenItIsDeletedMeanwhile) {
    list({{"mine"}});
    not_found();
    list({});
    answer(201, {"new", url, whole_secret});
    const auto found = run();
    ASSERT_TRUE(found) << found.error();
    EXPECT_EQ(found->webhook.id, "new");
}

TEST_F(B40_FindOrCreateWebhook, LooksAgainWhenItIsDeletedMeanwhile) {
    list({{"mine"}});
    not_found();
    list({{"theirs", url, whole_secret}});
    const auto found = run();
    ASSERT_TRUE(found) << found.error();
    EXPECT_FALSE(found->created);
    EXPECT_EQ(found->webhook.id, "theirs");
}

TEST_F(B40_FindOrCreateWebhook, TakesTheNextOneWhenTheListStillShowsTheDeletedOne) {
    const std::vector<Row> rows = {{"mine"}, {"next", url, whole_secret, true, "2026-08-02T09:00:00Z"}};
    list(rows);
    not_found();
    list(rows);
    const auto found = run();
    ASSERT_TRUE(found) << found.error();
    EXPECT_FALSE(found->created);
    EXPECT_EQ(found->webhook.id, "next");
    EXPECT_TRUE(found->others.empty());
}

TEST_F(B40_FindOrCreateWebhook, CreatesNothingWhenEachOneThatItFindsIsGone) {
    for (const auto* id : {"a", "b", "c"}) {
        list({{id}});
        not_found();
    }
    const auto found = run();
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().kind, ErrorKind::not_found);
    EXPECT_EQ(mock->request_count(), 6U);
}

TEST_F(B40_FindOrCreateWebhook, CreatesNothingWhenItCannotLook) {
    mock->otherwise(testing::Reply::json(403, R"({"success":false,"error":{"code":"AUTH_004"}})"));
    const auto found = run();
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().code, "AUTH_004");
    EXPECT_EQ(mock->requests().size(), 1U);
}

TEST_F(B40_FindOrCreateWebhook, RefusesARequestWithoutAUrlBeforeItSendsAnything) {
    const auto found = Client{options()}.webhooks().find_or_create({});
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().kind, ErrorKind::invalid_request);
    EXPECT_TRUE(mock->requests().empty());
}

}  // namespace
}  // namespace sent::test
