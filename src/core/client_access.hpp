#pragma once

#include <chrono>
#include <memory>
#include <string>

#include <sent/client.hpp>
#include <sent/clock.hpp>

/// @file
/// Access to a client for the library's own helpers.

namespace sent::detail {

class ClientAccess {
  public:
    /// Access to a client without keeping it alive: the end of the client ends the polling.
    class Weak {
      public:
        explicit Weak(const Client& client) noexcept;
        /// Like Client::submit, after a wait. If the client no longer exists, `completion` reports that.
        void start(const Route& route, const void* request, const CallOptions& options,
                   std::unique_ptr<CallCompletion> completion, std::chrono::milliseconds start_after) const;

      private:
        std::weak_ptr<Core> core_;
        std::shared_ptr<const CallOptions> defaults_;
    };

    /// Like Client::call, after a wait.
    template <class Request>
    static Result<response_of<Request>> call(const Client& client, const Request& request,
                                             const CallOptions& options,
                                             std::chrono::milliseconds start_after) {
        return client.call_after(start_after, request, options);
    }
    /// Returns the executor of the client's completion callbacks. Empty if they run on the thread that
    /// completes the call.
    static Executor executor(const Client& client);
    static std::shared_ptr<Clock> clock(const Client& client) noexcept;
    /// Returns the key that with_options() gave the client, or an empty string.
    static std::string default_idempotency_key(const Client& client);
    /// For reads, which refuse a key.
    static Client without_idempotency_key(const Client& client);
};

}  // namespace sent::detail
