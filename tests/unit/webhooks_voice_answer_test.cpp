// Answers to questions about calls: what is written, and what is refused.
#include <limits>
#include <string>

#include <gtest/gtest.h>

#include <sent/webhooks/voice_answer.hpp>

namespace sent::webhooks {
namespace {

/// The answer's JSON, or what was wrong with it.
std::string json_of(const Result<VoiceAnswer>& answer) {
    return answer ? answer->json() : answer.error().message;
}

TEST(VoiceAnswer, ConnectsToAUser) {
    EXPECT_EQ(json_of(VoiceAnswer::connect_to_user({"agent-7"})),
              R"({"action":{"action":"connectToUser","identity":"agent-7"}})");
    EXPECT_EQ(json_of(VoiceAnswer::connect_to_user({"agent-7", false})),
              R"({"action":{"action":"connectToUser","identity":"agent-7","record":false}})");
}

TEST(VoiceAnswer, ConnectsToANumber) {
    EXPECT_EQ(json_of(VoiceAnswer::connect_to_number({"+12025550123"})),
              R"({"action":{"action":"connectToNumber","number":"+12025550123"}})");
    EXPECT_EQ(json_of(VoiceAnswer::connect_to_number({"+12025550123", "+12025550141", 30, true})),
              R"({"action":{"action":"connectToNumber","number":"+12025550123","callerId":"+12025550141",)"
              R"("dialTimeoutSeconds":30,"record":true}})");
}

TEST(VoiceAnswer, Rejects) {
    EXPECT_EQ(VoiceAnswer::reject().json(), R"({"action":{"action":"reject","reason":"declined"}})");
    EXPECT_EQ(VoiceAnswer::reject(RejectReason::busy).json(),
              R"({"action":{"action":"reject","reason":"busy"}})");
}

TEST(VoiceAnswer, TakesOtherActionsAsText) {
    EXPECT_EQ(json_of(VoiceAnswer::action("connectToConference", R"({"room":"a","nested":{"action":1}})")),
              R"({"action":{"action":"connectToConference","room":"a","nested":{"action":1}}})");
    EXPECT_EQ(json_of(VoiceAnswer::action("hold")), R"({"action":{"action":"hold"}})");
    EXPECT_EQ(json_of(VoiceAnswer::action("hold", "{}")), R"({"action":{"action":"hold"}})");
}

TEST(VoiceAnswer, HasInstructionsInOrder) {
    const auto plain = VoiceAnswer::reject();
    const auto recorded = plain.with_instruction(R"({"name":"startRecording"})");
    ASSERT_TRUE(recorded) << recorded.error();
    EXPECT_EQ(json_of(recorded->with_instruction(R"({"name":"say", "text":"Hi"})")),
              R"({"instructions":[{"name":"startRecording"},{"name":"say", "text":"Hi"}],)"
              R"("action":{"action":"reject","reason":"declined"}})");
    EXPECT_EQ(plain.json(), VoiceAnswer::reject().json()) << "the first answer is unchanged";
}

TEST(VoiceAnswer, IsRefusedIfItIsUnusable) {
    const auto with = [](std::string_view members) { return VoiceAnswer::action("playMenu", members); };
    const Result<VoiceAnswer> answers[] = {
        VoiceAnswer::connect_to_user({}),
        VoiceAnswer::connect_to_user({"agent 7 s3cret"}),
        VoiceAnswer::connect_to_user({std::string(201, 'a')}),
        VoiceAnswer::connect_to_number({}),
        VoiceAnswer::connect_to_number({"12025550999"}),
        VoiceAnswer::connect_to_number({"+1 202 5550999"}),
        VoiceAnswer::connect_to_number({"+02025550999"}),
        VoiceAnswer::connect_to_number({"+1202555099912025"}),
        VoiceAnswer::connect_to_number({"+12025550123", ""}),
        VoiceAnswer::connect_to_number({"+12025550123", "2025550999"}),
        VoiceAnswer::connect_to_number({"+12025550123", {}, 0}),
        VoiceAnswer::action(""),
        VoiceAnswer::action("play\xFF"),
        with("[]"),
        with("null"),
        with("s3cret"),
        with(R"({"a":1)"),
        with(R"({"a":"\ud83d"})"),
        with(R"({"action":"s3cret"})"),
        with(R"({"action":null})"),
        VoiceAnswer::reject().with_instruction(""),
        VoiceAnswer::reject().with_instruction("[]"),
        VoiceAnswer::reject().with_instruction("startRecording"),
    };
    for (const auto& answer : answers) {
        const auto index = &answer - answers;
        ASSERT_FALSE(answer) << index << ": " << answer->json();
        EXPECT_EQ(answer.error().kind, ErrorKind::invalid_request) << index;
        EXPECT_EQ(answer.error().outcome, Outcome::not_sent) << index;
        EXPECT_EQ(answer.error().message.find("s3cret"), std::string::npos) << index;
        EXPECT_EQ(answer.error().message.find("0999"), std::string::npos) << index;
        EXPECT_FALSE(answer.error().message.empty()) << index;
    }
    EXPECT_EQ(json_of(with("[]")), "the voice answer cannot be used: extra members: not a JSON object");
    EXPECT_EQ(json_of(VoiceAnswer::action("")),
              "the voice answer cannot be used: the action has no name: pass one");
}

TEST(VoiceAnswer, AllowsTheBounds) {
    EXPECT_TRUE(VoiceAnswer::connect_to_user({std::string(200, 'a')}));
    EXPECT_TRUE(VoiceAnswer::connect_to_user({"Aa0_-"}));
    EXPECT_TRUE(VoiceAnswer::connect_to_number({"+123456789012345"}));
    EXPECT_TRUE(VoiceAnswer::connect_to_number({"+12025550123", {}, 1}));
    EXPECT_TRUE(
        VoiceAnswer::connect_to_number({"+12025550123", {}, std::numeric_limits<std::int32_t>::max()}));
}

}  // namespace
}  // namespace sent::webhooks
