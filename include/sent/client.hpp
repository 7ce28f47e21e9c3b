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

/// Access to the Sent API, in all its generations, over one pool of connections.
///
/// Cheap to copy: copies share pool, retry budget and rate limits. Every member may be called from any number
/// of threads at once. The last copy's destructor cancels what is under way asynchronously, so that each
/// callback and future still gets its (ErrorKind::cancelled) result, and returns within a second. Destroying
/// the client while another thread is in a blocking call is a bug of the program.
///
/// Whatever goes wrong is in the Result; only `Result::value()` throws.
class SENT_EXPORT Client {
  public:
    /// Never fails: unusable options are reported by the first call, as ErrorKind::configuration. See
    /// create().
    explicit Client(ClientOptions options);
    /// With default options. The parameter makes `Client client({})` mean this one, not perhaps a copy.
    explicit Client(std::nullptr_t /*no_options*/ = nullptr) : Client(ClientOptions{}) {}

    /// The same, but reports unusable options at once.
    static Result<Client> create(ClientOptions options = {});

    /// The current API, v3, by resource. Include <sent/v3/api.hpp>, the resource's own header or
    /// <sent/sent.hpp>.
    [[nodiscard]] Messages messages() const;
    [[nodiscard]] Contacts contacts() const;
    [[nodiscard]] Templates templates() const;
    [[nodiscard]] Webhooks webhooks() const;
    [[nodiscard]] Conversations conversations() const;
    [[nodiscard]] Numbers numbers() const;
    [[nodiscard]] Profiles profiles() const;
    [[nodiscard]] Users users() const;
    /// `GET /v3/me`: the account that the key belongs to. A read. See
    /// remaining_setup().
    [[nodiscard]] Result<Account> me(const CallOptions& options = {}) const;

    /// v1, legacy. Needs ClientOptions::sender_id. Include <sent/v1/api.hpp> or <sent/sent.hpp>.
    [[nodiscard]] v1::Api v1() const;
    /// v2, legacy. Needs ClientOptions::sender_id. Include <sent/v2/api.hpp> or <sent/sent.hpp>.
    [[nodiscard]] v2::Api v2() const;

    /// A copy that acts for a child profile of the organization (v3, header `x-profile-id`). An empty id, or
    /// a null pointer, falls back to ClientOptions::profile_id.
    [[nodiscard]] Client for_profile(std::string profile_id) const;
    [[nodiscard]] Client for_profile(const char* profile_id) const {
        return for_profile(std::string{profile_id == nullptr ? "" : profile_id});
    }
    /// A copy whose calls have these defaults, on top of this client's.
    [[nodiscard]] Client with_options(CallOptions defaults) const;

    /// Makes the call on this thread and waits for its end, retries included.
    template <class Request>
    Result<response_of<Request>> call(const Request& request, const CallOptions& options = {}) const {
        return call_after(std::chrono::milliseconds{0}, request, options);
    }

    /// Starts the call and returns. The request is encoded before this returns, so it need not live on. The
    /// future's destructor does not block.
    template <class Request>
    [[nodiscard]] std::future<Result<response_of<Request>>> submit(const Request& request,
                                                                   const CallOptions& options = {}) const {
        auto completion = std::make_unique<detail::FutureCompletion<response_of<Request>>>();
        auto future = completion->future();
        start(operation<Request>::route(), &request, options, std::move(completion), CompleteOn::transport);
        return future;
    }

    /// Starts the call and returns; `callback` gets the Result, once, on AsyncOptions::executor; without one
    /// on the transport's thread, which it must not block for long. It may call the client, and submit()
    /// again. An exception from it is logged and dropped. For a request that fails before anything is sent it
    /// is called, or handed to the executor, before this returns. Waits first, or fails, when too many calls
    /// are under way: see AsyncOptions::max_pending.
    template <class Request, class Callback,
              class = std::enable_if_t<std::is_invocable_v<Callback&, Result<response_of<Request>>>>>
    void submit(const Request& request, Callback callback, const CallOptions& options = {}) const {
        start(
            operation<Request>::route(), &request, options,
            std::make_unique<detail::CallbackCompletion<response_of<Request>, Callback>>(std::move(callback)),
            CompleteOn::executor);
    }

    /// The call for a C++20 coroutine: `auto result = co_await client.async_call(request);`. Include
    /// <sent/coroutine.hpp>. It starts when it is awaited, like submit(); the coroutine goes on where
    /// callbacks run.
    template <class Request>
    [[nodiscard]] CallAwaitable<Request> async_call(Request request) const;
    /// The same with options. (Not a default argument: GCC 12 destroys those twice in a co_await expression.)
    template <class Request>
    [[nodiscard]] CallAwaitable<Request> async_call(Request request, CallOptions options) const;

    /// Makes a call for each request of `source`, at most `max_in_flight` at once, and waits for them all.
    /// A 429 or a `Retry-After` pauses the whole run, an answer that holds for all (401) ends it. `source`
    /// is a range, also one that can be gone through only once, or a function that gives a `std::optional` of
    /// a request, empty at the end; both are used on this thread. Either may yield Keyed requests.
    /// Memory: the results of all requests; the other overload keeps none.
    ///
    /// In a completion callback or a log sink that runs on a transport's thread, of any client, every request
    /// is refused with ErrorKind::invalid_request: the run would wait for calls, and those for that thread.
    /// Start the run on another thread, or set AsyncOptions::executor.
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

    /// The same for any number of requests in bounded memory: each result goes to
    /// `sink(std::size_t index, Result<Response> result)`, on this thread, soon after it has come, in the
    /// order of coming; `index` counts the requests of `source` from 0. While the sink takes its time the run
    /// goes on until its queue is empty. What is never started, after the run was stopped, is not taken from
    /// `source` and not told; what was in the queue is (ErrorKind::cancelled). An exception from the sink
    /// stops the run and reaches the caller.
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

    /// The same for a few requests in braces: `client.bulk({first, second})`.
    template <class Request>
    auto bulk(std::initializer_list<Request> requests, const BulkOptions& options = {}) const {
        return bulk(detail::Listed<Request>{requests}, options);
    }
    template <class Request, class Sink,
              class = std::enable_if_t<detail::IsSink<Sink, detail::Listed<Request>>::value>>
    BulkSummary bulk(std::initializer_list<Request> requests, Sink sink,
                     const BulkOptions& options = {}) const {
        return bulk(detail::Listed<Request>{requests}, std::move(sink), options);
    }

    // Arguments that none of the functions above takes, explained in one error.
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

    /// Reaches a path that has no struct of its own, with this client's keys, retries and limits. Only paths
    /// of the configured origin: the API key goes nowhere else.
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
