#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include <sent/cancellation.hpp>
#include <sent/clock.hpp>
#include <sent/http/curl_options.hpp>
#include <sent/http/headers.hpp>
#include <sent/http/transport.hpp>
#include <sent/logging.hpp>
#include <sent/rate_limit_options.hpp>
#include <sent/secret.hpp>

/// @file
/// Options of clients and calls. Precedence, highest first: call, `with_options`, `ClientOptions`,
/// environment, default.

namespace sent {

class DriftCounter;

/// Which attempts are retried although the request may have been carried out.
enum class RetrySafety {
    /// Default. Never retries a write without an idempotency key that may have left.
    strict,
    /// Retries as the vendor's SDKs do: every request, after connection errors, 408, 409, 429 and 5xx except
    /// 501. A message may be sent twice, so use it only for programs that must behave like these SDKs. Codes
    /// that do not resolve by themselves (`BUSINESS_006`, `CONFLICT_006`, `RESOURCE_007`, `LIMIT_001`) are
    /// never retried.
    official
};

/// How often and how long a call is retried. Whether a retry is safe depends on the operation and on
/// RetrySafety.
struct RetryOptions {
    /// Maximum number of retries after the first attempt. Default 2. 0 disables retries, including retries
    /// that the service requests by `x-should-retry`.
    int max_retries = 2;
    /// Wait before the first retry. Default 500 ms. It doubles with each retry, and each wait is shortened by
    /// up to a quarter at random (jitter).
    std::chrono::milliseconds initial_backoff{500};
    /// Maximum wait between attempts, except for `Retry-After`. Default 8 s.
    std::chrono::milliseconds max_backoff{8'000};
    /// Maximum `Retry-After` that a call waits for. Default 60 s. If it is longer, the call returns at once
    /// with Error::retry_after.
    std::chrono::milliseconds max_retry_after{60'000};
    RetrySafety safety = RetrySafety::strict;
};

/// Schedules a task on another thread or an event loop, and returns: `[&io](std::function<void()> task) {
/// asio::post(io, std::move(task)); }`. Called from any thread.
using Executor = std::function<void(std::function<void()> task)>;

/// What an asynchronous call does when AsyncOptions::max_pending calls are pending.
enum class WhenFull {
    /// Blocks until one of them has ended, the deadline of the call passes, or the call is cancelled. Inside
    /// a completion callback, or a log sink on a transport's thread, it does not block, because the pending
    /// calls may be waiting for it; it exceeds the limit instead.
    block,
    /// Fails at once with ErrorKind::queue_full and Outcome::not_sent.
    fail
};

/// Options of asynchronous calls: Client::submit and Client::async_call.
struct AsyncOptions {
    /// Maximum number of pending calls of the client and its copies, including calls that wait for a
    /// connection, a rate limit or the next attempt. Default 16,384. 0 means unlimited. A bulk run has its
    /// own limit (BulkOptions::max_in_flight).
    std::size_t max_pending = 16'384;
    /// What a call does when the limit is reached. Default: it blocks.
    WhenFull when_full = WhenFull::block;
    /// Runs completion callbacks and resumes coroutines; they may block there. If it throws or drops a task,
    /// the task runs on the thread where that happens. If it is empty, they run on the transport's own
    /// thread, which they must not block, or, for an answer of more than 16 KiB, on the thread that decoded
    /// it. Futures and bulk runs do not use it.
    Executor executor{};
};

/// Options of a client. Everything has a default except the API key, which must be set here or in the
/// environment.
struct ClientOptions {
    /// API key. Defaults to the environment variables `SENT_DM_API_KEY`, then `SENT_API_KEY`.
    Secret api_key{};
    /// Sender id. Only v1 and v2 need it. Defaults to `SENT_DM_SENDER_ID`.
    std::string sender_id{};
    /// Base URL. Defaults to `SENT_BASE_URL`, then to `SENT_DM_BASE_URL`, then to `https://api.sent.dm`. It
    /// may have a path, which is put before every path. Do not include the version (`/v3`).
    std::string base_url{};
    /// v3: child profile that the client acts for. See Client::for_profile.
    std::string profile_id{};
    /// Time limit for name resolution, TCP and TLS together, in each attempt. Default 10 s.
    std::chrono::milliseconds connect_timeout{10'000};
    /// Time limit for one attempt, including connecting. Default 60 s.
    std::chrono::milliseconds attempt_timeout{60'000};
    /// Time limit for the whole call, including retries and waits. Empty by default: then only the limits of
    /// attempts and waits apply.
    std::optional<std::chrono::milliseconds> deadline{};
    RetryOptions retry{};
    RateLimitOptions rate_limit{};
    TlsOptions tls{};
    ProxyOptions proxy{};
    /// If true, requests simulated answers (v3). Writes that ignore the flag, including all writes of v1 and
    /// v2, are then refused without sending. Default false.
    bool sandbox = false;
    /// v3: generates an idempotency key for each write that accepts one and has none. Default true.
    bool auto_idempotency_key = true;
    /// Maximum size of the body of one answer in bytes, after decompression. Default 8 MiB. The decoded
    /// elements of its lists may take four times as much memory plus 16 KiB. If either limit is exceeded, the
    /// call fails with ErrorKind::response_too_large.
    std::size_t max_response_bytes = 8U * 1024U * 1024U;
    /// Maximum size of all documents of one request together, in bytes. Default 32 MiB. If they are larger,
    /// the call fails with ErrorKind::invalid_request, and nothing is sent. See Document.
    std::size_t max_document_bytes = 32U * 1024U * 1024U;
    LogOptions log{};
    /// HTTP transport. Defaults to a CurlTransport with `tls` and `proxy`. An AsyncTransport serves `submit`
    /// and `bulk` without extra threads.
    std::shared_ptr<Transport> transport{};
    /// Source of time. Defaults to the system's clocks.
    std::shared_ptr<Clock> clock{};
    /// Headers for every request. `SENT_CUSTOM_HEADERS` adds headers that are not named here. The library's
    /// own headers (keys, Content-Type, ...) cannot be set.
    Headers extra_headers{};
    /// Reads the environment variables above, `SENT_LOG`, `SENT_ALLOW_INSECURE_HTTP`, `SSL_CERT_FILE` and
    /// `SSL_CERT_DIR`. Default true. White space around a value is ignored, and an empty value counts as
    /// unset. If a value is unknown, the log gets one warning when the client is created.
    bool use_environment = true;
    /// Allows `http://` to hosts other than loopback. Everyone on the way can then read the key and the
    /// messages. Default false. `SENT_ALLOW_INSECURE_HTTP=1` in the environment does the same, with a warning
    /// in the log.
    bool allow_insecure_http = false;
    /// Appended to the User-Agent, such as `my-gateway/2.1`.
    std::string user_agent_suffix{};
    AsyncOptions async{};
    /// Counts what answers have that this version does not know. Defaults to null, which counts nothing. See
    /// DriftCounter.
    std::shared_ptr<DriftCounter> drift{};
};

namespace detail {
/// First member of a struct whose members must be set by name. `{}` and `{.deadline = 5s}` compile.
/// `{"text"}`, which would set the next member, does not.
struct ByName {
    explicit ByName() = default;
};
}  // namespace detail

/// Options of one call, or of a copy of a client (Client::with_options). An empty member means the client's
/// value.
///
/// Name the members: `{.idempotency_key = "order-17"}`. A list without names, such as `{"order-17"}`, does
/// not compile, so an argument in the wrong place cannot become an idempotency key.
struct CallOptions {
    detail::ByName members_are_set_by_name{};
    /// Idempotency key, sent with writes that accept one (v3): letters, digits, `_` and `-`, at most 255
    /// characters. Repeating a call with the same key within 24 hours does not repeat its effect. A different
    /// request with the same key would have no effect, but look like a success. The client therefore refuses
    /// it (`invalid_request`), unless the first request certainly had no effect. It remembers the last 1,000
    /// keys that it was given, for 24 hours. In addition it compares an answer that the service replays for a
    /// key with the request. If the answer names other recipients, another template or another object, the
    /// call fails with ErrorKind::conflict and Outcome::rejected.
    std::string idempotency_key{};
    /// Time limit for one attempt, including connecting.
    std::optional<std::chrono::milliseconds> attempt_timeout{};
    /// Time limit for the whole call, from its start, including retries and waits.
    std::optional<std::chrono::milliseconds> deadline{};
    std::optional<RetryOptions> retry{};
    /// Cancels the call.
    CancellationToken cancel{};
    /// v3: child profile that the call acts for.
    std::string profile_id{};
    /// v3: requests a simulated answer. See ClientOptions::sandbox.
    std::optional<bool> sandbox{};
    /// Headers in addition to the client's. A header replaces the client's header of the same name.
    Headers extra_headers{};
    /// Additional query parameters, not yet percent-encoded.
    Headers extra_query{};
    /// Additional members of the body, as the text of a JSON object. For members that the API accepts and
    /// this version does not know.
    std::string extra_body{};
};

}  // namespace sent
