#pragma once

#include <array>
#include <string_view>

/// @file
/// The vectors of the webhooks contract, section 1.

namespace sent::test {

struct WebhookVector {
    std::string_view name{};
    std::string_view secret{};
    std::string_view id{};
    std::string_view timestamp{};
    std::string_view body{};
    std::string_view signature{};
};

inline constexpr std::string_view webhook_secret = "whsec_c2VudC1jcHAtc2RrLXRlc3Qtc2lnbmluZy1rZXktMDE=";
inline constexpr std::string_view webhook_endpoint = "7ba7b820-9dad-11d1-80b4-00c04fd430c8";

inline constexpr std::array<WebhookVector, 6> webhook_vectors = {{
    {"Delivered", webhook_secret, webhook_endpoint, "1761905442",
     R"({"field":"message","event":"message.delivered","timestamp":"2025-10-31T10:10:42Z","payload":)"
     R"({"account_id":"7ba7b820-9dad-11d1-80b4-00c04fd430c8","message_id":"8ba7b830-9dad-11d1-80b4-00c04fd430c8",)"
     R"("message_status":"DELIVERED","channel":"sms","outbound_number":"+12025550123","template_id":null,)"
     R"("updated_at":"2025-10-31T10:10:41Z"}})",
     "v1,4ibYpF2aJrvDudp8FkpCNfYAuIZaePDNXsQ4HMPXm78="},
    {"EmptyBody", webhook_secret, webhook_endpoint, "1761905442", "",
     "v1,zj7Mtd030/jjMi148UdeInPBja+GIOWYZ83Q8yahFMo="},
    {"Utf8", webhook_secret, webhook_endpoint, "1773480131",
     R"({"field":"message","event":"message.received","timestamp":"2026-03-14T09:22:11Z","payload":)"
     R"({"message_id":"6c1b0a99-2d7e-4c3e-8a5f-9f4e6a2c0b1d","channel":"whatsapp","text":"Café ☕ ok",)"
     R"("received_at":"2026-03-14T09:22:10Z","updated_at":"2026-03-14T09:22:10Z"}})",
     "v1,H1PlBGY0C4RKSjiG5Y/w/VD0weXWByar6kzgQ2LaFI4="},
    {"AllOfBase64", "whsec_6Onq6+zt7u/w8fLz9PX29/j5+vv8/f7/", "wh_1", "0", "{}",
     "v1,+cPbjULU/axP2uMxxJt+K/8iBuequz0o8aI8ewro5JM="},
    {"KeyOfOddLength", "whsec_dGVzdC13ZWJob29rLXNlY3JldA==", webhook_endpoint, "1761905442",
     R"({"field":"message","event":"message.delivered","payload":{"message_id":"m1","message_status":"DELIVERED"}})",
     "v1,L7lN360yN5aOMA/Da1cQhnfoZ82hiQDo+fYAsmo0vO4="},
    {"NoPayload", "whsec_abcdef1234567890", "1f2e3d4c-5b6a-7980-1234-567890abcdef", "1750000000",
     R"({"field":"message","event":"message.delivered"})", "v1,toBvqGNFsjQ5xSZO93Z3qiyVckIbArJtTaEPaUYZJGw="},
}};

}  // namespace sent::test
