#include <chrono>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sent/sent.hpp>

#include "integration/emulator_client.hpp"
#include "support/raw_client.hpp"

namespace sent::test {
namespace {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

// What arrives on the wire, byte by byte.
class EmulatorHttp : public ::testing::Test {
  protected:
    std::string exchange(const std::string& bytes) const {
        RawClient raw(static_cast<std::uint16_t>(emulator.port()));
        raw.send(bytes);
        raw.half_close();
        return raw.read_to_end();
    }

    std::string keys() const {
        return "x-api-key: " + emulator.api_key() + "\r\nX-SENDER-ID: " + emulator.sender_id() + "\r\n";
    }

    std::string post(const std::string& framing, const std::string& body) const {
        return "POST /v1/messages/contact HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n" +
               keys() + framing + "\r\n" + body;
    }

    static std::size_t count(const std::string& text, const std::string& part) {
        std::size_t found = 0;
        for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
            ++found;
        }
        return found;
    }

    testing::Emulator emulator;
};

TEST_F(EmulatorHttp, AnswersPipelinedRequestsInOrder) {
    const auto body = guide_message().dump();
    const auto message = post("Content-Length: " + std::to_string(body.size()) + "\r\n", body);
    const auto replies = exchange(message + message + "GET /v1/x HTTP/1.1\r\nConnection: close\r\n\r\n");
    EXPECT_EQ(count(replies, "HTTP/1.1 204 No Content"), 2U);
    EXPECT_THAT(replies, HasSubstr("HTTP/1.1 404 Not Found"));
    EXPECT_EQ(emulator.accepted_messages(), 2U);
}

TEST_F(EmulatorHttp, B28_TellsATlsClientAtOnceThatItSpeaksPlainHttp) {
    EXPECT_THAT(exchange("\x16\x03\x01\x02"), AllOf(StartsWith("HTTP/1.1 400"), HasSubstr("plain http")));
    ClientOptions options;
    options.api_key = emulator.api_key();
    options.sender_id = emulator.sender_id();
    options.base_url = "https://127.0.0.1:" + std::to_string(emulator.port());
    options.use_environment = false;
    options.proxy.mode = ProxyOptions::Mode::off;
    const auto begin = std::chrono::steady_clock::now();
    const auto result = Client{options}.v1().contacts().list();
    EXPECT_LE(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5));
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::tls);
    EXPECT_EQ(result.error().outcome, Outcome::not_sent);
    EXPECT_EQ(result.error().attempts, 1);
    EXPECT_THAT(result.error().message, AllOf(HasSubstr("does not speak TLS"), HasSubstr("http://")));
}

TEST_F(EmulatorHttp, ReadsChunkedBodies) {
    const auto body = guide_message().dump();
    std::string chunks;
    for (const char c : body) {
        chunks.append("1;name=value\r\n").append(1, c).append("\r\n");
    }
    EXPECT_THAT(exchange(post("Transfer-Encoding: chunked\r\n", chunks + "0\r\nTrailer: x\r\n\r\n")),
                StartsWith("HTTP/1.1 204"));
}

TEST_F(EmulatorHttp, InvitesBodiesThatWaitForIt) {
    const auto body = guide_message().dump();
    RawClient raw(static_cast<std::uint16_t>(emulator.port()));
    raw.send(post("Expect: 100-continue\r\nContent-Length: " + std::to_string(body.size()) + "\r\n", ""));
    const std::string invitation = "HTTP/1.1 100 Continue\r\n\r\n";
    EXPECT_EQ(raw.read(invitation.size()), invitation);
    raw.send(body);
    EXPECT_EQ(raw.read(12), "HTTP/1.1 204");
}

TEST_F(EmulatorHttp, SpeaksHttp10) {
    const auto reply = exchange("GET /v1/contacts HTTP/1.0\r\n" + keys() + "\r\n");
    EXPECT_THAT(reply, StartsWith("HTTP/1.1 200 OK\r\n"));
    EXPECT_THAT(reply, HasSubstr("Connection: close\r\n"));
}

// As the load generator ab does it with its option -k.
TEST_F(EmulatorHttp, B35_KeepsConnectionsOfHttp10OnDemand) {
    const auto ask = [this](const std::string& version, const std::string& connection) {
        return "GET /v1/contacts HTTP/" + version + "\r\n" + keys() + connection + "\r\n";
    };
    for (const auto* connection :
         {"Connection: Keep-Alive\r\n", "Connection: keep-alive\r\n", "connection: TE , keep-alive\r\n",
          "Connection: TE\r\nConnection: keep-alive\r\n"}) {
        RawClient raw(static_cast<std::uint16_t>(emulator.port()));
        raw.send(ask("1.0", connection) + ask("1.0", ""));
        const auto replies = raw.read_to_end();
        EXPECT_EQ(raw.end(), RawClient::End::closed) << connection;
        EXPECT_EQ(count(replies, "HTTP/1.1 200 OK\r\n"), 2U) << connection;
        EXPECT_EQ(count(replies, "Connection: keep-alive\r\n"), 1U) << connection;
        EXPECT_EQ(count(replies, "Connection: close\r\n"), 1U) << connection;
    }
}

TEST_F(EmulatorHttp, B35_EndsConnectionsThatAreToEnd) {
    for (const auto* head :
         {"1.0\r\n", "1.0\r\nConnection: close\r\n", "1.0\r\nConnection: keep-alive, close\r\n",
          "1.0\r\nConnection: keep-alive\r\nConnection: close\r\n", "1.1\r\nConnection: Close\r\n",
          "1.1\r\nConnection: TE, close\r\n", "1.1\r\nConnection: keep-alive\r\nConnection: close\r\n"}) {
        RawClient raw(static_cast<std::uint16_t>(emulator.port()));
        raw.send(std::string("GET /v1/contacts HTTP/") + head + keys() + "\r\n");
        EXPECT_THAT(raw.read_to_end(), HasSubstr("\r\nConnection: close\r\n")) << head;
        EXPECT_EQ(raw.end(), RawClient::End::closed) << head;
    }
}

// ab waits for the end of a reply that has no Content-Length, even of a 204.
TEST_F(EmulatorHttp, B35_EndsAConnectionOfHttp10AfterAReplyWithoutALength) {
    const auto body = guide_message().dump();
    RawClient raw(static_cast<std::uint16_t>(emulator.port()));
    raw.send("POST /v1/messages/contact HTTP/1.0\r\nConnection: keep-alive\r\n" + keys() +
             "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
    EXPECT_THAT(raw.read_to_end(), AllOf(StartsWith("HTTP/1.1 204"), HasSubstr("\r\nConnection: close\r\n")));
    EXPECT_EQ(raw.end(), RawClient::End::closed);
}

TEST_F(EmulatorHttp, B35_FaultsKeepConnectionsOfHttp10Too) {
    testing::Fault fault;
    fault.kind = testing::FaultKind::delay;
    fault.delay = std::chrono::milliseconds(1);
    emulator.add_fault(fault);
    fault.kind = testing::FaultKind::status;
    emulator.add_fault(fault);
    const auto request = "GET /v1/contacts HTTP/1.0\r\n" + keys();
    const auto kept = request + "Connection: keep-alive\r\n\r\n";
    RawClient raw(static_cast<std::uint16_t>(emulator.port()));
    raw.send(kept + kept + request + "\r\n");
    EXPECT_EQ(count(raw.read_to_end(), "Connection: keep-alive\r\n"), 2U);
}

// It is the default there.
TEST_F(EmulatorHttp, B35_SaysNothingOfKeptConnectionsOfHttp11) {
    for (const auto* connection : {"", "Connection: keep-alive\r\n"}) {
        EXPECT_THAT(exchange(std::string("GET /v1/contacts HTTP/1.1\r\n") + connection + keys() + "\r\n"),
                    Not(HasSubstr("\r\nConnection:")));
    }
}

TEST_F(EmulatorHttp, TakesAbsoluteTargets) {
    EXPECT_THAT(exchange("GET http://elsewhere/v1/contacts?pageSize=1 HTTP/1.1\r\n" + keys() + "\r\n"),
                HasSubstr("\"pageSize\":1"));
}

TEST_F(EmulatorHttp, AnEncodedSlashDoesNotSplitASegment) {
    EXPECT_THAT(exchange("GET /v2/templates/a%2Fb HTTP/1.1\r\n" + keys() + "\r\n"),
                HasSubstr("id must be a GUID"));
}

TEST_F(EmulatorHttp, IgnoresAMissingBodyOfADelete) {
    EXPECT_THAT(exchange("DELETE /v2/templates/" + emulator.seeds().templates.at(2).id + " HTTP/1.1\r\n" +
                         keys() + "\r\n"),
                StartsWith("HTTP/1.1 204"));
}

TEST_F(EmulatorHttp, RefusesWhatItCanNotFrame) {
    for (const auto& bytes : std::vector<std::string>{
             "nonsense\r\n\r\n", "GET /\r\n\r\n", "GET  / HTTP/1.1\r\n\r\n", "GET x HTTP/1.1\r\n\r\n",
             "GET /%zz HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nno colon\r\n\r\n",
             "GET / HTTP/1.1\r\nspace : x\r\n\r\n", "GET / HTTP/1.1\r\nA: b\r\n folded\r\n\r\n",
             "GET / HTTP/1.1\r\nA: b\nC: d\r\n\r\n", post("Content-Length: 1x\r\n", "a"),
             post("Content-Length: -1\r\n", "a"), post("Content-Length: 1\r\nContent-Length: 2\r\n", "ab"),
             post("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
             post("Transfer-Encoding: chunked\r\n", "x\r\n"),
             post("Transfer-Encoding: chunked\r\n", "1\r\nab\r\n")}) {
        const auto reply = exchange(bytes);
        EXPECT_THAT(reply, StartsWith("HTTP/1.1 400 Bad Request\r\n")) << bytes;
        EXPECT_THAT(reply, HasSubstr("Connection: close\r\n")) << bytes;
        EXPECT_THAT(reply, EndsWith("}")) << bytes;
    }
    EXPECT_THAT(exchange("GET / HTTP/2.0\r\n\r\n"), StartsWith("HTTP/1.1 505"));
    EXPECT_THAT(exchange(post("Transfer-Encoding: gzip\r\n", "")), StartsWith("HTTP/1.1 501"));
    EXPECT_EQ(emulator.requests(), 0U);
}

TEST_F(EmulatorHttp, LimitsWhatItReads) {
    EXPECT_THAT(exchange(post("Content-Length: 999999999999\r\n", "")), StartsWith("HTTP/1.1 413"));
    EXPECT_THAT(exchange(post("Transfer-Encoding: chunked\r\n", "fffffff\r\n")), StartsWith("HTTP/1.1 413"));
    EXPECT_THAT(exchange("GET / HTTP/1.1\r\nA: " + std::string(70000, 'a')), StartsWith("HTTP/1.1 431"));
}

TEST_F(EmulatorHttp, AnIncompleteRequestHasNoEffect) {
    const auto body = guide_message().dump();
    EXPECT_EQ(exchange(post("Content-Length: " + std::to_string(body.size() + 1) + "\r\n", body)), "");
    EXPECT_EQ(emulator.accepted_messages(), 0U);
}

TEST_F(EmulatorHttp, ClosesIdleConnections) {
    testing::EmulatorOptions options;
    options.keep_alive_timeout = std::chrono::milliseconds(20);
    const testing::Emulator own(options);
    RawClient raw(static_cast<std::uint16_t>(own.port()));
    EXPECT_EQ(raw.read_to_end(), "");
    EXPECT_EQ(raw.end(), RawClient::End::closed);
}

}  // namespace
}  // namespace sent::test
