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
/// Handles each delivery once, although the service may deliver it several times.
///
///     auto claim = deduplicator.claim(sent::webhooks::dedupe_key(headers, body, event));
///     if (claim.in_progress()) return 503;                                       // come again
///     if (claim) {
///         handle(event);                                                         // may throw
///         claim.commit();
///     }
///     return 200;                                                                // also for a repetition

namespace sent::webhooks {

/// Options of a Deduplicator.
struct DeduplicatorOptions {
    /// How long a key is remembered. Default 24 hours. The service may retry a delivery hours later.
    std::chrono::milliseconds time_to_live = std::chrono::hours{24};
    /// Maximum number of keys. Default 100,000. Beyond it, the oldest keys are forgotten early. A key takes
    /// about 200 bytes.
    std::size_t max_keys = 100'000;
    /// Null means the system's clock. Only its steady time is used.
    std::shared_ptr<Clock> clock{};
};

/// Remembers the keys of deliveries in memory. A restart forgets them all, and processes do not share them.
/// If handling a delivery twice does harm, keep the keys in the database, in the same transaction as the
/// effect. Thread-safe.
class SENT_WEBHOOKS_EXPORT Deduplicator {
    class State;

  public:
    /// The right to handle the delivery with a key. If a claim is destroyed without commit(), for example
    /// because the handler threw, it returns the right, so that the service's retry is not taken for a
    /// repetition. A claim may outlive the Deduplicator and may be committed on another thread.
    class SENT_WEBHOOKS_EXPORT Claim {
      public:
        Claim() = default;
        Claim(Claim&& other) noexcept;
        Claim& operator=(Claim&& other) noexcept;
        Claim(const Claim&) = delete;
        Claim& operator=(const Claim&) = delete;
        ~Claim();

        /// True if the delivery must be handled: no other claim to the key is open or committed.
        [[nodiscard]] explicit operator bool() const noexcept { return standing_ == Standing::first; }
        /// True if another claim to this key is still open. That claim may fail: answer 503, so that the
        /// service retries.
        [[nodiscard]] bool in_progress() const noexcept { return standing_ == Standing::in_progress; }
        /// Marks the delivery as handled: from now on it is a repetition. Does nothing unless operator bool
        /// is true.
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
    /// Uses default options. The parameter makes `Deduplicator x({})` unambiguous.
    explicit Deduplicator(std::nullptr_t /*no_options*/ = nullptr) : Deduplicator(DeduplicatorOptions{}) {}

    /// Claims a key, for handlers that can fail. An empty key identifies nothing, so its delivery must always
    /// be handled.
    [[nodiscard]] Claim claim(std::string_view key);
    /// Claims and commits a key in one step, for handlers that cannot fail. Returns true once, then false
    /// until the key is forgotten. An empty key identifies nothing, so it always returns true.
    [[nodiscard]] bool first_time(std::string_view key);
    /// Forgets a key, so that the next delivery with it is handled again. Returns false if it was not known.
    bool forget(std::string_view key);
    /// Number of remembered keys, including open claims.
    [[nodiscard]] std::size_t size() const;

  private:
    std::shared_ptr<State> state_;
};

}  // namespace sent::webhooks
