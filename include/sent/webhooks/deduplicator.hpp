#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include <sent/clock.hpp>
#include <sent/export.hpp>

/// @file
/// Taking each delivery once, although the service may deliver it several times.
///
///     auto claim = deduplicator.claim(sent::webhooks::dedupe_key(headers, body, event));
///     if (claim.in_progress()) return 503;                                       // come again
///     if (claim) {
///         handle(event);                                                         // may throw
///         claim.commit();
///     }
///     return 200;                                                                // also for a repetition

namespace sent::webhooks {

struct DeduplicatorOptions {
    /// How long a key is remembered. The service's retries of one delivery may be hours apart.
    std::chrono::milliseconds time_to_live = std::chrono::hours{24};
    /// Beyond it the oldest keys are forgotten early. A key takes about 200 bytes.
    std::size_t max_keys = 100'000;
    /// Null: the system's. Only its steady time is used.
    std::shared_ptr<Clock> clock{};
};

/// Remembers the keys of deliveries, in memory: after a restart it has forgotten them all, and several
/// processes do not share it, so where handling twice does harm, keep the keys in the database, in the same
/// transaction as the effect. Thread-safe.
class SENT_WEBHOOKS_EXPORT Deduplicator {
    class State;

  public:
    /// The right to handle the delivery with a key. A claim that ends without commit(), because the handler
    /// has thrown for example, gives the right back, so that the service's retry is not taken for a
    /// repetition. May outlive the Deduplicator, and may be committed on another thread.
    class SENT_WEBHOOKS_EXPORT Claim {
      public:
        Claim() = default;
        Claim(Claim&& other) noexcept;
        Claim& operator=(Claim&& other) noexcept;
        Claim(const Claim&) = delete;
        Claim& operator=(const Claim&) = delete;
        ~Claim();

        /// Whether the delivery is to be handled: nobody has done it, or is about to.
        [[nodiscard]] explicit operator bool() const noexcept { return standing_ == Standing::first; }
        /// Whether another claim to this key is still open. It may yet fail: answer 503, so that the service
        /// comes again.
        [[nodiscard]] bool in_progress() const noexcept { return standing_ == Standing::in_progress; }
        /// The delivery is handled; from now on it is a repetition. Does nothing unless the claim is to be
        /// handled.
        void commit();

      private:
        friend class Deduplicator;
        enum class Standing : std::uint8_t { repeated, in_progress, first };

        void release() noexcept;

        std::shared_ptr<State> state_{};
        std::string key_{};
        std::uint64_t number_ = 0;
        Standing standing_ = Standing::repeated;
    };

    explicit Deduplicator(DeduplicatorOptions options);
    /// With default options. The parameter makes `Deduplicator x({})` mean this one, not perhaps a copy.
    explicit Deduplicator(std::nullptr_t /*no_options*/ = nullptr) : Deduplicator(DeduplicatorOptions{}) {}

    /// For handlers that can fail. An empty key stands for nothing: it is always to be handled.
    [[nodiscard]] Claim claim(std::string_view key);
    /// For handlers that cannot fail: true once, then false until the key is forgotten. An empty key stands
    /// for nothing: always true.
    [[nodiscard]] bool first_time(std::string_view key);
    /// Lets the next delivery with this key through again. False when there was none.
    bool forget(std::string_view key);
    /// How many keys are remembered, open claims included.
    [[nodiscard]] std::size_t size() const;

  private:
    std::shared_ptr<State> state_;
};

}  // namespace sent::webhooks
