#include "core/config.hpp"

#include <chrono>
#include <cstdlib>
#include <limits>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>

#include "unit/client_fixture.hpp"

namespace sent::test {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

constexpr const char* sentinel = "s3nt1nel-key-0123456789";

/// Sets a variable of the environment, and removes it at the end.
class Variable {
  public:
    Variable(const char* name, const char* value) : name_(name) { ::setenv(name, value, 1); }
    Variable(const Variable&) = delete;
    Variable& operator=(const Variable&) = delete;
    ~Variable() { ::unsetenv(name_); }

  private:
    const char* name_;
};

class Config : public ClientFixture {
  protected:
    /// The first call's error for these options.
    Error error_of(ClientOptions settings) {
        settings.transport = mock;
        const Client client{settings};
        const auto done = client.call(send_request());
        EXPECT_FALSE(done);
        EXPECT_EQ(mock->request_count(), 0U);
        return done ? Error{} : done.error();
    }

    ClientOptions options_that_read_the_environment() {
        auto settings = options();
        settings.use_environment = true;
        settings.log.sink = [this](const LogRecord& record) { log_.emplace_back(record.message); };
        return settings;
    }
    /// What is logged while a client is made and makes two calls.
    std::vector<std::string> log_of(const ClientOptions& settings) {
        log_.clear();
        mock->otherwise(sent::testing::Reply{204}.always());
        const Client client{settings};
        EXPECT_TRUE(client.call(send_request()));
        EXPECT_TRUE(client.with_options({}).call(send_request()));
        return log_;
    }

    std::vector<std::string> log_{};
};

TEST_F(Config, AMissingKeyIsReportedByTheFirstCallAndByCreate) {
    auto settings = options();
    settings.api_key = Secret{};
    const auto error = error_of(settings);
    EXPECT_EQ(error.kind, ErrorKind::configuration);
    EXPECT_EQ(error.outcome, Outcome::not_sent);
    EXPECT_THAT(error.message, HasSubstr("SENT_DM_API_KEY"));
    const auto created = Client::create(settings);
    ASSERT_FALSE(created);
    EXPECT_EQ(created.error().kind, ErrorKind::configuration);
    EXPECT_TRUE(Client::create(options()));
}

TEST_F(Config, BadKeysAreRefusedAndNeverEchoed) {
    for (const std::string bad : {"\n", "\r\n", " ", "\t", "\x01", "\x7F", "\xC3\xA9"}) {
        for (const auto& key : {sentinel + bad, bad + sentinel, sentinel + bad + sentinel}) {
            auto settings = options();
            settings.api_key = Secret{key};
            const auto error = error_of(settings);
            EXPECT_EQ(error.kind, ErrorKind::configuration);
            EXPECT_THAT(error.message, HasSubstr("api_key"));
            EXPECT_THAT(to_string(error), Not(HasSubstr(sentinel)));
        }
    }
    auto settings = options();
    settings.api_key = Secret{std::string{sentinel} + std::string(1, '\0')};
    EXPECT_EQ(error_of(settings).kind, ErrorKind::configuration);
}

TEST_F(Config, WhatCanNotStandInAHeaderIsRefusedByName) {
    auto settings = options();
    settings.sender_id = "a\r\nb";
    EXPECT_THAT(error_of(settings).message, HasSubstr("sender_id"));
    settings = options();
    settings.profile_id = "a\nb";
    EXPECT_THAT(error_of(settings).message, HasSubstr("profile_id"));
    settings = options();
    settings.user_agent_suffix = "a\nb";
    EXPECT_THAT(error_of(settings).message, HasSubstr("user_agent_suffix"));
    settings = options();
    settings.extra_headers = {{"X-Team", std::string_view{"a\0b", 3}}};
    EXPECT_THAT(error_of(settings).message, HasSubstr("X-Team"));
    settings = options();
    settings.extra_headers = {{"X Team", "a"}};
    EXPECT_THAT(error_of(settings).message, HasSubstr("extra_headers"));
}

TEST_F(Config, TheLibrarysOwnHeadersCanNotBeReplaced) {
    for (const auto* name :
         {"x-api-key", "X-Sender-Id", "Content-Type", "Host", "Idempotency-Key", "X-Profile-Id", "Expect"}) {
        auto settings = options();
        settings.extra_headers = {{name, "value"}};
        EXPECT_THAT(error_of(settings).message, HasSubstr("set by the library")) << name;
    }
}

TEST_F(Config, V1NeedsASenderId) {
    auto settings = options();
    settings.sender_id.clear();
    const auto error = error_of(settings);
    EXPECT_EQ(error.kind, ErrorKind::configuration);
    EXPECT_THAT(error.message, HasSubstr("SENT_DM_SENDER_ID"));
}

TEST_F(Config, BadNumbersAreRefused) {
    using std::chrono::milliseconds;
    std::vector<ClientOptions> all(9, options());
    all[0].connect_timeout = milliseconds{0};
    all[1].attempt_timeout = milliseconds{-1};
    all[2].deadline = milliseconds{0};
    all[3].retry.max_retries = -1;
    all[4].max_response_bytes = 0;
    all[5].rate_limit.requests_per_minute = 0;
    all[6].rate_limit.message_burst = 0;
    all[7].proxy.mode = ProxyOptions::Mode::url;
    all[8].rate_limit.messages_per_minute = std::numeric_limits<double>::quiet_NaN();
    for (const auto& settings : all) {
        EXPECT_EQ(error_of(settings).kind, ErrorKind::configuration);
    }
}

TEST_F(Config, BadRetriesOfACallAreRefused) {
    const Client client{options()};
    CallOptions call;
    call.retry.emplace().initial_backoff = std::chrono::milliseconds{-1};
    const auto result = client.call(send_request(), call);
    ASSERT_FALSE(result);
    EXPECT_THAT(result.error().message, HasSubstr("`retry`"));
    EXPECT_EQ(result.error().outcome, Outcome::not_sent);
    EXPECT_EQ(mock->request_count(), 0U);
}

TEST_F(Config, BlanksInTheProfileOfACallAreRefused) {
    const Client client{options()};
    CallOptions call;
    call.profile_id = "prof 1";
    for (const auto& result :
         {client.call(send_request(), call), client.for_profile("prof 1").call(send_request())}) {
        ASSERT_FALSE(result);
        EXPECT_THAT(result.error().message, HasSubstr("profile_id"));
        EXPECT_EQ(result.error().outcome, Outcome::not_sent);
    }
    EXPECT_EQ(mock->request_count(), 0U);
}

TEST_F(Config, ProxyCredentialsInTheUrlAreRefusedAndNotEchoed) {
    auto settings = options();
    settings.proxy.mode = ProxyOptions::Mode::url;
    settings.proxy.url = std::string{"http://user:"} + sentinel + "@proxy:3128";
    const auto error = error_of(settings);
    EXPECT_THAT(error.message, HasSubstr("proxy.username"));
    EXPECT_THAT(to_string(error), Not(HasSubstr(sentinel)));
}

TEST_F(Config, A14_AProxyUrlIsReadAsEveryOther) {
    auto settings = options();
    settings.proxy.mode = ProxyOptions::Mode::url;
    for (const char* url :
         {"http://0127.0.0.1:3128", "0x7f.1:3128", "socks5h://127.1:1080", "https://2130706433",
          "http://%31.2.3.4", "http://[::1", "http://proxy:99999", "ftp://proxy:3128", "http://"}) {
        settings.proxy.url = url;
        const auto error = error_of(settings);
        EXPECT_EQ(error.kind, ErrorKind::configuration) << url;
        EXPECT_THAT(error.message, HasSubstr("proxy.url")) << url;
    }
    mock->otherwise(sent::testing::Reply{204}.always());
    for (const char* url : {"http://127.0.0.1:3128", "proxy.example:3128", "PROXY", "socks4a://proxy:1080/",
                            "SOCKS5://[::1]:1080", "https://proxy.example"}) {
        settings.proxy.url = url;
        EXPECT_TRUE(Client{settings}.call(send_request())) << url;
    }
}

TEST_F(Config, OptionsWinOverTheEnvironmentAndThatOverDefaults) {
    const Variable key{"SENT_DM_API_KEY", "environment-key"};
    const Variable sender{"SENT_DM_SENDER_ID", "environment-sender"};
    const Variable url{"SENT_BASE_URL", "https://environment.example"};
    const Variable older_url{"SENT_DM_BASE_URL", "https://older.example"};
    const Variable headers{"SENT_CUSTOM_HEADERS", "X-One: 1\nno colon\r\n X-Two :  2 \nX-Three:3"};
    ClientOptions settings;
    settings.transport = mock;
    settings.extra_headers = {{"X-Two", "mine"}};
    mock->otherwise(sent::testing::Reply{204}.always());
    ASSERT_TRUE(Client{settings}.call(send_request()));
    auto request = mock->requests().at(0);
    EXPECT_EQ(request.headers.get("x-api-key"), "environment-key");
    EXPECT_EQ(request.headers.get("x-sender-id"), "environment-sender");
    EXPECT_EQ(request.url, "https://environment.example/v1/messages/contact");
    EXPECT_EQ(request.headers.get("X-One"), "1");
    EXPECT_EQ(request.headers.get("X-Two"), "mine");
    EXPECT_EQ(request.headers.get("X-Three"), "3");

    settings.api_key = "own-key";
    settings.sender_id = "own-sender";
    settings.base_url = "https://own.example/gate/";
    ASSERT_TRUE(Client{settings}.call(send_request()));
    request = mock->requests().at(1);
    EXPECT_EQ(request.headers.get("x-api-key"), "own-key");
    EXPECT_EQ(request.headers.get("x-sender-id"), "own-sender");
    EXPECT_EQ(request.url, "https://own.example/gate/v1/messages/contact");

    settings.use_environment = false;
    settings.base_url.clear();
    ASSERT_TRUE(Client{settings}.call(send_request()));
    request = mock->requests().at(2);
    EXPECT_EQ(request.url, "https://api.sent.dm/v1/messages/contact");
    EXPECT_FALSE(request.headers.contains("X-One"));
}

TEST_F(Config, AnEmptyVariableCountsAsUnset) {
    const Variable url{"SENT_BASE_URL", ""};
    const Variable older_url{"SENT_DM_BASE_URL", "https://older.example"};
    auto settings = options();
    settings.use_environment = true;
    settings.base_url.clear();
    mock->reply(204);
    ASSERT_TRUE(Client{settings}.call(send_request()));
    EXPECT_EQ(mock->requests().at(0).url, "https://older.example/v1/messages/contact");
}

TEST_F(Config, B22_TheEnvironmentIsTrimmed) {
    const Variable key{"SENT_DM_API_KEY", "\r\n environment-key\n"};
    const Variable sender{"SENT_DM_SENDER_ID", "\tenvironment-sender \n"};
    const Variable url{"SENT_BASE_URL", "https://environment.example\n"};
    const Variable headers{"SENT_CUSTOM_HEADERS", "\n\nX-One: 1\r\n\n"};
    ClientOptions settings;
    settings.transport = mock;
    mock->reply(204);
    const auto done = Client{settings}.call(send_request());
    ASSERT_TRUE(done) << done.error();
    const auto request = mock->requests().at(0);
    EXPECT_EQ(request.headers.get("x-api-key"), "environment-key");
    EXPECT_EQ(request.headers.get("x-sender-id"), "environment-sender");
    EXPECT_EQ(request.url, "https://environment.example/v1/messages/contact");
    EXPECT_EQ(request.headers.get("X-One"), "1");
}

TEST_F(Config, B22_TheSecondNameOfTheKeyCountsAfterTheFirst) {
    const Variable second{"SENT_API_KEY", "second-key"};
    auto settings = options_without_transport();
    settings.transport = mock;
    settings.use_environment = true;
    settings.api_key = Secret{};
    mock->otherwise(sent::testing::Reply{204}.always());
    ASSERT_TRUE(Client{settings}.call(send_request()));
    EXPECT_EQ(mock->requests().at(0).headers.get("x-api-key"), "second-key");
    {
        const Variable empty{"SENT_DM_API_KEY", " \n"};
        ASSERT_TRUE(Client{settings}.call(send_request()));
        EXPECT_EQ(mock->requests().at(1).headers.get("x-api-key"), "second-key");
    }
    const Variable first{"SENT_DM_API_KEY", "first-key"};
    ASSERT_TRUE(Client{settings}.call(send_request()));
    EXPECT_EQ(mock->requests().at(2).headers.get("x-api-key"), "first-key");
}

TEST_F(Config, B22_WhatIsWrongWithAVariableIsSaidOfThatVariable) {
    auto settings = options();
    settings.use_environment = true;
    settings.api_key = Secret{};
    settings.sender_id.clear();
    settings.base_url.clear();
    {
        const Variable key{"SENT_API_KEY", "s3nt1nel-key-0123456789\nx"};
        const auto error = error_of(settings);
        EXPECT_THAT(error.message, HasSubstr("SENT_API_KEY"));
        EXPECT_THAT(to_string(error), Not(HasSubstr(sentinel)));
    }
    const Variable key{"SENT_DM_API_KEY", "k"};
    {
        const Variable sender{"SENT_DM_SENDER_ID", "a b"};
        EXPECT_THAT(error_of(settings).message, HasSubstr("SENT_DM_SENDER_ID"));
    }
    {
        const Variable url{"SENT_DM_BASE_URL", "environment.example"};
        EXPECT_THAT(error_of(settings).message, HasSubstr("SENT_DM_BASE_URL must start with https://"));
    }
    const Variable url{"SENT_BASE_URL", "https://a.example\nhttps://b.example"};
    EXPECT_THAT(error_of(settings).message, HasSubstr("SENT_BASE_URL"));
}

TEST_F(Config, B22_TheLogLevelIsReadInAnyCase) {
    for (const auto* text : {"debug", "DEBUG", "Debug", " debug\n"}) {
        const Variable log{"SENT_LOG", text};
        const auto records = log_of(options_that_read_the_environment());
        EXPECT_THAT(records, Contains(HasSubstr("attempt 1"))) << text;
    }
    const Variable log{"SENT_LOG", "OFF"};
    EXPECT_THAT(log_of(options_that_read_the_environment()), IsEmpty());
}

TEST_F(Config, B22_AnUnknownValueIsWarnedOfOnce) {
    {
        const Variable log{"SENT_LOG", "verbose"};
        EXPECT_THAT(log_of(options_that_read_the_environment()),
                    ElementsAre(AllOf(HasSubstr("SENT_LOG"), HasSubstr("debug"))));
        auto settings = options_that_read_the_environment();
        settings.log.level = LogLevel::warn;
        EXPECT_THAT(log_of(settings), IsEmpty()) << "the option counts, whatever the variable says";
    }
    const Variable allow{"SENT_ALLOW_INSECURE_HTTP", "perhaps"};
    EXPECT_THAT(log_of(options_that_read_the_environment()),
                ElementsAre(HasSubstr("SENT_ALLOW_INSECURE_HTTP")));
}

TEST_F(Config, B22_WithoutALogTheWarningGoesToStandardError) {
    const Variable log{"SENT_LOG", "verbose"};
    ::testing::internal::CaptureStderr();
    auto settings = options();
    settings.use_environment = true;
    const Client client{settings};
    const Client copy = client.with_options({});
    EXPECT_THAT(::testing::internal::GetCapturedStderr(),
                AllOf(StartsWith("sent warn: SENT_LOG"), EndsWith("debug\n")));
}

TEST_F(Config, B22_AnUnknownLogLevelCountsAsWarn) {
    const Variable log{"SENT_LOG", "verbose"};
    mock->otherwise(sent::testing::Reply::timeout().always());
    auto settings = options();
    settings.use_environment = true;
    const Client client{settings};
    ::testing::internal::CaptureStderr();
    EXPECT_EQ(client.call(send_request()).error().outcome, Outcome::unknown);
    EXPECT_THAT(::testing::internal::GetCapturedStderr(), HasSubstr("sent warn: "));
}

TEST_F(Config, B20_PlainHttpIsAllowedByTheEnvironmentAndLoudly) {
    auto settings = options_that_read_the_environment();
    settings.base_url = "http://emulator:8080";
    EXPECT_THAT(error_of(settings).message, HasSubstr("SENT_ALLOW_INSECURE_HTTP"));
    for (const auto* text : {"1", "true", "YES", " on\n"}) {
        const Variable allow{"SENT_ALLOW_INSECURE_HTTP", text};
        mock->reset();
        EXPECT_THAT(log_of(settings),
                    ElementsAre(AllOf(HasSubstr("http://emulator:8080"), HasSubstr("API key"))))
            << text;
        EXPECT_EQ(mock->requests().at(0).url, "http://emulator:8080/v1/messages/contact");
        ::testing::internal::CaptureStderr();
        auto silent = settings;
        silent.log.sink = nullptr;
        const Client client{silent};
        EXPECT_THAT(::testing::internal::GetCapturedStderr(), HasSubstr("SENT_ALLOW_INSECURE_HTTP"));
    }
    for (const auto* text : {"0", "False", "no", "off", ""}) {
        const Variable allow{"SENT_ALLOW_INSECURE_HTTP", text};
        mock->reset();
        EXPECT_EQ(error_of(settings).kind, ErrorKind::configuration) << text;
    }
    const Variable allow{"SENT_ALLOW_INSECURE_HTTP", "1"};
    mock->reset();
    settings.base_url = "http://127.0.0.1:8080";
    EXPECT_THAT(log_of(settings), IsEmpty());
    settings.base_url = "http://emulator:8080";
    settings.use_environment = false;
    mock->reset();
    EXPECT_EQ(error_of(settings).kind, ErrorKind::configuration);
    settings.use_environment = true;
    settings.allow_insecure_http = true;
    EXPECT_THAT(log_of(settings), IsEmpty()) << "the program has said so itself";
}

TEST_F(Config, A14_AddressesThatProgramsReadDifferentlyAreRefused) {
    for (const auto* url :
         {"http://0127.0.0.1:8000", "http://127.0.0.01", "http://0x7f.0.0.1", "http://127.1"}) {
        auto settings = options();
        settings.base_url = url;
        settings.allow_insecure_http = true;
        const auto error = error_of(settings);
        EXPECT_EQ(error.kind, ErrorKind::configuration) << url;
        EXPECT_THAT(error.message, HasSubstr("without leading zeros")) << url;
    }
}

TEST_F(Config, B28_AVersionInTheVendorsBaseUrlIsRefused) {
    for (const auto* url : {"https://api.sent.dm/v3", "https://api.sent.dm/v1/", "https://API.SENT.DM/V2//",
                            "https://api.sent.dm/v3/messages", "https://sent.dm/api/v3"}) {
        auto settings = options();
        settings.base_url = url;
        const auto error = error_of(settings);
        EXPECT_EQ(error.kind, ErrorKind::configuration) << url;
        EXPECT_THAT(error.message, AllOf(HasSubstr("base_url"), HasSubstr("adds itself"))) << url;
    }
    const Variable url{"SENT_BASE_URL", "https://api.sent.dm/v3"};
    auto settings = options();
    settings.base_url.clear();
    settings.use_environment = true;
    EXPECT_THAT(error_of(settings).message, HasSubstr("SENT_BASE_URL"));
}

// A gateway may have a version of its own, so only an answer that knows no such path speaks against it.
TEST_F(Config, B28_AVersionInAnotherBaseUrlIsNamedWhenThePathIsUnknown) {
    auto settings = options();
    settings.base_url = "https://gateway.example/v1/";
    const Client client{settings};
    mock->reply(204);
    EXPECT_TRUE(client.call(send_request()));
    for (const auto& body :
         {std::string{}, std::string{"<html>"}, std::string{R"({"message":"No such path."})"},
          std::string{R"({"success":false,"error":{"code":"RESOURCE_013","message":"No such path"}})"}}) {
        mock->json(404, body);
        const auto done = client.call(send_request());
        ASSERT_FALSE(done);
        EXPECT_EQ(done.error().kind, ErrorKind::not_found);
        EXPECT_THAT(done.error().message, AllOf(HasSubstr("base_url"), HasSubstr("/v1"))) << body;
        EXPECT_THAT(done.error().hint(), HasSubstr("base_url"));
    }
    mock->json(404, R"({"success":false,"error":{"code":"RESOURCE_001","message":"Contact not found"}})");
    EXPECT_THAT(client.call(send_request()).error().message, Not(HasSubstr("base_url")));
    settings.base_url = "https://api.notsent.dm/v3";
    mock->reply(204);
    EXPECT_TRUE(Client{settings}.call(send_request())) << "not the vendor's domain";
    settings.base_url = "https://gateway.example/v10/v3x";
    mock->json(404, "");
    EXPECT_THAT(Client{settings}.call(send_request()).error().message, Not(HasSubstr("base_url")));
}

TEST_F(Config, CallsWinOverCopiesAndThoseOverTheClient) {
    using std::chrono::milliseconds;
    auto settings = options();
    settings.attempt_timeout = milliseconds{1000};
    settings.extra_headers = {{"X-A", "client"}, {"X-B", "client"}};
    mock->otherwise(sent::testing::Reply{204}.always());
    const Client client{settings};
    CallOptions defaults;
    defaults.attempt_timeout = milliseconds{2000};
    defaults.extra_headers = {{"X-A", "copy"}, {"X-C", "copy"}};
    const auto copy = client.with_options(defaults);
    CallOptions call;
    call.attempt_timeout = milliseconds{3000};
    call.extra_headers = {{"X-C", "call"}};
    ASSERT_TRUE(client.call(send_request()));
    ASSERT_TRUE(copy.call(send_request()));
    ASSERT_TRUE(copy.call(send_request(), call));
    const auto requests = mock->requests();
    EXPECT_EQ(requests[0].timeout, milliseconds{1000});
    EXPECT_EQ(requests[1].timeout, milliseconds{2000});
    EXPECT_EQ(requests[2].timeout, milliseconds{3000});
    EXPECT_EQ(requests[0].headers.get("X-A"), "client");
    EXPECT_EQ(requests[1].headers.get("X-A"), "copy");
    EXPECT_EQ(requests[1].headers.get("X-B"), "client");
    EXPECT_EQ(requests[2].headers.get("X-A"), "copy");
    EXPECT_EQ(requests[2].headers.get("X-C"), "call");
}

TEST_F(Config, AProfileGoesWithV3Only) {
    mock->otherwise(sent::testing::Reply{204}.always());
    const auto client = Client{options()}.for_profile("profile-1");
    ASSERT_TRUE(client.call(send_request()));
    RawRequest raw;
    raw.path = "/v3/me";
    ASSERT_TRUE(client.request(raw));
    const auto requests = mock->requests();
    EXPECT_FALSE(requests[0].headers.contains("x-profile-id"));
    EXPECT_EQ(requests[1].headers.get("x-profile-id"), "profile-1");
    EXPECT_FALSE(requests[1].headers.contains("x-sender-id"));
}

TEST_F(Config, ASecretPrintsAsRedacted) {
    auto settings = options();
    settings.api_key = sentinel;
    std::ostringstream out;
    out << settings.api_key;
    EXPECT_EQ(out.str(), "[redacted]");
}

}  // namespace
}  // namespace sent::test
