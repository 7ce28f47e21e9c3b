#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// @file
/// How the emulator misbehaves.

namespace sent::testing {

/// How a reply fails. Each kind says whether the request takes effect first ("processed": a message is
/// accepted, a template is created). Fault::processed overrides this, except for kinds whose name says it.
enum class FaultKind {
    status,                  ///< Not processed. Any status, headers and body; status 503 by default.
    error_after_processing,  ///< Processed, but answered with an error; status 500 by default.
    close_before_reply,      ///< Processed, then the connection ends without a byte.
    close_unprocessed,       ///< Not processed. The connection ends without a byte.
    reset,                   ///< Processed, then a TCP reset after `bytes` bytes of the reply (default 0).
    truncate,  ///< Processed, then the reply ends after `bytes` bytes (default: in the middle of its body, or
               ///< of its status line if it has no body).
    stall,     ///< Processed. The reply stops after `bytes` bytes (default 0) for `delay` (default: forever).
    slow,      ///< Processed. The reply is sent at `bytes` bytes (default 1) per `delay` (default 10 ms).
    wrong_length,  ///< Processed. Content-Length is wrong by `length_delta`.
    html,          ///< Not processed. 200 and the page of a captive portal.
    garbage,       ///< Not processed. Bytes that are not HTTP, then the connection ends.
    delay,         ///< Processed at once, answered correctly after `delay` (default 1 s).
};

/// One fault, for the requests that match. Faults are tried in the order in which they were added.
struct Fault {
    FaultKind kind = FaultKind::status;
    int times = 1;         ///< Number of matching requests it affects. Negative means all, until cleared.
    int after = 0;         ///< Number of matching requests that pass before it affects the first.
    std::string method{};  ///< Such as "POST". Empty means any.
    std::string path_prefix{};  ///< Such as "/v1/messages". Empty means any. Paths below /_emulator/ are
                                ///< never affected.
    std::optional<bool> processed{};  ///< Whether the request takes effect. The default depends on the kind.
    /// Status, headers and body of the reply. If the request is processed, they replace the status, headers
    /// and body of the real reply.
    std::optional<int> status{};
    std::vector<std::pair<std::string, std::string>> headers{};
    std::optional<std::string> body{};
    std::optional<std::size_t> bytes{};                ///< Used by truncate, stall, reset and slow.
    std::optional<std::chrono::milliseconds> delay{};  ///< Used by stall, slow and delay.
    /// Used by wrong_length: how many bytes Content-Length exceeds the body by. Default 10. If it is
    /// positive, the connection ends before the body is complete. If it is negative, bytes of the body are
    /// left over on a connection that stays open.
    int length_delta = 10;
    /// Error code of v3, such as "CONFLICT_001". The reply is an error with this code, in the v3 envelope,
    /// with the status that belongs to the code. Used by status and error_after_processing.
    std::string code{};
};

}  // namespace sent::testing
