// HTTP/2 connections of the asynchronous engine that honest servers use in unusual ways.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include <sent/http/curl_transport.hpp>

#include "http2_server.hpp"
#include "requests.hpp"
#include "support/eventually.hpp"
#include "support/gate.hpp"

namespace sent::test {
namespace {

/// Frames of the type in what a client has sent.
std::size_t count_frames(std::string_view received, Frame type) {
    std::size_t count = 0;
    for_each_frame(received, [&](Frame other, char, std::string_view) { count += other == type ? 1U : 0U; });
    return count;
}

class SharedConnection : public Http2Fixture {
  protected:
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
    HttpRequest unwanted = get(url("/unwanted"));
    unwanted.cancel = source.token();
    Results first;
    Results second;
    transport.send_async(unwanted, first.collector());
    transport.send_async(get(url("/wanted")), second.collector());
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
