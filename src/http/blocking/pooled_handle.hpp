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

/// Runs one blocking request at a time: a multi handle with one easy handle and its connection
/// (docs/decisions/0003-own-multi-handle-per-blocking-call.md). A multi handle, because it can be woken up;
/// an easy handle cannot.
class PooledHandle {
  public:
    explicit PooledHandle(const TransportSettings& settings);
    PooledHandle(const PooledHandle&) = delete;
    PooledHandle& operator=(const PooledHandle&) = delete;
    ~PooledHandle();

    /// Runs the request on the calling thread.
    TransportResult run(const HttpRequest& request);
    /// Whether the next request may use it. Only true after a complete reply.
    [[nodiscard]] bool reusable() const noexcept { return reusable_; }
    /// Makes run() end with TransportErrorKind::cancelled. May be called from any thread.
    void abandon() noexcept;

    // Used by the pool, under the pool's lock.
    std::chrono::steady_clock::time_point idle_since{};
    PooledHandle* next_active = nullptr;
    PooledHandle* previous_active = nullptr;

  private:
    enum class End { done, failed, cancelled, stalled };

    End drive(const HttpRequest& request, CURLcode& code);
    bool take_result(CURLcode& code);
    [[nodiscard]] bool is_cancelled(const HttpRequest& request) const noexcept;
    TransportResult transfer(const HttpRequest& request);

    // In this order, because the sockets are closed while the handles are destroyed.
    const TransportSettings& settings_;
    SocketTable sockets_;
    Turn turn_;
    MultiHandle multi_;
    CurlTransfer transfer_;
    std::atomic<bool> abandoned_{false};
    bool reusable_ = true;
};

}  // namespace sent::detail::http
