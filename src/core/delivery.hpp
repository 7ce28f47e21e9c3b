#pragma once

#include <functional>
#include <memory>

#include <sent/client.hpp>
#include <sent/http/transport.hpp>

#include "core/core.hpp"

/// @file
/// How asynchronous calls tell that they have ended.

namespace sent::detail {

/// Tells the completion, here and now; what it throws is logged.
void complete_guarded(Services& services, CallCompletion& completion, std::optional<Error>&& error) noexcept;

/// The same for a call that has ended on a thread of the transport.
void complete_from_transport(Services& services, CallCompletion& completion,
                             std::optional<Error>&& error) noexcept;

/// Has the client's executor run `work`, whose exceptions are logged. It runs once, whatever becomes of the
/// task: when the executor throws or drops it, on the thread that finds out. Without an executor, or
/// without memory: here and now.
void run_on_executor(std::shared_ptr<Services> services, std::function<void()> work) noexcept;

/// Whether this thread is in a completion, whose end others may be waiting for.
bool inside_completion() noexcept;

}  // namespace sent::detail
