#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include <sent/client.hpp>
#include <sent/detail/deprecated.hpp>
#include <sent/v3/message.hpp>
#include <sent/v3/send_message.hpp>
#include <sent/v3/send_to_many.hpp>

namespace sent {
inline namespace v3 {

/// Options of Messages::wait_until_final().
struct WaitOptions {
    /// Time limit of the whole wait, in milliseconds. Defaults to 2 minutes.
    std::chrono::milliseconds deadline{std::chrono::minutes{2}};
    /// Interval between the first polls, in milliseconds. Defaults to 500 ms. It doubles up to
    /// `max_interval`.
    std::chrono::milliseconds initial_interval{500};
    /// Maximum interval between polls, in milliseconds. Defaults to 15 s.
    std::chrono::milliseconds max_interval{15'000};
    /// If a message stays FAILED for this time, in milliseconds, it counts as failed for good. Defaults to 30
    /// s.
    std::chrono::milliseconds failed_for{30'000};
    /// Options of each poll. Its `cancel` ends the wait.
    CallOptions call{};
};

/// Sends messages and follows them. Thread-safe.
///
/// A send carries an idempotency key: the caller's, or one that the library makes for the call. After
/// transient failures it is retried with the same key, so it takes effect once. Without a key
/// (`ClientOptions::auto_idempotency_key = false`), the library does not retry a send if it is unknown
/// whether it took effect, and the call ends with Outcome::unknown.
class SENT_EXPORT Messages {
  public:
    explicit Messages(Client client) noexcept : client_(std::move(client)) {}

    /// Sends a message to each recipient on each channel: `POST /v3/messages`. Each message is billed. A
    /// write with an idempotency key: retried with the same key after transient failures.
    ///
    /// Errors, in addition to the errors of every call: invalid_request (no recipient, or more than 1,000),
    /// bad_request (VALIDATION_...), not_found (RESOURCE_002, RESOURCE_014) and rate_limited (BUSINESS_002,
    /// LIMIT_001).
    Result<SendMessageResponse> send(const SendMessageRequest& request,
                                     const CallOptions& options = {}) const;

    /// Sends to a list of any length, in as many requests as it needs (`POST /v3/messages`), and reports a
    /// result for each recipient. Blocks until all requests have ended. If one request fails, the others are
    /// still sent. A channel that is named twice counts once. In a callback on the transport's thread it
    /// refuses to send; see Client::bulk().
    [[nodiscard]] SendToManyReport send_to_many(const SendMessageRequest& request,
                                                const SendToManyOptions& options = {}) const;

    /// Returns the message with this id: `GET /v3/messages/{id}`. A read: retried after transient failures.
    /// If the id is unknown, the call fails with ErrorKind::not_found (RESOURCE_003).
    Result<Message> get(std::string id, const CallOptions& options = {}) const;
    /// Returns the activities of a message, newest first: `GET /v3/messages/{id}/activities`. A read: retried
    /// after transient failures.
    Result<MessageActivities> activities(std::string id, const CallOptions& options = {}) const;

    /// Returns why a message was not delivered: the latest of its activities that is FAILED, FILTERED or
    /// BLOCKED, with `reason_code` and `reason` if the service sends them. Returns nothing if there is no
    /// such activity. Use it if no delivery with MessageStatusEvent::reason_code is at hand. A message that
    /// has failed may still arrive on another channel. Calls `GET /v3/messages/{id}/activities`. A read:
    /// retried after transient failures.
    Result<std::optional<MessageActivity>> failure_reason(std::string id,
                                                          const CallOptions& options = {}) const;

    /// Cancels a message that is SCHEDULED, whether `scheduled_at` or quiet hours hold it, and returns it:
    /// `POST /v3/messages/{id}/cancel`. Costs nothing. A send to several recipients or channels made several
    /// messages: cancel each of them.
    ///
    /// A write with an idempotency key: retried with the same key after transient failures. Calling it again
    /// is harmless, also without a key: a cancelled message is returned again. In every other status, and
    /// sometimes within a minute before the message is due, the call fails with ErrorKind::conflict
    /// (BUSINESS_006) and is not retried: read the message. If the id is unknown, it fails with
    /// ErrorKind::not_found (RESOURCE_003). It does not support the sandbox: a client in sandbox mode refuses
    /// it with ErrorKind::invalid_request.
    Result<Message> cancel(std::string id, const CallOptions& options = {}) const;

    /// Sends a message that is DELIVERED, READ, FAILED or BLOCKED again, on the same channel:
    /// `POST /v3/messages/{id}/resend`. **The message is billed again**, its status becomes QUEUED, and its
    /// status events are delivered again. The service checks consent, balance, approval and quiet hours
    /// again. The answer is that of a send; the `message_id` of its recipient may differ from `id`.
    ///
    /// A write with an idempotency key: retried with the same key after transient failures, and never without
    /// a key if it may have taken effect. In every other status the call fails with BUSINESS_006. If the id
    /// is unknown, it fails with ErrorKind::not_found (RESOURCE_003).
    Result<SendMessageResponse> resend(std::string id, const CallOptions& options = {}) const;

    /// Polls `GET /v3/messages/{id}` until the status is final (see is_final()) or FAILED for
    /// `options.failed_for`, and returns the message. Blocks. During the first 10 seconds it accepts that the
    /// message cannot be found yet (404). It polls again after connection errors, time-outs, 429 and 5xx
    /// except 501; any other Error of a poll ends the wait. If the deadline passes first, it fails with
    /// ErrorKind::timeout, or with the Error of the last poll; a message that is FAILED then is returned. If
    /// `options.call.cancel` is cancelled, it fails with ErrorKind::cancelled.
    Result<Message> wait_until_final(std::string id, const WaitOptions& options = {}) const;
    /// Starts wait_until_final() without blocking and returns a `std::future<Result<Message>>`. Include
    /// <sent/future.hpp>. (A template, so that only its callers need that header.)
    template <class Response = Message>
    [[nodiscard]] auto submit_wait_until_final(std::string id, const WaitOptions& options = {}) const {
        return detail::FutureOf<Response>::from([&](auto promise) {
            start_waiting(std::move(id), detail::shared_callback(std::move(promise)), options);
        });
    }
    /// Starts wait_until_final() without blocking. It calls `callback` once with the Result, on the thread or
    /// executor that runs the callbacks of Client::submit().
    template <class Callback, class = std::enable_if_t<!std::is_convertible_v<Callback, WaitOptions>>>
    void submit_wait_until_final(std::string id, Callback callback, const WaitOptions& options = {}) const {
        if constexpr (std::is_invocable_v<Callback&, Result<Message>>) {
            start_waiting(std::move(id), on_executor(detail::shared_callback(std::move(callback))), options);
        } else {
            static_assert(
                detail::never<Callback>,
                "sent: the second argument of submit_wait_until_final() is sent::WaitOptions, or a callback "
                "that takes sent::Result<sent::Message>");
        }
    }
    /// Former name of submit_wait_until_final() with a callback.
    template <class Callback, class = std::enable_if_t<std::is_invocable_v<Callback&, Result<Message>>>>
    SENT_DETAIL_DEPRECATED("use submit_wait_until_final(id, callback, options)")
    void wait_until_final(std::string id, Callback callback, const WaitOptions& options = {}) const {
        submit_wait_until_final(std::move(id), std::move(callback), options);
    }

  private:
    using OnMessage = std::function<void(Result<Message>)>;
    /// Calls `callback` on the thread that completes the last poll.
    void start_waiting(std::string id, OnMessage callback, const WaitOptions& options) const;
    /// Returns a callback that passes the Result to `callback` on the client's executor.
    [[nodiscard]] OnMessage on_executor(OnMessage callback) const;

    Client client_;
};

}  // namespace v3
}  // namespace sent

inline sent::Messages sent::Client::messages() const {
    return Messages{*this};
}
