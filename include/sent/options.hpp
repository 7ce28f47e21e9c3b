#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include <sent/cancellation.hpp>
#include <sent/clock.hpp>
#include <sent/export.hpp>
#include <sent/http/curl_options.hpp>
#include <sent/http/headers.hpp>
#include <sent/http/transport.hpp>
#include <sent/logging.hpp>
#include <sent/secret.hpp>

/// @file
/// Precedence: call over client over environment over default.

namespace sent {

/// Which attempts may be repeated when the request may have been carried out.
enum class RetrySafety {
    /// Never repeats a write without an idempotency key that may have left. The default.
    strict,
    /// As the vendor's SDKs do: repeats every request on connection errors, 408, 409, 429 and 5xx (but 501).
    /// A message may go out twice; for programs that must behave like those. Codes that do not pass by
    /// themselves (`BUSINESS_006`, `CONFLICT_006`, `RESOURCE_007`, `LIMIT_001`) are not repeated even then.
    official
};

/// How often and how long; whether it is safe is the operation's and RetrySafety's matter.
struct RetryOptions {
    /// Attempts after the first. 0 switches repeating off, and with it `x-should-retry`.
    int max_retries = 2;
    /// Doubles with each retry, shortened by up to a quarter at random (jitter).
    std::chrono::milliseconds initial_backoff{500};
    std::chrono::milliseconds max_backoff{8'000};
    /// A longer `Retry-After` is not waited for: the call returns at once with Error::retry_after.
    std::chrono::milliseconds max_retry_after{60'000};
    RetrySafety safety = RetrySafety::strict;
};

/// Limits on this side, shared by all threads, `submit` and `bulk` of a client and its copies. Off by
/// default: empty members set no limit. Calls wait for their turn, up to their deadline.
///
/// A rate is the most that is let through in any 60 seconds, bursts included. Within it, a burst may go at
/// once, and then one after the other at the rate; so a limit whose burst is used up early in a minute pauses
/// at the end of that minute. A single send with more messages than the whole rate can only go as one: it
/// goes when nothing else has gone for a minute, and those after it wait until its messages are paid for.
/// Make smaller sends (SendToManyOptions::recipients_per_request) where that matters.
///
/// What the service says of its own limits (`X-RateLimit-*`, `Retry-After` of a 429) lowers these for as long
/// as it holds, at most a minute. They do not know of other processes that use the same account.
struct RateLimitOptions {
    /// Ordinary requests in any 60 seconds. More than 0.
    std::optional<double> requests_per_minute{};
    /// Requests that the service counts as sensitive, in any 60 seconds.
    std::optional<double> sensitive_per_minute{};
    /// Messages (recipients times channels) in any 60 seconds.
    std::optional<double> messages_per_minute{};
    /// What may go out at once after a pause. At least 1.
    double request_burst = 50;
    double sensitive_burst = 5;
    double message_burst = 60;
};

/// The service's documented limits for an account of the Starter tier: 200 requests, 10 sensitive ones, 60
/// messages a minute.
[[nodiscard]] SENT_EXPORT RateLimitOptions starter_rate_limits();
/// The same with the Growth tier's 300 messages a minute.
[[nodiscard]] SENT_EXPORT RateLimitOptions growth_rate_limits();

/// Runs a task somewhere else, soon, and returns: `[&io](std::function<void()> task) { asio::post(io,
/// std::move(task)); }`. Called from any thread.
using Executor = std::function<void(std::function<void()> task)>;

/// What an asynchronous call does that finds AsyncOptions::max_pending others under way.
enum class WhenFull {
    /// Waits until one of them has ended; not beyond its deadline, and not when it is cancelled. Inside a
    /// completion callback, or a log sink on a transport's thread, it does not wait, for that could be what
    /// the others wait for, but goes beyond the limit.
    block,
    /// Ends at once with ErrorKind::queue_full, Outcome::not_sent.
    fail
};

/// How asynchronous calls are run: Client::submit and Client::async_call.
struct AsyncOptions {
    /// Calls of the client and its copies that are under way, waits for a connection, a rate limit or the
    /// next attempt included. 0: no limit. A bulk run has a limit of its own.
    std::size_t max_pending = 16'384;
    WhenFull when_full = WhenFull::block;
    /// Where completion callbacks run and coroutines go on; they may block there. A task that it refuses (by
    /// an exception) or drops is run all the same, on the thread that finds out. Empty: on the transport's
    /// own thread, which they must not block, or, for an answer of more than 16 KiB, on the thread that has
    /// decoded it. Futures, and a bulk run, do not use it.
    Executor executor{};
};

/// Settings of a client. Everything has a default; the key is the only thing that must come from somewhere.
struct ClientOptions {
    /// Else `SENT_DM_API_KEY`, else `SENT_API_KEY`.
    Secret api_key{};
    /// Needed by v1 and v2 only. Else `SENT_DM_SENDER_ID`.
    std::string sender_id{};
    /// Else `SENT_BASE_URL`, `SENT_DM_BASE_URL`, else `https://api.sent.dm`. May have a path, which precedes
    /// every path; the version (`/v3`) is not part of it.
    std::string base_url{};
    /// v3: act for this child profile. See Client::for_profile.
    std::string profile_id{};
    /// Time for name resolution, TCP and TLS, in each attempt.
    std::chrono::milliseconds connect_timeout{10'000};
    /// Time for one attempt, connecting included.
    std::chrono::milliseconds attempt_timeout{60'000};
    /// Time for the whole call with its retries and waits. Empty: attempts and waits bound it.
    std::optional<std::chrono::milliseconds> deadline{};
    RetryOptions retry{};
    RateLimitOptions rate_limit{};
    TlsOptions tls{};
    ProxyOptions proxy{};
    /// v3: ask for simulated answers. Writes that ignore the flag, all those of v1 and v2 among them, are
    /// then refused without sending.
    bool sandbox = false;
    /// v3: make an idempotency key for each write that accepts one and was given none.
    bool auto_idempotency_key = true;
    /// Longest body of one answer, counted after decompression. The elements of its lists may take four times
    /// as much memory, and 16 KiB, when they are decoded. Beyond either the call ends with
    /// ErrorKind::response_too_large.
    std::size_t max_response_bytes = 8U * 1024U * 1024U;
    LogOptions log{};
    /// Empty: a CurlTransport with `tls` and `proxy`. An AsyncTransport serves `submit` and `bulk` without
    /// extra threads.
    std::shared_ptr<Transport> transport{};
    /// Empty: the system's clocks.
    std::shared_ptr<Clock> clock{};
    /// Sent with every request. `SENT_CUSTOM_HEADERS` adds those that are not named here. The library's own
    /// headers (keys, Content-Type, ...) cannot be set.
    Headers extra_headers{};
    /// Read the variables above, `SENT_LOG`, `SENT_ALLOW_INSECURE_HTTP`, `SSL_CERT_FILE` and `SSL_CERT_DIR`.
    /// White space around a value is ignored, and an empty value counts as not set. A value that is not known
    /// is warned of once, when the client is made.
    bool use_environment = true;
    /// Allow `http://` to other hosts than loopback, where everybody on the way can read the key and the
    /// messages. `SENT_ALLOW_INSECURE_HTTP=1` does the same from outside, with a warning in the log.
    bool allow_insecure_http = false;
    /// Appended to the User-Agent: `my-gateway/2.1`.
    std::string user_agent_suffix{};
    AsyncOptions async{};
};

namespace detail {
/// First member of a struct whose members are set by name only. `{}` and `{.deadline = 5s}` work; `{"text"}`
/// does not compile, where it would set the next member.
struct ByName {
    explicit ByName() = default;
};
}  // namespace detail

/// Settings of one call, or of a copy of a client (Client::with_options). What is empty is the client's.
///
/// Name the members: `{.idempotency_key = "order-17"}`. A list without names, such as `{"order-17"}`, does
/// not compile, so that an argument in the wrong place cannot become an idempotency key.
struct CallOptions {
    detail::ByName members_are_set_by_name{};
    /// Sent with writes that accept one (v3): letters, digits, `_`, `-`, at most 255. Repeating a call with
    /// the same key within 24 hours does not repeat its effect. With another request it would have no effect
    /// at all, but look like a success; so that is refused (invalid_request), unless the first one certainly
    /// had no effect. A client remembers the last 1,000 keys that it was given, for a day. Beyond that, an
    /// answer that the service replays for a key is compared with the request: if it names other recipients,
    /// another template or another object, the call ends with ErrorKind::conflict and Outcome::rejected.
    std::string idempotency_key{};
    std::optional<std::chrono::milliseconds> attempt_timeout{};
    /// From the start of the call.
    std::optional<std::chrono::milliseconds> deadline{};
    std::optional<RetryOptions> retry{};
    CancellationToken cancel{};
    /// v3: act for this child profile.
    std::string profile_id{};
    std::optional<bool> sandbox{};
    /// In addition to the client's; of the same name, this one counts.
    Headers extra_headers{};
    /// Further query parameters, not yet percent-encoded.
    Headers extra_query{};
    /// Further members of the body: a JSON object as text. For what the API accepts and this version does not
    /// know.
    std::string extra_body{};
};

}  // namespace sent
