#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "emulator/http/router.hpp"
#include "integration/emulator_client.hpp"
#include "support/raw_client.hpp"

namespace sent::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

using Lines = std::vector<std::string>;

std::string answer_to(const testing::Emulator& emulator, const std::string& bytes) {
    RawClient raw(static_cast<std::uint16_t>(emulator.port()));
    raw.send(bytes);
    raw.half_close();
    return raw.read_to_end();
}

std::string ask(const testing::Emulator& emulator, const std::string& request_line, const Lines& headers,
                const std::string& body = {}) {
    std::string bytes = request_line + " HTTP/1.1\r\nConnection: close\r\n";
    for (const auto& header : headers) {
        bytes.append(header).append("\r\n");
    }
    bytes.append("Content-Length: ").append(std::to_string(body.size())).append("\r\n\r\n").append(body);
    return answer_to(emulator, bytes);
}

const std::string refused = "HTTP/1.1 403 Forbidden\r\n";
const std::string answered = "HTTP/1.1 200 OK\r\n";

testing::Emulator listening_on(const std::string& host, std::vector<std::string> allowed_hosts) {
    testing::EmulatorOptions options;
    options.host = host;
    options.allowed_hosts = std::move(allowed_hosts);
    return testing::Emulator(std::move(options));
}

class A16_Guard : public ::testing::Test {
  protected:
    std::string state(const Lines& headers) const { return ask(emulator, "GET /_emulator/state", headers); }
    std::string port() const { return std::to_string(emulator.port()); }

    testing::Emulator emulator;
};

TEST_F(A16_Guard, RefusesForeignHostsOnEveryRouteWithoutAnEffect) {
    OtherClient client(emulator);
    client.post("/v1/messages/contact", guide_message());
    emulator.add_fault(testing::Fault{});
    emulator.advance(std::chrono::seconds(1));
    const auto same = [&client] {
        auto state = client.get("/_emulator/state").json();
        state.erase("connections");
        return state;
    };
    const auto before = same();
    for (const auto& route : testing::emulator::control_routes()) {
        const auto request = std::string(route.method) + ' ' + route.path;
        EXPECT_THAT(
            ask(emulator, request, {"Host: test.example:8080"}, R"({"ms":1000,"kind":"status"})"),
            AllOf(StartsWith(refused),
                  HasSubstr("Host test.example:8080 may not use /_emulator/. Start sent-emulator with "
                            "--allowed-host test.example."),
                  Not(HasSubstr(emulator.api_key()))))
            << request;
        EXPECT_THAT(ask(emulator, request, {"Host: localhost", "Origin: https://test.example"},
                        R"({"ms":1000,"kind":"status"})"),
                    StartsWith(refused))
            << request;
    }
    EXPECT_EQ(same(), before);
}

TEST_F(A16_Guard, AllowsTheNamesOfThisMachineOnAnyPort) {
    for (const auto* host :
         {"localhost", "LocalHost:1", "localhost.", "localhost.:8080", "127.0.0.1", "127.0.0.1.",
          "127.0.0.1:9", "127.200.3.4", "[::1]", "[::1]:8080", "[0:0:0:0:0:0:0:1]:1"}) {
        EXPECT_THAT(state({std::string("Host: ") + host}), StartsWith(answered)) << host;
    }
    EXPECT_THAT(state({}), StartsWith(answered));
}

TEST_F(A16_Guard, RefusesEveryOtherHost) {
    for (const auto* host : {"",
                             "test.example",
                             "test.example.",
                             "localhost.test.example",
                             "127.0.0.1.test.example",
                             "test.example:127.0.0.1",
                             "localhost@test.example",
                             "test.example@localhost",
                             "localhosts",
                             "emulator",
                             "0.0.0.0",
                             "0127.0.0.1",
                             "127.0.0.01",
                             "127.1",
                             "2130706433",
                             "0x7f000001",
                             "128.0.0.1",
                             "[::2]",
                             "[::]",
                             "[::ffff:127.0.0.1]",
                             "::1",
                             "[localhost]",
                             "[127.0.0.1]",
                             "[::1",
                             "[::1]x",
                             "localhost:",
                             "localhost:x",
                             "localhost:65536",
                             "localhost..",
                             ".",
                             "localhost, test.example",
                             "a b",
                             "localhost/",
                             "\xff\xfe"}) {
        const auto reply = state({std::string("Host: ") + host});
        EXPECT_THAT(reply, AllOf(StartsWith(refused), HasSubstr("--allowed-host"))) << host;
    }
    for (const Lines& two :
         {Lines{"Host: localhost", "Host: localhost"}, Lines{"Host: localhost", "host: test.example"},
          Lines{"Host: test.example", "HOST:"}}) {
        EXPECT_THAT(state(two), StartsWith(refused));
    }
}

TEST_F(A16_Guard, RefusesAWholeUrlOfAForeignHost) {
    const auto get = [this](const std::string& target, const Lines& headers) {
        return ask(emulator, "GET " + target, headers);
    };
    for (const auto& headers : {Lines{}, Lines{"Host: localhost"}, Lines{"Host: evil.test"}}) {
        for (const auto* url : {"http://evil.test/_emulator/state", "HTTPS://evil.test:80/_emulator/state",
                                "http://127.0.0.1.evil.test/_emulator/state?x=1"}) {
            EXPECT_THAT(get(url, headers), AllOf(StartsWith(refused), Not(HasSubstr(emulator.api_key()))))
                << url;
        }
    }
    EXPECT_THAT(get("http://localhost:" + port() + "/_emulator/state", {"Host: localhost"}),
                StartsWith(answered));
    EXPECT_THAT(get("http://localhost/_emulator/state", {"Host: evil.test"}), StartsWith(refused));
    EXPECT_THAT(get("http://localhost:" + port() + "/_emulator/state",
                    {"Host: localhost:" + port(), "Origin: http://127.0.0.1:" + port()}),
                StartsWith(refused));
}

TEST_F(A16_Guard, AWildcardAddressAllowsAddressesAndNamesWithoutADot) {
    const auto own = listening_on("0.0.0.0", {});
    ASSERT_TRUE(own) << own.error();
    for (const auto* host : {"192.168.1.5:8080", "[2001:db8::1]:80", "emulator", "Sent_Emulator-1:8080",
                             "emulator.", "0.0.0.0:1", "localhost"}) {
        EXPECT_THAT(ask(own, "GET /_emulator/state", {std::string("Host: ") + host}), StartsWith(answered))
            << host;
    }
    for (const auto* host :
         {"test.example", "emulator.test", "0127.0.0.1", "1.2.3", "1.2.3.4.5", "a%2Eb", ""}) {
        EXPECT_THAT(ask(own, "GET /_emulator/state", {std::string("Host: ") + host}), StartsWith(refused))
            << host;
    }
}

TEST_F(A16_Guard, MoreNamesCanBeAllowed) {
    const auto own =
        listening_on("127.0.0.1", {"Test.Example.", "::2", "[2001:DB8:0::1]", "other.example:80"});
    ASSERT_TRUE(own) << own.error();
    for (const auto* host : {"test.example:1", "TEST.example.", "[::2]", "[2001:db8::1]:8080",
                             "other.example:81", "127.0.0.1"}) {
        EXPECT_THAT(ask(own, "GET /_emulator/state", {std::string("Host: ") + host}), StartsWith(answered))
            << host;
    }
    for (const auto* host : {"a.test.example", "example", "test.example.org"}) {
        EXPECT_THAT(ask(own, "GET /_emulator/state", {std::string("Host: ") + host}), StartsWith(refused))
            << host;
    }
    EXPECT_THAT(ask(own, "GET /_emulator/state", {"Host: test.example", "Origin: http://test.example"}),
                StartsWith(answered));
}

TEST_F(A16_Guard, RefusesNamesThatNoHostCanHave) {
    for (const auto* name :
         {"", "*", "*.example", "http://test.example", "test.example/", "a b", "a@b", "[::1"}) {
        const auto own = listening_on("127.0.0.1", {"good.example", name});
        EXPECT_FALSE(own) << name;
        EXPECT_THAT(own.error(), AllOf(HasSubstr("allowed_hosts"), HasSubstr(name))) << name;
    }
}

TEST_F(A16_Guard, AllowsTheEmulatorsOwnOriginOnly) {
    const auto host = "Host: localhost:" + port();
    for (const auto& origin :
         {"http://localhost:" + port(), "https://localhost:" + port(), "HTTP://LocalHost:" + port()}) {
        EXPECT_THAT(state({host, "Origin: " + origin}), StartsWith(answered)) << origin;
    }
    for (const auto& origin :
         Lines{"null", "", "http://localhost", "http://localhost:1", "http://127.0.0.1:" + port(),
               "http://test.example:" + port(), "ftp://localhost:" + port(), "localhost:" + port(),
               "http://localhost:" + port() + "/", "http://localhost:" + port() + ".test.example",
               "http://localhost:" + port() + " http://test.example", "http://x@localhost:" + port()}) {
        EXPECT_THAT(state({host, "Origin: " + origin}), StartsWith(refused)) << origin;
        EXPECT_THAT(state({host, "Origin: http://localhost:" + port(), "Origin: " + origin}),
                    StartsWith(refused))
            << origin;
    }
    // The default port is left out, of either scheme.
    EXPECT_THAT(state({"Host: localhost", "Origin: http://localhost"}), StartsWith(answered));
    EXPECT_THAT(state({"Host: localhost", "Origin: https://localhost"}), StartsWith(answered));
    EXPECT_THAT(state({"Host: localhost:80", "Origin: http://localhost"}), StartsWith(answered));
    EXPECT_THAT(state({"Host: localhost:80", "Origin: https://localhost"}), StartsWith(refused));
    EXPECT_THAT(state({"Origin: http://localhost:" + port()}), StartsWith(refused));
}

TEST_F(A16_Guard, ANameThatAnAttackerHasPointedHereIsNoOrigin) {
    EXPECT_THAT(state({"Host: test.example", "Origin: http://test.example"}),
                AllOf(StartsWith(refused), HasSubstr("--allowed-host")));
}

TEST_F(A16_Guard, RefusesPagesOfOtherSites) {
    const std::string host = "Host: localhost";
    for (const auto* site : {"same-origin", "same-site", "none"}) {
        EXPECT_THAT(state({host, std::string("Sec-Fetch-Site: ") + site}), StartsWith(answered)) << site;
    }
    EXPECT_THAT(state({host, "Sec-Fetch-Site: cross-site"}), StartsWith(refused));
    EXPECT_THAT(state({host, "sec-fetch-site: Cross-Site"}), StartsWith(refused));
    EXPECT_THAT(
        state({host, "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"}),
        StartsWith(refused));
}

// A page can send this one without asking first.
TEST_F(A16_Guard, RefusesASimplePostOfAPage) {
    EXPECT_THAT(ask(emulator, "POST /_emulator/faults",
                    {"Host: 127.0.0.1:" + port(), "Origin: https://test.example", "Content-Type: text/plain"},
                    R"({"kind":"status","times":-1})"),
                StartsWith(refused));
    EXPECT_THAT(state({}), HasSubstr(R"("faults":[])"));
}

TEST_F(A16_Guard, EveryReplyKeepsOtherOriginsOut) {
    for (const auto& reply :
         {state({}), state({"Host: test.example"}), ask(emulator, "POST /_emulator/reset", {}),
          ask(emulator, "OPTIONS /_emulator/faults", {"Host: localhost", "Origin: http://localhost"}),
          ask(emulator, "OPTIONS /_emulator/faults", {"Origin: https://test.example"}),
          ask(emulator, "GET /_emulator/unknown", {}), ask(emulator, "HEAD /_emulator/state", {}),
          ask(emulator, "GET /%5Femulator/state", {"Host: test.example"}),
          ask(emulator, "POST /_emulator/faults", {}, "{")}) {
        EXPECT_THAT(reply,
                    AllOf(HasSubstr("\r\nCross-Origin-Resource-Policy: same-origin\r\n"),
                          HasSubstr("\r\nX-Content-Type-Options: nosniff\r\n"),
                          HasSubstr("\r\nReferrer-Policy: no-referrer\r\n"),
                          HasSubstr("\r\nCache-Control: no-store\r\n"), Not(HasSubstr("Access-Control"))));
    }
    EXPECT_THAT(ask(emulator, "OPTIONS /_emulator/faults", {}), StartsWith("HTTP/1.1 405"));
    EXPECT_THAT(ask(emulator, "GET /%5Femulator/state", {"Host: test.example"}), StartsWith(refused));
}

TEST_F(A16_Guard, TheApiIsUntouched) {
    const Lines foreign{"Host: test.example", "Origin: https://test.example", "Sec-Fetch-Site: cross-site",
                        "x-api-key: " + emulator.api_key(), "x-sender-id: " + emulator.sender_id()};
    for (const auto* path : {"/v1/contacts", "/v2/templates", "/v3/contacts"}) {
        const auto reply = ask(emulator, std::string("GET ") + path, foreign);
        EXPECT_THAT(reply, AllOf(StartsWith(answered), Not(HasSubstr("Cross-Origin-Resource-Policy"))))
            << path;
    }
    EXPECT_THAT(ask(emulator, "GET /v1/contacts", foreign), HasSubstr("Access-Control-Allow-Origin: *\r\n"));
    EXPECT_THAT(ask(emulator, "OPTIONS /v1/contacts", foreign), StartsWith("HTTP/1.1 204"));
}

// As curl's option -d sends it.
TEST_F(A16_Guard, ProgramsNoticeNothing) {
    OtherClient client(emulator);
    client.set_header("Content-Type", "application/x-www-form-urlencoded");
    EXPECT_EQ(client.post("/_emulator/inbound", {{"from", "+14155550100"}, {"text", "Hello"}}).status, 201);
    EXPECT_EQ(client.post("/_emulator/faults", {{"kind", "status"}}).status, 200);
    EXPECT_EQ(client.remove("/_emulator/faults").status, 204);
    EXPECT_EQ(client.get("/_emulator/state").status, 200);
}

}  // namespace
}  // namespace sent::test
