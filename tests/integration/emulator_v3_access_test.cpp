#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "integration/emulator_v3_client.hpp"

namespace sent::test {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;

class EmulatorV3Access : public ::testing::Test {
  protected:
    testing::Emulator emulator;
    OtherClient client = v3_client(emulator);
};

TEST_F(EmulatorV3Access, WrapsAnswersInAnEnvelope) {
    const auto answer = client.get("/v3/contacts/6ba7b810-9dad-11d1-80b4-00c04fd430c8");
    ASSERT_EQ(answer.status, 200);
    const auto body = answer.json();
    EXPECT_EQ(body["success"], true);
    EXPECT_EQ(body["data"]["phone_number"], "+14155550100");
    EXPECT_EQ(body["error"], nullptr);
    EXPECT_EQ(body["meta"]["version"], "v3");
    EXPECT_THAT(body["meta"]["timestamp"].get<std::string>(), MatchesRegex("20..-..-..T.*[+]00:00"));
    EXPECT_THAT(answer.head, HasSubstr("X-API-Version: v3\r\n"));
    EXPECT_THAT(answer.head, HasSubstr("X-Response-Time: "));
    EXPECT_EQ(header_of(answer, "X-Request-Id"), body["meta"]["request_id"]);
    EXPECT_THAT(header_of(answer, "X-Request-Id"), MatchesRegex("req_[a-zA-Z0-9]{10}"));
    EXPECT_EQ(header_of(answer, "X-Profile-Id"), "");
}

TEST_F(EmulatorV3Access, RefusesAMissingAndAnUnknownKey) {
    client.set_header("x-api-key", "");
    expect_refusal(client.get("/v3/contacts"), 401, "AUTH_001");
    client.set_header("x-api-key", "wrong");
    const auto answer = client.get("/v3/contacts");
    expect_refusal(answer, 401, "AUTH_002");
    EXPECT_EQ(answer.json()["error"]["details"], nullptr);
    EXPECT_EQ(answer.json()["error"]["doc_url"], "https://docs.sent.dm/reference/api/error-catalog");
}

TEST_F(EmulatorV3Access, AnswersTheForbiddenKeyWith403) {
    client.set_header("x-api-key", emulator.forbidden_api_key());
    expect_refusal(client.get("/v3/contacts"), 403, "AUTH_004");
    expect_refusal(client.get("/v3/unheard-of"), 403, "AUTH_004");
}

TEST_F(EmulatorV3Access, KnowsItsPathsAndMethods) {
    expect_refusal(client.get("/v3/unheard-of"), 404, "RESOURCE_013");
    expect_refusal(client.get("/v3"), 404, "RESOURCE_013");
    const auto answer = client.remove("/v3/contacts");
    EXPECT_EQ(answer.status, 405);
    EXPECT_EQ(answer.json()["success"], false);
    EXPECT_EQ(header_of(answer, "Allow"), "POST, GET");
}

TEST_F(EmulatorV3Access, LocksAKeyThatFailsTenTimesInARowForGrowingTimes) {
    client.set_header("x-api-key", "wrong");
    for (int i = 0; i < 10; ++i) {
        EXPECT_EQ(client.get("/v3/contacts").status, 401) << i;
    }
    const auto locked = client.get("/v3/contacts");
    expect_refusal(locked, 429, "BUSINESS_002");
    EXPECT_LE(std::stoi(header_of(locked, "Retry-After")), 60);
    client.set_header("x-api-key", "other");
    EXPECT_EQ(client.get("/v3/contacts").status, 401);

    client.set_header("x-api-key", "wrong");
    emulator.advance(std::chrono::seconds(61));
    EXPECT_EQ(client.get("/v3/contacts").status, 401);
    const auto again = client.get("/v3/contacts");
    EXPECT_EQ(again.status, 429);
    EXPECT_GT(std::stoi(header_of(again, "Retry-After")), 60);
}

TEST_F(EmulatorV3Access, WantsAJsonObject) {
    for (const char* text : {"", "{", "[]", "null", "{\"phone_number\":\"\xff\"}"}) {
        const auto answer = client.post_text("/v3/contacts", text);
        expect_refusal(answer, 400, "VALIDATION_001");
        EXPECT_TRUE(answer.json()["error"]["details"].contains("body")) << text;
    }
    client.set_header("Content-Type", "text/plain");
    EXPECT_EQ(client.post("/v3/contacts", {{"phone_number", "+12025550123"}}).status, 415);
}

TEST_F(EmulatorV3Access, FailsOnADeleteThatAnnouncesJsonAndHasNone) {
    const std::string path = "/v3/contacts/6ba7b810-9dad-11d1-80b4-00c04fd430c8";
    const std::string nothing;
    expect_refusal(client.send("DELETE", path, &nothing), 500, "INTERNAL_001");
    EXPECT_EQ(client.get(path).status, 200);
    EXPECT_EQ(client.remove(path).status, 204);
    EXPECT_EQ(client.get(path).status, 404);
}

TEST_F(EmulatorV3Access, ReplaysTheReplyOfAKeyWhateverThePayload) {
    client.set_header("Idempotency-Key", "order-1");
    const auto first = client.post("/v3/contacts", {{"phone_number", "+12025550123"}});
    ASSERT_EQ(first.status, 201);
    EXPECT_EQ(header_of(first, "Idempotent-Replayed"), "");
    const auto second = client.post("/v3/contacts", {{"phone_number", "+12025550199"}});
    EXPECT_EQ(second.status, 201);
    EXPECT_EQ(second.body, first.body);
    EXPECT_EQ(header_of(second, "Idempotent-Replayed"), "true");
    EXPECT_EQ(header_of(second, "X-Original-Request-Id"), header_of(first, "X-Request-Id"));
    EXPECT_NE(header_of(second, "X-Request-Id"), header_of(first, "X-Request-Id"));

    emulator.advance(std::chrono::hours(25));
    expect_refusal(client.post("/v3/contacts", {{"phone_number", "+12025550123"}}), 409, "RESOURCE_007");
}

TEST_F(EmulatorV3Access, KeepsNoErrorUnderAKey) {
    client.set_header("Idempotency-Key", "order-1");
    expect_refusal(client.post("/v3/contacts", Json::object()), 400, "VALIDATION_004");
    EXPECT_EQ(client.post("/v3/contacts", {{"phone_number", "+12025550123"}}).status, 201);
}

TEST_F(EmulatorV3Access, ChecksTheFormOfAKeyWhereOneIsTaken) {
    for (const std::string& key : {std::string("a b"), std::string("ü"), std::string(256, 'a')}) {
        client.set_header("Idempotency-Key", key);
        expect_refusal(client.post("/v3/contacts", {{"phone_number", "+12025550123"}}), 400,
                       "VALIDATION_007");
        EXPECT_EQ(client.get("/v3/contacts").status, 200);
    }
    client.set_header("Idempotency-Key", std::string(255, '_'));
    EXPECT_EQ(client.post("/v3/contacts", {{"phone_number", "+12025550123"}}).status, 201);
}

TEST(EmulatorV3Idempotency, RefusesAKeyWhoseRequestIsUnderWayAndReplaysItAfterwards) {
    testing::EmulatorOptions options;
    options.idempotency_wait = std::chrono::milliseconds(20);
    testing::Emulator emulator(options);
    auto slow = v3_client(emulator);
    auto quick = v3_client(emulator);
    slow.set_header("Idempotency-Key", "order-1");
    slow.set_timeout(std::chrono::milliseconds(500));
    quick.set_header("Idempotency-Key", "order-1");
    testing::Fault fault;
    fault.kind = testing::FaultKind::stall;
    emulator.add_fault(fault);
    std::thread first([&] { slow.post("/v3/contacts", {{"phone_number", "+12025550123"}}); });
    EXPECT_TRUE(eventually([&] { return emulator.requests() == 1; }));
    Answer answer;
    EXPECT_TRUE(eventually([&] {
        answer = quick.post("/v3/contacts", {{"phone_number", "+12025550123"}});
        return answer.status == 409;
    }));
    expect_refusal(answer, 409, "CONFLICT_001");
    first.join();
    EXPECT_TRUE(eventually([&] {
        answer = quick.post("/v3/contacts", {{"phone_number", "+12025550123"}});
        return answer.status == 201;
    }));
    EXPECT_EQ(header_of(answer, "Idempotent-Replayed"), "true");
}

TEST_F(EmulatorV3Access, WaitsForTheRequestThatHasTheKey) {
    auto other = v3_client(emulator);
    client.set_header("Idempotency-Key", "order-1");
    other.set_header("Idempotency-Key", "order-1");
    testing::Fault fault;
    fault.kind = testing::FaultKind::delay;
    fault.delay = std::chrono::milliseconds(100);
    emulator.add_fault(fault);
    std::thread first([&] {
        EXPECT_EQ(client.post("/v3/contacts", {{"phone_number", "+12025550123"}}).status, 201);
    });
    EXPECT_TRUE(eventually([&] { return emulator.requests() == 1; }));
    const auto answer = other.post("/v3/contacts", {{"phone_number", "+12025550123"}});
    first.join();
    EXPECT_EQ(answer.status, 201);
}

TEST_F(EmulatorV3Access, SpeaksItsOwnWordsInFaultsAndTakesCodes) {
    testing::Fault fault;
    fault.status = 503;
    emulator.add_fault(fault);
    expect_refusal(client.get("/v3/contacts"), 503, "INTERNAL_005");
    fault = {};
    fault.code = "SERVICE_001";
    emulator.add_fault(fault);
    expect_refusal(client.get("/v3/contacts"), 503, "SERVICE_001");
    const auto refused = client.post("/_emulator/faults", {{"kind", "status"}, {"code", "NONSENSE_1"}});
    EXPECT_EQ(refused.status, 400);
    EXPECT_EQ(client.post("/_emulator/faults", {{"kind", "status"}, {"code", "CONFLICT_001"}}).status, 200);
    expect_refusal(client.get("/v3/contacts"), 409, "CONFLICT_001");
}

TEST_F(EmulatorV3Access, SimulatesWritesInSandboxMode) {
    const auto answer = client.post("/v3/contacts", {{"phone_number", "+12025550123"}, {"sandbox", true}});
    EXPECT_EQ(answer.status, 201);
    EXPECT_EQ(header_of(answer, "X-Sandbox"), "true");
    EXPECT_EQ(client.get("/v3/contacts").json()["data"]["pagination"]["total_count"], 3);
    expect_refusal(client.post("/v3/contacts", {{"phone_number", "2025550123"}, {"sandbox", true}}), 400,
                   "VALIDATION_002");
    expect_refusal(client.post("/v3/contacts", {{"phone_number", "+12025550123"}, {"sandbox", 1}}), 400,
                   "VALIDATION_001");
    const auto real = client.post("/v3/contacts", {{"phone_number", "+12025550123"}});
    EXPECT_EQ(header_of(real, "X-Sandbox"), "");
}

TEST_F(EmulatorV3Access, LimitsRequestsOnceItIsToldTo) {
    testing::EmulatorRateLimits limits;
    limits.standard = 2;
    emulator.set_rate_limits(limits);
    EXPECT_EQ(header_of(client.get("/v3/contacts"), "X-RateLimit-Remaining"), "1");
    EXPECT_EQ(client.get("/v3/contacts").status, 200);
    const auto answer = client.get("/v3/contacts");
    expect_refusal(answer, 429, "BUSINESS_002");
    EXPECT_EQ(header_of(answer, "X-RateLimit-Limit"), "2");
    EXPECT_EQ(header_of(answer, "X-RateLimit-Remaining"), "0");
    EXPECT_GT(std::stoll(header_of(answer, "X-RateLimit-Reset")), 1700000000);
    const int wait = std::stoi(header_of(answer, "Retry-After"));
    EXPECT_LE(wait, 60);
    emulator.advance(std::chrono::seconds(wait));
    EXPECT_EQ(client.get("/v3/contacts").status, 200);
    emulator.reset();
    EXPECT_EQ(header_of(client.get("/v3/contacts"), "X-RateLimit-Limit"), "");
}

TEST_F(EmulatorV3Access, IsToldItsLimitsOverHttp) {
    EXPECT_EQ(client.post("/_emulator/rate-limits", {{"standard", 1}}).json(),
              (Json{{"standard", 1}, {"sensitive", 0}, {"messages", 0}}));
    EXPECT_EQ(client.get("/_emulator/rate-limits").json()["standard"], 1);
    EXPECT_EQ(client.post("/_emulator/rate-limits", {{"standrad", 1}}).status, 400);
    EXPECT_EQ(client.post("/_emulator/rate-limits", {{"standard", -1}}).status, 400);
    EXPECT_EQ(client.get("/v3/contacts").status, 200);
    EXPECT_EQ(client.get("/v3/contacts").status, 429);
}

TEST_F(EmulatorV3Access, KeepsAProfilesRowsToItself) {
    const auto profile = emulator.seeds().profiles.at(0).id;
    auto own = v3_client(emulator);
    own.set_header("x-api-key", emulator.profile_api_key());
    client.set_header("x-profile-id", profile);
    const auto made = client.post("/v3/contacts", {{"phone_number", "+14155550100"}});
    ASSERT_EQ(made.status, 201);
    EXPECT_EQ(header_of(made, "X-Profile-Id"), profile);
    const auto path = "/v3/contacts/" + made.json()["data"]["id"].get<std::string>();
    EXPECT_EQ(client.get("/v3/contacts").json()["data"]["pagination"]["total_count"], 1);
    EXPECT_EQ(own.get(path).json()["data"]["phone_number"], "+14155550100");
    EXPECT_EQ(header_of(own.get(path), "X-Profile-Id"), profile);
    client.set_header("x-profile-id", "");
    expect_refusal(client.get(path), 404, "RESOURCE_001");
    EXPECT_EQ(client.get("/v3/contacts").json()["data"]["pagination"]["total_count"], 3);
    client.set_header("x-sender-id", emulator.sender_id());
    EXPECT_EQ(client.get("/v2/contacts").json()["totalCount"], 3);
}

TEST_F(EmulatorV3Access, RefusesProfilesThatAreNotThere) {
    client.set_header("x-profile-id", "me");
    expect_refusal(client.get("/v3/contacts"), 400, "VALIDATION_003");
    client.set_header("x-profile-id", "11111111-2222-4333-8444-555555555555");
    expect_refusal(client.get("/v3/contacts"), 404, "RESOURCE_014");
    client.set_header("x-profile-id", emulator.seeds().profiles.at(0).id);
    client.set_header("x-api-key", emulator.profile_api_key());
    expect_refusal(client.get("/v3/contacts"), 403, "AUTH_004");
}

TEST_F(EmulatorV3Access, CountsPagesFromOne) {
    const auto pages = client.get("/v3/contacts?page=2&page_size=2").json()["data"]["pagination"];
    EXPECT_EQ(pages, (Json{{"page", 2},
                           {"page_size", 2},
                           {"total_count", 3},
                           {"total_pages", 2},
                           {"has_more", false},
                           {"cursors", nullptr}}));
    EXPECT_EQ(client.get("/v3/contacts?page=1&page_size=2").json()["data"]["pagination"]["has_more"], true);
    EXPECT_EQ(client.get("/v3/contacts?page=3&page_size=2").json()["data"]["contacts"], Json::array());
    EXPECT_EQ(client.get("/v3/contacts").json()["data"]["pagination"]["page_size"], 20);
    for (const char* query : {"page=0", "page=-1", "page_size=0", "page_size=1001"}) {
        expect_refusal(client.get(std::string("/v3/contacts?") + query), 400, "VALIDATION_005");
    }
    expect_refusal(client.get("/v3/contacts?page=one"), 400, "VALIDATION_001");
    EXPECT_THAT(client.get("/v3/contacts?page=2147483647&page_size=1000").body, Not(HasSubstr("phone")));
}

}  // namespace
}  // namespace sent::test
