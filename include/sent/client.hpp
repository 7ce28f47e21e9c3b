#pragma once

#include <chrono>
#include <cstddef>
#include <future>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <sent/bulk.hpp>
#include <sent/detail/bulk_run.hpp>
#include <sent/detail/completion.hpp>
#include <sent/detail/ranges.hpp>
#include <sent/export.hpp>
#include <sent/operation.hpp>
#include <sent/options.hpp>
#include <sent/raw_request.hpp>
#include <sent/result.hpp>

namespace sent {

namespace v1 {
class Api;
}
namespace v2 {
class Api;
}
inline namespace v3 {
class Messages;
class Contacts;
class Templates;
class Webhooks;
class Conversations;
class Numbers;
class Profiles;
class Users;
struct Account;
}  // namespace v3

class Client;
template <class Request>
class CallAwaitable;

namespace detail {

class Core;
class ClientAccess;

}  // namespace detail

/// Client for the Sent API in all its generations (v1, v2, v3), with one connection pool.
///
/// Copying is cheap: copies share the connection pool, the retry budget and the rate limits. All members are
/// thread-safe. The destructor of the last copy cancels pending asynchronous calls, so that each callback and
/// future still receives a result (ErrorKind::cancelled), and returns within a second. Do not destroy the
/// client while another thread is in a blocking call.
///
/// Calls report every failure in the Result; only `Result::value()` throws.
class SENT_EXPORT Client {
  public:
    /// Never fails. If the options are unusable, every call fails with ErrorKind::configuration. To check
    /// them immediately, use create().
    explicit Client(ClientOptions options);
    /// Uses default options. The parameter makes `Client client({})` unambiguous.
    explicit Client(std::nullptr_t /*no_options*/ = nullptr) : Client(ClientOptions{}) {}

    /// Returns a client, or ErrorKind::configuration if the options are unusable. Sends nothing.
    static Result<Client> create(ClientOptions options = {});

    /// Messages of v3, the current API. Include <sent/v3/messages.hpp>, <sent/v3/api.hpp> or <sent/sent.hpp>.
    [[nodiscard]] Messages messages() const;
    /// Contacts (v3). Include <sent/v3/contacts.hpp>, <sent/v3/api.hpp> or <sent/sent.hpp>.
    [[nodiscard]] Contacts contacts() const;
    /// Templates (v3). Include <sent/v3/templates.hpp>, <sent/v3/api.hpp> or <sent/sent.hpp>.
    [[nodiscard]] Templates templates() const;
    /// Webhook endpoints (v3). Include <sent/v3/webhooks.hpp>, <sent/v3/api.hpp> or <sent/sent.hpp>.
    [[nodiscard]] Webhooks webhooks() const;
    /// Messages of both directions (v3). Include <sent/v3/conversations.hpp>, <sent/v3/api.hpp> or
    /// <sent/sent.hpp>.
    [[nodiscard]] Conversations conversations() const;
    /// Facts about phone numbers (v3). Include <sent/v3/numbers.hpp>, <sent/v3/api.hpp> or <sent/sent.hpp>.
    [[nodiscard]] Numbers numbers() const;
    /// Profiles of the organization (v3). Include <sent/v3/profiles.hpp>, <sent/v3/api.hpp> or
    /// <sent/sent.hpp>.
    [[nodiscard]] Profiles profiles() const;
    /// Users of the account (v3). Include <sent/v3/users.hpp>, <sent/v3/api.hpp> or <sent/sent.hpp>.
    [[nodiscard]] Users users() const;
    /// Returns the account that the API key belongs to: `GET /v3/me`. A read, so it may be retried. See
    /// remaining_setup().
    [[nodiscard]] Result<Account> me(const CallOptions& options = {}) const;

    /// Legacy API v1. Needs ClientOptions::sender_id. Include <sent/v1/api.hpp> or <sent/sent.hpp>.
    [[nodiscard]] v1::Api v1() const;
    /// Legacy API v2. Needs ClientOptions::sender_id. Include <sent/v2/api.hpp> or <sent/sent.hpp>.
    [[nodiscard]] v2::Api v2() const;

    /// Returns a copy that acts for a child profile of the organization (v3, header `x-profile-id`). An empty
    /// id or a null pointer means ClientOptions::profile_id.
    [[nodiscard]] Client for_profile(std::string profile_id) const;
    [[nodiscard]] Client for_profile(const char* profile_id) const {
        return for_profile(std::string{profile_id == nullptr ? "" : profile_id});
    }
    /// Returns a copy with default options for its calls. Precedence, highest first: options of the call,
    /// `defaults`, defaults of this client, ClientOptions.
    [[nodiscard]] Client with_options(CallOptions defaults) const;

    /// Makes the call on this thread and blocks until it has ended, retries included.
    template <class Request>
    Result<response_of<Request>> call(const Request& request, const CallOptions& options = {}) const {
        return call_after(std::chrono::milliseconds{0}, request, options);
    }

    /// Starts the call and returns a future. The request is encoded before submit() returns, so it can be
    /// destroyed afterwards. The destructor of the future does not block. If AsyncOptions::max_pending calls
    /// are pending, submit() blocks first, or the call fails: see AsyncOptions::when_full.
    template <class Request>
    [[nodiscard]] std::future<Result<response_of<Request>>> submit(const Request& request,
                                                                   const CallOptions& options = {}) const {
        auto completion = std::make_unique<detail::FutureCompletion<response_of<Request>>>();
        auto future = completion->future();
        start(operation<Request>::route(), &request, options, std::move(completion), CompleteOn::transport);
        return future;
    }

    /// Starts the call and returns. `callback` receives the Result exactly once, on AsyncOptions::executor.
    /// Without an executor it runs on the transport's thread, which it must not block for long. It may use
    /// the client, including submit(). An exception from it is logged and dropped. If the request fails
    /// before anything is sent, the callback is called, or passed to the executor, before submit() returns.
    /// If AsyncOptions::max_pending calls are pending, submit() blocks first, or the call fails: see
    /// AsyncOptions::when_full.
    template <class Request, class Callback,
              class = std::enable_if_t<std::is_invocable_v<Callback&, Result<response_of<Request>>>>>
    void submit(const Request& request, Callback callback, const CallOptions& options = {}) const {
        start(
            operation<Request>::route(), &request, options,
            std::make_unique<detail::CallbackCompletion<response_of<Request>, Callback>>(std::move(callback)),
            CompleteOn::executor);
    }

    /// Returns the call as an awaitable for C++20 coroutines:
    /// `auto result = co_await client.async_call(request);`. Include <sent/coroutine.hpp>. The call starts
    /// when it is awaited, as in submit(). The coroutine resumes where callbacks run: see
    /// AsyncOptions::executor.
    template <class Request>
    [[nodiscard]] CallAwaitable<Request> async_call(Request request) const;
    /// The same, with options. An overload, because GCC 12 destroys a default argument twice in a co_await
    /// expression.
    template <class Request>
    [[nodiscard]] CallAwaitable<Request> async_call(Request request, CallOptions options) const;

    /// Makes a call for each request of `source`, with at most BulkOptions::max_in_flight pending, and blocks
    /// until all have ended. A 429 or a `Retry-After` pauses the whole run. An answer that applies to every
    /// request, such as 401, ends it. `source` is a range (an input range is enough), or a function that
    /// returns the next request as a `std::optional`, empty at the end. Both are used on this thread, and
    /// both may contain Keyed requests. The report holds the results of all requests in memory; the overload
    /// with a sink does not keep them.
    ///
    /// If the run is started on a transport's thread of any client, in a completion callback or a log sink,
    /// every request fails with ErrorKind::invalid_request, because the run would wait for calls that need
    /// this thread. Start the run on another thread, or set AsyncOptions::executor.
    template <class Source, class = std::enable_if_t<detail::is_source<Source>>>
    auto bulk(Source&& source, const BulkOptions& options = {}) const {
        using Item = detail::BulkItem<detail::item_in<Source>>;
        using Response = response_of<typename Item::Request>;
        auto&& requests = detail::as_range(source);
        const std::size_t total = detail::size_of(requests);
        detail::BulkResults<Response> results{total};
        detail::BulkRun run{*this, options, total};
        const auto end = detail::last_of(requests);
        for (auto it = detail::first_of(requests); it != end; ++it) {
            if (run.wait_for_room()) {
                const auto& item = *it;
                results.add(run, Item::route(), Item::request(item), Item::key(item));
            } else if constexpr (detail::can_be_counted<std::remove_reference_t<decltype(requests)>>) {
                results.leave_out(run);
            } else {
                break;
            }
        }
        run.finish();
        BulkReport<Response> report;
        report.results = results.take();
        report.succeeded = run.succeeded();
        report.failed = report.results.size() - report.succeeded;
        report.uncertain = run.uncertain();
        report.elapsed = run.elapsed();
        report.replayed = run.replayed();
        report.stopped_by = run.stopped_by();
        return report;
    }

    /// The same for any number of requests in bounded memory.
    /// `sink(std::size_t index, Result<Response> result)` receives each result on this thread, soon after it
    /// has arrived, in completion order. `index` counts the requests of `source` from 0. While the sink is
    /// busy, the run continues until its queue is empty. If the run is stopped, requests in the queue are
    /// reported as never started (see BulkReport::results), and requests that were not read from `source` are
    /// not reported. An exception from the sink stops the run and propagates to the caller.
    template <class Source, class Sink, class = std::enable_if_t<detail::IsSink<Sink, Source>::value>>
    BulkSummary bulk(Source&& source, Sink sink, const BulkOptions& options = {}) const {
        using Item = detail::BulkItem<detail::item_in<Source>>;
        auto&& requests = detail::as_range(source);
        detail::BulkStream<response_of<typename Item::Request>> stream;
        detail::BulkRun run{*this, options, detail::size_of(requests), [&] { stream.deliver(sink); }};
        const auto end = detail::last_of(requests);
        for (auto it = detail::first_of(requests); it != end && run.wait_for_room(); ++it) {
            const auto& item = *it;
            stream.add(run, Item::route(), Item::request(item), Item::key(item));
        }
        run.finish();
        return {run.succeeded(), run.failed(),   run.uncertain(),
                run.elapsed(),   run.replayed(), run.stopped_by()};
    }

    /// The same for a braced list of requests: `client.bulk({first, second})`.
    template <class Request>
    auto bulk(std::initializer_list<Request> requests, const BulkOptions& options = {}) const {
        return bulk(detail::Listed<Request>{requests}, options);
    }
    /// The same for a braced list of requests, with a sink.
    template <class Request, class Sink,
              class = std::enable_if_t<detail::IsSink<Sink, detail::Listed<Request>>::value>>
    BulkSummary bulk(std::initializer_list<Request> requests, Sink sink,
                     const BulkOptions& options = {}) const {
        return bulk(detail::Listed<Request>{requests}, std::move(sink), options);
    }

    // Overloads for arguments that no function above accepts. They explain the mistake in one error.
    template <class Request, class Callback,
              std::enable_if_t<!std::is_invocable_v<Callback&, Result<response_of<Request>>> &&
                                   !std::is_convertible_v<const Callback&, CallOptions>,
                               int> = 0>
    void submit(const Request& /*request*/, const Callback& /*callback*/,
                const CallOptions& /*options*/ = {}) const {
        static_assert(detail::never<Callback>,
                      "sent: the second argument of submit() is sent::CallOptions, or a callback that takes "
                      "sent::Result<Response>, where Response is what the request is answered with");
    }
    template <class Source, class... Others, std::enable_if_t<!detail::is_source<Source>, int> = 0>
    void bulk(Source&& /*source*/, const Others&... /*others*/) const {
        static_assert(
            detail::never<Source>,
            "sent: the first argument of bulk() is a range of requests, or a function that returns a "
            "std::optional of the next request; for one request use call() or submit()");
    }
    template <class Source, class Sink,
              std::enable_if_t<detail::is_source<Source> && !detail::IsSink<Sink, Source>::value &&
                                   !std::is_convertible_v<const Sink&, BulkOptions>,
                               int> = 0>
    void bulk(Source&& /*source*/, const Sink& /*sink*/, const BulkOptions& /*options*/ = {}) const {
        static_assert(detail::never<Sink>,
                      "sent: the second argument of bulk() is sent::BulkOptions, or a function that takes "
                      "(std::size_t index, sent::Result<Response> result)");
    }

    /// Sends a request to a path that has no request struct, with the keys, retries and limits of this
    /// client. Blocks until the call has ended. Accepts only paths of the configured origin, because the API
    /// key must not go elsewhere. RawRequest::safety decides whether it may be retried.
    Result<RawResponse> request(const RawRequest& request, const CallOptions& options = {}) const;

  private:
    friend class detail::BulkRun;
    friend class detail::ClientAccess;
    template <class Request>
    friend class CallAwaitable;
    Client(std::shared_ptr<detail::Core> core, std::shared_ptr<const CallOptions> defaults) noexcept;
    template <class Request>
    Result<response_of<Request>> call_after(std::chrono::milliseconds wait, const Request& request,
                                            const CallOptions& options) const {
        auto result = detail::ResultAccess::make<response_of<Request>>();
        detail::ResultAccess::finish(result, perform(operation<Request>::route(), &request, options,
                                                     detail::ResultAccess::target(result), wait));
        return result;
    }
    std::optional<Error> perform(const Route& route, const void* request, const CallOptions& options,
                                 detail::CallTarget target, std::chrono::milliseconds start_after) const;
    /// The token that cancels a call with these options.
    [[nodiscard]] CancellationToken token_for(const CallOptions& options) const noexcept;
    enum class CompleteOn { transport, executor };
    void start(const Route& route, const void* request, const CallOptions& options,
               std::unique_ptr<detail::CallCompletion> completion, CompleteOn where) const;

    std::shared_ptr<detail::Core> core_;
    std::shared_ptr<const CallOptions> defaults_;
};

}  // namespace sent
