#include "support/scripted_server.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <utility>

#include "support/raw_client.hpp"

namespace sent::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;
using End = RawClient::End;

constexpr milliseconds patience{10000};

const std::string get = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
const std::string no_content = http_reply(204);

std::string post(const std::string& body) {
    return "POST /p HTTP/1.1\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

Step echo_bodies() {
    return serve([](const ReceivedRequest& request) { return http_reply(200, {}, request.body); });
}

TEST(ScriptedServer, RecordsARequestAsItStoodOnTheWire) {
    ScriptedServer server;
    server.on_connection({read_request(), send(no_content)});
    RawClient client(server.port());
    const std::string text =
        "POST /v1/x?a=%2B HTTP/1.1\r\nB-second: 2\r\na-First:  1 \r\nContent-Length: 3\r\n\r\nabc";
    client.send(text);
    EXPECT_EQ(client.read_to_end(), no_content);
    ASSERT_TRUE(server.wait_for_requests(1, patience));
    const ReceivedRequest request = server.requests().at(0);
    EXPECT_EQ(request.method, "POST");
    EXPECT_EQ(request.target, "/v1/x?a=%2B");
    EXPECT_EQ(request.version, "HTTP/1.1");
    EXPECT_EQ(request.headers, (Headers{{"B-second", "2"}, {"a-First", "1"}, {"Content-Length", "3"}}));
    EXPECT_EQ(request.body, "abc");
    EXPECT_EQ(request.raw, text);
    EXPECT_EQ(request.connection, 0U);
    EXPECT_TRUE(request.complete);
    EXPECT_EQ(server.connections().at(0).received, text);
    EXPECT_EQ(server.connections().at(0).bytes_sent, no_content.size());
}

TEST(ScriptedServer, AnswersPipelinedRequestsInOrder) {
    ScriptedServer server;
    server.by_default({echo_bodies()});
    RawClient client(server.port());
    const std::string expected = http_reply(200, {}, "one") + http_reply(200, {}, "two");
    client.send(post("one") + post("two"));
    EXPECT_EQ(client.read(expected.size()), expected);
    EXPECT_EQ(server.request_count(), 2U);
    EXPECT_EQ(server.connection_count(), 1U);
}

TEST(ScriptedServer, GivesEachConnectionItsScriptAndTheRestTheDefault) {
    ScriptedServer server;
    server.on_connection({send("first")});
    server.on_connection({send("second")});
    EXPECT_EQ(RawClient(server.port()).read_to_end(), "first");
    EXPECT_EQ(RawClient(server.port()).read_to_end(), "second");
    RawClient without_script(server.port());
    EXPECT_EQ(without_script.read_to_end(), "");
    EXPECT_EQ(without_script.end(), End::closed);
    server.by_default({send("default")});
    EXPECT_EQ(RawClient(server.port()).read_to_end(), "default");
    EXPECT_TRUE(server.wait_for_connections(4, patience));
}

TEST(ScriptedServer, SlicesAReplyWithPausesBetween) {
    ScriptedServer server;
    server.on_connection({send_sliced("abcde", 1, milliseconds(10))});
    const auto start = steady_clock::now();
    EXPECT_EQ(RawClient(server.port()).read_to_end(), "abcde");
    EXPECT_GE(steady_clock::now() - start, milliseconds(40));
}

TEST(ScriptedServer, SlicesTheRepliesOfAHandler) {
    ScriptedServer server;
    Pacing pacing;
    pacing.slice = 7;
    pacing.jitter = milliseconds(2);
    server.by_default({serve([](const ReceivedRequest&) { return http_reply(200, {}, "a body"); }, pacing)});
    RawClient client(server.port());
    client.send(get);
    const std::string expected = http_reply(200, {}, "a body");
    EXPECT_EQ(client.read(expected.size()), expected);
}

TEST(ScriptedServer, ResetIsSeenAsAResetAndCloseAsAClose) {
    ScriptedServer server;
    const std::pair<Step, End> cases[] = {{reset(), End::reset}, {close(), End::closed}};
    for (const auto& [ending, expected] : cases) {
        const Gate written;  // after it the request has arrived and is unread
        server.on_connection({wait_for(written), ending});
        RawClient client(server.port());
        client.send(get);
        written.open();
        client.read_to_end();
        EXPECT_EQ(client.end(), expected);
    }
}

TEST(ScriptedServer, CloseDeliversAReplyThatIsStillOnItsWayThoughTheRequestIsUnread) {
    ScriptedServer server;
    const Gate written;
    const std::string reply(512 * 1024, 'x');
    server.on_connection({wait_for(written), send(reply), close()});
    RawClient client(server.port());
    client.send(get);
    written.open();
    // What fits into the buffers is enough to lose something by a reset.
    static_cast<void>(server.wait_for_finished(1, milliseconds(1000)));
    EXPECT_EQ(client.read_to_end().size(), reply.size());
    EXPECT_EQ(client.end(), End::closed);
}

TEST(ScriptedServer, StillReadsAfterAHalfClose) {
    ScriptedServer server;
    server.on_connection({send("bye"), half_close(), read_request(), wait_for_close()});
    RawClient client(server.port());
    EXPECT_EQ(client.read_to_end(), "bye");
    EXPECT_EQ(client.end(), End::closed);
    client.send(get);
    EXPECT_TRUE(server.wait_for_requests(1, patience));
}

TEST(ScriptedServer, NoticesThatTheHeldPeerCloses) {
    ScriptedServer server;
    server.by_default({read_request(), hold()});
    RawClient polite(server.port());
    RawClient rude(server.port());
    polite.send(get);
    rude.send(get);
    ASSERT_TRUE(server.wait_for_requests(2, patience));
    EXPECT_EQ(server.peer_close_count(), 0U);
    polite.close();
    ASSERT_TRUE(server.wait_for_peer_closes(1, patience));
    EXPECT_FALSE(server.connections().at(0).reset_by_peer || server.connections().at(1).reset_by_peer);
    rude.reset();
    ASSERT_TRUE(server.wait_for_peer_closes(2, patience));
    EXPECT_TRUE(server.connections().at(0).reset_by_peer || server.connections().at(1).reset_by_peer);
}

TEST(ScriptedServer, WaitsForTheGateAndTellsThroughOne) {
    const Gate reached;
    const Gate go_on;
    ScriptedServer server;
    server.on_connection({read_request(), notify(reached), wait_for(go_on), send("late")});
    RawClient client(server.port());
    EXPECT_FALSE(reached.is_open());
    client.send(get);
    ASSERT_TRUE(reached.wait(patience));
    pollfd entry{client.fd(), POLLIN, 0};
    EXPECT_EQ(poll_until(&entry, 1, deadline_after(milliseconds(30))), 0);
    go_on.open();
    EXPECT_EQ(client.read_to_end(), "late");
}

TEST(ScriptedServer, CountsARequestReadInTwoStepsOnce) {
    ScriptedServer server;
    const Gate continued;
    server.on_connection({read_until_headers_end(), wait_for(continued), send(http_reply(100)), read_bytes(3),
                          read_request(), send(no_content)});
    RawClient client(server.port());
    client.send("POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
    ASSERT_TRUE(server.wait_for_requests(1, patience));
    EXPECT_FALSE(server.requests().at(0).complete);
    continued.open();
    EXPECT_EQ(client.read(http_reply(100).size()), http_reply(100));
    client.send("12345");
    EXPECT_EQ(client.read_to_end(), no_content);
    ASSERT_EQ(server.request_count(), 1U);
    EXPECT_TRUE(server.requests().at(0).complete);
    EXPECT_EQ(server.requests().at(0).body, "12345");
}

TEST(ScriptedServer, RecordsWhatCameOfARequestThatBreaksOff) {
    ScriptedServer server;
    server.on_connection({read_request(), send(no_content)});
    RawClient client(server.port());
    client.send("POST /p HTTP/1.1\r\nContent-Length: 10\r\n\r\nhalf");
    client.close();
    ASSERT_TRUE(server.wait_for_finished(1, patience));
    ASSERT_EQ(server.request_count(), 1U);
    EXPECT_FALSE(server.requests().at(0).complete);
    EXPECT_EQ(server.requests().at(0).malformed, "");
    EXPECT_EQ(server.requests().at(0).raw, "POST /p HTTP/1.1\r\nContent-Length: 10\r\n\r\nhalf");
    EXPECT_EQ(server.connections().at(0).bytes_sent, 0U);
}

TEST(ScriptedServer, RecordsWhatIsNoRequest) {
    ScriptedServer server;
    server.on_connection({read_request(), send(no_content)});
    RawClient client(server.port());
    client.send("nonsense\r\n\r\n");
    EXPECT_EQ(client.read_to_end(), "");
    ASSERT_EQ(server.request_count(), 1U);
    EXPECT_EQ(server.requests().at(0).malformed, "bad request line");
}

TEST(ScriptedServer, StopsAFloodWhenThePeerLeaves) {
    ScriptedServer server;
    constexpr std::uint64_t far_too_much = 1ULL << 40U;
    server.on_connection(
        {send_repeated("X-Flood: 1\r\n", far_too_much), call([] { FAIL() << "not reached"; })});
    RawClient client(server.port());
    EXPECT_EQ(client.read(24), "X-Flood: 1\r\nX-Flood: 1\r\n");
    client.close();
    ASSERT_TRUE(server.wait_for_finished(1, patience));
    EXPECT_EQ(server.peer_close_count(), 1U);
    EXPECT_LT(server.connections().at(0).bytes_sent, far_too_much);
}

TEST(ScriptedServer, RepeatsTextsAndStepsExactly) {
    ScriptedServer server;
    server.on_connection({send_repeated("0123456789", 20001), repeat(2, {send("a"), send("b")}), send("c")});
    const std::string text = RawClient(server.port()).read_to_end();
    ASSERT_EQ(text.size(), 200010U + 5U);
    EXPECT_EQ(text.substr(200000), "0123456789ababc");
}

TEST(ScriptedServer, ReportsAnExceptionOfAHandlerAndResets) {
    ScriptedServer server;
    server.by_default(
        {serve([](const ReceivedRequest&) -> Reply { throw std::runtime_error("broken handler"); })});
    RawClient client(server.port());
    client.send(get);
    client.read_to_end();
    EXPECT_EQ(client.end(), End::reset);
    EXPECT_EQ(server.errors(), std::vector<std::string>{"broken handler"});
}

TEST(ScriptedServer, GivesRepliesInOrderOverConnectionsWithTheirEndings) {
    ScriptedServer server;
    server.by_default(
        {serve(in_order({Reply("1", Reply::Then::close), Reply("2", Reply::Then::reset), "3"}))});
    RawClient first(server.port());
    first.send(get);
    EXPECT_EQ(first.read_to_end(), "1");
    EXPECT_EQ(first.end(), End::closed);
    RawClient second(server.port());
    second.send(get);
    second.read_to_end();
    EXPECT_EQ(second.end(), End::reset);
    RawClient third(server.port());
    third.send(get + get);
    EXPECT_EQ(third.read(2), "33");
}

TEST(ScriptedServer, CountsRequestsThatItDoesNotKeep) {
    ServerOptions options;
    options.kept_requests = 2;
    ScriptedServer server(options);
    server.by_default({serve(in_order({"."}))});
    RawClient client(server.port());
    client.send(get + get + get);
    EXPECT_EQ(client.read(3), "...");
    EXPECT_EQ(server.request_count(), 3U);
    EXPECT_EQ(server.requests().size(), 2U);
}

TEST(ScriptedServer, PassesATunnelOnAndSeesOnlyItsBytes) {
    ScriptedServer target;
    target.by_default({echo_bodies()});
    ScriptedServer proxy;
    proxy.by_default({read_request(), send("HTTP/1.1 200 OK\r\n\r\n"), tunnel_to(target.port())});
    RawClient client(proxy.port());
    client.send("CONNECT api:443 HTTP/1.1\r\n\r\n");
    EXPECT_EQ(client.read(19), "HTTP/1.1 200 OK\r\n\r\n");
    client.send(post("through"));
    const std::string expected = http_reply(200, {}, "through");
    EXPECT_EQ(client.read(expected.size()), expected);
    EXPECT_EQ(proxy.requests().at(0).target, "api:443");
    EXPECT_EQ(proxy.request_count(), 1U);
    EXPECT_EQ(target.request_count(), 1U);
    EXPECT_NE(proxy.connections().at(0).received.find("through"), std::string::npos);
    client.close();
    EXPECT_TRUE(target.wait_for_peer_closes(1, patience));
    EXPECT_TRUE(proxy.wait_for_peer_closes(1, patience));
}

TEST(ScriptedServer, KeepsTheClientSendingWhenItsReceiveBufferIsSmall) {
    ServerOptions options;
    options.receive_buffer = 4096;
    ScriptedServer server(options);
    const Gate acted;
    server.on_connection({read_until_headers_end(), read_bytes(1000), wait_for(acted), reset()});
    RawClient client(server.port());
    const int small = 4096;
    ::setsockopt(client.fd(), SOL_SOCKET, SO_SNDBUF, &small, sizeof small);
    const std::string request = post(std::string(4 * 1024 * 1024, 'x'));
    EXPECT_LT(client.send_some(request, milliseconds(200)), 48U * 1024U);
    acted.open();
    client.read_to_end();
    EXPECT_EQ(client.end(), End::reset);
    EXPECT_FALSE(server.requests().at(0).complete);
}

TEST(ScriptedServer, ListensOnIpv6) {
    ServerOptions options;
    options.host = "::1";
    ScriptedServer server(options);
    server.by_default({send("six")});
    EXPECT_EQ(server.origin(), "http://[::1]:" + std::to_string(server.port()));
    EXPECT_EQ(server.origin("https", "localhost"), "https://localhost:" + std::to_string(server.port()));
    EXPECT_EQ(RawClient(server.port(), "::1").read_to_end(), "six");
}

}  // namespace
}  // namespace sent::test
