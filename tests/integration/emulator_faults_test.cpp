#include <csignal>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "integration/emulator_client.hpp"
#include "support/raw_client.hpp"

namespace sent::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;
using ::testing::EndsWith;
using testing::FaultKind;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class EmulatorFaults : public ::testing::Test {
  protected:
    void add(const testing::Fault& fault) { emulator.add_fault(fault); }

    static testing::Fault fault_of(FaultKind kind) {
        testing::Fault fault;
        fault.kind = kind;
        return fault;
    }

    Answer send_guide_message() { return client.post("/v1/messages/contact", guide_message()); }

    // A request for a contact, byte by byte.
    std::string request(const std::string& extra = "") const {
        return "GET /v1/contacts/id?id=" + emulator.seeds().contacts.at(0).id +
               " HTTP/1.1\r\nHost: x\r\nx-api-key: " + emulator.api_key() +
               "\r\nx-sender-id: " + emulator.sender_id() + "\r\n" + extra + "\r\n";
    }

    std::uint16_t port() const { return static_cast<std::uint16_t>(emulator.port()); }

    testing::Emulator emulator;
    OtherClient client{emulator};
};

TEST_F(EmulatorFaults, StatusAnswersWithoutProcessing) {
    auto fault = fault_of(FaultKind::status);
    fault.times = 2;
    fault.status = 429;
    fault.headers = {{"Retry-After", "7"}, {"X-Twice", "a"}, {"X-Twice", "b"}};
    add(fault);
    for (int i = 0; i < 2; ++i) {
        const auto answer = send_guide_message();
        EXPECT_EQ(answer.status, 429);
        EXPECT_EQ(answer.json()["title"], "Too Many Requests");
        EXPECT_THAT(answer.head, HasSubstr("Retry-After: 7\r\nX-Twice: a\r\nX-Twice: b\r\n"));
    }
    EXPECT_EQ(emulator.accepted_messages(), 0U);
    EXPECT_EQ(send_guide_message().status, 204);
    EXPECT_EQ(emulator.accepted_messages(), 1U);
    EXPECT_EQ(emulator.requests("/v1/messages/contact"), 3U);
    EXPECT_EQ(emulator.connections(), 1U);
}

TEST_F(EmulatorFaults, StatusTakesAnyStatusAndBody) {
    auto fault = fault_of(FaultKind::status);
    fault.status = 999;
    fault.body = "what?";
    add(fault);
    const auto answer = send_guide_message();
    EXPECT_EQ(answer.status, 999);
    EXPECT_EQ(answer.body, "what?");
    EXPECT_THAT(answer.content_type, StartsWith("text/plain"));
}

TEST_F(EmulatorFaults, ErrorAfterProcessingHasAcceptedTheMessage) {
    for (const int status : {500, 502, 503, 504}) {
        auto fault = fault_of(FaultKind::error_after_processing);
        fault.status = status;
        fault.processed = false;  // the kind says otherwise
        add(fault);
        EXPECT_EQ(send_guide_message().status, status);
    }
    EXPECT_EQ(emulator.accepted_messages(), 4U);
}

TEST_F(EmulatorFaults, CloseBeforeReplyHasAcceptedTheMessageAndCloseUnprocessedHasNot) {
    add(fault_of(FaultKind::close_before_reply));
    EXPECT_EQ(send_guide_message().error, CURLE_GOT_NOTHING);
    EXPECT_EQ(emulator.accepted_messages(), 1U);
    add(fault_of(FaultKind::close_unprocessed));
    EXPECT_EQ(send_guide_message().error, CURLE_GOT_NOTHING);
    EXPECT_EQ(emulator.accepted_messages(), 1U);
}

TEST_F(EmulatorFaults, ProcessedCanBeChosenWhereTheKindLeavesItOpen) {
    auto fault = fault_of(FaultKind::reset);
    fault.processed = false;
    add(fault);
    EXPECT_EQ(send_guide_message().error, CURLE_RECV_ERROR);
    EXPECT_EQ(emulator.accepted_messages(), 0U);
    fault = fault_of(FaultKind::html);
    fault.processed = true;
    add(fault);
    EXPECT_EQ(send_guide_message().status, 200);
    EXPECT_EQ(emulator.accepted_messages(), 1U);
}

TEST_F(EmulatorFaults, ResetEndsTheConnectionByForce) {
    auto fault = fault_of(FaultKind::reset);
    fault.bytes = 15;
    add(fault);
    RawClient raw(port());
    raw.send(request());
    EXPECT_EQ(raw.read_to_end(), "HTTP/1.1 200 OK");
    EXPECT_EQ(raw.end(), RawClient::End::reset);
}

TEST_F(EmulatorFaults, TruncateEndsTheReplyEarly) {
    auto fault = fault_of(FaultKind::truncate);
    fault.bytes = 12;
    add(fault);
    RawClient raw(port());
    raw.send(request());
    EXPECT_EQ(raw.read_to_end(), "HTTP/1.1 200");
    EXPECT_EQ(raw.end(), RawClient::End::closed);
    add(fault_of(FaultKind::truncate));
    EXPECT_EQ(client.get("/v1/contacts").error, CURLE_PARTIAL_FILE);
    // A 204 has no body to be cut.
    add(fault_of(FaultKind::truncate));
    EXPECT_EQ(send_guide_message().status, 0);
    EXPECT_EQ(emulator.accepted_messages(), 1U);
}

TEST_F(EmulatorFaults, StallKeepsTheClientWaiting) {
    auto fault = fault_of(FaultKind::stall);
    add(fault);
    client.set_timeout(milliseconds(100));
    EXPECT_EQ(send_guide_message().error, CURLE_OPERATION_TIMEDOUT);
    EXPECT_EQ(emulator.accepted_messages(), 1U);
    fault.bytes = 30;
    fault.delay = milliseconds(1);
    add(fault);
    RawClient raw(port());
    raw.send(request());
    EXPECT_EQ(raw.read_to_end().size(), 30U);
    EXPECT_EQ(raw.end(), RawClient::End::closed);
}

TEST_F(EmulatorFaults, SlowAndDelayAnswerProperlyInTheEnd) {
    const auto proper = client.get("/v1/contacts").body;
    auto fault = fault_of(FaultKind::slow);
    fault.bytes = 100;
    fault.delay = milliseconds(2);
    add(fault);
    auto start = steady_clock::now();
    EXPECT_EQ(client.get("/v1/contacts").body, proper);
    EXPECT_GE(steady_clock::now() - start, milliseconds(2) * (proper.size() / 100));
    fault = fault_of(FaultKind::delay);
    fault.delay = milliseconds(50);
    add(fault);
    start = steady_clock::now();
    EXPECT_EQ(client.get("/v1/contacts").body, proper);
    EXPECT_GE(steady_clock::now() - start, milliseconds(50));
    EXPECT_EQ(emulator.connections(), 1U);
}

TEST_F(EmulatorFaults, DelayHasAcceptedTheMessageBeforeItAnswers) {
    auto fault = fault_of(FaultKind::delay);
    fault.delay = std::chrono::hours(1);
    add(fault);
    client.set_timeout(milliseconds(100));
    EXPECT_EQ(send_guide_message().error, CURLE_OPERATION_TIMEDOUT);
    EXPECT_EQ(emulator.accepted_messages(), 1U);
}

TEST_F(EmulatorFaults, WrongLengthClaimsTooMuch) {
    add(fault_of(FaultKind::wrong_length));
    EXPECT_EQ(client.get("/v1/contacts").error, CURLE_PARTIAL_FILE);
}

TEST_F(EmulatorFaults, WrongLengthClaimsTooLittleOnAConnectionThatGoesOn) {
    auto fault = fault_of(FaultKind::wrong_length);
    fault.length_delta = -2;
    add(fault);
    RawClient raw(port());
    raw.send(request() + request("Connection: close\r\n"));
    const auto bytes = raw.read_to_end();
    const auto second = bytes.find("HTTP/1.1 200 OK", 1);
    ASSERT_NE(second, std::string::npos);
    const auto body = bytes.substr(bytes.find("\r\n\r\n") + 4, second - bytes.find("\r\n\r\n") - 4);
    EXPECT_THAT(bytes, HasSubstr("Content-Length: " + std::to_string(body.size() - 2)));
    EXPECT_THAT(bytes, EndsWith(body));
}

TEST_F(EmulatorFaults, HtmlLooksLikeSuccess) {
    add(fault_of(FaultKind::html));
    const auto answer = send_guide_message();
    EXPECT_EQ(answer.status, 200);
    EXPECT_THAT(answer.content_type, StartsWith("text/html"));
    EXPECT_THAT(answer.body, HasSubstr("<html>"));
    EXPECT_EQ(emulator.accepted_messages(), 0U);
}

TEST_F(EmulatorFaults, GarbageIsNoHttp) {
    add(fault_of(FaultKind::garbage));
    RawClient raw(port());
    raw.send(request());
    EXPECT_THAT(raw.read_to_end(), Not(HasSubstr("HTTP/1.1")));
    EXPECT_EQ(raw.end(), RawClient::End::closed);
}

TEST_F(EmulatorFaults, HitsWhatMatchesAndAfterAsManyAsTold) {
    auto fault = fault_of(FaultKind::status);
    fault.method = "POST";
    fault.path_prefix = "/v1/messages";
    fault.after = 1;
    fault.times = -1;
    add(fault);
    EXPECT_EQ(client.get("/v1/contacts").status, 200);
    EXPECT_EQ(send_guide_message().status, 204);
    EXPECT_EQ(send_guide_message().status, 503);
    EXPECT_EQ(client.post("/v2/messages/contact", guide_message()).status, 204);
    EXPECT_EQ(send_guide_message().status, 503);
    emulator.clear_faults();
    EXPECT_EQ(send_guide_message().status, 204);
}

TEST_F(EmulatorFaults, PlaysFaultsInTheirOrder) {
    for (const int status : {500, 502, 503}) {
        auto fault = fault_of(FaultKind::status);
        fault.status = status;
        add(fault);
    }
    auto never = fault_of(FaultKind::status);
    never.times = 0;
    add(never);
    EXPECT_EQ(send_guide_message().status, 500);
    EXPECT_EQ(send_guide_message().status, 502);
    EXPECT_EQ(send_guide_message().status, 503);
    EXPECT_EQ(send_guide_message().status, 204);
}

TEST_F(EmulatorFaults, EndsAtOnceWithStalledRepliesAndIdleConnections) {
    auto fault = fault_of(FaultKind::stall);
    fault.times = 3;
    add(fault);
    std::vector<std::unique_ptr<RawClient>> stalled;
    for (int i = 0; i < 3; ++i) {
        stalled.push_back(std::make_unique<RawClient>(port()));
        stalled.back()->send(request());
    }
    ASSERT_TRUE(eventually([this] { return emulator.requests() == 3; }));
    const RawClient idle(port());
    RawClient half(port());
    half.send("GET /v1/con");
    ASSERT_TRUE(eventually([this] { return emulator.connections() == 5; }));
    const auto start = steady_clock::now();
    emulator.stop();
    EXPECT_LT(steady_clock::now() - start, milliseconds(500));
    EXPECT_FALSE(emulator);
    EXPECT_EQ(emulator.error(), "stopped");
    EXPECT_EQ(emulator.requests(), 3U);
}

TEST_F(EmulatorFaults, LeavesSignalsAlone) {
    struct sigaction before {};
    struct sigaction after {};
    sigaction(SIGPIPE, nullptr, &before);
    ASSERT_EQ(before.sa_handler, SIG_DFL);  // a SIGPIPE would end this test
    {
        const testing::Emulator own;
        // Clients that leave before their replies.
        for (int i = 0; i < 20; ++i) {
            RawClient raw(static_cast<std::uint16_t>(own.port()));
            raw.send("GET /v1/contacts HTTP/1.1\r\n\r\nGET /v1/contacts HTTP/1.1\r\n\r\n");
            raw.reset();
        }
        EXPECT_TRUE(eventually([&own] { return own.connections() == 20; }));
    }
    sigaction(SIGPIPE, nullptr, &after);
    EXPECT_EQ(after.sa_handler, before.sa_handler);
}

TEST_F(EmulatorFaults, CanBeMoved) {
    testing::Emulator moved = std::move(emulator);
    EXPECT_TRUE(moved);
    EXPECT_EQ(send_guide_message().status, 204);
    EXPECT_EQ(moved.accepted_messages(), 1U);
    emulator = std::move(moved);
    EXPECT_TRUE(emulator);
}

}  // namespace
}  // namespace sent::test
