#pragma once

#include <chrono>
#include <cstdint>

#include "base/saturating.hpp"

namespace sent::detail::http {

/// Notices that a reply has begun but brings no more bytes (N8 in docs/reliability.md). It is asked from time
/// to time, not called for each byte.
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
    /// Whether it must be asked again after pause().
    [[nodiscard]] bool active() const noexcept { return limit_.count() > 0 && progress_ != 0; }
    /// Returns how long to wait before the next question. A stall is noticed at most this much too late.
    [[nodiscard]] std::chrono::milliseconds pause() const noexcept {
        return limit_ / 8 + std::chrono::milliseconds(1);
    }

  private:
    std::chrono::milliseconds limit_;
    std::uint64_t progress_ = 0;
    Clock::time_point since_{};
};

}  // namespace sent::detail::http
