#include <regex>
#include <string>

#include <gtest/gtest.h>

#include "testing/emulator/webhook_signing.hpp"

namespace sent::test {
namespace {

using testing::emulator::make_webhook_secret;
using testing::emulator::sign_webhook;

constexpr auto secret = "whsec_c2VudC1jcHAtc2RrLXRlc3Qtc2lnbmluZy1rZXktMDE=";
constexpr auto endpoint = "7ba7b820-9dad-11d1-80b4-00c04fd430c8";

// The vectors of the reference.

TEST(EmulatorWebhookSigning, SignsAnEvent) {
    const auto* body =
        R"({"field":"message","event":"message.delivered","timestamp":"2025-10-31T10:10:42Z","payload":)"
        R"({"account_id":"7ba7b820-9dad-11d1-80b4-00c04fd430c8","message_id":"8ba7b830-9dad-11d1-80b4-00c04fd430c8",)"
        R"("message_status":"DELIVERED","channel":"sms","outbound_number":"+12025550123","template_id":null,)"
        R"("updated_at":"2025-10-31T10:10:41Z"}})";
    EXPECT_EQ(sign_webhook(secret, endpoint, "1761905442", body),
              "v1,4ibYpF2aJrvDudp8FkpCNfYAuIZaePDNXsQ4HMPXm78=");
}

TEST(EmulatorWebhookSigning, SignsAnEmptyBody) {
    EXPECT_EQ(sign_webhook(secret, endpoint, "1761905442", ""),
              "v1,zj7Mtd030/jjMi148UdeInPBja+GIOWYZ83Q8yahFMo=");
}

TEST(EmulatorWebhookSigning, SignsBytesRatherThanCharacters) {
    const auto* body =
        R"({"field":"message","event":"message.received","timestamp":"2026-03-14T09:22:11Z","payload":)"
        R"({"message_id":"6c1b0a99-2d7e-4c3e-8a5f-9f4e6a2c0b1d","channel":"whatsapp","text":"Café ☕ ok",)"
        R"("received_at":"2026-03-14T09:22:10Z","updated_at":"2026-03-14T09:22:10Z"}})";
    EXPECT_EQ(sign_webhook(secret, endpoint, "1773480131", body),
              "v1,H1PlBGY0C4RKSjiG5Y/w/VD0weXWByar6kzgQ2LaFI4=");
}

TEST(EmulatorWebhookSigning, ReadsAllOfBase64) {
    EXPECT_EQ(sign_webhook("whsec_6Onq6+zt7u/w8fLz9PX29/j5+vv8/f7/", "wh_1", "0", "{}"),
              "v1,+cPbjULU/axP2uMxxJt+K/8iBuequz0o8aI8ewro5JM=");
}

TEST(EmulatorWebhookSigning, ReadsAKeyOfAnyLength) {
    EXPECT_EQ(sign_webhook("whsec_dGVzdC13ZWJob29rLXNlY3JldA==", endpoint, "1761905442",
                           R"({"field":"message","event":"message.delivered",)"
                           R"("payload":{"message_id":"m1","message_status":"DELIVERED"}})"),
              "v1,L7lN360yN5aOMA/Da1cQhnfoZ82hiQDo+fYAsmo0vO4=");
}

TEST(EmulatorWebhookSigning, MakesAnotherSecretEachTime) {
    const auto one = make_webhook_secret();
    EXPECT_TRUE(std::regex_match(one, std::regex("whsec_[A-Za-z0-9+/]{43}="))) << one;
    EXPECT_NE(make_webhook_secret(), one);
    EXPECT_EQ(sign_webhook(one, endpoint, "0", "").size(), 47U);
}

}  // namespace
}  // namespace sent::test
