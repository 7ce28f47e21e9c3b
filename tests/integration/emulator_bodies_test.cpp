// A2, B8: bodies that would take the emulator much memory or time, and texts cut within an emoji.

#include <gtest/gtest.h>

#include <cstddef>
#include <ctime>
#include <string>

#include "emulator_client.hpp"
#include "emulator_v3_client.hpp"
#include "faults/memory.hpp"
#include "support/sanitized.hpp"

namespace sent::test {
namespace {

constexpr std::size_t mib = 1024U * 1024U;

std::string repeated(const std::string& head, const std::string& element, const std::string& tail) {
    std::string text = head;
    while (text.size() + element.size() + tail.size() < 8 * mib) {
        text += element;
    }
    text.pop_back();
    return text + tail;
}

TEST(A2_EmulatorBodies, ThatWouldExhaustItAreRefused) {
    testing::Emulator emulator;
    auto v3 = v3_client(emulator);
    OtherClient v1{emulator};
    std::string members = R"({"to":["+14155550100"],"text":"Hi")";
    for (int i = 0; members.size() < 7 * mib; ++i) {
        members += ",\"" + std::to_string(i) + "\":0";
    }
    members += '}';
    const std::string bodies[] = {
        repeated(R"({"to":[)", "{},", "]}"),
        repeated(R"({"to":[)", "[],", "]}"),
        repeated(R"({"to":[)", "0,", "]}"),
        members,
    };
    const PeakMemory peak;
    for (const auto& body : bodies) {
        const auto began = std::clock();  // processor time: other programs do not count
        expect_refusal(v3.post_text("/v3/messages", body), 400, "VALIDATION_001");
        EXPECT_EQ(v1.post_text("/v1/messages/contact", body).status, 400);
        EXPECT_LT((std::clock() - began) / CLOCKS_PER_SEC, 10);
    }
    EXPECT_LT(peak.growth_in_mib(), 64 + memory_slack);
    EXPECT_EQ(emulator.accepted_messages(), 0U);
}

TEST(A2_EmulatorBodies, OfAThousandRecipientsAreTaken) {
    testing::Emulator emulator;
    auto client = v3_client(emulator);
    Json body{{"text", "Hi"}, {"channel", Json::array({"sms"})}, {"to", Json::array()}};
    for (int i = 0; i < 1000; ++i) {
        body["to"].push_back("+1415555" + std::to_string(1000 + i));
    }
    EXPECT_EQ(client.post("/v3/messages", body).status, 202);
}

TEST(B8_LoneSurrogate, InARequestToTheEmulatorLosesOnlyItsCharacter) {
    testing::Emulator emulator;
    auto client = v3_client(emulator);
    const auto answer = client.post_text(
        "/v3/messages",
        R"({"to":["+14155550100"],"channel":["sms"],"text":"Hi \ud83d","\udc00":"\ud83d\ude00"})");
    ASSERT_EQ(answer.status, 202) << answer.body;
    EXPECT_EQ(answer.json()["data"]["recipients"][0]["body"], "Hi \xEF\xBF\xBD");
    EXPECT_EQ(client.post_text("/v3/messages", R"({"to":["+14155550100"],"text":"Hi \ud8"})").status, 400);
}

}  // namespace
}  // namespace sent::test
