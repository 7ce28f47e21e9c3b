// A1: a peer that never stops sending. OpenSSL and libcurl do not return while input keeps coming, so that
// neither deadlines nor cancellations nor other calls would get their turn.
//
// SENT_FLOOD_SECONDS=60 makes each test repeat its flood for that long; see scripts/floods.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <future>
#include <limits>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <thread>
#include <tuple>
#include <utility>
#include <vector>

#include <sent/http/curl_transport.hpp>

#include "faults/fault_scene.hpp"
#include "faults/stopwatch.hpp"
#include "support/eventually.hpp"
#include "support/sanitized.hpp"
#include "support/tls_identity.hpp"

namespace sent::test {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

/// How late a call may end, and how long a call may take that has nothing to do with the flood.
constexpr milliseconds promised{100};
/// How long a call is flooded. Some megabytes come in this time; scripts/floods repeats it.
constexpr milliseconds flooded_for{150};
constexpr std::uint64_t endless = std::numeric_limits<std::uint64_t>::max();
constexpr std::size_t some_kilobytes = 16 * 1024 - 256;

std::string repeated(const std::string& unit, std::size_t bytes) {
    std::string text;
    while (text.size() + unit.size() <= bytes) {
        text += unit;
    }
    return text;
}

/// A plain TLS record.
std::string record(char type, const std::string& content) {
    std::string text{type, '\x03', '\x03'};
    text += static_cast<char>(content.size() >> 8U);
    text += static_cast<char>(content.size() & 0xffU);
    return text + content;
}

/// An HTTP/2 frame.
std::string frame(char type, char flags, char stream, const std::string& content) {
    std::string text{'\0', '\0', static_cast<char>(content.size()), type, flags, '\0', '\0', '\0', stream};
    return text + content;
}

/// Sends the same again and again, in pieces of some kilobytes.
Step flood_of(const std::string& unit) {
    return send_repeated(repeated(unit, std::max(some_kilobytes, unit.size())), endless);
}

/// By all servers of this program, beside the bytes that they count themselves.
std::atomic<std::uint64_t> tls_messages{0};

Step flood_of(bool (Conversation::*message)()) {
    return [message](Conversation& conversation) {
        while ((conversation.*message)()) {
            ++tls_messages;
        }
        return false;
    };
}

enum class Speaks { tls, only_bytes };

struct Flood {
    const char* name;
    /// Whether the server has a TLS of its own, or the script writes what looks like it.
    Speaks speaks = Speaks::tls;
    Script script{};
    /// Whether the request can have reached the server.
    bool after_request = true;
    bool from_proxy = false;
    TlsVersion newest = TlsVersion::tls1_3;
    const char* alpn = "";

    friend std::ostream& operator<<(std::ostream& out, const Flood& flood) { return out << flood.name; }
};

Flood in_handshake(const char* name, const std::string& unit) {
    Flood flood;
    flood.name = name;
    flood.speaks = Speaks::only_bytes;
    flood.script = {read_bytes(5), flood_of(unit)};
    flood.after_request = false;
    return flood;
}

Flood of_proxy(const char* name, const std::string& begin, const std::string& unit) {
    Flood flood;
    flood.name = name;
    flood.script = {read_request(), send(begin), flood_of(unit)};
    flood.after_request = false;
    flood.from_proxy = true;
    return flood;
}

Flood instead_of_reply(const char* name, Step flooding, TlsVersion newest = TlsVersion::tls1_3) {
    Flood flood;
    flood.name = name;
    flood.script = {read_request(), std::move(flooding)};
    flood.newest = newest;
    return flood;
}

Flood in_reply(const char* name, const std::string& begin, const std::string& unit) {
    Flood flood;
    flood.name = name;
    flood.script = {read_request(), send(begin), flood_of(unit)};
    return flood;
}

/// The server answers the preface with its settings, and a stream with the beginning of an answer.
Flood of_frames(const char* name, const std::string& begin, const std::string& unit) {
    Flood flood;
    flood.name = name;
    flood.script = {read_bytes(24), send(frame(4, 0, 0, "") + begin), flood_of(unit)};
    flood.alpn = "h2";
    return flood;
}

std::vector<Flood> floods() {
    const std::string hello_request("\0\0\0\0", 4);
    const std::string warning("\x01\x5a", 2);  // user_canceled
    const std::string chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    const std::string refused = "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n";
    const std::string begun = frame(1, 4, 1, "\x88");  // :status 200, and no end of the stream
    return {
        in_handshake("HelloRequests", record(22, repeated(hello_request, some_kilobytes))),
        in_handshake("HelloRequestsInRecordsOfTheirOwn", record(22, hello_request)),
        in_handshake("EmptyHandshakeRecords", record(22, "")),
        in_handshake("Warnings", record(21, warning)),
        in_handshake("WarningsAmongHelloRequests", record(21, warning) + record(22, hello_request)),
        in_handshake("ChangeCipherSpecs", record(20, "\x01")),
        instead_of_reply("KeyUpdates", flood_of(&Conversation::send_key_update)),
        instead_of_reply("SessionTickets", flood_of(&Conversation::send_session_ticket)),
        instead_of_reply("KeyUpdatesAmongInterimReplies",
                         [](Conversation& conversation) {
                             while (conversation.send_key_update() &&
                                    conversation.write("HTTP/1.1 103 Early Hints\r\n")) {
                             }
                             return false;
                         }),
        instead_of_reply("InterimReplies", flood_of("HTTP/1.1 102 Processing\r\n\r\n")),
        instead_of_reply("InterimRepliesOfOldTls", flood_of("HTTP/1.1 102 Processing\r\n\r\n"),
                         TlsVersion::tls1_2),
        in_reply("HeaderLines", "HTTP/1.1 200 OK\r\n", "X-More: yes\r\n"),
        in_reply("OneHeaderLine", "HTTP/1.1 200 OK\r\nX-More: ", "y"),
        in_reply("Body", "HTTP/1.1 200 OK\r\n\r\n", "x"),
        in_reply("ChunkExtension", chunked + "1;", "x"),
        in_reply("ChunksOfOneByte", chunked, "1\r\nx\r\n"),
        in_reply("ChunkSizeOfZeros", chunked, "0"),
        in_reply("Trailers", chunked + "0\r\n", "X-More: yes\r\n"),
        of_proxy("ProxyBody", refused + "Content-Length: 9000000000000\r\n\r\n", "x"),
        of_proxy("ProxyChunks", refused + "Transfer-Encoding: chunked\r\n\r\n", "1\r\nx\r\n"),
        of_proxy("ProxyChunkExtension", refused + "Transfer-Encoding: chunked\r\n\r\n1;", "x"),
        of_proxy("ProxyHeaderLines", "HTTP/1.1 200 OK\r\n", "X-More: yes\r\n"),
        of_proxy("ProxyOneHeaderLine", "HTTP/1.1 200 OK\r\nX-More: ", "y"),
        of_proxy("ProxyInterimReplies", "", "HTTP/1.1 100 Continue\r\n\r\n"),
        of_proxy("ProxyTunnelOfHelloRequests", "HTTP/1.1 200 OK\r\n\r\n",
                 record(22, repeated(hello_request, some_kilobytes))),
        of_frames("Pings", "", frame(6, 0, 0, "12345678")),
        of_frames("PingAnswers", "", frame(6, 1, 0, "12345678")),
        of_frames("Settings", "", frame(4, 0, 0, "")),
        of_frames("UnknownFrames", "", frame(0x7a, 0, 0, "")),
        of_frames("WindowUpdates", "", frame(8, 0, 0, std::string("\0\0\0\x01", 4))),
        of_frames("EmptyData", begun, frame(0, 0, 1, "")),
        of_frames("Priorities", begun, frame(2, 0, 1, std::string("\0\0\0\x03\x01", 5))),
    };
}

/// How long each test repeats its flood.
Clock::duration wanted_time() {
    const char* text = std::getenv("SENT_FLOOD_SECONDS");
    return std::chrono::seconds{text != nullptr ? std::atoi(text) : 0};
}

const CertificateAuthority& authority() {
    static const CertificateAuthority instance;
    return instance;
}

ServerOptions server_options(const Flood& flood) {
    ServerOptions options;
    if (flood.speaks == Speaks::tls && !flood.from_proxy) {
        options.tls.emplace();
        options.tls->identity = authority().localhost();
        options.tls->max_version = flood.newest;
        options.tls->alpn = flood.alpn;
    }
    return options;
}

class A1_Floods : public testing::TestWithParam<std::tuple<Flood, bool>> {
  protected:
    static const Flood& flood() { return std::get<0>(GetParam()); }

    /// A server that floods on as many connections, and the options of its client.
    struct Peer {
        explicit Peer(std::size_t flooded) : server(server_options(flood())) {
            CurlTransportOptions curl;
            curl.http2 = std::get<1>(GetParam());
            curl.tls.ca_pem = authority().pem();
            curl.proxy.mode = ProxyOptions::Mode::off;
            if (flood().from_proxy) {
                curl.proxy.mode = ProxyOptions::Mode::url;
                curl.proxy.url = server.origin();
                curl.proxy.username = "user";
                curl.proxy.password = "password";
            }
            options = quick_options(flood().from_proxy ? "https://127.0.0.1:1"
                                                       : server.origin("https", "127.0.0.1"));
            options.retry.max_retries = 0;
            options.max_response_bytes = 256U * 1024U;  // what comes is copied and searched
            transport = std::make_shared<CurlTransport>(curl);
            options.transport = transport;
            for (std::size_t i = 0; i < flooded; ++i) {
                server.on_connection(flood().script);
            }
            server.by_default({serve([](const ReceivedRequest& request) { return healthy_reply(request); })});
        }
        ScriptedServer server;
        std::shared_ptr<CurlTransport> transport{};
        ClientOptions options;
    };

    /// Whether the client has much to read on its first connection.
    static bool has_risen(const ScriptedServer& server, std::uint64_t messages_before) {
        constexpr std::uint64_t many_messages = 64;
        const auto connections = server.connections();
        return !connections.empty() && (connections[0].bytes_sent > 2 * some_kilobytes ||
                                        tls_messages - messages_before > many_messages);
    }
    static bool is_ready(const std::future<Result<void>>& future) {
        return future.wait_for(Clock::duration::zero()) == std::future_status::ready;
    }

    /// Runs the body once, or again and again for as long as is wanted.
    static void repeatedly(const std::function<void()>& body) {
        const auto end = Clock::now() + wanted_time();
        do {
            body();
        } while (Clock::now() < end && !HasFailure());
    }

    static void expect_true_outcome(const Result<void>& result) {
        ASSERT_FALSE(result);
        if (!flood().after_request) {
            EXPECT_EQ(result.error().outcome, Outcome::not_sent) << describe(result);
        } else if (result.error().http_status == 0) {
            EXPECT_EQ(result.error().outcome, Outcome::unknown) << describe(result);
        }
        EXPECT_THAT(to_string(result.error()), testing::Not(testing::HasSubstr(std::string(test_api_key))));
    }
};

INSTANTIATE_TEST_SUITE_P(, A1_Floods, testing::Combine(testing::ValuesIn(floods()), testing::Bool()),
                         [](const auto& test) {
                             return std::string(std::get<0>(test.param).name) +
                                    (std::get<1>(test.param) ? "Http2" : "");
                         });

/// What does not depend on the version: for the sake of the time that the tests take.
class A1_FloodsOverHttp1 : public A1_Floods {};
INSTANTIATE_TEST_SUITE_P(, A1_FloodsOverHttp1,
                         testing::Combine(testing::ValuesIn(floods()), testing::Values(false)),
                         [](const auto& test) { return std::string(std::get<0>(test.param).name); });

TEST_P(A1_Floods, ACallEndsByItsDeadline) {
    repeatedly([] {
        with_both_drivers([](Driver driver) {
            Peer peer(1);
            const Client client{peer.options};
            CallOptions call;
            call.deadline = flooded_for;
            Stopwatch stopwatch{*call.deadline};
            const auto result = perform(client, driver, send_request(), call);
            EXPECT_LE(stopwatch.lateness(), promised) << describe(result);
            expect_true_outcome(result);
        });
    });
}

TEST_P(A1_FloodsOverHttp1, ACallEndsWhenItIsCancelled) {
    repeatedly([] {
        with_both_drivers([](Driver driver) {
            Peer peer(1);
            const Client client{peer.options};
            CancellationSource source;
            CallOptions call;
            call.cancel = source.token();
            Stopwatch stopwatch{flooded_for};
            std::thread canceller = start_thread([&] {
                std::this_thread::sleep_for(flooded_for);
                source.cancel();
            });
            const auto result = perform(client, driver, send_request(), call);
            EXPECT_LE(stopwatch.lateness(), promised) << describe(result);
            canceller.join();
            expect_true_outcome(result);
        });
    });
}

TEST_P(A1_Floods, ABulkRunEndsByItsDeadline) {
    repeatedly([] {
        Peer peer(4);
        const Client client{peer.options};
        BulkOptions options;
        options.call.deadline = flooded_for;
        const std::vector<v1::SendToContactRequest> requests(4, send_request());
        Stopwatch stopwatch{*options.call.deadline};
        const auto report = client.bulk(requests, options);
        EXPECT_LE(stopwatch.lateness(), promised);
        EXPECT_EQ(report.results.size(), requests.size());
    });
}

TEST_P(A1_Floods, OtherCallsAreNotDelayed) {
    repeatedly([] {
        Peer peer(1);
        ScriptedServer other;
        other.by_default({serve([](const ReceivedRequest& request) { return healthy_reply(request); })});
        const auto ask = [&peer](const std::string& origin, milliseconds timeout) {
            HttpRequest request;
            request.url = origin + "/v1/contacts";
            request.timeout = timeout;
            auto answered = std::make_shared<std::promise<TransportResult>>();
            peer.transport->send_async(std::move(request), [answered](TransportResult result) {
                answered->set_value(std::move(result));
            });
            return answered->get_future();
        };
        auto flooded = ask(peer.options.base_url, 2 * flooded_for);
        ASSERT_TRUE(peer.server.wait_for_connections(1, patience));
        for (const auto end = Clock::now() + flooded_for; Clock::now() < end;) {
            Stopwatch stopwatch{promised};
            auto answer = ask(other.origin(), patience);
            ASSERT_EQ(answer.wait_for(patience), std::future_status::ready);
            EXPECT_LE(stopwatch.lateness(), milliseconds{0});
            const auto result = answer.get();
            EXPECT_TRUE(result) << result.error().message;
        }
        ASSERT_EQ(flooded.wait_for(patience), std::future_status::ready);
    });
}

TEST_P(A1_FloodsOverHttp1, TheClientIsDestroyedAtOnce) {
    repeatedly([] {
        Peer peer(1);
        std::future<Result<void>> flooded;
        const std::uint64_t messages_before = tls_messages;
        {
            std::optional<Client> client{peer.options};
            peer.options.transport.reset();
            peer.transport.reset();
            flooded = client->submit(send_request());
            ASSERT_TRUE(
                eventually([&] { return has_risen(peer.server, messages_before) || is_ready(flooded); }));
            Stopwatch stopwatch{milliseconds{0}};
            client.reset();
            EXPECT_LE(stopwatch.lateness(), promised);
        }
        ASSERT_EQ(flooded.wait_for(patience), std::future_status::ready);
        expect_true_outcome(flooded.get());
    });
}

}  // namespace
}  // namespace sent::test
