#pragma once

#include <functional>
#include <memory>

#include <sent/export.hpp>

namespace sent {

namespace detail {
class CancellationState;
}

/// Signals cancellation to calls (CallOptions::cancel) and bulk runs (BulkOptions::cancel). Copies refer to
/// the same source. A default-constructed token is never cancelled and costs nothing. Thread-safe.
///
/// Cancellation cannot undo a write: if the request may have left, the call ends with `Outcome::unknown`.
class SENT_WEBHOOKS_EXPORT CancellationToken {
  public:
    /// Keeps a callback registered and unregisters it on destruction. If the callback is running on another
    /// thread, the destructor blocks until it has returned, so that objects that the callback uses can be
    /// destroyed afterwards.
    class SENT_WEBHOOKS_EXPORT Registration {
      public:
        Registration() = default;
        Registration(Registration&& other) noexcept;
        Registration& operator=(Registration&& other) noexcept;
        Registration(const Registration&) = delete;
        Registration& operator=(const Registration&) = delete;
        ~Registration();
        /// Unregisters the callback now, and blocks as the destructor does.
        void reset() noexcept;

      private:
        friend class CancellationToken;
        Registration(std::shared_ptr<detail::CancellationState> state, unsigned long long id) noexcept;
        std::shared_ptr<detail::CancellationState> state_{};
        unsigned long long id_ = 0;
    };

    CancellationToken() = default;

    /// True once the source has been cancelled.
    [[nodiscard]] bool cancelled() const noexcept;
    /// False for a default-constructed token, which cannot be cancelled.
    [[nodiscard]] bool can_be_cancelled() const noexcept { return state_ != nullptr; }
    /// Registers `callback`, which is called at most once: on the thread that cancels, or, if the source is
    /// already cancelled, on this thread before on_cancel() returns. The callback must be short and must not
    /// throw.
    [[nodiscard]] Registration on_cancel(std::function<void()> callback) const;

  private:
    friend class CancellationSource;
    std::shared_ptr<detail::CancellationState> state_{};
};

/// Cancels calls through its tokens. Copies share one state. Thread-safe.
class SENT_WEBHOOKS_EXPORT CancellationSource {
  public:
    CancellationSource();
    /// Returns a token that cancel() cancels.
    [[nodiscard]] CancellationToken token() const noexcept {
        CancellationToken token;
        token.state_ = state_;
        return token;
    }
    /// Cancels all tokens of this source and runs their callbacks on this thread before it returns. Further
    /// calls have no effect.
    void cancel() const noexcept;
    [[nodiscard]] bool cancelled() const noexcept { return token().cancelled(); }

  private:
    std::shared_ptr<detail::CancellationState> state_;
};

}  // namespace sent
