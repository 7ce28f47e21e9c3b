#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>

#include <sent/http/transport.hpp>

#include "http/transfer/curl_handle.hpp"
#include "http/transfer/curl_transfer.hpp"
#include "http/transfer/socket_table.hpp"
#include "http/transfer/turn.hpp"
#include "http/transport_settings.hpp"

namespace sent::detail::http {

/// What a blocking request runs on: a multi handle with one easy handle and its connection, used by one
/// thread at a time. A multi handle, because that is what can be woken up, which an easy handle alone cannot.
class PooledHandle {
  public:
    explicit PooledHandle(const TransportSettings& settings);
    PooledHandle(const PooledHandle&) = delete;
    PooledHandle& operator=(const PooledHandle&) = delete;
    ~PooledHandle();

    /// Runs the request on the calling thread.
    TransportResult run(const HttpRequest& request);
    /// Whether the next request may use it. After anything but a complete reply it may not.
    [[nodiscard]] bool reusable() const noexcept { return reusable_; }
    /// Makes run(), on whatever thread, end with TransportErrorKind::cancelled.
    void abandon() noexcept;

    // For the pool that owns it, guarded by the pool's lock.
    std::chrono::steady_clock::time_point idle_since{};
    PooledHandle* next_active = nullptr;
    PooledHandle* previous_active = nullptr;

  private:
    enum class End { done, failed, cancelled, stalled };

    End drive(const HttpRequest& request, CURLcode& code);
    bool take_result(CURLcode& code);
    [[nodiscard]] bool unwanted(const HttpRequest& request) const noexcept;
    TransportResult transfer(const HttpRequest& request);

    // In this order: the sockets are closed while the handles are destroyed.
    const TransportSettings& settings_;
    SocketTable sockets_;
    Turn turn_;
    MultiHandle multi_;
    CurlTransfer transfer_;
    std::atomic<bool> abandoned_{false};
    bool reusable_ = true;
};

}  // namespace sent::detail::http
