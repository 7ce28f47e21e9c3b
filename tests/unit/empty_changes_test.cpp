// A PATCH that changes nothing is refused where the service refuses it.

#include <algorithm>
#include <string>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <sent/operations.hpp>

#include "unit/client_fixture.hpp"

namespace sent::test {
namespace {

using nlohmann::json;
using sent::testing::Reply;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;

/// A request of the operation with a value for each parameter of the path, and nothing else.
std::string path_only(std::string_view path) {
    json members = json::object();
    for (auto open = path.find('{'); open != std::string_view::npos; open = path.find('{', open + 1)) {
        members[std::string{path.substr(open + 1, path.find('}', open) - open - 1)}] = "US";
    }
    return members.dump();
}

class EmptyChanges : public ClientFixture {
  protected:
    EmptyChanges() { mock->otherwise(Reply::json(200, R"({"success":true,"data":{}})").always()); }
    static UpdateSenderProfileRequest nothing() {
        UpdateSenderProfileRequest request;
        request.id = "profile-1";
        return request;
    }
};

TEST_F(EmptyChanges, AreRefusedForEachOperationWithThatRule) {
    std::size_t count = 0;
    for (const auto& operation : operations()) {
        if (operation.body == BodyRule::nonempty_object) {
            ++count;
            const auto encoded = encode(operation.name, path_only(operation.path));
            if (operation.name == "v3.calls.participants.update") {
                EXPECT_TRUE(encoded) << "muted is always set";
                continue;
            }
            ASSERT_FALSE(encoded) << operation.name;
            EXPECT_EQ(encoded.error().kind, ErrorKind::invalid_request);
            EXPECT_THAT(encoded.error().message, MatchesRegex(".*(changes nothing|is required).*"))
                << operation.name;
            EXPECT_EQ(operation.method, "PATCH");
        }
    }
    EXPECT_EQ(count, 6U);
}

TEST_F(EmptyChanges, AreNotSent) {
    const auto result = Client{options()}.sender_profiles().update(nothing());
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::invalid_request);
    EXPECT_EQ(result.error().outcome, Outcome::not_sent);
    EXPECT_THAT(
        result.error().message,
        HasSubstr(
            "changes nothing: set at least one of `name`, `short_name`, `description`, `notifications`"));
    EXPECT_THAT(mock->requests(), IsEmpty());
}

TEST_F(EmptyChanges, AreNotSentInSandboxModeEither) {
    CallOptions simulated;
    simulated.sandbox = true;
    EXPECT_FALSE(Client{options()}.sender_profiles().update(nothing(), simulated));
    simulated.extra_body = "{ }";
    EXPECT_FALSE(Client{options()}.sender_profiles().update(nothing(), simulated));
    EXPECT_THAT(mock->requests(), IsEmpty());
}

TEST_F(EmptyChanges, AreNotEmptyIfTheCallAddsAMember) {
    CallOptions call;
    call.extra_body = R"({"newer":null})";
    EXPECT_TRUE(Client{options()}.sender_profiles().update(nothing(), call));
    UpdateVoiceNumberRequest voice;
    voice.number = "+14155550100";
    EXPECT_TRUE(Client{options()}.channels().voice().update(voice, call));
    ASSERT_EQ(mock->requests().size(), 2U);
    EXPECT_EQ(mock->requests()[0].body, R"({"newer":null})");
}

TEST_F(EmptyChanges, WithANullAreChanges) {
    auto request = nothing();
    request.description = null;
    EXPECT_TRUE(Client{options()}.sender_profiles().update(request));
    EXPECT_EQ(mock->requests().at(0).body, R"({"description":null})");
}

TEST_F(EmptyChanges, OfACampaignAreObjectsWithoutMembers) {
    UpdateMarketCampaignRequest request;
    request.campaign_id = "campaign-1";
    for (const char* text : {"{}", R"({"campaignId":"campaign-1"})"}) {
        request.campaign.text = text;
        const auto result = Client{options()}.channels().sms().campaigns().update(request);
        ASSERT_FALSE(result) << text;
        EXPECT_THAT(result.error().message, HasSubstr("changes nothing: set at least one of `campaign`"));
    }
    EXPECT_THAT(mock->requests(), IsEmpty());
}

}  // namespace
}  // namespace sent::test
