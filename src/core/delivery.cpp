#include "core/delivery.hpp"

#include <cstdint>
#include <exception>
#include <memory>
#include <string>
#include <utility>

#include <sent/detail/once_task.hpp>

#include "base/redaction/redact.hpp"
#include "base/this_process.hpp"
#include "base/transport_thread.hpp"

namespace sent::detail {
namespace {

/// The process in which this thread runs a completion, or 0. A client that a completion destroys must not
/// wait for that completion. A child forked by a completion does not count as running it.
thread_local std::uint64_t runs_completion_in = 0;

template <class Work>
void run_guarded(Services& services, Work&& work) noexcept {
    const auto log = [&services](const char* what) noexcept {
        services.logger.log_built(LogLevel::error, [&] {
            return "a completion callback threw" +
                   (what != nullptr ? ": " + presentable(what, services.config.options.api_key.reveal())
                                    : std::string{" an exception that is not a std::exception"});
        });
    };
    const auto before = std::exchange(runs_completion_in, this_process());
    try {
        std::forward<Work>(work)();
    } catch (const std::exception& exception) {
        log(exception.what());
    } catch (...) {
        log(nullptr);
    }
    runs_completion_in = before;
}

/// Passes `work`, which does not throw, to the client's executor. Runs it here if there is none.
template <class Work>
void hand_over_or_run(Services& services, Work& work) noexcept {
    const auto& executor = services.config.options.async.executor;
    try {
        if (executor) {
            if (!hand_over(executor, std::move(work))) {
                services.logger.log_built(LogLevel::error, [] {
                    return std::string{
                        "the executor of completion callbacks threw; the callback runs on this thread"};
                });
            }
            return;
        }
    } catch (...) {  // NOLINT(bugprone-empty-catch): out of memory; then it runs here, too
    }
    work();
}

}  // namespace

bool inside_completion() noexcept {
    return runs_completion_in == this_process();
}

void complete_guarded(Services& services, CallCompletion& completion, std::optional<Error>&& error) noexcept {
    run_guarded(services, [&] { completion.complete(std::move(error)); });
}

void complete_from_transport(Services& services, CallCompletion& completion,
                             std::optional<Error>&& error) noexcept {
    const TransportThread here;
    complete_guarded(services, completion, std::move(error));
}

void complete_on_executor(const std::shared_ptr<Services>& services,
                          std::unique_ptr<CallCompletion> completion, std::optional<Error>&& error) noexcept {
    auto work = [services, completion = std::move(completion), error = std::move(error)]() mutable noexcept {
        complete_guarded(*services, *completion, std::move(error));
        completion.reset();
    };
    hand_over_or_run(*services, work);
}

void run_on_executor(const std::shared_ptr<Services>& services, std::function<void()> work) noexcept {
    auto guarded = [services, work = std::move(work)]() noexcept { run_guarded(*services, work); };
    hand_over_or_run(*services, guarded);
}

}  // namespace sent::detail
