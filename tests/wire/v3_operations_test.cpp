#include <algorithm>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "wire/request_cases.hpp"
#include "wire/v3_calls.hpp"
#include "wire/v3_operations.hpp"

/// What holds for each operation: keys, sandbox, profiles, ids.

namespace {

using sent::CallOptions;
using sent::Client;
using sent::ErrorKind;
using sent::Outcome;
using sent::testing::RecordedRequest;
using wire::Ended;
using wire::Ids;

std::string header(const RecordedRequest& request, const char* name) {
    return std::string{request.headers.get(name).value_or("")};
}

class V3Operations : public ::testing::TestWithParam<wire::Operation> {
  protected:
    [[nodiscard]] Ended call(const Client& client, const CallOptions& options = {}) const {
        return GetParam().call(client, Ids{}, options);
    }
    [[nodiscard]] Ended call(const CallOptions& options = {}) const { return call(session_.client, options); }
    /// Of the only request.
    [[nodiscard]] RecordedRequest request() const { return session_.mock->requests().at(0); }

    static void expect_refused(const Ended& end, const std::string& member) {
        ASSERT_TRUE(end.error);
        EXPECT_EQ(end.error->kind, ErrorKind::invalid_request) << *end.error;
        EXPECT_EQ(end.error->outcome, Outcome::not_sent);
        EXPECT_NE(end.error->message.find(member), std::string::npos) << *end.error;
    }

    wire::Session session_;
};

const std::regex uuid_v4{"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"};

TEST_P(V3Operations, MakeAKeyWhereOneIsAccepted) {
    const auto first = call();
    const auto second = call();

    ASSERT_FALSE(first.error) << *first.error;
    const auto requests = session_.mock->requests();
    ASSERT_EQ(requests.size(), 2U);
    EXPECT_EQ(requests[0].method, GetParam().method);
    const auto key = header(requests[0], "Idempotency-Key");
    EXPECT_EQ(first.meta.idempotency_key, key);
    if (GetParam().takes_key) {
        EXPECT_TRUE(std::regex_match(key, uuid_v4)) << key;
        EXPECT_NE(header(requests[1], "Idempotency-Key"), key) << "one for each call";
    } else {
        EXPECT_FALSE(requests[0].headers.contains("Idempotency-Key"));
    }
}

TEST_P(V3Operations, KeepTheKeyOverEveryAttempt) {
    CallOptions options;
    options.retry = sent::RetryOptions{};
    session_.mock->otherwise(503);

    const auto end = call(options);

    ASSERT_TRUE(end.error);
    const auto requests = session_.mock->requests();
    const bool is_repeated = GetParam().takes_key || GetParam().is_read();
    EXPECT_EQ(requests.size(), is_repeated ? 3U : 1U);
    std::set<std::string> keys;
    for (const auto& attempt : requests) {
        keys.insert(header(attempt, "Idempotency-Key"));
    }
    ASSERT_EQ(keys.size(), 1U);
    EXPECT_EQ(end.error->outcome, Outcome::unknown);
    EXPECT_EQ(end.error->attempts, static_cast<int>(requests.size()));
    EXPECT_EQ(end.error->idempotency_key, *keys.begin()) << "for asking again";
    EXPECT_EQ(end.error->idempotency_key.empty(), !GetParam().takes_key);
}

TEST_P(V3Operations, MakeNoKeyWhenToldNotTo) {
    auto options = session_.make_options();
    options.auto_idempotency_key = false;
    options.retry = {};
    session_.mock->otherwise(503);

    const auto end = call(Client{options});

    ASSERT_TRUE(end.error);
    EXPECT_FALSE(request().headers.contains("Idempotency-Key"));
    EXPECT_EQ(end.error->attempts, GetParam().is_read() ? 3 : 1) << "not safe without a key";
}

TEST_P(V3Operations, CarryTheCallersKey) {
    CallOptions options;
    options.idempotency_key = "order_1001-A";

    const auto end = call(options);

    if (GetParam().takes_key) {
        ASSERT_FALSE(end.error) << *end.error;
        EXPECT_EQ(header(request(), "Idempotency-Key"), "order_1001-A");
        EXPECT_EQ(end.meta.idempotency_key, "order_1001-A");
    } else {
        expect_refused(end, "idempotency_key");
    }
}

TEST_P(V3Operations, RefuseKeysThatTheServiceRefuses) {
    for (const std::string& key : {std::string{"a b"}, std::string{"a\r\nb"}, std::string{"\xC3\xA9"},
                                   std::string(256, 'a'), std::string{"a/b"}}) {
        CallOptions options;
        options.idempotency_key = key;
        expect_refused(call(options), "idempotency_key");
    }
    EXPECT_EQ(session_.mock->request_count(), 0U);
}

TEST_P(V3Operations, AskForTheSandboxWhereThereIsOne) {
    auto options = session_.make_options();
    options.sandbox = true;
    const Client client{options};
    CallOptions real;
    real.sandbox = false;

    for (const auto& end : {call(wire::in_sandbox()), call(client)}) {
        if (!GetParam().takes_sandbox && !GetParam().is_read()) {
            expect_refused(end, "sandbox");
        } else {
            EXPECT_FALSE(end.error) << *end.error;
        }
    }
    for (const auto& simulated : session_.mock->requests()) {
        const bool asks = simulated.body.find("\"sandbox\":true") != std::string::npos;
        EXPECT_EQ(asks, GetParam().takes_sandbox) << simulated.body;
    }

    session_.mock->reset();
    session_.mock->otherwise(sent::testing::Reply::json(200, R"({"success":true})"));
    EXPECT_FALSE(call(client, real).error);
    EXPECT_EQ(request().body.find("sandbox"), std::string::npos) << "the call's choice counts";
}

TEST_P(V3Operations, ActForAProfile) {
    auto options = session_.make_options();
    options.profile_id = "profile-of-options";
    const Client with_profile{options};

    (void)call(wire::for_profile());
    (void)call(session_.client.for_profile("profile-of-copy"));
    (void)call(with_profile);
    (void)call(with_profile.for_profile("profile-of-copy"));
    (void)call(with_profile.for_profile("profile-of-copy"), wire::for_profile());
    (void)call(with_profile.for_profile(""));

    std::vector<std::string> profiles;
    for (const auto& sent_request : session_.mock->requests()) {
        profiles.push_back(header(sent_request, "x-profile-id"));
    }
    if (GetParam().name.rfind("sender_profiles.", 0) == 0) {
        EXPECT_EQ(profiles, std::vector<std::string>(6)) << "the organization manages its profiles";
        return;
    }
    EXPECT_EQ(profiles,
              (std::vector<std::string>{wire::profile_id, "profile-of-copy", "profile-of-options",
                                        "profile-of-copy", wire::profile_id, "profile-of-options"}));
}

TEST_P(V3Operations, NeverSendAnEmptyProfile) {
    (void)call();
    (void)call(session_.client.for_profile(""));

    for (const auto& sent_request : session_.mock->requests()) {
        EXPECT_FALSE(sent_request.headers.contains("x-profile-id"));
    }
    CallOptions broken;
    broken.profile_id = "a\r\nx-evil: 1";
    expect_refused(call(broken), "profile_id");
}

TEST_P(V3Operations, HaveAContentTypeExactlyWithABody) {
    (void)call();

    EXPECT_EQ(!request().body.empty(), GetParam().has_body());
    EXPECT_EQ(header(request(), "Content-Type"), GetParam().has_body() ? "application/json" : "");
    EXPECT_EQ(header(request(), "Accept"), "application/json");
    EXPECT_FALSE(request().headers.contains("x-sender-id"));
}

/// The ids with one of them replaced.
Ids with_id(int position, const std::string& id) {
    Ids ids;
    (position == 0 ? ids.first : ids.second) = id;
    return ids;
}

TEST_P(V3Operations, RefuseIdsThatChangeThePath) {
    const std::string megabyte(1024U * 1024U, 'a');
    for (int position = 0; position < GetParam().ids; ++position) {
        for (const auto& id : {std::string{}, std::string{"."}, std::string{".."}, std::string{"%2e%2e"},
                               std::string{"%2E"}, std::string{".%2e"}, megabyte}) {
            const auto end = GetParam().call(session_.client, with_id(position, id), {});

            ASSERT_TRUE(end.error) << position << ": " << id.substr(0, 10);
            EXPECT_EQ(end.error->kind, ErrorKind::invalid_request);
            EXPECT_EQ(end.error->outcome, Outcome::not_sent);
            EXPECT_LT(end.error->message.size(), 300U);
        }
    }
    EXPECT_EQ(session_.mock->request_count(), 0U);
}

TEST_P(V3Operations, KeepIdsInTheirSegment) {
    (void)call();
    const auto plain = request().target();
    for (int position = 0; position < GetParam().ids; ++position) {
        const std::string id = position == 0 ? "id-1" : "id-2";
        const std::vector<std::pair<std::string, std::string>> cases{
            {"a/b", "a%2Fb"},  {"a?x", "a%3Fx"},      {"a#b", "a%23b"},  {"a%2Fb", "a%252Fb"},
            {"+44", "%2B44"},  {"../me", "..%2Fme"},  {"a\\b", "a%5Cb"}, {"a b", "a%20b"},
            {"a\nb", "a%0Ab"}, {"\xC3\xA9", "%C3%A9"}};
        for (const auto& [given, encoded] : cases) {
            session_.mock->reset();
            session_.mock->otherwise(sent::testing::Reply::json(200, R"({"success":true})"));

            const auto end = GetParam().call(session_.client, with_id(position, given), {});

            ASSERT_FALSE(end.error) << *end.error;
            auto expected = plain;
            expected.replace(expected.find(id), id.size(), encoded);
            EXPECT_EQ(request().target(), expected);
        }
    }
}

std::string operation_name(const ::testing::TestParamInfo<wire::Operation>& info) {
    return wire::test_name(info.param.name);
}

INSTANTIATE_TEST_SUITE_P(All, V3Operations, ::testing::ValuesIn(wire::v3_operations()), operation_name);

TEST(V3Sandbox, IsAskedForBesideMembersOfTheCaller) {
    for (const auto& operation : wire::v3_operations()) {
        for (const auto* members : {"{}", R"({"new_member":{"a":"}"}})", R"({"sandbox":false})", " { } "}) {
            if (!operation.takes_sandbox) {
                continue;
            }
            const wire::Session session;
            auto options = wire::in_sandbox();
            options.extra_body = members;

            const auto end = operation.call(session.client, Ids{}, options);

            ASSERT_FALSE(end.error) << operation << ": " << *end.error;
            const auto body = nlohmann::json::parse(session.mock->requests().at(0).body);
            EXPECT_EQ(body.at("sandbox"), true) << operation << ": " << body;
            EXPECT_EQ(body.contains("new_member"), std::string{members}.find("new") != std::string::npos);
        }
    }
}

TEST(V3OperationTable, HasThemAll) {
    std::set<std::string> names;
    int keyed = 0;
    int simulated = 0;
    for (const auto& operation : wire::v3_operations()) {
        names.insert(operation.name);
        keyed += operation.takes_key ? 1 : 0;
        simulated += operation.takes_sandbox ? 1 : 0;
    }
    EXPECT_EQ(names.size(), 82U);
    EXPECT_EQ(keyed, 38);
    EXPECT_EQ(simulated, 40) << "seven of them are DELETEs";
}

}  // namespace
