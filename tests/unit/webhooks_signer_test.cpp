#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <regex>
#include <string>

#include <sent/testing/fake_clock.hpp>
#include <sent/webhooks/signer.hpp>
#include <sent/webhooks/verifier.hpp>

#include "support/webhook_vectors.hpp"

namespace sent::test {
namespace {

using webhooks::make_secret;
using webhooks::Signer;
using webhooks::Verdict;
using webhooks::Verifier;

TEST(WebhooksSigner, SignsTheVectorsOfTheContract) {
    for (const auto& vector : webhook_vectors) {
        const Signer signer{{vector.secret, std::string{vector.id}}};
        EXPECT_EQ(signer.signature(vector.timestamp, vector.body).value(), vector.signature) << vector.name;
    }
}

TEST(WebhooksSigner, GivesTheHeadersOfADelivery) {
    auto clock = std::make_shared<testing::FakeClock>();
    const Signer signer{{webhook_secret, "wh_1", clock}};
    const auto three = signer.sign("{}").value();
    EXPECT_EQ(three.size(), 3U);
    EXPECT_EQ(three.get("x-webhook-id"), "wh_1");
    EXPECT_EQ(three.get("x-webhook-timestamp"), "1767225600");
    EXPECT_EQ(three.get("x-webhook-signature"), signer.signature("1767225600", "{}").value());

    const auto five = signer.sign("{}", {"message.delivered", "e1"}).value();
    EXPECT_EQ(five.size(), 5U);
    EXPECT_EQ(five.get("x-webhook-event-type"), "message.delivered");
    EXPECT_EQ(five.get("x-webhook-event-id"), "e1");
}

TEST(WebhooksSigner, SignsWhatTheVerifierAccepts) {
    const auto secret = make_secret().value();
    const Signer signer{{secret, "wh_1"}};
    const Verifier verifier({secret});
    for (const std::string& body : {std::string{}, std::string("\0\n\xFF", 3), std::string(100'000, 'x')}) {
        EXPECT_EQ(verifier.check(signer.sign(body).value(), body), Verdict::valid);
    }
}

TEST(WebhooksSigner, ReportsABadSecret) {
    const auto made = Signer{{"whsec_!", "wh_1"}}.sign("{}");
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().kind, ErrorKind::configuration);
    EXPECT_THAT(made.error().message, ::testing::HasSubstr("not base64"));
}

TEST(WebhooksSigner, MakesAnotherSecretEachTime) {
    const auto one = make_secret().value();
    EXPECT_TRUE(std::regex_match(std::string{one.reveal()}, std::regex("whsec_[A-Za-z0-9+/]{43}=")));
    EXPECT_NE(make_secret().value(), one);
}

}  // namespace
}  // namespace sent::test
