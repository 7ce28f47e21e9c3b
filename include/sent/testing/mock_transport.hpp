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
/// docs/testing.md has more examples.

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
#include <sent/testing/recorded_request.hpp>

namespace sent {

inline namespace v3 {
struct SendMessageResponse;
}  // namespace v3
}  // namespace sent

namespace sent::testing {

/// Holds replies back until the test opens it. Copies are the same gate. Once open, it stays open. When the
/// last copy is destroyed it opens, so that nothing waits forever. Thread-safe.
class SENT_TESTING_EXPORT Gate {
  public:
    Gate();
    /// Releases the replies that wait for it. Callbacks of `submit` run on this thread before open() returns.
    void open() const;
    [[nodiscard]] bool is_open() const;

    class State;

  private:
    friend class Reply;
    class Handle;
    std::shared_ptr<Handle> handle_;
};

/// One reply of the mock.
class SENT_TESTING_EXPORT Reply {
  public:
    /// `Reply{204}`, or just `204` where a Reply is expected.
    Reply(int status, std::string body = {}, Headers headers = {});  // NOLINT(google-explicit-constructor)

    /// Reply with `Content-Type: application/json`, unless `headers` has another.
    [[nodiscard]] static Reply json(int status, std::string text, Headers headers = {});
    /// Reply 204: the answer to sends of v1 and v2, and to removals.
    [[nodiscard]] static Reply no_content(Headers headers = {});
    /// Success with this content, as the service writes it: types of v3 in their envelope, types of v1 and v2
    /// bare, a Page as a list. `status` 0 means the usual status: 202 for SendMessageResponse, otherwise 200.
    /// The request id of a v3 answer is the value of the header X-Request-Id, or `req_mock` without one. What
    /// the client computes (Page::has_more in v1 and v2) is not read from `response`. Throws
    /// InvalidRequestError for text that is not UTF-8.
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
    /// Refusal. With a code (`error(402, "BUSINESS_003")`) it is in the v3 envelope, without one in the
    /// format of v1 and v2. `message` defaults to a text with the code or the status. For a 429, pass
    /// `{{"Retry-After", "20"}}`.
    [[nodiscard]] static Reply error(int status, std::string_view code = {}, std::string_view message = {},
                                     Headers headers = {});

    /// The attempt ends without an answer, with any error.
    [[nodiscard]] static Reply failure(TransportError error);
    /// The host name has no address. Nothing was sent.
    [[nodiscard]] static Reply name_not_resolved();
    /// The connection is refused. Nothing was sent.
    [[nodiscard]] static Reply connection_refused();
    /// Connecting times out. Nothing was sent.
    [[nodiscard]] static Reply connect_timeout();
    /// The server's certificate is not trusted. Nothing was sent.
    [[nodiscard]] static Reply certificate_rejected();
    /// The request was sent, but there is no answer in time.
    [[nodiscard]] static Reply timeout();
    /// The request was sent, but the connection breaks before the answer.
    [[nodiscard]] static Reply connection_lost();
    /// The request was sent, and the answer ends early. `partial` is what arrived of it.
    [[nodiscard]] static Reply truncated(HttpResponse partial = {200, {}, "{"});

    /// The transport throws a copy of `exception`, which may be of any type.
    template <class Exception>
    [[nodiscard]] static Reply throwing(Exception exception) {
        return thrown(std::make_exception_ptr(std::move(exception)));
    }
    /// `answer` makes the reply to each request, on the thread that sends it. It may use the mock and the
    /// FakeClock.
    [[nodiscard]] static Reply computed(std::function<TransportResult(const RecordedRequest&)> answer);

    /// Returns this reply for the next `count` requests. Less than 1 counts as 1.
    [[nodiscard]] Reply times(int count) const;
    /// Returns this reply for every further request.
    [[nodiscard]] Reply always() const;
    /// Returns this reply, held back until the gate is open or HttpRequest::cancel is cancelled. Time limits
    /// of the request are not enforced: use timeout() for that. The exception of throwing() is not held back.
    [[nodiscard]] Reply after(const Gate& gate) const;

  private:
    friend class MockTransport;
    Reply() = default;
    [[nodiscard]] static Reply thrown(std::exception_ptr exception);

    std::function<TransportResult(const RecordedRequest&)> answer_{};
    std::exception_ptr exception_{};
    std::shared_ptr<Gate::State> gate_{};
    /// Negative means any number.
    int times_ = 1;
};

/// A transport that answers from a script and records the requests. Works with `call`, `submit` and `bulk`.
/// Thread-safe. A forked child continues with a copy of script and requests. If another thread was using them
/// during the fork, the child has none.
///
/// A request gets the first unused reply that `on` has added for it, else the first unused reply of `reply`,
/// else the reply of `otherwise`. If there is none, the call fails without retries, and its error names the
/// request that had no reply.
///
/// Waits between attempts take real time unless the client has a FakeClock.
///
/// Callbacks of `submit` run on the thread that submits, before submit() returns. There are two exceptions:
/// if a Gate holds the reply back, the callback runs when the gate opens (and a reply of more than 16 KiB is
/// read on another thread), and if the reply follows a retry, it runs on the thread of Clock::call_at(). A
/// submit() inside a callback starts at once; its callback runs when the current one has returned.
class SENT_TESTING_EXPORT MockTransport final : public AsyncTransport {
  public:
    MockTransport();
    MockTransport(const MockTransport&) = delete;
    MockTransport& operator=(const MockTransport&) = delete;
    /// Completes requests that a Gate still holds back as cancelled.
    ~MockTransport() override;

    /// Adds the next reply for any request.
    MockTransport& reply(Reply reply);
    /// The same as `reply(Reply{status, body, headers})`.
    MockTransport& reply(int status, std::string body = {}, Headers headers = {});
    /// The same as `reply(Reply::json(status, text, headers))`.
    MockTransport& json(int status, std::string text, Headers headers = {});
    /// The same as `reply(Reply::no_content(headers))`.
    MockTransport& no_content(Headers headers = {});
    /// Adds the next reply for requests with this method and path. An empty method or path matches any; a
    /// segment in braces matches any one segment: `on("GET", "/v2/messages/{id}", Reply::json(200, text))`.
    MockTransport& on(std::string method, std::string path, Reply reply);
    /// Sets the reply for all requests that have no other.
    MockTransport& otherwise(Reply reply);

    /// Returns the requests in the order of their arrival. A request that is cancelled before it is sent does
    /// not arrive.
    [[nodiscard]] std::vector<RecordedRequest> requests() const;
    [[nodiscard]] std::size_t request_count() const;
    /// Blocks until at least `count` requests have arrived. Returns false if `timeout` passes first. Default
    /// 10 s.
    [[nodiscard]] bool wait_for_requests(std::size_t count,
                                         std::chrono::milliseconds timeout = std::chrono::seconds{10}) const;
    /// Number of replies that no request has used. Replies with `always` and the reply of `otherwise` do not
    /// count.
    [[nodiscard]] std::size_t unused_replies() const;
    /// Removes all replies and recorded requests.
    void reset();

    TransportResult send(const HttpRequest& request) override;
    void send_async(HttpRequest request, Completion done) override;

  private:
    class Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace sent::testing
