#pragma once

#include <chrono>
#include <cstddef>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include <sent/bulk_options.hpp>
#include <sent/detail/client_parts.hpp>
#include <sent/detail/completion.hpp>
#include <sent/detail/result_access.hpp>
#include <sent/export.hpp>
#include <sent/operation.hpp>
#include <sent/options.hpp>
#include <sent/raw_request.hpp>
#include <sent/result.hpp>

namespace sent {

template <class Request>
class CallAwaitable;

/// Client for the Sent API in all its generations (v1, v2, v3), with one connection pool.
///
/// Copying is cheap: copies share the connection pool, the retry budget and the rate limits. All members are
/// thread-safe. The destructor of the last copy cancels pending asynchronous calls, so that each callback and
/// future still receives a result (ErrorKind::cancelled), and returns within a second. Do not destroy the
/// client while another thread is in a blocking call.
///
/// Calls report every failure in the Result; only `Result::value()` throws.
///
/// <sent/sent.hpp> includes all that the members need. A program that includes single headers adds those that
/// the comments of the members name.
class SENT_EXPORT Client {
  public:
    /// Never fails. If the options are unusable, every call fails with ErrorKind::configuration. To check
    /// them immediately, use create().
    explicit Client(ClientOptions options);
    /// Uses default options. The parameter makes `Client client({})` unambiguous.
    explicit Client(std::nullptr_t /*no_options*/ = nullptr) : Client(ClientOptions{}) {}

    /// Returns a client, or ErrorKind::configuration if the options are unusable. Sends nothing.
    static Result<Client> create(ClientOptions options = {});

    // The resources of v3, the current API. Each has a header: messages() needs <sent/v3/messages.hpp>.
    // <sent/v3/api.hpp> includes them all.

    /// Sends messages and follows them.
    [[nodiscard]] Messages messages() const;
    [[nodiscard]] Contacts contacts() const;
    [[nodiscard]] Templates templates() const;
    /// Endpoints that the service sends events to.
    [[nodiscard]] Webhooks webhooks() const;
    /// Messages of both directions.
    [[nodiscard]] Conversations conversations() const;
    /// Facts about phone numbers.
    [[nodiscard]] Numbers numbers() const;
    /// Sender profiles of the organization.
    [[nodiscard]] SenderProfiles sender_profiles() const;
    /// What the account sends from: SMS markets, WhatsApp, RCS and voice numbers.
    [[nodiscard]] Channels channels() const;
    /// What a country demands of its senders.
    [[nodiscard]] Compliance compliance() const;
    /// Phone calls.
    [[nodiscard]] Calls calls() const;
    /// Profiles of the organization.
    [[nodiscard]] Profiles profiles() const;
    [[nodiscard]] Users users() const;
    /// Returns the account that the API key belongs to: `GET /v3/me`. A read, so it may be retried. See
    /// remaining_setup(). Include <sent/v3/account.hpp>.
    [[nodiscard]] Result<Account> me(const CallOptions& options = {}) const;

    /// Legacy API v1. Needs ClientOptions::sender_id. Include <sent/v1/api.hpp>.
    [[nodiscard]] v1::Api v1() const;
    /// Legacy API v2. Needs ClientOptions::sender_id. Include <sent/v2/api.hpp>.
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

    /// Starts the call and returns a `std::future<Result<Response>>`. Include <sent/future.hpp>. The request
    /// is encoded before submit() returns, so it can be destroyed afterwards. The destructor of the future
    /// does not block. If AsyncOptions::max_pending calls are pending, submit() blocks first, or the call
    /// fails: see AsyncOptions::when_full.
    template <class Request>
    [[nodiscard]] auto submit(const Request& request, const CallOptions& options = {}) const {
        return detail::FutureOf<response_of<Request>>::from(
            [&](auto promise) { start(request, std::move(promise), options, CompleteOn::transport); });
    }

    /// Starts the call and returns. `callback` receives the Result exactly once, on AsyncOptions::executor.
    /// Without an executor it runs on the transport's thread, which it must not block for long. It may use
    /// the client, including submit(). An exception from it is logged and dropped. If the request fails
    /// before anything is sent, the callback is called, or passed to the executor, before submit() returns.
    /// If AsyncOptions::max_pending calls are pending, submit() blocks first, or the call fails: see
    /// AsyncOptions::when_full.
    template <class Request, class Callback,
              class = std::enable_if_t<!std::is_convertible_v<Callback, CallOptions>>>
    void submit(const Request& request, Callback callback, const CallOptions& options = {}) const {
        if constexpr (std::is_invocable_v<Callback&, Result<response_of<Request>>>) {
            start(request, std::move(callback), options, CompleteOn::executor);
        } else {
            static_assert(
                detail::never<Callback>,
                "sent: the second argument of submit() is sent::CallOptions, or a callback that takes "
                "sent::Result<Response>, where Response is what the request is answered with");
        }
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

    /// Makes a call for each request of `source`, blocks until all have ended, and returns a
    /// `BulkReport<Response>`. `source` is a range, or a function that returns the next request as a
    /// `std::optional`, empty at the end. Include <sent/bulk.hpp>, which describes runs.
    template <class Source>
    auto bulk(Source&& source, const BulkOptions& options = {}) const {
        return detail::BulkCalls<Source>::run(*this, source, options);
    }
    /// The same for any number of requests in bounded memory. `sink(std::size_t index, Result<Response>
    /// result)` receives each result on this thread. Returns a BulkSummary.
    template <class Source, class Sink, class = std::enable_if_t<!std::is_convertible_v<Sink, BulkOptions>>>
    auto bulk(Source&& source, Sink sink, const BulkOptions& options = {}) const {
        return detail::BulkCalls<Source>::run(*this, source, options, sink);
    }
    /// The same for a braced list of requests: `client.bulk({first, second})`.
    template <class Request>
    auto bulk(std::initializer_list<Request> requests, const BulkOptions& options = {}) const {
        return detail::BulkCalls<decltype(requests)>::run(*this, requests, options);
    }
    /// The same for a braced list of requests, with a sink.
    template <class Request, class Sink, class = std::enable_if_t<!std::is_convertible_v<Sink, BulkOptions>>>
    auto bulk(std::initializer_list<Request> requests, Sink sink, const BulkOptions& options = {}) const {
        return detail::BulkCalls<decltype(requests)>::run(*this, requests, options, sink);
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
    template <class Request, class Callback>
    void start(const Request& request, Callback callback, const CallOptions& options,
               CompleteOn where) const {
        using Completion = detail::CallbackCompletion<response_of<Request>, Callback>;
        start(operation<Request>::route(), &request, options,
              std::make_unique<Completion>(std::move(callback)), where);
    }
    void start(const Route& route, const void* request, const CallOptions& options,
               std::unique_ptr<detail::CallCompletion> completion, CompleteOn where) const;

    std::shared_ptr<detail::Core> core_;
    std::shared_ptr<const CallOptions> defaults_;
};

}  // namespace sent
