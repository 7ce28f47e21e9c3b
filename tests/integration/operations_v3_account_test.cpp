#include <chrono>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <sent/sent.hpp>
#include <sent/testing/emulator.hpp>

/// Users, profiles, campaigns and me of v3 through the public API, over real HTTP, against the emulator.

namespace {

using sent::Client;
using sent::ErrorKind;
using sent::testing::Emulator;
using sent::testing::EmulatorAccountState;
using Step = sent::SetupStep::Kind;

class AccountOperations : public ::testing::Test {
  protected:
    sent::ClientOptions options_with(const std::string& key) const {
        sent::ClientOptions options;
        options.base_url = emulator_.base_url();
        options.api_key = key;
        options.use_environment = false;
        return options;
    }

    void set_state(EmulatorAccountState state) {
        sent::testing::EmulatorAccount account;
        account.state = state;
        emulator_.set_account(account);
    }

    static std::vector<Step> kinds(const std::vector<sent::SetupStep>& steps) {
        std::vector<Step> result;
        result.reserve(steps.size());
        for (const auto& step : steps) {
            result.push_back(step.kind);
        }
        return result;
    }

    static sent::CampaignInput sample_campaign() {
        sent::CampaignInput campaign;
        campaign.name = "Reminders";
        campaign.description = "Of visits";
        campaign.type = "App";
        campaign.use_cases = {{sent::MessagingUseCase::customer_care, {"See you at 10"}}};
        return campaign;
    }

    Emulator emulator_;
    Client client_{options_with(emulator_.api_key())};
};

TEST_F(AccountOperations, OfUsers) {
    const auto users = client_.users();
    sent::CreateUserRequest invitation;
    invitation.email = "noa@example.org";
    invitation.name = "Noa";
    invitation.role = sent::UserRole::developer;
    const auto made = users.create(invitation);
    ASSERT_TRUE(made) << made.error();
    EXPECT_EQ(made->status, sent::UserStatus::invited);
    EXPECT_TRUE(made->invited_at);
    EXPECT_EQ(users.create(invitation).error().code, "RESOURCE_007");
    EXPECT_EQ(users.get(made->id).value().email, "noa@example.org");
    EXPECT_EQ(users.list().value().items.size(), 3U);

    sent::UpdateUserRequest change;
    change.user_id = made->id;
    change.role = sent::UserRole::billing;
    EXPECT_EQ(users.update(change).value().role, sent::UserRole::billing);
    change.user_id = emulator_.seeds().users.at(0).id;
    EXPECT_EQ(users.update(change).error().kind, ErrorKind::permission_denied);
    EXPECT_TRUE(users.remove(made->id));
    EXPECT_EQ(users.get(made->id).error().code, "RESOURCE_006");
}

TEST_F(AccountOperations, OfProfiles) {
    const auto profiles = client_.profiles();
    sent::CreateProfileRequest request;
    request.name = "Harbor Dental";
    request.short_name = "Harbor";
    request.description = "Teeth";
    sent::BrandInput brand;
    brand.contact.name = "Ada";
    brand.compliance.brand_relationship = sent::BrandRelationship::basic_account;
    brand.compliance.vertical = sent::BrandVertical::healthcare;
    request.brand = brand;
    const auto made = profiles.create(request);
    ASSERT_TRUE(made) << made.error();
    EXPECT_EQ(made->status, sent::ProfileStatus::incomplete);
    EXPECT_EQ(made->brand.value().compliance.value().vertical, sent::BrandVertical::healthcare);

    sent::UpdateProfileRequest change;
    change.profile_id = made->id;
    change.description = sent::null;
    change.icon = "https://example.org/icon.png";
    const auto changed = profiles.update(change);
    ASSERT_TRUE(changed) << changed.error();
    EXPECT_FALSE(changed->description);
    EXPECT_EQ(changed->icon, "https://example.org/icon.png");
    EXPECT_EQ(changed->short_name, "Harbor");
    EXPECT_EQ(profiles.list().value().items.size(), 2U);

    sent::CompleteProfileRequest completion;
    completion.profile_id = made->id;
    completion.webhook_url = "https://example.org/done";
    const auto running = profiles.complete(completion);
    ASSERT_TRUE(running) << running.error();
    EXPECT_EQ(running.meta().http_status, 202);
    EXPECT_FALSE(running->status);
    EXPECT_EQ(kinds(remaining_setup(client_.me())), std::vector{Step::wait_for_review});
    emulator_.advance(std::chrono::seconds(2));
    EXPECT_EQ(profiles.complete(completion).value().status, sent::ProfileStatus::completed);
    EXPECT_EQ(kinds(remaining_setup(client_.me())), std::vector<Step>{});

    EXPECT_TRUE(profiles.remove(made->id));
    EXPECT_EQ(profiles.get(made->id).error().code, "RESOURCE_014");
    EXPECT_EQ(client_.for_profile(made->id).me().error().code, "RESOURCE_014");
}

TEST_F(AccountOperations, OfCampaigns) {
    const auto campaigns = client_.profiles().campaigns();
    const auto profile = emulator_.seeds().profiles.at(0).id;
    sent::CreateCampaignRequest request;
    request.profile_id = profile;
    request.campaign = sample_campaign();
    const auto made = campaigns.create(request);
    ASSERT_TRUE(made) << made.error();
    EXPECT_EQ(made->status, sent::CampaignStatus::created);
    EXPECT_EQ(made->use_cases.at(0).messaging_use_case_us, sent::MessagingUseCase::customer_care);

    sent::UpdateCampaignRequest change;
    change.profile_id = profile;
    change.campaign_id = made->id;
    change.campaign = sample_campaign();
    change.campaign.name = "Offers";
    EXPECT_EQ(campaigns.update(change).value().name, "Offers");
    const auto list = campaigns.list(profile);
    ASSERT_TRUE(list) << list.error();
    ASSERT_EQ(list->items.size(), 1U);
    EXPECT_EQ(list->items[0].id, made->id);
    EXPECT_TRUE(campaigns.remove(profile, made->id));
    EXPECT_EQ(campaigns.remove(profile, made->id).error().code, "RESOURCE_010");
}

TEST_F(AccountOperations, OfMe) {
    const auto account = client_.me();
    ASSERT_TRUE(account) << account.error();
    EXPECT_EQ(account->type, sent::AccountType::organization);
    EXPECT_TRUE(account->channels.whatsapp.business_name);
    ASSERT_EQ(account->profiles.size(), 1U);
    EXPECT_TRUE(remaining_setup(account).empty());

    const auto by_header = client_.for_profile(account->profiles[0].id).me();
    const auto by_key = Client(options_with(emulator_.profile_api_key())).me();
    ASSERT_TRUE(by_header && by_key);
    EXPECT_EQ(by_header->type, sent::AccountType::profile);
    EXPECT_EQ(by_header->organization_id, account->id);
    EXPECT_EQ(by_key->id, by_header->id);
    EXPECT_EQ(by_key.meta().profile_id, by_key->id);
}

TEST_F(AccountOperations, SayWhatIsLeftToDoForEachStateOfTheAccount) {
    struct Case {
        EmulatorAccountState state;
        Step step;
    };
    for (const auto& [state, step] :
         {Case{EmulatorAccountState::waiting_for_activation, Step::wait_for_activation},
          Case{EmulatorAccountState::kyc_incomplete, Step::complete_verification},
          Case{EmulatorAccountState::no_channel, Step::configure_channel},
          Case{EmulatorAccountState::suspended, Step::restore_account}}) {
        set_state(state);
        const auto refused = client_.contacts().list();
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().kind, ErrorKind::permission_denied);
        EXPECT_EQ(kinds(remaining_setup(refused.error())), std::vector{step});
        EXPECT_TRUE(client_.me());
    }
    set_state(EmulatorAccountState::no_channel);
    EXPECT_EQ(kinds(remaining_setup(client_.me())), std::vector{Step::configure_channel});
}

}  // namespace
