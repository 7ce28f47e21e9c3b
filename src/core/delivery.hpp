#pragma once

#include <functional>
#include <memory>
#include <optional>

#include <sent/client.hpp>
#include <sent/http/transport.hpp>

#include "core/core.hpp"

/// @file
/// Runs the completions of asynchronous calls.

namespace sent::detail {

/// Runs the completion on this thread. Exceptions are logged.
void complete_guarded(Services& services, CallCompletion& completion, std::optional<Error>&& error) noexcept;

/// Runs the completion of a call that has ended on a thread of the transport.
void complete_from_transport(Services& services, CallCompletion& completion,
                             std::optional<Error>&& error) noexcept;

/// Runs the completion once, like run_on_executor().
void complete_on_executor(const std::shared_ptr<Services>& services,
                          std::unique_ptr<CallCompletion> completion, std::optional<Error>&& error) noexcept;

/// Runs `work` once, on the client's executor. Exceptions are logged. If the executor throws or drops the
/// task, it runs on the thread that notices this. Without an executor, or if memory runs out, it runs on this
/// thread before this returns.
void run_on_executor(const std::shared_ptr<Services>& services, std::function<void()> work) noexcept;

/// Whether this thread is in a completion that others may be waiting for.
bool inside_completion() noexcept;

}  // namespace sent::detail
