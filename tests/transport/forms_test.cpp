// Bodies of multipart/form-data: read while they are sent, whole or not at all.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http2_server.hpp"
#include "requests.hpp"
#include "support/scripted_server.hpp"

namespace sent::test {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

/// Has `size` bytes, but can be read only up to `readable`, like a file that somebody has shortened.
class PartOfASource final : public BodySource {
  public:
    PartOfASource(std::size_t size, std::size_t readable) : content_(size, 'x'), readable_(readable) {}

    [[nodiscard]] std::uint64_t size() const noexcept override { return content_.size(); }
    [[nodiscard]] std::optional<std::size_t> read(std::uint64_t offset, char* buffer,
                                                  std::size_t room) const noexcept override {
        const auto count = std::min<std::size_t>(room, content_.size() - offset);
        if (offset + count > readable_) {
            return std::nullopt;
        }
        std::memcpy(buffer, content_.data() + offset, count);
        return count;
    }

  private:
    std::string content_;
    std::size_t readable_;
};

std::shared_ptr<const BodySource> text(std::string_view content) {
    class Text final : public BodySource {
      public:
        explicit Text(std::string_view content) : content_(content) {}
        [[nodiscard]] std::uint64_t size() const noexcept override { return content_.size(); }
        /// One byte at a time: a source may return less than there is room for.
        [[nodiscard]] std::optional<std::size_t> read(std::uint64_t offset, char* buffer,
                                                      std::size_t room) const noexcept override {
            if (offset >= content_.size() || room == 0) {
                return 0;
            }
            *buffer = content_[static_cast<std::size_t>(offset)];
            return 1;
        }

      private:
        std::string content_;
    };
    return std::make_shared<Text>(content);
}

HttpRequest form(std::string url, std::vector<BodyPart> parts) {
    HttpRequest request = get(std::move(url));
    request.method = "POST";
    request.headers.add("Idempotency-Key", "key-1");
    request.parts = std::make_shared<const std::vector<BodyPart>>(std::move(parts));
    return request;
}

std::vector<BodyPart> two_parts() {
    return {{"profile", "", "", text(R"({"name":"Example"})")},
            {"registration", "paper.pdf", "application/pdf", text("%PDF-1.7 \r\n--not the boundary")}};
}

std::vector<BodyPart> broken_parts(std::size_t size, std::size_t readable) {
    return {
        {"profile", "", "", text("{}")},
        {"registration", "paper.pdf", "application/pdf", std::make_shared<PartOfASource>(size, readable)}};
}

std::string boundary_of(const ReceivedRequest& request) {
    const auto type = request.header("Content-Type").value_or("");
    const std::string_view name = "boundary=";
    const auto begin = type.find(name);
    return begin == std::string::npos ? "" : type.substr(begin + name.size());
}

class Forms : public testing::TestWithParam<bool> {
  protected:
    TransportResult post_form(CurlTransport& transport, std::vector<BodyPart> parts) {
        return run(transport, form(server_.origin() + "/form", std::move(parts)), GetParam());
    }

    ScriptedServer server_;
    CurlTransportOptions options_;
};

INSTANTIATE_TEST_SUITE_P(Modes, Forms, testing::Bool(),
                         [](const auto& test) { return test.param ? "Async" : "Blocking"; });

TEST_P(Forms, PartsArriveInOrderWithTheirNamesAndTypes) {
    server_.by_default({serve([](const ReceivedRequest&) { return http_reply(204); })});
    CurlTransport transport(options_);
    const auto result = post_form(transport, two_parts());
    ASSERT_TRUE(result) << result.error().message;
    const auto requests = server_.requests();
    ASSERT_EQ(requests.size(), 1U);
    const auto& request = requests[0];
    const auto boundary = boundary_of(request);
    EXPECT_THAT(request.header("Content-Type").value_or(""), StartsWith("multipart/form-data; boundary="));
    EXPECT_EQ(request.header_count("Content-Type"), 1U);
    EXPECT_EQ(request.header_count("Expect"), 0U);
    EXPECT_EQ(request.header("Idempotency-Key"), "key-1");
    EXPECT_EQ(request.header("Content-Length"), std::to_string(request.body.size()));
    EXPECT_EQ(request.body, "--" + boundary + "\r\n" +
                                "Content-Disposition: form-data; name=\"profile\"\r\n\r\n" +
                                "{\"name\":\"Example\"}\r\n" + "--" + boundary + "\r\n" +
                                "Content-Disposition: form-data; name=\"registration\"; "
                                "filename=\"paper.pdf\"\r\nContent-Type: application/pdf\r\n\r\n" +
                                "%PDF-1.7 \r\n--not the boundary\r\n" + "--" + boundary + "--\r\n");
}

TEST(BodySources, AreReadWhole) {
    EXPECT_EQ(text("abc")->read_all(), "abc");
    EXPECT_EQ(text("")->read_all(), "");
    EXPECT_EQ(PartOfASource(10, 5).read_all(), std::nullopt);
}

TEST_P(Forms, QuotesInNamesDoNotEndThem) {
    server_.by_default({serve([](const ReceivedRequest&) { return http_reply(204); })});
    CurlTransport transport(options_);
    auto parts = two_parts();
    parts[1].file_name = "a\"; name=\"profile";
    ASSERT_TRUE(post_form(transport, parts));
    EXPECT_THAT(server_.requests()[0].body, HasSubstr("filename=\"a%22; name=%22profile\""));
}

TEST_P(Forms, MegabytesAreSentWithoutWaitingForAContinue) {
    server_.by_default({serve([](const ReceivedRequest&) { return http_reply(204); })});
    CurlTransport transport(options_);
    constexpr std::size_t size = 3'000'000;
    const auto result = post_form(transport, broken_parts(size, size));
    ASSERT_TRUE(result) << result.error().message;
    EXPECT_GT(server_.requests()[0].body.size(), size);
    EXPECT_EQ(server_.requests()[0].header_count("Expect"), 0U);
}

TEST_P(Forms, TheNextRequestOverTheHandleHasNoForm) {
    server_.by_default({serve([](const ReceivedRequest&) { return http_reply(204); })});
    CurlTransport transport(options_);
    ASSERT_TRUE(post_form(transport, two_parts()));
    ASSERT_TRUE(run(transport, post(server_.origin() + "/json", "{\"a\":1}"), GetParam()));
    ASSERT_TRUE(run(transport, get(server_.origin() + "/read"), GetParam()));
    ASSERT_TRUE(post_form(transport, two_parts()));
    const auto requests = server_.requests();
    ASSERT_EQ(requests.size(), 4U);
    EXPECT_EQ(server_.connection_count(), 1U);
    EXPECT_EQ(requests[1].method, "POST");
    EXPECT_EQ(requests[1].body, "{\"a\":1}");
    EXPECT_EQ(requests[1].header("Content-Type"), "application/json");
    EXPECT_EQ(requests[2].method, "GET");
    EXPECT_EQ(requests[2].body, "");
    EXPECT_EQ(requests[2].header_count("Content-Type"), 0U);
    EXPECT_THAT(requests[3].body, EndsWith("--" + boundary_of(requests[3]) + "--\r\n"));
}

TEST_P(Forms, APartThatCannotBeReadBreaksTheRequestOff) {
    for (const std::size_t readable : {std::size_t{0}, std::size_t{100'000}, std::size_t{1'999'999}}) {
        ScriptedServer server;
        server.by_default({read_until_headers_end(), read_request(), send(http_reply(204))});
        CurlTransport transport(options_);
        const auto result =
            run(transport, form(server.origin() + "/form", broken_parts(2'000'000, readable)), GetParam());
        ASSERT_FALSE(result) << readable;
        EXPECT_EQ(result.error().kind, TransportErrorKind::invalid_request) << result.error().message;
        EXPECT_FALSE(result.error().request_may_have_left);
        EXPECT_THAT(result.error().message, HasSubstr("a document was changed"));
        EXPECT_THAT(result.error().message, Not(HasSubstr("paper")));
        if (server.wait_for_connections(1, patience)) {
            ASSERT_TRUE(server.wait_for_finished(1, patience));
            for (const auto& request : server.requests()) {
                EXPECT_FALSE(request.complete) << readable;
                EXPECT_THAT(request.body, Not(HasSubstr("--" + boundary_of(request) + "--")));
            }
        }
    }
}

TEST_P(Forms, TheNextRequestAfterABrokenFormIsFine) {
    server_.on_connection({read_until_headers_end(), wait_for_close()});
    server_.by_default({serve([](const ReceivedRequest&) { return http_reply(204); })});
    CurlTransport transport(options_);
    ASSERT_FALSE(post_form(transport, broken_parts(2'000'000, 500'000)));
    const auto result = run(transport, post(server_.origin() + "/json", "{}"), GetParam());
    ASSERT_TRUE(result) << result.error().message;
    EXPECT_EQ(server_.requests().back().body, "{}");
}

TEST_P(Forms, AReplyBeforeTheEndOfTheBodyIsTheResult) {
    server_.on_connection({read_until_headers_end(), send(http_reply(413)), hold()});
    CurlTransport transport(options_);
    const auto result = post_form(transport, broken_parts(20'000'000, 20'000'000));
    ASSERT_TRUE(result) << result.error().message;
    EXPECT_EQ(result.response().status, 413);
}

TEST_P(Forms, AConnectionThatEndsWithinTheBodyMayHaveLeft) {
    server_.on_connection({read_until_headers_end(), reset()});
    CurlTransport transport(options_);
    const auto result = post_form(transport, broken_parts(20'000'000, 20'000'000));
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, TransportErrorKind::closed) << result.error().message;
    EXPECT_TRUE(result.error().request_may_have_left);
}

// With HTTP/2 the body is read when the server has room for it, and a broken one resets its stream.

class FormsOverHttp2 : public Http2Fixture {
  protected:
    /// Reads until the client has ended its stream, or has reset it.
    Step read_to_end_of_stream() {
        return [this](Conversation& conversation) {
            while (true) {
                bool has_ended = false;
                for_each_frame(server_.connections()[conversation.index()].received,
                               [&has_ended](Frame type, char flags, std::string_view) {
                                   has_ended |= type == Frame::reset ||
                                                (type == Frame::data && flags == end_of_stream);
                               });
                if (has_ended || !conversation.read_bytes(1)) {
                    return has_ended;
                }
            }
        };
    }
    TransportResult post_form(std::vector<BodyPart> parts) {
        server_.by_default({send(frame(Frame::settings, 0, 0, "")), read_to_end_of_stream(),
                            send(frame(Frame::headers, end_of_headers | end_of_stream, 1, status_204)),
                            wait_for_close()});
        CurlTransport transport(options_);
        return run(transport, form(url("/form"), std::move(parts)), true);
    }
    std::string sent_body() {
        std::string body;
        for_each_frame(server_.connections().at(0).received,
                       [&body](Frame type, char, std::string_view content) {
                           body += type == Frame::data ? content : "";
                       });
        return body;
    }
};

TEST_F(FormsOverHttp2, PartsArrive) {
    const auto result = post_form(two_parts());
    ASSERT_TRUE(result) << result.error().message;
    EXPECT_EQ(result.response().status, 204);
    EXPECT_THAT(sent_body(), HasSubstr("filename=\"paper.pdf\""));
    EXPECT_THAT(sent_body(), EndsWith("--\r\n"));
}

TEST_F(FormsOverHttp2, APartThatCannotBeReadBreaksTheRequestOff) {
    const auto result = post_form(broken_parts(60'000, 20'000));
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, TransportErrorKind::invalid_request) << result.error().message;
    EXPECT_FALSE(result.error().request_may_have_left);
    ASSERT_TRUE(server_.wait_for_finished(1, patience));
    EXPECT_THAT(sent_body(), Not(EndsWith("--\r\n")));
    for_each_frame(server_.connections().at(0).received, [](Frame type, char flags, std::string_view) {
        EXPECT_FALSE(type == Frame::data && flags == end_of_stream)
            << "the stream was ended as if it were whole";
    });
}

}  // namespace
}  // namespace sent::test
