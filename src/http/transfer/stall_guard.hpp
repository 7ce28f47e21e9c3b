#pragma once

#include <chrono>
#include <cstdint>

#include "base/saturating.hpp"

namespace sent::detail::http {

/// Notices when a reply that has begun brings nothing any more. It is asked now and then, not told of each
/// byte.
class StallGuard {
  public:
    using Clock = std::chrono::steady_clock;

    explicit StallGuard(std::chrono::milliseconds limit) noexcept : limit_(limit) {}

    /// `progress` is 0 until the reply has begun, and grows with it.
    [[nodiscard]] bool stalled(std::uint64_t progress, Clock::time_point now) noexcept {
        if (progress != progress_) {
            progress_ = progress;
            since_ = now;
        }
        return active() && now - since_ >= saturating_cast<Clock::duration>(limit_);
    }
    /// Whether it needs to be asked again after pause().
    [[nodiscard]] bool active() const noexcept { return limit_.count() > 0 && progress_ != 0; }
    /// How long to wait before asking again: a stall is noticed late by so much at most.
    [[nodiscard]] std::chrono::milliseconds pause() const noexcept {
        return limit_ / 8 + std::chrono::milliseconds(1);
    }

  private:
    std::chrono::milliseconds limit_;
    std::uint64_t progress_ = 0;
    Clock::time_point since_{};
};

}  // namespace sent::detail::http
