#include <functional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "integration/emulator_client.hpp"

namespace sent::test {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

class EmulatorAccess : public ::testing::Test {
  protected:
    testing::Emulator emulator;
    OtherClient client{emulator};
};

Json unauthorized(const char* detail) {
    return {{"status", 401}, {"title", "Unauthorized"}, {"detail", detail}};
}

TEST_F(EmulatorAccess, MakesUpKeysAndAPort) {
    ASSERT_TRUE(emulator) << emulator.error();
    EXPECT_EQ(emulator.error(), "");
    EXPECT_EQ(emulator.base_url(), "http://127.0.0.1:" + std::to_string(emulator.port()));
    EXPECT_NE(emulator.port(), 0);
    EXPECT_NE(emulator.api_key(), emulator.forbidden_api_key());
    EXPECT_EQ(emulator.sender_id().size(), 36U);
}

TEST_F(EmulatorAccess, TakesTheKeysThatItIsGiven) {
    testing::EmulatorOptions options;
    options.api_key = "key";
    options.sender_id = "0F3C2A71-5B1E-4C7D-9A44-2D8E61B7C903";
    options.forbidden_api_key = "other";
    const testing::Emulator own(options);
    OtherClient user(own);
    user.set_header("x-sender-id", "0f3c2a71-5b1e-4c7d-9a44-2d8e61b7c903");
    EXPECT_EQ(user.get("/v2/contacts").status, 200);
}

TEST_F(EmulatorAccess, NamesTheMissingHeader) {
    client.set_header("x-sender-id", "");
    EXPECT_EQ(client.get("/v2/contacts").json(), unauthorized("Header x-sender-id not found"));
    client.set_header("x-api-key", "");
    const auto answer = client.get("/v1/contacts");
    EXPECT_EQ(answer.status, 401);
    EXPECT_EQ(answer.json(), unauthorized("Header x-api-key not found"));
}

TEST_F(EmulatorAccess, RefusesAMalformedAndAnUnknownSender) {
    for (const char* sender : {"me", "0f3c2a71-5b1e-4c7d-9a44-2d8e61b7c903"}) {
        client.set_header("x-sender-id", sender);
        const auto answer = client.get("/v1/templates");
        EXPECT_EQ(answer.status, 401);
        EXPECT_EQ(answer.json(), unauthorized("Invalid x-sender-id"));
    }
}

TEST_F(EmulatorAccess, RefusesAnUnknownKeyWithoutProcessingTheRequest) {
    client.set_header("x-api-key", "wrong");
    const auto answer = client.post("/v1/messages/contact", guide_message());
    EXPECT_EQ(answer.status, 401);
    EXPECT_EQ(answer.json(), unauthorized("Invalid API credentials!"));
    EXPECT_EQ(emulator.accepted_messages(), 0U);
}

TEST_F(EmulatorAccess, TakesHeaderValuesAsTheyAre) {
    client.set_header("x-api-key", "%" + emulator.api_key());
    EXPECT_EQ(client.get("/v1/contacts").status, 401);
}

TEST_F(EmulatorAccess, AnswersTheForbiddenKeyWithAnEmpty403OnEverything) {
    client.set_header("x-api-key", emulator.forbidden_api_key());
    const std::string body = guide_message().dump();
    for (const auto& [method, path] :
         std::vector<std::pair<std::string, std::string>>{{"POST", "/v1/messages/contact"},
                                                          {"GET", "/v1/contacts"},
                                                          {"GET", "/v2/templates"},
                                                          {"POST", "/v2/messages/quick-message"},
                                                          {"GET", "/v1/unheard-of"}}) {
        const auto answer = client.send(method, path, method == "POST" ? &body : nullptr);
        EXPECT_EQ(answer.status, 403) << path;
        EXPECT_EQ(answer.body, "") << path;
    }
    EXPECT_EQ(emulator.accepted_messages(), 0U);
}

TEST_F(EmulatorAccess, AnswersUnknownPathsWithAJson404) {
    for (const char* path : {"/", "/v1", "/v1/messages", "/v2/contacts/", "//v2/contacts", "/v4/contacts"}) {
        const auto answer = client.get(path);
        EXPECT_EQ(answer.status, 404) << path;
        EXPECT_EQ(answer.json()["status"], 404) << path;
        EXPECT_THAT(answer.content_type, StartsWith("application/problem+json"));
    }
}

TEST_F(EmulatorAccess, NamesTheMethodsOfAPath) {
    const std::string none;
    const auto answer = client.send("PUT", "/v2/templates", &none);
    EXPECT_EQ(answer.status, 405);
    EXPECT_EQ(answer.json()["title"], "Method Not Allowed");
    EXPECT_THAT(answer.head, HasSubstr("Allow: GET, POST\r\n"));
    EXPECT_EQ(client.send("HEAD", "/v1/contacts", nullptr).status, 405);
    // The connection goes on: the reply to HEAD had no body.
    EXPECT_EQ(client.get("/v1/contacts").status, 200);
}

TEST_F(EmulatorAccess, OpensV1ToBrowsers) {
    const auto preflight = client.send("OPTIONS", "/v1/messages/contact", nullptr);
    EXPECT_EQ(preflight.status, 204);
    EXPECT_THAT(preflight.head, HasSubstr("Access-Control-Allow-Headers: *\r\n"));
    EXPECT_THAT(client.get("/v1/contacts").head, HasSubstr("Access-Control-Allow-Origin: *\r\n"));
}

TEST_F(EmulatorAccess, WantsJson) {
    for (const char* text : {"", "{", "[]", "null", "{\"contactId\":\"\xff\"}"}) {
        const auto answer = client.post_text("/v1/messages/contact", text);
        EXPECT_EQ(answer.status, 400) << text;
        EXPECT_TRUE(answer.json()["errors"].contains("body")) << text;
    }
    const std::string deep = "{\"a\":" + std::string(200000, '[') + std::string(200000, ']') + '}';
    EXPECT_EQ(client.post_text("/v1/messages/contact", deep).status, 400);
    client.set_header("Content-Type", "text/plain");
    EXPECT_EQ(client.post("/v1/messages/contact", guide_message()).status, 415);
    EXPECT_EQ(emulator.accepted_messages(), 0U);
}

TEST_F(EmulatorAccess, SaysWhyItCanNotListen) {
    testing::EmulatorOptions options;
    options.port = emulator.port();
    const testing::Emulator second(options);
    EXPECT_FALSE(second);
    EXPECT_THAT(second.error(),
                StartsWith("cannot listen on 127.0.0.1:" + std::to_string(emulator.port()) + ": Address"));
}

TEST_F(EmulatorAccess, SaysWhatIsWrongWithTheOptions) {
    const auto error_for = [](const std::function<void(testing::EmulatorOptions&)>& change) {
        testing::EmulatorOptions options;
        change(options);
        const testing::Emulator broken(options);
        EXPECT_FALSE(broken);
        return broken.error();
    };
    EXPECT_THAT(error_for([](auto& options) { options.sender_id = "me"; }), HasSubstr("sender_id"));
    EXPECT_THAT(error_for([](auto& options) { options.port = 65536; }), HasSubstr("port"));
    EXPECT_THAT(error_for([](auto& options) { options.api_key = "a\nb"; }), HasSubstr("api_key"));
    EXPECT_THAT(error_for([](auto& options) { options.api_key = options.forbidden_api_key = "same"; }),
                HasSubstr("differ"));
    EXPECT_THAT(error_for([](auto& options) { options.host = "no such host.invalid"; }),
                StartsWith("cannot listen on"));
}

TEST_F(EmulatorAccess, LogsRoutesAndNeitherKeysNorNumbers) {
    testing::EmulatorOptions options;
    std::vector<std::string> lines;
    options.log = [&lines](std::string_view line) { lines.emplace_back(line); };
    testing::Emulator own(options);
    OtherClient user(own);
    user.get("/v1/contacts/phone?phoneNumber=%2B14155550100");
    user.get("/+14155550100");
    own.stop();
    EXPECT_EQ(lines, (std::vector<std::string>{"GET /v1/contacts/phone -> 200", "GET (other) -> 404"}));
}

}  // namespace
}  // namespace sent::test
