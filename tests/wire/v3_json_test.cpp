#include <filesystem>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <sent/json.hpp>
#include <sent/sent.hpp>

#include "json/field.hpp"
#include "wire/golden.hpp"

/// Every struct of v3 through sent/json.hpp and back.

namespace {

using Json = nlohmann::json;

/// What means the same in one form: times in UTC, no nulls.
Json normal(const Json& tree) {
    if (tree.is_string()) {
        const auto text = tree.get<std::string>();
        const auto time = text.size() >= 20 && text[10] == 'T' ? sent::parse_timestamp(text) : std::nullopt;
        return time ? Json(*time) : tree;
    }
    Json result = tree;
    if (tree.is_structured()) {
        result.clear();
        for (const auto& item : tree.items()) {
            if (tree.is_array()) {
                result.push_back(normal(item.value()));
            } else if (!item.value().is_null()) {
                result[item.key()] = normal(item.value());
            }
        }
    }
    return result;
}

Json body(const std::string& golden) {
    return Json::parse(wire::golden("v3/" + golden).body);
}
Json data(const std::string& golden) {
    Json tree = normal(body(golden + ".reply").at("data"));
    if (tree.is_object() && tree.contains("pagination")) {
        tree["pagination"].erase("cursors");  // deprecated by the vendor, and not read
    }
    return tree;
}
/// A golden request with the members that go into its path.
Json request(const std::string& golden, const Json& in_path = Json::object()) {
    Json tree = body(golden);
    tree.update(in_path);
    return tree;
}
/// A golden page with its first item, the only one that has every member.
Json page(const std::string& golden, const std::string& key) {
    Json tree = data(golden);
    tree[key].erase(1);
    return tree;
}

class V3Json : public ::testing::Test {
  protected:
    /// There and back, and what comes back is written the same.
    template <class T>
    void round_trip(const Json& wire_form) {
        const std::string name{sent::detail::Described<T>::info().name};
        seen_.insert(name);
        const T value = wire_form.get<T>();
        EXPECT_TRUE(Json(value) == wire_form) << name << ": " << Json::diff(wire_form, Json(value));
        EXPECT_TRUE(Json(Json(value).get<T>()) == wire_form) << name;
    }

    void account() {
        const auto me = data("me");
        round_trip<sent::Account>(me);
        round_trip<sent::AccountSettings>(me["settings"]);
        round_trip<sent::AccountProfile>(me["profiles"][0]);
        round_trip<sent::AccountChannels>(me["channels"]);
        round_trip<sent::ChannelSetup>(me["channels"]["whatsapp"]);
        round_trip<sent::GetAccountRequest>(Json::object());
        round_trip<sent::NumberLookup>(data("numbers.lookup"));
        round_trip<sent::LookupNumberRequest>({{"phoneNumber", "+442071838750"}});
    }

    void messages() {
        const auto send = request("messages.send.full");
        round_trip<sent::SendMessageRequest>(send);
        round_trip<sent::SendMessageRequest>(request("messages.send.text"));
        round_trip<sent::TemplateRef>(request("messages.send.template_name")["template"]);
        round_trip<sent::SenderChoice>(send["channels"]["sms"][0]);
        const auto answer = data("messages.send");
        round_trip<sent::SendMessageResponse>(answer);
        round_trip<sent::SentMessage>(answer["recipients"][0]);
        const auto message = data("messages.get");
        round_trip<sent::Message>(message);
        round_trip<sent::MessageBody>(message["message_body"]);
        round_trip<sent::MessageButton>(message["message_body"]["buttons"][0]);
        round_trip<sent::MessageMedia>(message["message_body"]["media"][0]);
        round_trip<sent::MessageHeaderMedia>(message["message_body"]["headerMedia"]);
        round_trip<sent::MessageEvent>(message["events"][0]);
        const auto activities = data("messages.activities");
        round_trip<sent::MessageActivities>(activities);
        round_trip<sent::MessageActivity>(activities["activities"][0]);
        round_trip<sent::Pagination>(activities["pagination"]);
        round_trip<sent::GetMessageRequest>({{"id", "1"}});
        round_trip<sent::GetMessageActivitiesRequest>({{"id", "1"}});
        round_trip<sent::ResendMessageRequest>({{"id", "1"}});
        round_trip<sent::CancelMessageRequest>({{"id", "1"}});
        round_trip<sent::Page<sent::Message>>(page("conversations.list", "messages"));
        round_trip<sent::ListConversationsRequest>({{"page", 3}, {"page_size", 50}});
        round_trip<sent::GetConversationRequest>({{"id", "1"}, {"page", 3}, {"page_size", 50}});
    }

    void contacts_and_users() {
        round_trip<sent::Contact>(data("contacts.get"));
        round_trip<sent::Page<sent::Contact>>(page("contacts.list", "contacts"));
        const auto summary = data("contacts.message_summary");
        round_trip<sent::ContactMessageSummary>(summary);
        round_trip<sent::ChannelScore>(summary["channel_scores"][0]);
        round_trip<sent::CreateContactRequest>(request("contacts.create.minimal"));
        round_trip<sent::ListContactsRequest>(
            {{"page", 3}, {"page_size", 50}, {"search", "x"}, {"channel", "sms"}, {"phone", "+44"}});
        round_trip<sent::GetContactRequest>({{"id", "1"}});
        round_trip<sent::UpdateContactRequest>(request("contacts.update.full", {{"id", "1"}}));
        round_trip<sent::UpdateContactRequest>(request("contacts.update.nulls", {{"id", "1"}}));
        round_trip<sent::RemoveContactRequest>({{"id", "1"}});
        round_trip<sent::GetContactMessageSummaryRequest>({{"contactId", "1"}});
        round_trip<sent::User>(data("users.get"));
        round_trip<sent::ListUsersRequest>(Json::object());
        round_trip<sent::GetUserRequest>({{"userId", "1"}});
        round_trip<sent::CreateUserRequest>(request("users.create.full"));
        round_trip<sent::UpdateUserRequest>(request("users.update.full", {{"userId", "1"}}));
        round_trip<sent::RemoveUserRequest>({{"userId", "1"}});
    }

    void templates() {
        round_trip<sent::Template>(data("templates.get"));
        round_trip<sent::Page<sent::Template>>(page("templates.list", "templates"));
        const auto create = request("templates.create.full");
        round_trip<sent::CreateTemplateRequest>(create);
        const auto& definition = create["definition"];
        round_trip<sent::TemplateDefinition>(definition);
        round_trip<sent::TemplateBody>(definition["body"]);
        round_trip<sent::TemplateBodyContent>(definition["body"]["multiChannel"]);
        round_trip<sent::TemplateHeader>(definition["header"]);
        round_trip<sent::TemplateFooter>(definition["footer"]);
        round_trip<sent::TemplateVariable>(definition["header"]["variables"][0]);
        round_trip<sent::TemplateVariableProps>(definition["header"]["variables"][0]["props"]);
        for (const auto& button : definition["buttons"]) {
            round_trip<sent::TemplateButton>(button);
            round_trip<sent::TemplateButtonProps>(button["props"]);
        }
        round_trip<sent::AuthenticationConfig>(definition["authenticationConfig"]);
        round_trip<sent::ListTemplatesRequest>({{"page", 3},
                                                {"page_size", 50},
                                                {"search", "x"},
                                                {"status", "APPROVED"},
                                                {"category", "UTILITY"},
                                                {"is_welcome_playground", false}});
        round_trip<sent::GetTemplateRequest>({{"id", "1"}});
        round_trip<sent::UpdateTemplateRequest>(request("templates.update.full", {{"id", "1"}}));
        round_trip<sent::UpdateTemplateRequest>(request("templates.update.nulls", {{"id", "1"}}));
        round_trip<sent::RemoveTemplateRequest>(request("templates.remove.full", {{"id", "1"}}));
        round_trip<sent::RemoveTemplateRequest>(request("templates.remove.nulls", {{"id", "1"}}));
    }

    void webhooks() {
        round_trip<sent::Webhook>(data("webhooks.get"));
        round_trip<sent::Page<sent::Webhook>>(page("webhooks.list", "webhooks"));
        for (const auto* kind : {"full", "nulls", "nulls_inside"}) {
            round_trip<sent::CreateWebhookRequest>(request(std::string{"webhooks.create."} + kind));
            round_trip<sent::UpdateWebhookRequest>(
                request(std::string{"webhooks.update."} + kind, {{"id", "1"}}));
        }
        round_trip<sent::SenderProfileWebhook>(request("webhooks.create.full")["sender_profile"]);
        round_trip<sent::ListWebhooksRequest>(
            {{"page", 3}, {"page_size", 50}, {"search", "x"}, {"is_active", true}});
        round_trip<sent::GetWebhookRequest>({{"id", "1"}});
        round_trip<sent::RemoveWebhookRequest>({{"id", "1"}});
        round_trip<sent::ListWebhookEventTypesRequest>(Json::object());
        round_trip<sent::WebhookEventType>(data("webhooks.event_types")["event_types"][0]);
        round_trip<sent::WebhookEvent>(data("webhooks.events")["events"][0]);
        round_trip<sent::Page<sent::WebhookEvent>>(page("webhooks.events", "events"));
        round_trip<sent::ListWebhookEventsRequest>(
            {{"id", "1"}, {"page", 3}, {"page_size", 50}, {"search", "x"}});
        round_trip<sent::RotateWebhookSecretRequest>({{"id", "1"}});
        round_trip<sent::WebhookSecret>(data("webhooks.rotate_secret"));
        round_trip<sent::TestWebhookRequest>(request("webhooks.test.minimal", {{"id", "1"}}));
        round_trip<sent::WebhookTest>(data("webhooks.test"));
        round_trip<sent::ToggleWebhookRequest>(request("webhooks.toggle_status.minimal", {{"id", "1"}}));
    }

    void profiles() {
        const auto profile = data("profiles.get");
        round_trip<sent::Profile>(profile);
        round_trip<sent::BillingContact>(profile["billing_contact"]);
        round_trip<sent::Brand>(profile["brand"]);
        round_trip<sent::BrandContact>(profile["brand"]["contact"]);
        round_trip<sent::BrandBusiness>(profile["brand"]["business"]);
        round_trip<sent::BrandCompliance>(profile["brand"]["compliance"]);
        round_trip<sent::DestinationCountry>(profile["brand"]["compliance"]["destination_countries"][0]);
        const auto create = request("profiles.create.full");
        round_trip<sent::CreateProfileRequest>(create);
        round_trip<sent::PaymentDetails>(create["payment_details"]);
        round_trip<sent::WhatsappBusinessAccount>(create["whatsapp_business_account"]);
        round_trip<sent::BrandInput>(create["brand"]);
        round_trip<sent::BrandContactInput>(create["brand"]["contact"]);
        round_trip<sent::BrandBusinessInput>(create["brand"]["business"]);
        round_trip<sent::BrandComplianceInput>(create["brand"]["compliance"]);
        round_trip<sent::ListProfilesRequest>(Json::object());
        round_trip<sent::GetProfileRequest>({{"profileId", "1"}});
        round_trip<sent::UpdateProfileRequest>(request("profiles.update.full", {{"profileId", "1"}}));
        round_trip<sent::UpdateProfileRequest>(request("profiles.update.nulls", {{"profileId", "1"}}));
        round_trip<sent::RemoveProfileRequest>({{"profileId", "1"}});
        round_trip<sent::CompleteProfileRequest>(request("profiles.complete.minimal", {{"profileId", "1"}}));
        round_trip<sent::ProfileCompletion>(data("profiles.complete"));
    }

    void campaigns() {
        const auto campaign = data("campaigns.create");
        round_trip<sent::Campaign>(campaign);
        round_trip<sent::CampaignUseCase>(campaign["useCases"][0]);
        const Json ids{{"profileId", "1"}, {"campaignId", "2"}};
        const auto create = request("campaigns.create.full", {{"profileId", "1"}});
        round_trip<sent::CreateCampaignRequest>(create);
        round_trip<sent::CampaignInput>(create["campaign"]);
        round_trip<sent::CampaignUseCaseInput>(create["campaign"]["useCases"][0]);
        round_trip<sent::ListCampaignsRequest>({{"profileId", "1"}});
        round_trip<sent::UpdateCampaignRequest>(request("campaigns.update.full", ids));
        round_trip<sent::RemoveCampaignRequest>(ids);
    }

    void sender_profiles() {
        round_trip<sent::SenderProfile>(data("sender_profiles.create"));
        round_trip<sent::Page<sent::SenderProfile>>(page("sender_profiles.list", "sender_profiles"));
        round_trip<sent::CreateSenderProfileRequest>(request("sender_profiles.create.full"));
        round_trip<sent::ListSenderProfilesRequest>({{"page", 2}, {"page_size", 50}});
        round_trip<sent::GetSenderProfileRequest>({{"id", "1"}});
        round_trip<sent::UpdateSenderProfileRequest>(request("sender_profiles.update.full", {{"id", "1"}}));
        round_trip<sent::UpdateSenderProfileRequest>(request("sender_profiles.update.nulls", {{"id", "1"}}));
        round_trip<sent::RemoveSenderProfileRequest>({{"id", "1"}});
    }

    void voice_numbers() {
        const Json in_path{{"number", "+12025550141"}};
        round_trip<sent::VoiceNumber>(data("channels.voice.create"));
        round_trip<sent::CreateVoiceNumberRequest>(request("channels.voice.create.full"));
        round_trip<sent::ListVoiceNumbersRequest>(Json::object());
        round_trip<sent::GetVoiceNumberRequest>(in_path);
        round_trip<sent::UpdateVoiceNumberRequest>(request("channels.voice.update.full", in_path));
        round_trip<sent::CreateVoiceTokenRequest>(request("channels.voice.create_token.full"));
        round_trip<sent::VoiceToken>(data("channels.voice.create_token"));
        round_trip<sent::RotateVoiceSecretRequest>(in_path);
        round_trip<sent::VoiceSecret>(data("channels.voice.rotate_secret"));
        round_trip<sent::TestVoiceCallbackRequest>(in_path);
        const auto test = data("channels.voice.test");
        round_trip<sent::VoiceCallbackTest>(test);
        round_trip<sent::VoiceTestError>(test["error"]);
        round_trip<sent::VoiceTestQuestion>(test["request"]);
        round_trip<sent::VoiceTestReply>(test["response"]);
    }

    void calls() {
        const Json in_path{{"id", "1"}};
        const Json both{{"id", "1"}, {"participantId", "2"}};
        const auto call = data("calls.get");
        round_trip<sent::Call>(call);
        round_trip<sent::CallParty>(call["from"]);
        round_trip<sent::CallTimelineEntry>(call["timeline"][0]);
        round_trip<sent::ListCallsRequest>({{"page", 3},
                                            {"page_size", 50},
                                            {"direction", "inbound"},
                                            {"status", "completed"},
                                            {"number", "+12025550141"},
                                            {"from", "2026-11-01T00:00:00Z"},
                                            {"to", "2026-11-30T23:59:59Z"}});
        round_trip<sent::GetCallRequest>(in_path);
        round_trip<sent::HangUpCallRequest>(in_path);
        round_trip<sent::ListCallRecordingsRequest>(in_path);
        const auto recordings = data("calls.recordings");
        round_trip<sent::CallRecordings>(recordings);
        round_trip<sent::CallRecording>(recordings["recordings"][0]);
        round_trip<sent::RecordCallRequest>(request("calls.record.minimal", in_path));
        round_trip<sent::CallParticipant>(data("calls.participants.list")[0]);
        round_trip<sent::ListCallParticipantsRequest>(in_path);
        round_trip<sent::AddCallParticipantRequest>(request("calls.participants.add.full", in_path));
        round_trip<sent::UpdateCallParticipantRequest>(request("calls.participants.update.minimal", both));
        round_trip<sent::RemoveCallParticipantRequest>(both);
        round_trip<sent::RemoveAllCallParticipantsRequest>(in_path);
    }

    void channels() {
        const auto overview = data("channels.get");
        round_trip<sent::ChannelOverview>(overview);
        round_trip<sent::GetChannelsRequest>(Json::object());
        round_trip<sent::MmsMarket>(overview["mms"][0]);
        round_trip<sent::WhatsappChannel>(data("channels.whatsapp.create"));
        round_trip<sent::CreateWhatsappChannelRequest>(request("channels.whatsapp.create.full"));
        round_trip<sent::RcsAgent>(data("channels.rcs.create"));
        const auto agent = request("channels.rcs.create.full");
        round_trip<sent::CreateRcsAgentRequest>(agent);
        round_trip<sent::RcsAddress>(agent["official_address"]);
        round_trip<sent::ComplianceRequirements>(data("compliance.requirements"));
        round_trip<sent::GetComplianceRequirementsRequest>(
            {{"country", "US"}, {"type", "LOCAL"}, {"channel", "sms"}});
        round_trip<sent::CountryCompliance>(data("compliance.by_country"));
        round_trip<sent::GetCountryComplianceRequest>({{"channel", "sms"}, {"country", "US"}});
    }

    void markets() {
        const Json in_path{{"country", "US"}, {"type", "TEN_DLC"}};
        const Json with_channel{{"channel", "sms"}, {"country", "US"}, {"type", "TEN_DLC"}};
        const auto market = data("channels.sms.get");
        round_trip<sent::SmsMarket>(market);
        round_trip<sent::MarketNumber>(market["numbers"][0]);
        round_trip<sent::MarketCompliance>(market["compliance"]);
        round_trip<sent::MarketCampaign>(market["compliance"]["campaigns"][0]);
        round_trip<sent::MarketDocument>(market["compliance"]["documents"][0]);
        const auto create = request("channels.sms.create.full");
        round_trip<sent::CreateSmsMarketRequest>(create);
        round_trip<sent::NumberRequest>(create["numbers"][0]);
        round_trip<sent::ListSmsMarketsRequest>(Json::object());
        round_trip<sent::GetSmsMarketRequest>(in_path);
        round_trip<sent::UpdateSmsMarketRequest>(request("channels.sms.update.minimal", in_path));
        round_trip<sent::UpdateSmsMarketRequest>(request("channels.sms.update.nulls", in_path));
        auto list = with_channel;
        list["campaign_id"] = "1";
        round_trip<sent::ListMarketNumbersRequest>(list);
        round_trip<sent::AddMarketNumbersRequest>(request("channels.sms.numbers.add.full", with_channel));
        round_trip<sent::ReplaceMarketNumbersRequest>(
            request("channels.sms.numbers.replace.full", with_channel));
        round_trip<sent::ListMarketCampaignsRequest>(Json::object());
        round_trip<sent::AddMarketCampaignRequest>(request("channels.sms.campaigns.create.full"));
        round_trip<sent::UpdateMarketCampaignRequest>(
            request("channels.sms.campaigns.update.full", {{"campaignId", "1"}}));
    }

    /// The members of `pagination` of a whole list, whose answer has none.
    void whole_lists() {
        const auto list = [](const char* key, const Json& item) {
            return Json{{key, {item}}, {"pagination", data("contacts.list")["pagination"]}};
        };
        round_trip<sent::Page<sent::User>>(list("users", data("users.get")));
        round_trip<sent::Page<sent::Profile>>(list("profiles", data("profiles.get")));
        round_trip<sent::Page<sent::Campaign>>(list("campaigns", data("campaigns.create")));
        round_trip<sent::Page<sent::WebhookEventType>>(
            list("event_types", data("webhooks.event_types")["event_types"][0]));
        const auto market = data("channels.sms.get");
        round_trip<sent::Page<sent::SmsMarket>>(list("markets", market));
        round_trip<sent::Page<sent::MarketNumber>>(list("numbers", market["numbers"][0]));
        round_trip<sent::Page<sent::MarketCampaign>>(list("campaigns", market["compliance"]["campaigns"][0]));
    }

    std::set<std::string> seen_{};
};

/// As the headers describe them, but for pages.
std::set<std::string> described_structs() {
    namespace fs = std::filesystem;
    const auto headers = fs::path{SENT_TEST_DATA_DIR}.parent_path().parent_path() / "include/sent/v3";
    const std::regex described{R"(SENT_DETAIL_DESCRIBE\(sent::((v3::)?\w+)\);)"};
    std::set<std::string> names;
    for (const auto& header : fs::directory_iterator(headers)) {
        const auto text = wire::read_file(header.path().string());
        for (std::sregex_iterator found{text.begin(), text.end(), described}, end; found != end; ++found) {
            names.insert((*found)[1].str());
        }
    }
    return names;
}

TEST_F(V3Json, CarriesEveryStruct) {
    account();
    messages();
    contacts_and_users();
    templates();
    webhooks();
    profiles();
    campaigns();
    sender_profiles();
    voice_numbers();
    calls();
    channels();
    markets();
    whole_lists();

    seen_.erase("Page");
    EXPECT_EQ(seen_, described_structs());
    EXPECT_GT(seen_.size(), 90U);
}

TEST_F(V3Json, ReadsABareArrayAsAPage) {
    const auto campaigns = data("campaigns.list").get<sent::Page<sent::Campaign>>();
    ASSERT_EQ(campaigns.items.size(), 2U);
    EXPECT_EQ(campaigns.items[1].id, "second");
}

}  // namespace
