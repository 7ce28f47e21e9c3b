// Runs 25_answer_calls and asks it questions as the service does.
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <sent/http/curl_transport.hpp>
#include <sent/sent.hpp>
#include <sent/testing/emulator.hpp>
#include <sent/v3/voice_numbers.hpp>
#include <sent/webhooks.hpp>

#include "examples/program.hpp"
#include "support/eventually.hpp"
#include "support/temp_dir.hpp"

namespace sent::test {
namespace {

constexpr auto secret = "whsec_c2VudC1jcHAtc2RrLXRlc3Qtc2lnbmluZy1rZXktMDE=";

std::string question(const std::string& call_id, const std::string& rest) {
    return R"({"type":"call.request","version":"1","callId":")" + call_id + R"(","number":"+12025550141",)" +
           rest + "}";
}

std::string inbound(const std::string& call_id) {
    return question(call_id, R"("direction":"inbound","from":{"kind":"number","number":"+12025550123"},)"
                             R"("to":{"kind":"number","number":"+12025550141"})");
}

class AnswerCalls : public ::testing::Test {
  protected:
    void SetUp() override {
        if (!std::filesystem::exists(SENT_EXAMPLES_DIR "/25_answer_calls")) {
            GTEST_SKIP() << "not built: cpp-httplib is missing";
        }
        program = std::make_unique<Program>(
            "25_answer_calls",
            std::map<std::string, std::string>{{"SENT_CALLBACK_SECRET", secret}, {"SENT_AGENT_FILE", agent}});
        url = program->next_line();
    }
    void put_on_duty(const std::string& name) const { std::ofstream{agent} << name << '\n'; }

    HttpResponse ask(const std::string& body, bool is_retry = false) const {
        HttpRequest request;
        request.method = "POST";
        request.url = url;
        request.headers =
            webhooks::Signer{{secret, "7ba7b820-9dad-11d1-80b4-00c04fd430c8"}}.sign(body).value();
        if (is_retry) {
            request.headers.add("X-Sent-Retry", "1");
        }
        return send(request, body);
    }
    static HttpResponse send(HttpRequest request, const std::string& body) {
        CurlTransport transport;
        request.body = body;
        auto result = transport.send(request);
        return result ? std::move(result).response() : HttpResponse{};
    }

    TempDir folder;
    std::string agent = (folder.path() / "agent").string();
    std::unique_ptr<Program> program;
    std::string url;
};

TEST_F(AnswerCalls, AnswersARepeatedQuestionAlike) {
    put_on_duty("agent-7");
    const auto first = ask(inbound("call_1"));
    EXPECT_EQ(first.status, 200);
    EXPECT_EQ(first.body, R"({"action":{"action":"connectToUser","identity":"agent-7"}})");
    EXPECT_EQ(first.headers.get("content-type").value_or(""), "application/json");
    put_on_duty("agent-8");
    EXPECT_EQ(ask(inbound("call_1"), true).body, first.body);
    EXPECT_EQ(ask(inbound("call_2")).body, R"({"action":{"action":"connectToUser","identity":"agent-8"}})");
}

TEST_F(AnswerCalls, GivesTheAnswerThatCameTooLateToTheRepetition) {
    // Whoever opens a FIFO waits for its other end: a decision that takes long.
    ASSERT_EQ(::mkfifo(agent.c_str(), 0600), 0);
    EXPECT_EQ(ask(inbound("call_1")).status, 503);
    put_on_duty("agent-7");
    EXPECT_EQ(ask(inbound("call_1"), true).body,
              R"({"action":{"action":"connectToUser","identity":"agent-7"}})");
}

TEST_F(AnswerCalls, DialsForUsersOfTheApp) {
    EXPECT_EQ(ask(question("call_1", R"("direction":"outbound","from":{"kind":"user","identity":"agent-7"},)"
                                     R"("to":{"kind":"number","number":"+12025550123"})"))
                  .body,
              R"({"action":{"action":"connectToNumber","number":"+12025550123","callerId":"+12025550141",)"
              R"("dialTimeoutSeconds":30}})");
}

TEST_F(AnswerCalls, RejectsWhatItDoesNotUnderstand) {
    const std::string busy = R"({"action":{"action":"reject","reason":"busy"}})";
    EXPECT_EQ(ask(R"({"type":"call.input","callId":"call_1"})").body, busy);
    EXPECT_EQ(ask(question("call_2", R"("direction":"outbound","to":{"kind":"conference"})")).body, busy);
    EXPECT_EQ(ask(inbound("call_3")).body, busy) << "nobody is on duty";
}

TEST_F(AnswerCalls, AnswersOnlyTheService) {
    EXPECT_EQ(ask("no JSON").status, 400);
    EXPECT_EQ(program->next_line().find(secret), std::string::npos);
    HttpRequest unsigned_request;
    unsigned_request.method = "POST";
    unsigned_request.url = url;
    EXPECT_EQ(send(unsigned_request, inbound("call_1")).status, 401);
}

/// The same program as the callback of a number of the emulator.
class AnswerCallsOfTheEmulator : public ::testing::Test {
  protected:
    void SetUp() override {
        if (!std::filesystem::exists(SENT_EXAMPLES_DIR "/25_answer_calls")) {
            GTEST_SKIP() << "not built: cpp-httplib is missing";
        }
        ASSERT_TRUE(emulator) << emulator.error();
        // The secret is known only when the number has a URL, and the URL only when the program runs.
        const auto made = voice.create({"https://voice.example.com/calls", number});
        ASSERT_TRUE(made) << made.error();
        program = std::make_unique<Program>(
            "25_answer_calls", std::map<std::string, std::string>{
                                   {"SENT_CALLBACK_SECRET", std::string{made->callback_secret.reveal()}},
                                   {"SENT_AGENT_FILE", agent}});
        UpdateVoiceNumberRequest update;
        update.number = number;
        update.callback_url = program->next_line();
        ASSERT_TRUE(voice.update(update));
    }
    ClientOptions options() const {
        ClientOptions options;
        options.base_url = emulator.base_url();
        options.api_key = emulator.api_key();
        options.use_environment = false;
        return options;
    }
    /// Returns the id of a call from outside.
    std::string start_call() const {
        RawRequest request;
        request.method = "POST";
        request.path = "/_emulator/calls";
        request.body = R"({"number":"+12025550141"})";
        const auto started = client.request(request);
        EXPECT_TRUE(started) << started.error();
        return started ? nlohmann::json::parse(started->body)["id"].get<std::string>() : std::string{};
    }
    Call call(const std::string& id) const { return client.calls().get(id).value(); }

    const std::string number = "+12025550141";
    testing::Emulator emulator;
    Client client{options()};
    VoiceNumbers voice{client};
    TempDir folder;
    std::string agent = (folder.path() / "agent").string();
    std::unique_ptr<Program> program;
};

TEST_F(AnswerCallsOfTheEmulator, PassesTheTestQuestion) {
    const auto test = voice.test(number);
    ASSERT_TRUE(test) << test.error();
    EXPECT_EQ(test->outcome.str(), "ok") << (test->error ? test->error->message : "");
    EXPECT_EQ(nlohmann::json::parse(test->answer.text)["action"]["action"], "connectToNumber");
}

TEST_F(AnswerCallsOfTheEmulator, ConnectsCalls) {
    std::ofstream{agent} << "agent-7\n";
    const auto id = start_call();
    EXPECT_TRUE(eventually([&] { return call(id).status == CallStatus::answered; }));
}

TEST_F(AnswerCallsOfTheEmulator, IsRefusedWithAnOldSecret) {
    ASSERT_TRUE(voice.rotate_secret(number));
    const auto id = start_call();
    EXPECT_TRUE(eventually([&] { return call(id).status == CallStatus::failed; }));
    EXPECT_EQ(call(id).failure_reason, CallFailureReason::rejected);
}

}  // namespace
}  // namespace sent::test
