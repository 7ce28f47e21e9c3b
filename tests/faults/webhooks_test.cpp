// D10: deliveries that are damaged, forged, late or absurd.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include <sent/testing/fake_clock.hpp>
#include <sent/webhooks/signer.hpp>
#include <sent/webhooks/verifier.hpp>

#include "support/webhook_vectors.hpp"

namespace sent::test {
namespace {

using webhooks::Signer;
using webhooks::Verdict;
using webhooks::Verifier;
using webhooks::VerifierOptions;

constexpr std::int64_t now = 1761905442;
constexpr auto old_secret = "whsec_b2xkIHNlY3JldCBvZiB0aGUgZW5kcG9pbnQ=";

struct Delivery {
    std::vector<std::pair<std::string, std::string>> headers{};
    std::string body{};

    [[nodiscard]] std::string& header(std::size_t index) { return headers.at(index).second; }
};
constexpr std::size_t id = 0;
constexpr std::size_t timestamp = 1;
constexpr std::size_t signature = 2;

/// As the service sends it.
Delivery delivery_at(const std::string& time, std::string body, std::string_view secret = webhook_secret,
                     const std::string& endpoint = std::string{webhook_endpoint}) {
    const Signer signer{{secret, endpoint}};
    return {{{"x-webhook-id", endpoint},
             {"x-webhook-timestamp", time},
             {"x-webhook-signature", signer.signature(time, body).value()}},
            std::move(body)};
}

Delivery good_delivery() {
    return delivery_at(std::to_string(now), std::string{webhook_vectors[0].body});
}

Verifier verifier_now(VerifierOptions options = {}) {
    auto clock = std::make_shared<testing::FakeClock>();
    clock->set_wall(std::chrono::system_clock::time_point{std::chrono::seconds{now}});
    options.clock = clock;
    if (options.secrets.empty()) {
        options.secrets = webhook_secret;
    }
    return Verifier{options};
}

template <class Change>
Delivery changed(Change change) {
    auto delivery = good_delivery();
    change(delivery);
    return delivery;
}

struct Row {
    std::string name{};
    Delivery delivery{};
    Verdict expected = Verdict::valid;
};

void check(const std::vector<Row>& rows, const Verifier& verifier = verifier_now()) {
    for (const auto& row : rows) {
        SCOPED_TRACE(row.name);
        EXPECT_EQ(verifier.check(row.delivery.headers, row.delivery.body), row.expected);
        const auto event = verifier.verify(row.delivery.headers, row.delivery.body);
        if (row.expected == Verdict::valid) {
            EXPECT_TRUE(event || event.error().kind == ErrorKind::undecodable);
        } else {
            ASSERT_FALSE(event);
            EXPECT_EQ(event.error().kind, ErrorKind::webhook_rejected);
        }
    }
}

Delivery without(std::size_t index) {
    return changed([index](Delivery& delivery) {
        delivery.headers.erase(delivery.headers.begin() + static_cast<std::ptrdiff_t>(index));
    });
}

Delivery twice(std::size_t index, const std::string& second_name) {
    return changed([&](Delivery& delivery) {
        delivery.headers.emplace_back(second_name, delivery.headers[index].second);
    });
}

Delivery with(std::size_t index, const std::string& value) {
    return changed([&](Delivery& delivery) { delivery.header(index) = value; });
}

TEST(D10_Webhooks, AHeaderThatIsMissingOrThereTwiceIsNamed) {
    check({
        {"as the service sends it", good_delivery(), Verdict::valid},
        {"no headers", changed([](Delivery& delivery) { delivery.headers.clear(); }), Verdict::missing_id},
        {"no id", without(id), Verdict::missing_id},
        {"no timestamp", without(timestamp), Verdict::missing_timestamp},
        {"no signature", without(signature), Verdict::missing_signature},
        {"empty id", with(id, ""), Verdict::missing_id},
        {"empty timestamp", with(timestamp, ""), Verdict::missing_timestamp},
        {"empty signature", with(signature, ""), Verdict::missing_signature},
        {"id twice", twice(id, "x-webhook-id"), Verdict::duplicate_id},
        {"id twice, in another case", twice(id, "X-WEBHOOK-ID"), Verdict::duplicate_id},
        {"timestamp twice", twice(timestamp, "X-Webhook-Timestamp"), Verdict::duplicate_timestamp},
        {"signature twice", twice(signature, "X-Webhook-Signature"), Verdict::duplicate_signature},
        {"an empty id before the real one", changed([](Delivery& delivery) {
             delivery.headers.insert(delivery.headers.begin(), {"x-webhook-id", ""});
         }),
         Verdict::duplicate_id},
        {"another header twice", changed([](Delivery& delivery) {
             delivery.headers.emplace_back("x-webhook-event-type", "message.failed");
             delivery.headers.emplace_back("x-webhook-event-type", "message.read");
         }),
         Verdict::valid},
        {"joined by a proxy", with(id, std::string{webhook_endpoint} + ", " + std::string{webhook_endpoint}),
         Verdict::no_match},
    });
}

TEST(D10_Webhooks, SignaturesAreReadExactly) {
    const auto good = good_delivery().headers[signature].second;
    const auto digest = good.substr(3);
    const std::string other(digest.size() - 1, 'A');
    const auto unpadded = digest.substr(0, digest.size() - 1);
    check({
        {"no version", with(signature, digest), Verdict::malformed_signature},
        {"no comma", with(signature, "v1" + digest), Verdict::malformed_signature},
        {"equals sign for the comma", with(signature, "v1=" + digest), Verdict::malformed_signature},
        {"upper-case version", with(signature, "V1," + digest), Verdict::malformed_signature},
        {"nothing behind the comma", with(signature, "v1,"), Verdict::malformed_signature},
        {"no padding", with(signature, "v1," + unpadded), Verdict::malformed_signature},
        {"too much padding", with(signature, good + "="), Verdict::malformed_signature},
        {"cut off", with(signature, good.substr(0, 30)), Verdict::malformed_signature},
        {"cut off at four characters", with(signature, good.substr(0, 43)), Verdict::malformed_signature},
        {"a character of no alphabet", with(signature, "v1,!" + digest.substr(1)),
         Verdict::malformed_signature},
        {"the alphabet of URLs", with(signature, "v1,-_" + digest.substr(2)), Verdict::malformed_signature},
        {"bits beyond the last byte", with(signature, "v1," + std::string(42, 'A') + "F="),
         Verdict::malformed_signature},
        {"hexadecimal", with(signature, "v1," + std::string(64, 'a')), Verdict::malformed_signature},
        {"line break within", with(signature, "v1,\n" + digest.substr(1)), Verdict::malformed_signature},
        {"NUL behind", with(signature, good + std::string(1, '\0')), Verdict::malformed_signature},
        {"tab for the space", with(signature, good + "\t" + good), Verdict::malformed_signature},
        {"only blanks", with(signature, "   "), Verdict::malformed_signature},
        {"100,000 commas", with(signature, std::string(100'000, ',')), Verdict::malformed_signature},
        {"version 2", with(signature, "v2," + digest), Verdict::no_match},
        {"version 1a, of the same digest", with(signature, "v1a," + digest), Verdict::no_match},
        {"another digest", with(signature, "v1," + other + "="), Verdict::no_match},
    });
}

TEST(D10_Webhooks, OneSignatureOfSeveralSuffices) {
    const auto good = good_delivery().headers[signature].second;
    const auto of_old_secret =
        delivery_at(std::to_string(now), good_delivery().body, old_secret).headers[signature].second;
    std::string thousand;
    for (int i = 0; i < 1000; ++i) {
        thousand += of_old_secret + ' ';
    }
    check({
        {"the second", with(signature, of_old_secret + ' ' + good), Verdict::valid},
        {"the first", with(signature, good + ' ' + of_old_secret), Verdict::valid},
        {"behind another version", with(signature, "v2,abc " + good), Verdict::valid},
        {"behind one that cannot be read", with(signature, "v1,??? " + good), Verdict::valid},
        {"behind what is no signature", with(signature, "nonsense " + good), Verdict::valid},
        {"with more spaces", with(signature, "  " + good + "  "), Verdict::valid},
        {"the last of a thousand", with(signature, thousand + good), Verdict::valid},
        {"none of a thousand", with(signature, thousand), Verdict::no_match},
        {"none of two", with(signature, of_old_secret + ' ' + of_old_secret), Verdict::no_match},
        {"only other versions", with(signature, "v2,abc v3,def"), Verdict::no_match},
        {"with commas between", with(signature, of_old_secret + ',' + good), Verdict::malformed_signature},
    });
}

TEST(D10_Webhooks, SecretsRotate) {
    const auto with_old = delivery_at(std::to_string(now), good_delivery().body, old_secret);
    VerifierOptions both;
    both.secrets = {old_secret, webhook_secret};
    check({{"old", with_old, Verdict::valid}, {"new", good_delivery(), Verdict::valid}}, verifier_now(both));
    check({{"old", with_old, Verdict::no_match}, {"new", good_delivery(), Verdict::valid}}, verifier_now());
    VerifierOptions before;
    before.secrets = old_secret;
    check({{"old", with_old, Verdict::valid}, {"new", good_delivery(), Verdict::no_match}},
          verifier_now(before));
}

TEST(D10_Webhooks, TimesAreReadExactly) {
    const auto at = [](const std::string& time) { return delivery_at(time, "{}"); };
    check({
        {"299 s ago", at(std::to_string(now - 299)), Verdict::valid},
        {"300 s ago", at(std::to_string(now - 300)), Verdict::valid},
        {"301 s ago", at(std::to_string(now - 301)), Verdict::too_old},
        {"in 299 s", at(std::to_string(now + 299)), Verdict::valid},
        {"in 300 s", at(std::to_string(now + 300)), Verdict::valid},
        {"in 301 s", at(std::to_string(now + 301)), Verdict::too_new},
        {"1970", at("0"), Verdict::too_old},
        {"milliseconds", at(std::to_string(now) + "000"), Verdict::too_new},
        {"the largest of 64 bits", at("9223372036854775807"), Verdict::too_new},
        {"one more", at("9223372036854775808"), Verdict::malformed_timestamp},
        {"beyond 64 bits, again near now", at("18446744075471457058"), Verdict::malformed_timestamp},
        {"a thousand digits", at(std::string(1000, '9')), Verdict::malformed_timestamp},
        {"ISO 8601", at("2025-10-31T10:10:42Z"), Verdict::malformed_timestamp},
        {"negative", at("-" + std::to_string(now)), Verdict::malformed_timestamp},
        {"plus sign", at("+" + std::to_string(now)), Verdict::malformed_timestamp},
        {"space before", at(" " + std::to_string(now)), Verdict::malformed_timestamp},
        {"space behind", at(std::to_string(now) + " "), Verdict::malformed_timestamp},
        {"fraction", at(std::to_string(now) + ".0"), Verdict::malformed_timestamp},
        {"exponent", at("1.761905442e9"), Verdict::malformed_timestamp},
        {"hexadecimal", at("0x69048be2"), Verdict::malformed_timestamp},
        {"digits of another script", at("\xD9\xA1\xD9\xA7"), Verdict::malformed_timestamp},
        {"NUL within", at(std::to_string(now) + std::string(1, '\0')), Verdict::malformed_timestamp},
        {"leading zero, signed so", at("0" + std::to_string(now)), Verdict::valid},
        {"leading zero, not signed so", with(timestamp, "0" + std::to_string(now)), Verdict::no_match},
        {"another time within the tolerance", with(timestamp, std::to_string(now - 1)), Verdict::no_match},
    });
}

TEST(D10_Webhooks, BodiesAreBytes) {
    const auto time = std::to_string(now);
    const auto as_if = [](const std::string& arrived, const std::string& signed_as) {
        auto delivery = delivery_at(std::to_string(now), signed_as);
        delivery.body = arrived;
        return delivery;
    };
    const std::string ten_megabytes(10'000'000, 'x');
    const std::string with_nul("{\"a\":\0}", 7);
    check({
        {"empty", delivery_at(time, ""), Verdict::valid},
        {"NUL within", delivery_at(time, with_nul), Verdict::valid},
        {"no UTF-8", delivery_at(time, "\xFF\xFE"), Verdict::valid},
        {"CRLF", delivery_at(time, "{\r\n}\r\n"), Verdict::valid},
        {"BOM", delivery_at(time, "\xEF\xBB\xBF{}"), Verdict::valid},
        {"1 MB", delivery_at(time, std::string(1'000'000, 'x')), Verdict::valid},
        {"10 MB", delivery_at(time, ten_megabytes), Verdict::body_too_large},
        {"empty instead of one", as_if("", "{}"), Verdict::no_match},
        {"one instead of empty", as_if("{}", ""), Verdict::no_match},
        {"one byte more", as_if("{} ", "{}"), Verdict::no_match},
        {"one byte less", as_if("{", "{}"), Verdict::no_match},
        {"CRLF made LF", as_if("{\n}", "{\r\n}"), Verdict::no_match},
        {"LF made CRLF", as_if("{\r\n}", "{\n}"), Verdict::no_match},
        {"BOM removed", as_if("{}", "\xEF\xBB\xBF{}"), Verdict::no_match},
        {"BOM added", as_if("\xEF\xBB\xBF{}", "{}"), Verdict::no_match},
        {"cut at NUL", as_if("{\"a\":", with_nul), Verdict::no_match},
        {"written anew", as_if("{\"a\":1}", "{\"a\": 1}"), Verdict::no_match},
    });
    VerifierOptions wide;
    wide.max_body_bytes = 10'000'000;
    check({{"10 MB", delivery_at(time, ten_megabytes), Verdict::valid},
           {"10 MB and a byte", delivery_at(time, ten_megabytes + "x"), Verdict::body_too_large}},
          verifier_now(wide));
}

TEST(D10_Webhooks, EveryChangedByteOfTheBodyShows) {
    const auto verifier = verifier_now();
    auto delivery = good_delivery();
    for (std::size_t i = 0; i < delivery.body.size(); ++i) {
        delivery.body[i] = static_cast<char>(delivery.body[i] ^ 1);
        EXPECT_EQ(verifier.check(delivery.headers, delivery.body), Verdict::no_match) << "byte " << i;
        delivery.body[i] = static_cast<char>(delivery.body[i] ^ 1);
    }
    EXPECT_EQ(verifier.check(delivery.headers, delivery.body), Verdict::valid);
}

/// One change of what is signed, or of the signature.
void mutate(Delivery& delivery, std::minstd_rand& random) {
    const auto below = [&random](std::size_t bound) { return bound == 0 ? 0 : random() % bound; };
    const auto part = below(delivery.headers.size() + 1);
    auto& text = part == delivery.headers.size() ? delivery.body : delivery.header(part);
    const auto place = below(text.size());
    const auto byte = static_cast<char>(random() % 256);
    switch (below(5)) {
        case 0:
            text.insert(place, 1, byte);
            break;
        case 1:
            text.erase(place, 1 + below(8));
            break;
        case 2:
            text.insert(place, text.substr(below(text.size()), 1 + below(16)));
            break;
        case 3:
            std::swap(text[place], text[below(text.size())]);
            break;
        default:
            if (!text.empty()) {
                text[place] = byte;
            }
    }
}

/// Blanks around signatures carry nothing, and what stands beside the right one does not matter.
bool is_still_signed(const Delivery& mutated, const Delivery& original) {
    auto blanks_aside = mutated;
    auto& value = blanks_aside.header(signature);
    const auto begin = value.find(original.headers[signature].second);
    if (begin != std::string::npos) {
        const auto end = begin + original.headers[signature].second.size();
        if ((begin == 0 || value[begin - 1] == ' ') && (end == value.size() || value[end] == ' ')) {
            value = original.headers[signature].second;
        }
    }
    return blanks_aside.headers == original.headers && blanks_aside.body == original.body;
}

TEST(D10_Webhooks, OfTenThousandMutatedDeliveriesNoneIsAccepted) {
    std::minstd_rand random{20261125};
    const auto verifier = verifier_now();
    const auto original = good_delivery();
    int refused = 0;
    for (int i = 0; i < 10'000;) {
        auto mutated = original;
        for (auto changes = 1 + random() % 4; changes > 0; --changes) {
            mutate(mutated, random);
        }
        if (is_still_signed(mutated, original)) {
            continue;  // a change that changed nothing: not a mutation
        }
        ++i;
        const auto event = verifier.verify(mutated.headers, mutated.body);
        refused += !event && event.error().kind == ErrorKind::webhook_rejected ? 1 : 0;
    }
    EXPECT_EQ(refused, 10'000);
}

}  // namespace
}  // namespace sent::test
