// HTTP/2 connections of the asynchronous engine that honest servers use in unusual ways.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include <sent/http/curl_transport.hpp>

#include "requests.hpp"
#include "support/eventually.hpp"
#include "support/gate.hpp"
#include "support/scripted_server.hpp"
#include "support/tls_identity.hpp"

namespace sent::test {
namespace {

enum class Frame : char { data = 0, headers = 1, settings = 4 };
constexpr char end_of_stream = 1;
constexpr char end_of_headers = 4;
constexpr std::size_t frame_header = 9;
constexpr std::string_view status_200 = "\x88";
constexpr std::string_view status_204 = "\x89";

std::string frame(Frame type, char flags, char stream, std::string_view content) {
    std::string text;
    for (const unsigned shift : {16U, 8U, 0U}) {
        text += static_cast<char>(content.size() >> shift & 0xffU);
    }
    text += {static_cast<char>(type), flags, '\0', '\0', '\0', stream};
    return text.append(content);
}

/// Frames of the type in what a client has sent.
std::size_t count_frames(std::string_view received, Frame type) {
    constexpr std::size_t preface = 24;
    std::size_t count = 0;
    for (std::size_t at = preface; at + frame_header <= received.size();) {
        const auto byte = [&](std::size_t i) -> std::size_t {
            return static_cast<unsigned char>(received[at + i]);
        };
        count += received[at + 3] == static_cast<char>(type) ? 1U : 0U;
        at += frame_header + (byte(0) << 16U) + (byte(1) << 8U) + byte(2);
    }
    return count;
}

class SharedConnection : public testing::Test {
  protected:
    SharedConnection() {
        options_.http2 = true;
        options_.proxy.mode = ProxyOptions::Mode::off;
        options_.tls.ca_pem = authority_.pem();
    }
    static ServerOptions server_options(const CertificateAuthority& authority) {
        ServerOptions options;
        options.tls.emplace();
        options.tls->identity = authority.localhost();
        options.tls->alpn = "h2";
        return options;
    }
    /// Reads until the client has sent so many frames of the type.
    Step read_frames(std::size_t count, Frame type) {
        return [this, count, type](Conversation& conversation) {
            while (count_frames(server_.connections()[conversation.index()].received, type) < count) {
                if (!conversation.read_bytes(1)) {
                    return false;
                }
            }
            return true;
        };
    }

    CertificateAuthority authority_{};
    ScriptedServer server_{server_options(authority_)};
    CurlTransportOptions options_{};
};

// A server goes on sending a reply until it learns that nobody wants it any more, and many send small records
// while a connection is young.
TEST_F(SharedConnection, A1_MegabytesOfACancelledReplyAreNoFlood) {
    constexpr std::size_t piece = 256;
    constexpr std::size_t pieces = 8192;
    constexpr std::size_t enough = 600'000;  // in 2,260 records
    const Gate rest_may_come;
    server_.by_default({read_frames(2, Frame::headers), send(frame(Frame::settings, 0, 0, "")),
                        wait_for(rest_may_come), send(frame(Frame::headers, end_of_headers, 1, status_200)),
                        send_repeated(frame(Frame::data, 0, 1, std::string(piece, 'x')), pieces),
                        send(frame(Frame::headers, end_of_headers | end_of_stream, 3, status_204)), hold()});
    CurlTransport transport(options_);
    const CancellationSource source;
    HttpRequest unwanted = get(server_.origin("https", "localhost") + "/unwanted");
    unwanted.cancel = source.token();
    Results first;
    Results second;
    transport.send_async(unwanted, first.collector());
    transport.send_async(get(server_.origin("https", "localhost") + "/wanted"), second.collector());
    ASSERT_TRUE(eventually([&] {
        const auto connections = server_.connections();
        return connections.size() == 1 && count_frames(connections[0].received, Frame::headers) == 2;
    }));
    source.cancel();
    ASSERT_TRUE(first.wait_for(1));
    // While the engine's thread does nothing, they come to wait in the socket, as many as it has room for.
    const Gate much_has_come;
    transport.send_async(get("not-a-url"), [much_has_come](const TransportResult& result) {
        EXPECT_FALSE(result);
        EXPECT_TRUE(much_has_come.wait(patience));
    });
    rest_may_come.open();
    static_cast<void>(eventually([&] { return server_.connections()[0].bytes_sent > enough; },
                                 std::chrono::milliseconds(500)));
    much_has_come.open();
    ASSERT_TRUE(second.wait_for(1));
    const auto results = second.take();
    ASSERT_TRUE(results[0]) << results[0].error().message;
    EXPECT_EQ(results[0].response().status, 204);
}

}  // namespace
}  // namespace sent::test
