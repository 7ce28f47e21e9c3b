#pragma once

/// @file
/// Tests without a network: the client under test talks to a script.
///
///     auto mock = std::make_shared<sent::testing::MockTransport>();
///     mock->reply(503).reply(204);
///     mock->reply(sent::testing::Reply::of(sent::SendMessageResponse{.status = "QUEUED"}));
///     mock->reply(sent::testing::Reply::error(402, "BUSINESS_003"));
///     sent::Client client({.api_key = "k", .sender_id = "s", .transport = mock, .clock = fake_clock});
///     ... the code under test sends ...
///     EXPECT_EQ(mock->requests().at(0).path, "/v1/messages/contact");
///
/// docs/testing.md shows more.

#include <chrono>
#include <cstddef>
#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <sent/export.hpp>
#include <sent/http/headers.hpp>
#include <sent/http/transport.hpp>
#include <sent/operation.hpp>

namespace sent {

inline namespace v3 {
struct SendMessageResponse;
}  // namespace v3
}  // namespace sent

namespace sent::testing {

/// An attempt as it reached the transport.
struct RecordedRequest {
    std::string method{};
    /// The whole, as it would go out.
    std::string url{};
    /// Of the URL, without the query; percent-encoded: `/v1/contacts/phone`.
    std::string path{};
    /// Of the URL, decoded.
    Headers query{};
    /// Holds the keys in clear.
    Headers headers{};
    std::string body{};
    std::chrono::milliseconds connect_timeout{};
    std::chrono::milliseconds timeout{};
    /// From `submit` or `bulk`.
    bool asynchronous = false;

    /// Path and query, as they stand in the request line.
    [[nodiscard]] SENT_TESTING_EXPORT std::string target() const;
};

/// Holds replies back until the test says so. Copies are the same gate. Once open it stays open; when the
/// last copy is destroyed it opens, so that nothing waits for ever. Thread-safe.
class SENT_TESTING_EXPORT Gate {
  public:
    Gate();
    /// Gives what waits its reply. Callbacks of `submit` run on this thread, before this returns.
    void open() const;
    [[nodiscard]] bool is_open() const;

    class State;

  private:
    friend class Reply;
    class Handle;
    std::shared_ptr<Handle> handle_;
};

/// What the mock answers.
class SENT_TESTING_EXPORT Reply {
  public:
    /// `Reply{204}`, or just `204` where a Reply is wanted.
    Reply(int status, std::string body = {}, Headers headers = {});  // NOLINT(google-explicit-constructor)

    /// With `Content-Type: application/json`.
    [[nodiscard]] static Reply json(int status, std::string text, Headers headers = {});
    /// 204: the answer to the sends of v1 and v2, and to what is removed.
    [[nodiscard]] static Reply no_content(Headers headers = {});
    /// A success with this content, as the service writes it: v3's types in their envelope, those of v1 and
    /// v2 bare, a Page as a list. `status` 0 means the usual one: 202 for SendMessageResponse, else 200. The
    /// request id of a v3 answer is that of the header X-Request-Id, else `req_mock`. What the client works
    /// out (Page::has_more in v1 and v2) is not read from `response`. Throws InvalidRequestError for text
    /// that is not UTF-8.
    template <class Response>
    [[nodiscard]] static Reply of(const Response& response, int status = 0, Headers headers = {}) {
        static_assert(sent::detail::Described<Response>::value,
                      "Reply::of() takes what a call returns, such as sent::SendMessageResponse or "
                      "sent::Page<sent::Contact>; for an answer without content use Reply::no_content()");
        constexpr int usual = std::is_same_v<Response, SendMessageResponse> ? 202 : 200;
        const auto request_id = headers.get("X-Request-Id").value_or("req_mock");
        auto text =
            sent::detail::reply_text(sent::detail::Described<Response>::info(), &response, request_id);
        return json(status == 0 ? usual : status, std::move(text), std::move(headers));
    }
    /// A refusal: with a code (`error(402, "BUSINESS_003")`) in v3's envelope, without one as v1 and v2 write
    /// it. `message` defaults to one that names code and status. For a 429 give `{{"Retry-After", "20"}}`.
    [[nodiscard]] static Reply error(int status, std::string_view code = {}, std::string_view message = {},
                                     Headers headers = {});

    /// The attempt ends without an answer, in any way.
    [[nodiscard]] static Reply failure(TransportError error);
    /// The host name has no address: nothing left.
    [[nodiscard]] static Reply name_not_resolved();
    /// Nobody listens: nothing left.
    [[nodiscard]] static Reply connection_refused();
    /// No connection in time: nothing left.
    [[nodiscard]] static Reply connect_timeout();
    /// The server's certificate is not trusted: nothing left.
    [[nodiscard]] static Reply certificate_rejected();
    /// Sent, but no answer in time.
    [[nodiscard]] static Reply timeout();
    /// Sent, but the connection broke before the answer.
    [[nodiscard]] static Reply connection_lost();
    /// Sent, and the answer breaks off; `partial` is what arrived of it.
    [[nodiscard]] static Reply truncated(HttpResponse partial = {200, {}, "{"});

    /// The transport throws a copy of `exception`, whatever its type.
    template <class Exception>
    [[nodiscard]] static Reply throwing(Exception exception) {
        return thrown(std::make_exception_ptr(std::move(exception)));
    }
    /// Made for each request, on the thread that sends it. `answer` may use the mock and the FakeClock.
    [[nodiscard]] static Reply computed(std::function<TransportResult(const RecordedRequest&)> answer);

    /// The same, for so many requests. Less than 1 counts as 1.
    [[nodiscard]] Reply times(int count) const;
    /// The same, for every further request.
    [[nodiscard]] Reply always() const;
    /// The same, held back until the gate is open, or HttpRequest::cancel fires. The request's time limits
    /// are not enforced: use timeout() for that. What throwing() gives is not held back.
    [[nodiscard]] Reply after(const Gate& gate) const;

  private:
    friend class MockTransport;
    Reply() = default;
    [[nodiscard]] static Reply thrown(std::exception_ptr exception);

    std::function<TransportResult(const RecordedRequest&)> answer_{};
    std::exception_ptr exception_{};
    std::shared_ptr<Gate::State> gate_{};
    /// Negative: any number.
    int times_ = 1;
};

/// A transport that answers from a script and keeps what it was sent. Works with `call`, `submit` and `bulk`.
/// Thread-safe. A forked child goes on with a copy of script and requests, or, if another thread was using
/// them during the fork, with none.
///
/// A request gets the first reply left of those given by `on` for it, else the first left of those given by
/// `reply`, else the one of `otherwise`. When there is none, the call fails without retries and its error
/// says which request had no reply.
///
/// The waits between attempts are the client's: give it a FakeClock, too, or they take their time.
///
/// Callbacks of `submit` run on the thread that submits, before it goes on, unless the reply is held back by
/// a Gate (one of more than 16 KiB is then read on another thread), or follows a retry. Inside a callback
/// further submits are started at once, and their callbacks run when it has returned.
class SENT_TESTING_EXPORT MockTransport final : public AsyncTransport {
  public:
    MockTransport();
    MockTransport(const MockTransport&) = delete;
    MockTransport& operator=(const MockTransport&) = delete;
    /// Ends what a Gate still holds back as cancelled.
    ~MockTransport() override;

    /// Adds the next reply for any request.
    MockTransport& reply(Reply reply);
    MockTransport& reply(int status, std::string body = {}, Headers headers = {});
    MockTransport& json(int status, std::string text, Headers headers = {});
    MockTransport& no_content(Headers headers = {});
    /// Adds the next reply for requests with this method and path. An empty method or path fits any; a
    /// segment in braces fits any one: `on("GET", "/v2/messages/{id}", Reply::json(200, text))`.
    MockTransport& on(std::string method, std::string path, Reply reply);
    /// Sets the reply for requests that have no other, any number of them.
    MockTransport& otherwise(Reply reply);

    /// In the order in which they came. A request that is cancelled beforehand does not come.
    [[nodiscard]] std::vector<RecordedRequest> requests() const;
    [[nodiscard]] std::size_t request_count() const;
    /// Blocks until at least so many requests have come. False when `timeout` was over first.
    [[nodiscard]] bool wait_for_requests(std::size_t count,
                                         std::chrono::milliseconds timeout = std::chrono::seconds{10}) const;
    /// Replies that nobody has got; those given by `always` and `otherwise` do not count.
    [[nodiscard]] std::size_t unused_replies() const;
    /// Forgets script and requests.
    void reset();

    TransportResult send(const HttpRequest& request) override;
    void send_async(HttpRequest request, Completion done) override;

  private:
    class Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace sent::testing
