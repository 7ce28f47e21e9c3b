#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <sent/sent.hpp>

/// The helpers of v3 that need no service: remaining_setup(), message_count(), is_final().

namespace sent::test {
namespace {

using Kind = SetupStep::Kind;
using Kinds = std::vector<Kind>;

Kinds kinds(const std::vector<SetupStep>& steps) {
    Kinds result;
    for (const auto& step : steps) {
        EXPECT_FALSE(step.advice.empty());
        result.push_back(step.kind);
    }
    return result;
}

Account ready_account() {
    Account account;
    account.type = AccountType::organization;
    account.channels.sms.configured = true;
    return account;
}

AccountProfile profile(const std::string& id, const std::optional<ProfileStatus>& status) {
    AccountProfile profile;
    profile.id = id;
    profile.name = "Clinic";
    profile.status = status;
    return profile;
}

TEST(RemainingSetup, IsNothingForAnAccountThatIsReady) {
    auto account = ready_account();
    account.profiles = {profile("a", ProfileStatus::approved), profile("b", ProfileStatus::completed),
                        profile("c", std::nullopt), profile("d", ProfileStatus{"of_next_year"})};
    EXPECT_EQ(kinds(remaining_setup(account)), Kinds{});
}

TEST(RemainingSetup, TakesAnyOneChannel) {
    for (auto channel : {&AccountChannels::sms, &AccountChannels::whatsapp, &AccountChannels::rcs}) {
        Account account;
        EXPECT_EQ(kinds(remaining_setup(account)), Kinds{Kind::configure_channel});
        (account.channels.*channel).configured = true;
        EXPECT_EQ(kinds(remaining_setup(account)), Kinds{});
    }
}

TEST(RemainingSetup, NamesTheProfilesThatAreNotReady) {
    auto account = ready_account();
    account.profiles = {profile("a", ProfileStatus::incomplete), profile("b", ProfileStatus::rejected),
                        profile("c", ProfileStatus::pending_review), profile("d", ProfileStatus::submitted),
                        profile("e", ProfileStatus::in_progress)};

    const auto steps = remaining_setup(account);

    EXPECT_EQ(kinds(steps), (Kinds{Kind::complete_profile, Kind::complete_profile, Kind::wait_for_review,
                                   Kind::wait_for_review, Kind::wait_for_review}));
    EXPECT_EQ(steps.at(1).profile_id, "b");
    EXPECT_NE(steps.at(0).advice.find("Clinic"), std::string::npos) << steps[0].advice;
}

TEST(RemainingSetup, LooksAtTheStatusOfAProfilesOwnAccount) {
    auto account = ready_account();
    account.status = ProfileStatus::incomplete;
    EXPECT_EQ(kinds(remaining_setup(account)), Kinds{}) << "not of an organization";
    account.type = AccountType::profile;
    EXPECT_EQ(kinds(remaining_setup(account)), Kinds{Kind::complete_profile});
}

TEST(RemainingSetup, ExplainsRefusals) {
    const struct {
        const char* code;
        Kind kind;
    } cases[] = {{"AUTH_001", Kind::fix_api_key},           {"AUTH_002", Kind::fix_api_key},
                 {"AUTH_004", Kind::use_permitted_key},     {"AUTH_005", Kind::wait_for_activation},
                 {"AUTH_006", Kind::complete_verification}, {"AUTH_007", Kind::configure_channel},
                 {"BUSINESS_014", Kind::restore_account},   {"account_suspended", Kind::restore_account}};
    for (const auto& expected : cases) {
        Error error;
        error.kind = ErrorKind::permission_denied;
        error.outcome = Outcome::rejected;
        error.code = expected.code;
        EXPECT_EQ(kinds(remaining_setup(error)), Kinds{expected.kind}) << expected.code;
        EXPECT_EQ(kinds(remaining_setup(Result<Account>{error})), Kinds{expected.kind}) << expected.code;
    }
}

TEST(RemainingSetup, ExplainsA401WithoutABody) {
    Error error;
    error.kind = ErrorKind::authentication;
    EXPECT_EQ(kinds(remaining_setup(error)), Kinds{Kind::fix_api_key});
}

TEST(RemainingSetup, SaysNothingOfOtherErrors) {
    for (const auto kind : {ErrorKind::permission_denied, ErrorKind::timeout, ErrorKind::not_found}) {
        Error error;
        error.kind = kind;
        error.code = "RESOURCE_001";
        EXPECT_EQ(kinds(remaining_setup(error)), Kinds{});
    }
}

TEST(RemainingSetup, LooksIntoAResultThatWentWell) {
    EXPECT_EQ(kinds(remaining_setup(Result<Account>{ready_account()})), Kinds{});
    EXPECT_EQ(kinds(remaining_setup(Result<Account>{Account{}})), Kinds{Kind::configure_channel});
}

TEST(MessageCount, IsRecipientsTimesChannels) {
    SendMessageRequest request;
    EXPECT_EQ(message_count(request), 0U);
    request.to = {"+1", "+2", "+3"};
    EXPECT_EQ(message_count(request), 3U) << "the service chooses one channel";
    request.channel = {Channel::sms};
    EXPECT_EQ(message_count(request), 3U);
    request.channel = {Channel::sms, Channel::whatsapp};
    EXPECT_EQ(message_count(request), 6U);
    request.channels = {{"sms", {}}, {"rcs", {}}, {"mms", {}}};
    EXPECT_EQ(message_count(request), 6U) << "a choice of senders is none of channels";
}

TEST(HeaderMedia, IsNothingUnlessItIsAnObject) {
    MessageBody body;
    EXPECT_FALSE(header_media_of(body));
    for (const auto* text : {"null", "7", "[]", "\"image\""}) {
        body.header_media.text = text;
        EXPECT_FALSE(header_media_of(body)) << text;
    }
    body.header_media.text = R"({"url":7,"type":null})";
    EXPECT_TRUE(header_media_of(body));
}

TEST(IsFinal, IsTrueWhereNothingMoreIsExpected) {
    for (const auto* status : {"DELIVERED", "READ", "FILTERED", "BLOCKED", "CANCELLED", "RECEIVED", "read"}) {
        EXPECT_TRUE(is_final(status)) << status;
    }
    for (const auto* status :
         {"QUEUED", "PROCESSED", "ROUTED", "SCHEDULED", "SENT", "FAILED", "ACCEPTED", "", "TELEPORTED"}) {
        EXPECT_FALSE(is_final(status)) << status;
    }
}

}  // namespace
}  // namespace sent::test
