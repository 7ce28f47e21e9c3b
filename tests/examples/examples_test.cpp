// Runs the example programs as a user would: as processes, with settings from the environment.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include <sent/testing/emulator.hpp>

#include "support/read_file.hpp"
#include "support/replies.hpp"
#include "support/scripted_server.hpp"
#include "support/temp_dir.hpp"

namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;
using Environment = std::map<std::string, std::string>;

struct Run {
    int exit_code = -1;
    std::string output{};  // standard output and standard error
};

Run run_example(const std::string& name, const Environment& environment) {
    std::string command = "exec env -i";
    for (const auto& [variable, value] : environment) {
        command.append(" ").append(variable).append("='").append(value).append("'");
    }
    command.append(" '" SENT_EXAMPLES_DIR "/").append(name).append("' 2>&1 </dev/null");
    FILE* pipe = ::popen(command.c_str(), "r");
    if (pipe == nullptr) {
        throw std::runtime_error("popen failed");
    }
    Run run;
    std::array<char, 4096> buffer{};
    std::size_t count = 0;
    while ((count = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0) {
        run.output.append(buffer.data(), count);
    }
    const int status = ::pclose(pipe);
    run.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return run;
}

class Examples : public ::testing::Test {
  protected:
    void SetUp() override {
        ASSERT_TRUE(emulator) << emulator.error();
        receiver.by_default({sent::test::serve([](const auto&) { return sent::test::http_reply(200); })});
    }

    // What README.md of the examples says that they need, and the settings of the emulator.
    Environment settings() const {
        return {{"SENT_BASE_URL", emulator.base_url()},
                {"SENT_DM_API_KEY", emulator.api_key()},
                {"SENT_DM_SENDER_ID", emulator.sender_id()},
                {"SENT_FORBIDDEN_API_KEY", emulator.forbidden_api_key()},
                {"SENT_CONTACT_ID", contact().id},
                {"SENT_PHONE_NUMBER", contact().phone_number},
                {"SENT_PHONE_NUMBERS", contact().phone_number + ",+442071838750,+4915123456789"},
                {"SENT_TEMPLATE_ID", message_template().id},
                {"SENT_MESSAGE_ID", "3e7b5a10-8c24-4d6f-a1b9-50c2e8f7d613"},
                {"SENT_NEW_PHONE_NUMBER", "+14155550177"},
                {"SENT_WEBHOOK_URL", receiver.origin() + "/sent"},
                {"SENT_STATE_FILE", (folder.path() / "order.key").string()}};
    }
    sent::testing::SeededContact contact() const { return emulator.seeds().contacts.at(0); }
    sent::testing::SeededTemplate message_template() const { return emulator.seeds().templates.at(0); }

    sent::testing::Emulator emulator;
    sent::test::ScriptedServer receiver;
    sent::test::TempDir folder;
};

TEST_F(Examples, SendMessageSendsTheMessageOfTheGuide) {
    const auto run = run_example("01_send_message", settings());
    EXPECT_EQ(run.exit_code, 0) << run.output;
    EXPECT_THAT(run.output, AllOf(HasSubstr("204"), HasSubstr(contact().id), HasSubstr(message_template().id),
                                  HasSubstr("name = John Doe"), HasSubstr("order_id = 12345")));
    const auto messages = emulator.messages();
    ASSERT_EQ(messages.size(), 1U);
    EXPECT_EQ(messages[0].generation, "v1");
    EXPECT_EQ(messages[0].contact_id, contact().id);
    EXPECT_EQ(messages[0].template_id, message_template().id);
    EXPECT_EQ(messages[0].variables, (Environment{{"name", "John Doe"}, {"order_id", "12345"}}));
    EXPECT_EQ(messages[0].webhook_url, "https://example.com/webhook/message-status");
}

TEST_F(Examples, SendToPhoneReachesTheNumber) {
    const auto run = run_example("02_send_to_phone", settings());
    EXPECT_EQ(run.exit_code, 0) << run.output;
    const auto messages = emulator.messages();
    ASSERT_EQ(messages.size(), 1U);
    EXPECT_EQ(messages[0].phone_number, contact().phone_number);
    EXPECT_EQ(messages[0].generation, "v2");
}

TEST_F(Examples, ContactsShowsEveryContact) {
    const auto run = run_example("03_contacts", settings());
    EXPECT_EQ(run.exit_code, 0) << run.output;
    for (const auto& seeded : emulator.seeds().contacts) {
        EXPECT_THAT(run.output, HasSubstr(seeded.id));
    }
    EXPECT_THAT(run.output, HasSubstr(std::to_string(emulator.seeds().contacts.size()) + " contacts"));
}

TEST_F(Examples, ContactsFailsForAnUnknownContact) {
    auto environment = settings();
    environment["SENT_CONTACT_ID"] = "00000000-0000-4000-8000-000000000000";
    const auto run = run_example("03_contacts", environment);
    EXPECT_EQ(run.exit_code, 1) << run.output;
    EXPECT_THAT(run.output, HasSubstr("not_found"));
}

TEST_F(Examples, TemplatesCreatesReadsListsAndRemoves) {
    const auto run = run_example("04_templates", settings());
    EXPECT_EQ(run.exit_code, 0) << run.output;
    EXPECT_THAT(run.output, AllOf(HasSubstr("created "), HasSubstr("DRAFT"),
                                  HasSubstr("Hi {{1:variable}}, see you at {{2:variable}}."),
                                  HasSubstr("2 drafts:"), HasSubstr("removed ")));
}

TEST_F(Examples, HandleErrorsExplainsBadKeysAndSucceeds) {
    const auto run = run_example("05_handle_errors", settings());
    EXPECT_EQ(run.exit_code, 0) << run.output;
    EXPECT_THAT(run.output, AllOf(HasSubstr("authentication (HTTP 401), outcome rejected"),
                                  HasSubstr("permission_denied (HTTP 403), outcome rejected"),
                                  HasSubstr("Accepted."), Not(HasSubstr("not-a-key"))));
    EXPECT_EQ(emulator.accepted_messages(), 1U);
}

TEST_F(Examples, HandleErrorsWarnsOfASendOfUnknownFate) {
    sent::testing::Fault fault;
    fault.kind = sent::testing::FaultKind::close_before_reply;
    fault.path_prefix = "/v2/messages";
    fault.after = 2;  // the two sends with bad keys
    emulator.add_fault(fault);
    const auto run = run_example("05_handle_errors", settings());
    EXPECT_EQ(run.exit_code, 1) << run.output;
    EXPECT_THAT(run.output, AllOf(HasSubstr("outcome unknown"), HasSubstr("may have gone out")));
    EXPECT_EQ(emulator.accepted_messages(), 1U);
}

TEST_F(Examples, SendAsyncSendsTwice) {
    const auto run = run_example("06_send_async", settings());
    EXPECT_EQ(run.exit_code, 0) << run.output;
    EXPECT_THAT(run.output, AllOf(HasSubstr("future: accepted"), HasSubstr("callback: accepted")));
    EXPECT_EQ(emulator.accepted_messages(), 2U);
}

TEST_F(Examples, CoroutinesSendToEachFromTheLoopsThread) {
    if (!std::filesystem::exists(SENT_EXAMPLES_DIR "/24_coroutines")) {
        GTEST_SKIP() << "built without Asio, or by a compiler without coroutines";
    }
    const auto run = run_example("24_coroutines", settings());
    EXPECT_EQ(run.exit_code, 0) << run.output;
    EXPECT_THAT(run.output, AllOf(HasSubstr("accepted: "), Not(HasSubstr("elsewhere"))));
    EXPECT_EQ(emulator.accepted_messages(), 3U);
}

TEST_F(Examples, SendManySendsToEachAndShowsProgress) {
    const auto run = run_example("07_send_many", settings());
    EXPECT_EQ(run.exit_code, 0) << run.output;
    EXPECT_THAT(run.output, AllOf(HasSubstr("3 of 3\n"), HasSubstr("3 accepted, 0 failed")));
    EXPECT_EQ(emulator.accepted_messages(), 3U);
}

TEST_F(Examples, SendManyNamesTheOneThatFailed) {
    auto environment = settings();
    environment["SENT_PHONE_NUMBERS"] = "+14155550100,nobody,+442071838750";
    const auto run = run_example("07_send_many", environment);
    EXPECT_EQ(run.exit_code, 1) << run.output;
    EXPECT_THAT(run.output, AllOf(HasSubstr("message 1: "), HasSubstr("2 accepted, 1 failed, 0 of these")));
    EXPECT_EQ(emulator.accepted_messages(), 2U);
}

TEST_F(Examples, TestWithoutNetworkNeedsNoSetting) {
    const auto run = run_example("08_test_without_network", {});
    EXPECT_EQ(run.exit_code, 0) << run.output;
    EXPECT_EQ(emulator.requests(), 0U);
}

TEST_F(Examples, DeadlineAndCancelShowsBothLists) {
    const auto run = run_example("09_deadline_and_cancel", settings());
    EXPECT_EQ(run.exit_code, 0) << run.output;
    EXPECT_THAT(run.output, HasSubstr(std::to_string(emulator.seeds().contacts.size()) + " contacts"));
}

TEST_F(Examples, DeadlineAndCancelGivesUpOnASlowService) {
    sent::testing::Fault fault;
    fault.kind = sent::testing::FaultKind::stall;
    fault.path_prefix = "/v2/templates";
    emulator.add_fault(fault);
    const auto run = run_example("09_deadline_and_cancel", settings());
    EXPECT_EQ(run.exit_code, 0) << run.output;
    EXPECT_THAT(run.output, HasSubstr("cancelled"));
}

TEST_F(Examples, LoggingShowsTheCallAndNeitherKeyNorNumber) {
    const auto run = run_example("10_logging", settings());
    EXPECT_EQ(run.exit_code, 0) << run.output;
    EXPECT_THAT(run.output,
                AllOf(HasSubstr("[debug]"), HasSubstr("in US"), Not(HasSubstr(emulator.api_key())),
                      Not(HasSubstr(contact().phone_number))));
}

TEST_F(Examples, MessageStatusFollowsAMessage) {
    auto environment = settings();
    ASSERT_EQ(run_example("02_send_to_phone", environment).exit_code, 0);
    environment["SENT_MESSAGE_ID"] = emulator.messages().at(0).id;
    emulator.advance(std::chrono::minutes{1});
    const auto run = run_example("11_message_status", environment);
    EXPECT_EQ(run.exit_code, 0) << run.output;
    EXPECT_THAT(run.output, AllOf(HasSubstr("queued"), HasSubstr("arrived\n")));
}

TEST_F(Examples, FollowToDeliverySendsToEachAndWaitsForTheFirst) {
    const auto run = run_example("12_follow_to_delivery", settings());
    EXPECT_EQ(run.exit_code, 0) << run.output;
    EXPECT_THAT(run.output, AllOf(HasSubstr("3 accepted"), HasSubstr("DELIVERED")));
    EXPECT_EQ(emulator.accepted_messages(), 3U);
    EXPECT_EQ(emulator.messages().at(0).generation, "v3");
}

TEST_F(Examples, ContactLifeCycleEndsWithAnOptOut) {
    const auto run = run_example("13_contact_life_cycle", settings());
    EXPECT_EQ(run.exit_code, 0) << run.output;
    EXPECT_THAT(run.output, AllOf(HasSubstr("created "), HasSubstr("found by way of all()"),
                                  HasSubstr("0 messages"), HasSubstr("opted out")));
}

TEST_F(Examples, ContactLifeCycleNamesTheCodeOfADuplicate) {
    auto environment = settings();
    environment["SENT_NEW_PHONE_NUMBER"] = contact().phone_number;
    const auto run = run_example("13_contact_life_cycle", environment);
    EXPECT_EQ(run.exit_code, 1) << run.output;
    EXPECT_THAT(run.output, HasSubstr("RESOURCE_007"));
}

TEST_F(Examples, SubmitTemplateHasItReviewed) {
    const auto run = run_example("14_submit_template", settings());
    EXPECT_EQ(run.exit_code, 0) << run.output;
    EXPECT_THAT(run.output, AllOf(HasSubstr("(DRAFT)"), HasSubstr("submitted order_on_its_way (PENDING)"),
                                  HasSubstr("the review says ")));
}

TEST_F(Examples, ManageWebhooksTestsTheEndpoint) {
    const auto run = run_example("15_manage_webhooks", settings());
    EXPECT_EQ(run.exit_code, 0) << run.output;
    EXPECT_THAT(run.output,
                AllOf(HasSubstr("message: "), HasSubstr(", with its secret"), HasSubstr("took a test event"),
                      HasSubstr("in the log: message.delivered, "), HasSubstr("All message events is off"),
                      HasSubstr("removed"), Not(HasSubstr("whsec_"))));
    // The emulator delivers when it has answered; the program does not wait for that.
    EXPECT_TRUE(receiver.wait_for_requests(1, std::chrono::seconds{10}));
}

TEST_F(Examples, LookUpNumberTellsWhatIsKnown) {
    const auto run = run_example("16_look_up_number", settings());
    EXPECT_EQ(run.exit_code, 0) << run.output;
    EXPECT_THAT(run.output, StartsWith("valid, "));
}

TEST_F(Examples, ProfilesActsForEach) {
    const auto run = run_example("17_profiles", settings());
    EXPECT_EQ(run.exit_code, 0) << run.output;
    EXPECT_THAT(run.output, AllOf(HasSubstr("(organization)"),
                                  HasSubstr(emulator.seeds().profiles.at(0).name), HasSubstr(" contacts")));
}

TEST_F(Examples, RetryAfterCrashTakesEffectOnce) {
    // The answer of the first run never comes, whatever it tries: as if it had died while it waited.
    sent::testing::Fault fault;
    fault.kind = sent::testing::FaultKind::close_before_reply;
    fault.path_prefix = "/v3/messages";
    fault.times = 3;
    emulator.add_fault(fault);
    const auto cut_off = run_example("18_retry_after_crash", settings());
    EXPECT_EQ(cut_off.exit_code, 1) << cut_off.output;
    EXPECT_THAT(cut_off.output, HasSubstr("not certain, run again"));
    const auto again = run_example("18_retry_after_crash", settings());
    EXPECT_EQ(again.exit_code, 0) << again.output;
    EXPECT_THAT(again.output, AllOf(HasSubstr("an earlier run was cut off"),
                                    HasSubstr("had been accepted before: 1 message")));
    EXPECT_EQ(emulator.accepted_messages(), 1U);
}

TEST_F(Examples, SandboxSendsNothing) {
    const auto run = run_example("19_sandbox", settings());
    EXPECT_EQ(run.exit_code, 0) << run.output;
    EXPECT_THAT(run.output, AllOf(HasSubstr("simulated: 1 message"), HasSubstr("refused: ")));
    EXPECT_EQ(emulator.accepted_messages(), 0U);
}

struct Needs {
    const char* example;
    std::vector<std::string> settings;
};

const Needs every_example[] = {
    {"01_send_message", {"SENT_CONTACT_ID", "SENT_TEMPLATE_ID"}},
    {"02_send_to_phone", {"SENT_PHONE_NUMBER", "SENT_TEMPLATE_ID"}},
    {"03_contacts", {"SENT_CONTACT_ID", "SENT_PHONE_NUMBER"}},
    {"04_templates", {}},
    {"05_handle_errors", {"SENT_PHONE_NUMBER", "SENT_TEMPLATE_ID"}},
    {"06_send_async", {"SENT_PHONE_NUMBER", "SENT_TEMPLATE_ID"}},
    {"07_send_many", {"SENT_PHONE_NUMBERS", "SENT_TEMPLATE_ID"}},
    {"09_deadline_and_cancel", {}},
    {"10_logging", {"SENT_PHONE_NUMBER"}},
    {"11_message_status", {"SENT_MESSAGE_ID"}},
    {"12_follow_to_delivery", {"SENT_PHONE_NUMBERS", "SENT_TEMPLATE_ID"}},
    {"13_contact_life_cycle", {"SENT_NEW_PHONE_NUMBER"}},
    {"14_submit_template", {}},
    {"15_manage_webhooks", {"SENT_WEBHOOK_URL"}},
    {"16_look_up_number", {"SENT_PHONE_NUMBER"}},
    {"17_profiles", {}},
    {"18_retry_after_crash", {"SENT_PHONE_NUMBER", "SENT_TEMPLATE_ID", "SENT_STATE_FILE"}},
    {"19_sandbox", {"SENT_PHONE_NUMBER", "SENT_TEMPLATE_ID"}},
};

TEST_F(Examples, EndWithTwoAndNameTheSettingThatIsMissing) {
    for (const auto& [example, needed] : every_example) {
        for (const auto& variable : needed) {
            auto environment = settings();
            environment.erase(variable);
            const auto run = run_example(example, environment);
            EXPECT_EQ(run.exit_code, 2) << example << " without " << variable << ": " << run.output;
            EXPECT_THAT(run.output, HasSubstr(variable)) << example;
        }
    }
    EXPECT_EQ(emulator.accepted_messages(), 0U);
}

TEST_F(Examples, FailWithoutAKeyAndSayWhereToPutIt) {
    auto environment = settings();
    environment.erase("SENT_DM_API_KEY");
    for (const auto& [example, needed] : every_example) {
        const auto run = run_example(example, environment);
        EXPECT_EQ(run.exit_code, 1) << example << ": " << run.output;
        EXPECT_THAT(run.output, HasSubstr("SENT_DM_API_KEY")) << example;
    }
    EXPECT_EQ(emulator.accepted_messages(), 0U);
}

TEST_F(Examples, FailWithAWrongKeyAndDoNotShowIt) {
    auto environment = settings();
    environment["SENT_DM_API_KEY"] = "a-key-that-was-revoked";
    for (const auto& [example, needed] : every_example) {
        const auto run = run_example(example, environment);
        EXPECT_EQ(run.exit_code, 1) << example << ": " << run.output;
        EXPECT_THAT(run.output, AllOf(HasSubstr("authentication"), Not(HasSubstr("a-key-that-was-revoked"))))
            << example;
    }
    EXPECT_EQ(emulator.accepted_messages(), 0U);
}

TEST(ExamplesFolder, IsListedInItsReadme) {
    const auto readme = sent::test::read_file(SENT_EXAMPLES_SOURCE_DIR "/README.md");
    std::size_t sources = 0;
    for (const auto& entry : std::filesystem::directory_iterator(SENT_EXAMPLES_SOURCE_DIR)) {
        if (entry.path().extension() == ".cpp") {
            const auto name = entry.path().filename().string();
            EXPECT_THAT(readme, HasSubstr(std::string{"]("}.append(name).append(")")));
            std::ifstream source(entry.path());
            std::string first_line;
            std::getline(source, first_line);
            EXPECT_THAT(first_line, StartsWith("// ")) << name;
            ++sources;
        }
    }
    EXPECT_GE(sources, 19U);
}

}  // namespace
