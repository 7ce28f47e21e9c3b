#pragma once

#include <chrono>
#include <memory>
#include <string>

#include <sent/client.hpp>
#include <sent/clock.hpp>

/// @file
/// What the library's own helpers need of a client beyond what programs do.

namespace sent::detail {

class ClientAccess {
  public:
    /// A client's inside, without keeping the client alive: its end is to end the polling.
    class Weak {
      public:
        explicit Weak(const Client& client) noexcept;
        /// Like Client::submit, after a wait. When the client is gone, `completion` is told so.
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
    /// Runs completions where those of the client run; empty when that is the thread they come from.
    static Executor executor(const Client& client);
    static std::shared_ptr<Clock> clock(const Client& client) noexcept;
    /// The key that with_options() gave the client, if any.
    static std::string default_idempotency_key(const Client& client);
    /// For reads, which refuse a key.
    static Client without_idempotency_key(const Client& client);
};

}  // namespace sent::detail
