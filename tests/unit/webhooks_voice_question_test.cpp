// Questions about calls: their signature, their members, and what a receiver answers to bad ones.
#include <memory>
#include <string>

#include <gtest/gtest.h>

#include <sent/testing/fake_clock.hpp>
#include <sent/webhooks/signer.hpp>
#include <sent/webhooks/verifier.hpp>
#include <sent/webhooks/voice_question.hpp>

namespace sent::webhooks {
namespace {

constexpr auto secret = "whsec_c2VudC1jcHAtc2RrLXRlc3Qtc2lnbmluZy1rZXktMDE=";
constexpr auto other_secret = "whsec_c2VudC1jcHAtc2RrLXRlc3Qtc2lnbmluZy1rZXktMDI=";

const std::string inbound =
    R"({"type":"call.request","version":"1","callId":"call_5b1d7c20-3e4f-4a61-9b82-7c0d1e2f3a4b",)"
    R"("number":"+12025550141","timestamp":"2026-11-20T09:10:00Z","direction":"inbound",)"
    R"("from":{"kind":"number","number":"+12025550123"},"to":{"kind":"number","number":"+12025550141"}})";
const std::string outbound =
    R"({"type":"call.request","version":"1","callId":"call_6c2e8d31-4f50-4b72-8c93-8d1e2f3a4b5c",)"
    R"("number":"+12025550141","timestamp":"2026-11-20T09:11:00Z","direction":"outbound","test":true,)"
    R"("from":{"kind":"user","identity":"agent-7"},"to":{"kind":"number","number":"+12025550123"}})";

TEST(VoiceQuestion, HasEveryMember) {
    const auto question = parse_voice_question(inbound);
    ASSERT_TRUE(question) << question.error();
    EXPECT_EQ(question->type, VoiceQuestionType::call_request);
    EXPECT_EQ(question->version, "1");
    EXPECT_EQ(question->call_id, "call_5b1d7c20-3e4f-4a61-9b82-7c0d1e2f3a4b");
    EXPECT_EQ(question->number, "+12025550141");
    EXPECT_EQ(question->timestamp, parse_timestamp("2026-11-20T09:10:00Z"));
    EXPECT_EQ(question->direction, CallDirection::inbound);
    EXPECT_EQ(question->from.kind, CallPartyKind::number);
    EXPECT_EQ(question->from.number, "+12025550123");
    EXPECT_FALSE(question->from.identity);
    EXPECT_EQ(question->to.number, "+12025550141");
    EXPECT_FALSE(question->test);
    EXPECT_EQ(question->raw.text, inbound);
}

TEST(VoiceQuestion, MayComeFromAUserAsATest) {
    const auto question = parse_voice_question(outbound);
    ASSERT_TRUE(question) << question.error();
    EXPECT_EQ(question->direction, CallDirection::outbound);
    EXPECT_EQ(question->from.kind, CallPartyKind::user);
    EXPECT_EQ(question->from.identity, "agent-7");
    EXPECT_FALSE(question->from.number);
    EXPECT_TRUE(question->test);
}

TEST(VoiceQuestion, MayHaveUnknownMembersAndValues) {
    const std::string body =
        R"({"type":"call.input","callId":"call_1","digits":"3","direction":"sideways","test":null,)"
        R"("from":{"kind":"anonymous","flag":1},"to":{"kind":"conference","room":"r"},"timestamp":"noon"})";
    const auto question = parse_voice_question(body);
    ASSERT_TRUE(question) << question.error();
    EXPECT_EQ(question->type, VoiceQuestionType::call_input);
    EXPECT_EQ(question->direction.str(), "sideways");
    EXPECT_EQ(question->from.kind, CallPartyKind::anonymous);
    EXPECT_EQ(question->to.kind, CallPartyKind::conference);
    EXPECT_FALSE(question->timestamp);
    EXPECT_FALSE(question->test);
    EXPECT_EQ(question->raw.text, body) << "the key is in a member that no document names";
}

TEST(VoiceQuestion, MayBeEmpty) {
    const auto question = parse_voice_question("{}");
    ASSERT_TRUE(question) << question.error();
    EXPECT_TRUE(question->type.empty());
    EXPECT_EQ(question->call_id, "");
    EXPECT_TRUE(question->from.kind.empty());
}

TEST(VoiceQuestion, IsRefusedIfItCannotBeRead) {
    const std::string long_id = R"({"callId":"+1202555)" + std::string(94, '0') + "\"}";
    for (const std::string& body : {std::string{}, std::string{"null"}, std::string{"[]"},
                                    std::string{R"({"type":"call.re)"}, long_id}) {
        const auto question = parse_voice_question(body);
        ASSERT_FALSE(question) << body;
        EXPECT_EQ(question.error().kind, ErrorKind::undecodable) << body;
        EXPECT_EQ(response_status(question.error()), 400) << body;
        EXPECT_EQ(question.error().message.find("1202555"), std::string::npos) << question.error();
    }
    EXPECT_TRUE(parse_voice_question(R"({"callId":")" + std::string(100, 'c') + "\"}"));
}

class VoiceQuestions : public ::testing::Test {
  protected:
    [[nodiscard]] Headers sign(std::string_view body, const char* with = secret) const {
        return Signer{{with, "7ba7b820-9dad-11d1-80b4-00c04fd430c8", clock_}}.sign(body).value();
    }
    [[nodiscard]] Verifier verifier() const {
        VerifierOptions options;
        options.secrets = secret;
        options.clock = clock_;
        return Verifier{options};
    }

    std::shared_ptr<testing::FakeClock> clock_ = std::make_shared<testing::FakeClock>();
};

TEST_F(VoiceQuestions, AreVerifiedLikeEvents) {
    const auto question = verifier().verify_question(sign(inbound), inbound);
    ASSERT_TRUE(question) << question.error();
    EXPECT_EQ(question->from.number, "+12025550123");
}

TEST_F(VoiceQuestions, AreSignedAnewForTheRetry) {
    const auto first = sign(inbound);
    clock_->advance(std::chrono::milliseconds{2500});
    auto second = sign(inbound);
    second.add("X-Sent-Retry", "1");
    const HeaderView headers{second};
    EXPECT_NE(headers.get(header_names::timestamp), HeaderView{first}.get(header_names::timestamp));
    EXPECT_EQ(headers.get(header_names::voice_retry), "1");
    EXPECT_TRUE(verifier().verify_question(second, inbound));
}

TEST_F(VoiceQuestions, AreNotAnsweredWithoutProof) {
    const auto status_of = [](const Result<VoiceQuestion>& question) {
        return question ? 200 : response_status(question.error());
    };
    const auto good = sign(inbound);
    EXPECT_EQ(status_of(verifier().verify_question(sign(inbound, other_secret), inbound)), 401);
    EXPECT_EQ(status_of(verifier().verify_question(good, outbound)), 401);
    EXPECT_EQ(status_of(verifier().verify_question(Headers{}, inbound)), 401);
    EXPECT_EQ(status_of(verifier().verify_question(sign("no JSON"), "no JSON")), 400);
    EXPECT_EQ(status_of(Verifier{{}}.verify_question(good, inbound)), 500);
    clock_->advance(std::chrono::seconds{301});
    const auto replayed = verifier().verify_question(good, inbound);
    EXPECT_EQ(status_of(replayed), 401);
    EXPECT_EQ(replayed.error().code, "WEBHOOK_TOO_OLD");
}

}  // namespace
}  // namespace sent::webhooks
