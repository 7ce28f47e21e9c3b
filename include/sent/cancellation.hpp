#pragma once

#include <functional>
#include <memory>

#include <sent/export.hpp>

namespace sent {

namespace detail {
class CancellationState;
}

/// Tells a running call that its caller no longer wants it. Copies refer to the same source. A
/// default-constructed token is never cancelled and costs nothing. Thread-safe.
///
/// Cancelling does not unsend: a write that may have left ends with `Outcome::unknown`.
class SENT_WEBHOOKS_EXPORT CancellationToken {
  public:
    /// Keeps a callback registered; unregisters it when destroyed. Its destructor waits for a callback that
    /// is just running on another thread, so that what the callback uses may be destroyed afterwards.
    class SENT_WEBHOOKS_EXPORT Registration {
      public:
        Registration() = default;
        Registration(Registration&& other) noexcept;
        Registration& operator=(Registration&& other) noexcept;
        Registration(const Registration&) = delete;
        Registration& operator=(const Registration&) = delete;
        ~Registration();
        void reset() noexcept;

      private:
        friend class CancellationToken;
        Registration(std::shared_ptr<detail::CancellationState> state, unsigned long long id) noexcept;
        std::shared_ptr<detail::CancellationState> state_{};
        unsigned long long id_ = 0;
    };

    CancellationToken() = default;

    [[nodiscard]] bool cancelled() const noexcept;
    /// False for a default-constructed token, which nobody can cancel.
    [[nodiscard]] bool can_be_cancelled() const noexcept { return state_ != nullptr; }
    /// Calls `callback` once on the thread that cancels, or at once, on this thread, when that has happened
    /// already. The callback must be short and must not throw.
    [[nodiscard]] Registration on_cancel(std::function<void()> callback) const;

  private:
    friend class CancellationSource;
    explicit CancellationToken(std::shared_ptr<detail::CancellationState> state) noexcept
        : state_(std::move(state)) {}
    std::shared_ptr<detail::CancellationState> state_{};
};

/// The side that cancels. Copies share one state. Thread-safe.
class SENT_WEBHOOKS_EXPORT CancellationSource {
  public:
    CancellationSource();
    [[nodiscard]] CancellationToken token() const noexcept { return CancellationToken{state_}; }
    /// Idempotent. Runs the registered callbacks on this thread before it returns.
    void cancel() const noexcept;
    [[nodiscard]] bool cancelled() const noexcept { return token().cancelled(); }

  private:
    std::shared_ptr<detail::CancellationState> state_;
};

}  // namespace sent
