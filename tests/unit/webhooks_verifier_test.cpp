#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <map>
#include <memory>
#include <ostream>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <sent/testing/fake_clock.hpp>
#include <sent/webhooks/verifier.hpp>

#include "support/allocations.hpp"
#include "support/webhook_vectors.hpp"

namespace sent::test {

void PrintTo(const WebhookVector& vector, std::ostream* out) {
    *out << vector.name;
}

namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using webhooks::Verdict;
using webhooks::Verifier;
using webhooks::VerifierOptions;
using Pairs = std::vector<std::pair<std::string, std::string>>;

std::shared_ptr<testing::FakeClock> clock_at(std::string_view seconds) {
    auto clock = std::make_shared<testing::FakeClock>();
    clock->set_wall(
        std::chrono::system_clock::time_point{std::chrono::seconds{std::stoll(std::string{seconds})}});
    return clock;
}

Pairs headers_of(const WebhookVector& vector) {
    return {{"x-webhook-id", std::string{vector.id}},
            {"x-webhook-timestamp", std::string{vector.timestamp}},
            {"x-webhook-signature", std::string{vector.signature}}};
}

VerifierOptions options_for(const WebhookVector& vector) {
    VerifierOptions options;
    options.secrets = vector.secret;
    options.clock = clock_at(vector.timestamp);
    return options;
}

const WebhookVector& delivered = webhook_vectors[0];

class EachVector : public ::testing::TestWithParam<WebhookVector> {};

TEST_P(EachVector, IsValid) {
    const Verifier verifier{options_for(GetParam())};
    EXPECT_EQ(verifier.check(headers_of(GetParam()), GetParam().body), Verdict::valid);
}

TEST_P(EachVector, IsValidWithoutPrefixAndPadding) {
    auto bare = GetParam().secret.substr(6);
    bare = bare.substr(0, bare.find('='));
    auto options = options_for(GetParam());
    options.secrets = " \t" + std::string{bare} + "\r\n";
    EXPECT_EQ(Verifier{options}.check(headers_of(GetParam()), GetParam().body), Verdict::valid);
}

TEST_P(EachVector, FailsWithAnotherSecret) {
    auto options = options_for(GetParam());
    options.secrets = "whsec_b3RoZXI=";
    EXPECT_EQ(Verifier{options}.check(headers_of(GetParam()), GetParam().body), Verdict::no_match);
}

INSTANTIATE_TEST_SUITE_P(WebhooksVerifier, EachVector, ::testing::ValuesIn(webhook_vectors),
                         [](const auto& parameter) { return std::string{parameter.param.name}; });

TEST(WebhooksVerifier, IsMadeFromSecretsOfAnyKind) {
    const std::string text{webhook_secret};
    const std::vector<std::string> texts{"whsec_b3RoZXI=", text};
    const std::vector<Secret> secrets{Secret{text}};
    for (const auto& verifier :
         {Verifier({texts}), Verifier({secrets}), Verifier({text}), Verifier({text.c_str()}),
          Verifier({"whsec_c2VudC1jcHAtc2RrLXRlc3Qtc2lnbmluZy1rZXktMDE="}),
          Verifier({{"whsec_b3RoZXI=", text}})}) {
        const auto sent_then = headers_of(delivered);
        EXPECT_EQ(verifier.check(sent_then, delivered.body), Verdict::too_old);
    }
}

TEST(WebhooksVerifier, ReadsTheEventOfAValidDelivery) {
    const Verifier verifier{options_for(delivered)};
    const auto event = verifier.verify(headers_of(delivered), delivered.body);
    ASSERT_TRUE(event) << event.error();
    EXPECT_EQ(event->event, "message.delivered");
    EXPECT_EQ(event->raw.text, delivered.body);
}

TEST(WebhooksVerifier, SaysThatASignedBodyCannotBeRead) {
    const auto& empty = webhook_vectors[1];
    const Verifier verifier{options_for(empty)};
    const auto event = verifier.verify(headers_of(empty), empty.body);
    ASSERT_FALSE(event);
    EXPECT_EQ(event.error().kind, ErrorKind::undecodable);
    EXPECT_EQ(webhooks::response_status(event.error()), 400);
}

TEST(WebhooksVerifier, TakesHeadersOfAnyCaseFromAnyContainer) {
    const Verifier verifier{options_for(delivered)};
    const std::map<std::string, std::string> upper{{"X-WEBHOOK-ID", std::string{delivered.id}},
                                                   {"X-WEBHOOK-TIMESTAMP", std::string{delivered.timestamp}},
                                                   {"X-WEBHOOK-SIGNATURE", std::string{delivered.signature}}};
    EXPECT_EQ(verifier.check(upper, delivered.body), Verdict::valid);
    EXPECT_EQ(verifier.check({{"X-Webhook-Id", delivered.id},
                              {"X-Webhook-Timestamp", delivered.timestamp},
                              {"X-Webhook-Signature", delivered.signature}},
                             delivered.body),
              Verdict::valid);
    EXPECT_EQ(verifier.check([&](const std::string& name) { return upper.count(name) == 0 ? "" : "?"; },
                             delivered.body),
              Verdict::missing_id);
    EXPECT_EQ(verifier.check(
                  [&](std::string_view name) {
                      return std::string{name == "x-webhook-id"          ? delivered.id
                                         : name == "x-webhook-timestamp" ? delivered.timestamp
                                                                         : delivered.signature};
                  },
                  delivered.body),
              Verdict::valid);
}

TEST(WebhooksVerifier, LetsWhatALookUpThrowsPass) {
    const Verifier verifier{options_for(delivered)};
    const auto fails = [](std::string_view) -> std::string { throw std::runtime_error("look-up"); };
    EXPECT_THROW(static_cast<void>(verifier.check(fails, delivered.body)), std::runtime_error);
}

TEST(WebhooksVerifier, AcceptsAnyOfItsSecrets) {
    for (const auto& secrets : {std::vector<std::string>{"whsec_b3RoZXI=", std::string{webhook_secret}},
                                std::vector<std::string>{std::string{webhook_secret}, "whsec_b3RoZXI="}}) {
        auto options = options_for(delivered);
        options.secrets = secrets;
        EXPECT_EQ(Verifier{options}.check(headers_of(delivered), delivered.body), Verdict::valid);
    }
}

TEST(WebhooksVerifier, CanRequireThePrefix) {
    auto options = options_for(delivered);
    options.require_prefix = true;
    EXPECT_EQ(Verifier{options}.check(headers_of(delivered), delivered.body), Verdict::valid);
    options.secrets = webhook_secret.substr(6);
    const auto made = Verifier::create(options);
    ASSERT_FALSE(made);
    EXPECT_THAT(made.error().message, HasSubstr("whsec_"));
}

TEST(WebhooksVerifier, CanReplayOldDeliveries) {
    auto options = options_for(delivered);
    options.clock = clock_at("1961905442");
    EXPECT_EQ(Verifier{options}.check(headers_of(delivered), delivered.body), Verdict::too_old);
    options.check_timestamp = false;
    EXPECT_EQ(Verifier{options}.check(headers_of(delivered), delivered.body), Verdict::valid);
    auto headers = headers_of(delivered);
    headers[1].second = "yesterday";
    EXPECT_EQ(Verifier{options}.check(headers, delivered.body), Verdict::malformed_timestamp);
}

TEST(WebhooksVerifier, HasItsOwnToleranceWhenTold) {
    auto options = options_for(delivered);
    options.tolerance = std::chrono::seconds{0};
    EXPECT_EQ(Verifier{options}.check(headers_of(delivered), delivered.body), Verdict::valid);
    options.clock = clock_at("1761905443");
    EXPECT_EQ(Verifier{options}.check(headers_of(delivered), delivered.body), Verdict::too_old);
    options.clock = clock_at("1761905441");
    EXPECT_EQ(Verifier{options}.check(headers_of(delivered), delivered.body), Verdict::too_new);
}

struct BadOptions {
    const char* name = "";
    std::vector<std::string> secrets{};
    const char* problem = "";
};

void PrintTo(const BadOptions& options, std::ostream* out) {
    *out << options.name;
}

class EachBadSecret : public ::testing::TestWithParam<BadOptions> {};

TEST_P(EachBadSecret, IsAConfigurationErrorAndNoMismatch) {
    VerifierOptions options;
    options.secrets = GetParam().secrets;
    options.clock = clock_at(delivered.timestamp);
    const Verifier verifier{options};
    EXPECT_EQ(verifier.check(headers_of(delivered), delivered.body), Verdict::misconfigured);
    const auto event = verifier.verify(headers_of(delivered), delivered.body);
    ASSERT_FALSE(event);
    EXPECT_EQ(event.error().kind, ErrorKind::configuration);
    EXPECT_EQ(event.error().code, "WEBHOOK_CONFIGURATION");
    EXPECT_THAT(event.error().message, HasSubstr(GetParam().problem));
    EXPECT_EQ(webhooks::response_status(event.error()), 500);
    const auto made = Verifier::create(options);
    ASSERT_FALSE(made);
    EXPECT_EQ(to_string(made.error()), to_string(event.error()));
    for (const auto& secret : GetParam().secrets) {
        if (secret.size() > 6) {
            EXPECT_THAT(to_string(event.error()), Not(HasSubstr(secret.substr(6))));
        }
    }
}

const BadOptions bad_options[] = {
    {"None", {}, "empty"},
    {"Empty", {""}, "is empty"},
    {"OnlyPrefix", {"whsec_"}, "is empty"},
    {"OnlyBlanks", {" \n"}, "is empty"},
    {"UrlSafeAlphabet", {"whsec_-_-_"}, "not base64"},
    {"BlankWithin", {"whsec_c2Vu dC1j"}, "not base64"},
    {"TooMuchPadding", {"whsec_c2Vu="}, "not base64"},
    {"ImpossibleLength", {"whsec_c2Vud"}, "not base64"},
    {"PrefixTwice", {"whsec_whsec_c2Vu"}, "not base64"},
    {"SecondOfTwo", {std::string{webhook_secret}, "whsec_!"}, "secret 2"},
};

INSTANTIATE_TEST_SUITE_P(WebhooksVerifier, EachBadSecret, ::testing::ValuesIn(bad_options),
                         [](const auto& parameter) { return std::string{parameter.param.name}; });

TEST(WebhooksVerifier, RefusesANegativeTolerance) {
    auto options = options_for(delivered);
    options.tolerance = std::chrono::seconds{-1};
    const auto made = Verifier::create(options);
    ASSERT_FALSE(made);
    EXPECT_THAT(made.error().message, HasSubstr("tolerance"));
}

TEST(WebhooksVerifier, GivesEachVerdictItsOwnErrorAndStatus) {
    std::map<std::string, Verdict> codes;
    auto options = options_for(delivered);
    options.max_body_bytes = 1000;
    const Verifier verifier{options};
    const auto refused = [&](const Pairs& headers, const std::string& body, Verdict verdict, int status) {
        EXPECT_EQ(verifier.check(headers, body), verdict);
        const auto event = verifier.verify(headers, body);
        ASSERT_FALSE(event);
        const auto& error = event.error();
        EXPECT_EQ(error.kind, ErrorKind::webhook_rejected);
        EXPECT_FALSE(error.message.empty());
        EXPECT_THAT(std::string{error.hint()}, HasSubstr("Answer with " + std::to_string(status)));
        EXPECT_TRUE(codes.emplace(error.code, verdict).second) << error.code;
        EXPECT_EQ(webhooks::response_status(error), status);
        EXPECT_EQ(webhooks::response_status(verdict), status);
        EXPECT_THROW(static_cast<void>(event.value()), WebhookRejectedError);
    };
    const std::string body{delivered.body};
    const auto good = headers_of(delivered);
    const auto without = [&](std::size_t index) {
        auto headers = good;
        headers.erase(headers.begin() + static_cast<std::ptrdiff_t>(index));
        return headers;
    };
    const auto twice = [&](std::size_t index) {
        auto headers = good;
        headers.push_back(good[index]);
        return headers;
    };
    const auto with = [&](std::size_t index, const std::string& value) {
        auto headers = good;
        headers[index].second = value;
        return headers;
    };
    refused(without(0), body, Verdict::missing_id, 401);
    refused(without(1), body, Verdict::missing_timestamp, 401);
    refused(without(2), body, Verdict::missing_signature, 401);
    refused(twice(0), body, Verdict::duplicate_id, 401);
    refused(twice(1), body, Verdict::duplicate_timestamp, 401);
    refused(twice(2), body, Verdict::duplicate_signature, 401);
    refused(with(1, "x"), body, Verdict::malformed_timestamp, 401);
    refused(with(1, "1761905141"), body, Verdict::too_old, 401);
    refused(with(1, "1761905743"), body, Verdict::too_new, 401);
    refused(with(2, "v1,AAAA"), body, Verdict::malformed_signature, 401);
    refused(good, body + " ", Verdict::no_match, 401);
    refused(good, std::string(1001, 'x'), Verdict::body_too_large, 413);
    EXPECT_EQ(codes.size(), 12U);
    EXPECT_EQ(webhooks::response_status(Verdict::valid), 200);
}

TEST(WebhooksVerifier, NeedsNoMemoryOfItsOwn) {
    auto options = options_for(delivered);
    options.check_timestamp = false;
    const Verifier verifier{options};
    const auto headers = headers_of(delivered);
    const std::string body(1'000'000, 'x');
    const auto before = allocations();
    const auto wrong = verifier.check(headers, body);
    const auto right = verifier.check(headers, delivered.body);
    const auto made = allocations() - before;
    EXPECT_EQ(wrong, Verdict::no_match);
    EXPECT_EQ(right, Verdict::valid);
    if (allocations_are_counted()) {
        EXPECT_EQ(made, 0U);
    }
}

TEST(WebhooksVerifier, MayBeUsedFromManyThreads) {
    const Verifier verifier{options_for(delivered)};
    const auto headers = headers_of(delivered);
    std::vector<std::thread> threads;
    std::vector<int> valid(4, 0);
    for (auto& count : valid) {
        threads.emplace_back([&verifier, &headers, &count] {
            for (int i = 0; i < 500; ++i) {
                count += verifier.check(headers, delivered.body) == Verdict::valid ? 1 : 0;
            }
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }
    EXPECT_THAT(valid, ::testing::Each(500));
}

}  // namespace
}  // namespace sent::test
