// R10: the API key and phone numbers are in no log, error or exception, on whatever way a call fails.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <functional>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "exhibits.hpp"
#include "fault_scene.hpp"
#include "support/loopback.hpp"
#include "support/read_file.hpp"
#include "support/temp_dir.hpp"
#include "support/tls_identity.hpp"

namespace sent::test {
namespace {

using std::chrono::milliseconds;

/// Makes calls that hold the sentinels in all the places where a caller can put them.
void call_everything(const ClientOptions& options, Exhibits& exhibits) {
    const Client client(options);
    const std::string phone{sentinel_phone};
    v1::SendToPhoneRequest to_phone;
    to_phone.phone_number = phone;
    to_phone.template_id = "template-1";
    to_phone.message_body = {{"phone", phone}};
    v1::GetContactByPhoneRequest by_phone;
    by_phone.phone_number = phone;
    RawRequest raw;
    raw.method = "POST";
    raw.path = "/v3/numbers/" + phone;
    raw.query.add("phone", phone);
    raw.body = R"({"to":[")" + phone + R"("]})";
    CallOptions keyed;
    keyed.idempotency_key = test_order;
    keyed.extra_headers.add("X-Phone", phone);
    for (const auto driver : {Driver::call, Driver::submit}) {
        exhibits.add_result(perform(client, driver, to_phone));
        exhibits.add_result(perform(client, driver, by_phone));
        exhibits.add_result(perform(client, driver, v1::ListContactsRequest{}));
        exhibits.add_result(perform(client, driver, v1::SendToPhoneRequest{}));
    }
    exhibits.add_result(client.request(raw, keyed));
    const auto report = client.bulk(std::vector{to_phone, to_phone});
    for (const auto& result : report.results) {
        exhibits.add_result(result);
    }
    exhibits.add_result(Client::create(options));
}

ClientOptions sentinel_options(const std::string& base_url) {
    auto options = quick_options(base_url);
    options.api_key = sentinel_key;
    options.log.level = LogLevel::debug;
    options.retry.max_retries = 1;
    options.attempt_timeout = std::chrono::seconds(5);
    return options;
}

/// A script in which a server goes wrong, with what it got from us in its mouth.
std::vector<std::pair<const char*, Script>> malicious_scripts() {
    const std::string both = std::string{sentinel_key} + " and " + std::string{sentinel_phone};
    const auto answer = [](const std::string& reply) { return Script{serve(in_order({Reply{reply}}))}; };
    const Headers headers = {{"X-Request-Id", both},
                             {"X-Echo", both},
                             {"Content-Type", "application/json"},
                             {"Location", "https://elsewhere.example/?key=" + std::string{sentinel_key} +
                                              "&phone=" + std::string{sentinel_phone}}};
    const std::string envelope = R"({"success":false,"error":{"code":")" + both + R"(","message":"no )" +
                                 both + R"(","doc_url":"https://x/)" + both + R"(","details":{")" + both +
                                 R"(":[")" + both + R"("]}},"meta":{"request_id":")" + both + R"("}})";
    const std::string problem = R"({"status":400,"title":"t","detail":")" + both + R"(\r\n\u001b[31m"})";
    std::vector<std::pair<const char*, Script>> scripts;
    for (const int status : {400, 401, 403, 404, 409, 422, 500, 503, 302, 999}) {
        scripts.emplace_back("envelope", answer(http_reply(status, headers, envelope)));
    }
    scripts.emplace_back(
        "429", answer(http_reply(429, {{"Retry-After", "9999"}, {"X-Request-Id", both}}, envelope)));
    scripts.emplace_back("problem", answer(http_reply(400, headers, problem)));
    scripts.emplace_back("HTML",
                         answer(http_reply(200, {{"X-Request-Id", both}}, "<p>" + both + "\x1B[31m</p>\n")));
    scripts.emplace_back("HTML error", answer(http_reply(502, headers, "<p>" + both + "</p>")));
    scripts.emplace_back("empty", answer(http_reply(403, headers)));
    scripts.emplace_back(
        "wrong types",
        answer(json_reply(200, R"({"items":[{"id":{")" + both + R"(":1}}],"totalCount":")" + both + "\"}")));
    scripts.emplace_back("malformed", answer(json_reply(200, R"({"items":[{"id":")" + both + "\"")));
    scripts.emplace_back("not HTTP", Script{read_request(), send(both + "\r\n" + both + "\r\n"), close()});
    scripts.emplace_back("status text", answer("HTTP/1.1 404 " + both + "\r\nContent-Length: 0\r\n\r\n"));
    scripts.emplace_back(
        "truncated",
        Script{read_request(), send(reply_head(200, {{"Content-Length", "999"}}) + both), reset()});
    scripts.emplace_back("too large",
                         Script{read_request(), send(reply_head(200)), send_repeated(both, 100'000)});
    scripts.emplace_back(
        "bad chunk",
        Script{read_request(), send(reply_head(200, {{"Transfer-Encoding", "chunked"}}) + both + "\r\n"),
               close()});
    scripts.emplace_back("bad coding", answer(http_reply(200, {{"Content-Encoding", "gzip"}}, both)));
    scripts.emplace_back("unknown coding", answer(http_reply(200, {{"Content-Encoding", both}}, both)));
    scripts.emplace_back("closed", Script{read_request(), close()});
    scripts.emplace_back("reset", Script{read_request(), reset()});
    return scripts;
}

TEST(R10_Secrets, AreInNoTextWhateverTheServerSays) {
    for (const auto& [name, script] : malicious_scripts()) {
        SCOPED_TRACE(name);
        Exhibits exhibits;
        ScriptedServer server;
        server.by_default(script);
        auto options = sentinel_options(server.origin());
        options.max_response_bytes = 100'000;
        options.log.sink = [&exhibits](const LogRecord& record) {
            exhibits.add(std::string{record.message});
        };
        call_everything(options, exhibits);
        EXPECT_GT(exhibits.errors(), 1U);
        EXPECT_TRUE(exhibits.any_has("attempt 1")) << "nothing was logged";
        exhibits.expect_clean();
    }
}

TEST(R10_Secrets, ABodyFullOfThemTakesNoLongerThanOthers) {
    Scene scene;
    scene.options.api_key = sentinel_key;
    scene.server.by_default(
        {read_request(), send(reply_head(200)),
         send_repeated(std::string{sentinel_key} + std::string{sentinel_phone}, 500'000)});
    const auto before = std::chrono::steady_clock::now();
    const auto result = scene.send();
    EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds(15));
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::response_too_large);
    EXPECT_EQ(result.error().raw_body.find(sentinel_key), std::string::npos);
}

TEST(R10_Secrets, AreInNoTextWhenThereIsNoAnswer) {
    const RefusedPort refused;
    const Blackhole hole;
    ScriptedServer silent;
    silent.by_default({read_request(), hold()});
    ServerOptions tls;
    tls.tls.emplace();
    tls.tls->identity = self_signed_identity();
    ScriptedServer untrusted(tls);
    for (const auto& origin : {refused.origin(), hole.origin(), silent.origin(), untrusted.origin(),
                               std::string{"https://nowhere.invalid"}}) {
        SCOPED_TRACE(origin);
        Exhibits exhibits;
        auto options = sentinel_options(origin);
        options.connect_timeout = milliseconds(100);
        options.attempt_timeout = milliseconds(150);
        options.log.sink = [&exhibits](const LogRecord& record) {
            exhibits.add(std::string{record.message});
        };
        call_everything(options, exhibits);
        EXPECT_GT(exhibits.errors(), 8U);
        exhibits.expect_clean();
    }
}

TEST(R10_Secrets, AreInNoTextAboutUnusableOptions) {
    const std::string key{sentinel_key};
    const std::vector<std::function<void(ClientOptions&)>> spoilers = {
        [&](ClientOptions& o) { o.api_key = key + "\r\n"; },
        [&](ClientOptions& o) { o.api_key = " " + key; },
        [&](ClientOptions& o) { o.sender_id = key + "\n"; },
        [&](ClientOptions& o) { o.base_url = "https://user:" + key + "@api.sent.dm"; },
        [&](ClientOptions& o) { o.base_url = "https://api.sent.dm/?key=" + key; },
        [&](ClientOptions& o) { o.base_url = "http://api.sent.dm/" + key; },
        [&](ClientOptions& o) { o.extra_headers.add("X-A", key + "\n"); },
        [&](ClientOptions& o) { o.extra_headers.add("x-api-key", key); },
        [&](ClientOptions& o) {
            o.proxy.mode = ProxyOptions::Mode::url;
            o.proxy.url = "http://u:" + key + "@p";
        },
        [&](ClientOptions& o) {
            o.tls.client_key_file = "k";
            o.tls.client_key_password = key;
        },
    };
    for (const auto& spoil : spoilers) {
        Exhibits exhibits;
        auto options = sentinel_options("https://api.sent.dm");
        options.log.sink = [&exhibits](const LogRecord& record) {
            exhibits.add(std::string{record.message});
        };
        spoil(options);
        call_everything(options, exhibits);
        EXPECT_GT(exhibits.errors(), 8U);
        exhibits.expect_clean();
    }
}

/// Fails in the words that a careless author of a transport may choose.
class TalkativeTransport final : public Transport {
  public:
    explicit TalkativeTransport(bool throws) : throws_(throws) {}
    TransportResult send(const HttpRequest& request) override {
        std::string everything = request.url + " " + request.body;
        for (const auto field : request.headers) {
            everything.append("\n").append(field.name).append(": ").append(field.value);
        }
        everything.append(" ").append(sentinel_phone);
        if (throws_) {
            throw std::runtime_error(everything);
        }
        TransportError error;
        error.message = everything;
        return error;
    }

  private:
    bool throws_;
};

TEST(R10_Secrets, AreInNoTextWhenATransportTellsThem) {
    for (const bool throws : {false, true}) {
        Exhibits exhibits;
        auto options = sentinel_options("http://127.0.0.1:1");
        options.transport = std::make_shared<TalkativeTransport>(throws);
        options.log.sink = [&exhibits](const LogRecord& record) {
            exhibits.add(std::string{record.message});
        };
        call_everything(options, exhibits);
        EXPECT_TRUE(exhibits.any_has("[redacted]"));
        exhibits.expect_clean();
    }
}

TEST(R10_Secrets, AreNotInTheLogWhenACallbackThrowsThem) {
    Exhibits exhibits;
    Scene scene;
    scene.be_healthy();
    scene.options.api_key = sentinel_key;
    scene.options.log.sink = [&exhibits](const LogRecord& record) {
        exhibits.add(std::string{record.message});
    };
    const std::string text = std::string{sentinel_key} + "\n" + std::string{sentinel_phone};
    // An empty request fails at once, on this thread.
    scene.client().submit(v1::SendToContactRequest{},
                          [&](const Result<void>&) { throw std::runtime_error(text); });
    EXPECT_TRUE(exhibits.any_has("callback threw"));
    exhibits.expect_clean();
}

/// Catches what the process writes to stderr, by whatever means.
class StandardError {
  public:
    explicit StandardError(const TempDir& files)
        : file_(files.write("stderr.txt", "")), saved_(dup(STDERR_FILENO)) {
        std::fflush(stderr);
        std::FILE* opened = std::fopen(file_.c_str(), "w");
        dup2(fileno(opened), STDERR_FILENO);
        std::fclose(opened);
    }
    StandardError(const StandardError&) = delete;
    StandardError& operator=(const StandardError&) = delete;
    ~StandardError() { restore(); }

    std::string take() {
        restore();
        return read_file(file_);
    }

  private:
    void restore() {
        if (saved_ >= 0) {
            std::fflush(stderr);
            dup2(saved_, STDERR_FILENO);
            ::close(saved_);
            saved_ = -1;
        }
    }

    std::string file_;
    int saved_;
};

TEST(R10_Secrets, AreNotOnStandardErrorEither) {
    const TempDir files;
    StandardError standard_error(files);
    Exhibits exhibits;
    const RefusedPort refused;
    call_everything(sentinel_options(refused.origin()), exhibits);
    for (const auto& [name, script] : malicious_scripts()) {
        ScriptedServer server;
        server.by_default(script);
        call_everything(sentinel_options(server.origin()), exhibits);
    }
    const std::string written = standard_error.take();
    EXPECT_NE(written.find("attempt 1"), std::string::npos);
    EXPECT_EQ(written.find(sentinel_key), std::string::npos);
    EXPECT_EQ(written.find(sentinel_digits), std::string::npos);
    EXPECT_EQ(written.find('\x1B'), std::string::npos);
}

TEST(R10_Secrets, PhoneNumbersAreMaskedNotDropped) {
    Scene scene;
    scene.answer({json_reply(400, R"({"detail":"no such number: )" + std::string{sentinel_phone} + "\"}")});
    const auto result = scene.send();
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().message, "no such number: +1415***2671");
}

TEST(R10_Secrets, PrintAsRedacted) {
    const Secret secret{sentinel_key};
    std::ostringstream stream;
    stream << secret << testing::PrintToString(secret);
    EXPECT_EQ(stream.str(), "[redacted][redacted]");
    EXPECT_EQ(secret.reveal(), sentinel_key);
}

TEST(R10_Secrets, KeyIsOnlyInTheHeaderThatIsMeantForIt) {
    Scene scene;
    scene.be_healthy();
    scene.options.api_key = sentinel_key;
    EXPECT_TRUE(scene.send());
    EXPECT_TRUE(scene.list());
    EXPECT_TRUE(scene.send_keyed());
    EXPECT_EQ(scene.arrivals(sentinel_key), 3U);
    for (const auto& request : scene.server.requests()) {
        EXPECT_EQ(request.header("x-api-key"), std::string{sentinel_key});
    }
}

}  // namespace
}  // namespace sent::test
