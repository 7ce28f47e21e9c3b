#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <sent/v3/messages.hpp>

#include "core/retry.hpp"
#include "operations/polling.hpp"

/// @file
/// Messages::wait_until_final.

namespace sent {
inline namespace v3 {
namespace {

using std::chrono::milliseconds;
using SteadyTime = Clock::SteadyTime;

/// A send is accepted before its message can be read. After this time, the id is considered wrong.
constexpr milliseconds patience_with_absence{10'000};

/// The only 5xx that is permanent.
constexpr int not_implemented = 501;

/// Keeps all times within the range of the clock.
constexpr milliseconds longest_wait = std::chrono::hours{24 * 365};

/// Decides after each poll whether to continue.
class FinalStatusJudge {
  public:
    FinalStatusJudge(const WaitOptions& options, SteadyTime now)
        : started_(now),
          deadline_(now + std::clamp(options.deadline, milliseconds{1}, longest_wait)),
          failed_for_(std::min(options.failed_for, longest_wait)),
          intervals_(intervals_from(options)) {}

    [[nodiscard]] SteadyTime deadline() const noexcept { return deadline_; }

    std::optional<milliseconds> next(Result<Message>& result, SteadyTime now) {
        const bool goes_on = result ? goes_on_after(*result, now) : goes_on_after(result.error(), now);
        if (!goes_on) {
            return std::nullopt;
        }
        if (const auto wait = wait_from(now, result)) {
            return wait;
        }
        give_up(result);
        return std::nullopt;
    }

  private:
    bool goes_on_after(const Message& message, SteadyTime now) {
        last_status_ = message.status;
        if (message.status != MessageStatus::failed) {
            failed_since_.reset();
            return !is_final(message.status);
        }
        failed_since_ = failed_since_.value_or(now);
        return now - *failed_since_ < failed_for_;
    }

    [[nodiscard]] bool goes_on_after(const Error& error, SteadyTime now) const {
        switch (error.kind) {
            case ErrorKind::not_found:
                return last_status_.empty() && now - started_ < patience_with_absence;
            case ErrorKind::connection:
            case ErrorKind::timeout:
            case ErrorKind::rate_limited:
                return true;
            case ErrorKind::server:
                return error.http_status != not_implemented;
            default:
                return false;
        }
    }

    /// Returns nothing if there is no time for another poll. Near the deadline, the intervals become shorter.
    std::optional<milliseconds> wait_from(SteadyTime now, const Result<Message>& result) {
        const auto left = std::chrono::duration_cast<milliseconds>(deadline_ - now);
        const auto interval = detail::back_off(intervals_, polls_++, detail::random_fraction());
        auto wait = std::max(std::min(interval, left / 2), intervals_.initial_backoff);
        if (!result) {
            wait = std::max(wait, result.error().retry_after.value_or(milliseconds{0}));
        }
        return wait < left ? std::optional{wait} : std::nullopt;
    }

    /// The same intervals as between retries, with jitter, so that programs that wait for many messages do
    /// not poll at the same times.
    static RetryOptions intervals_from(const WaitOptions& options) {
        RetryOptions intervals;
        intervals.initial_backoff = std::clamp(options.initial_interval, milliseconds{1}, longest_wait);
        intervals.max_backoff = std::clamp(options.max_interval, intervals.initial_backoff, longest_wait);
        return intervals;
    }

    /// At the deadline, a message in state FAILED counts as finally failed. An error is not changed.
    void give_up(Result<Message>& result) const {
        if (!result || result->status == MessageStatus::failed) {
            return;
        }
        const auto waited = std::chrono::duration_cast<milliseconds>(deadline_ - started_);
        Error error;
        error.kind = ErrorKind::timeout;
        error.http_status = result.meta().http_status;
        error.request_id = result.meta().request_id;
        error.attempts = result.meta().attempts;
        error.outcome = Outcome::accepted;
        error.message = "the message has no final status after " + std::to_string(waited.count()) +
                        " ms: it is " + (last_status_.empty() ? "unknown" : last_status_.str());
        auto meta = std::move(result).meta();
        result = Result<Message>{std::move(error), std::move(meta)};
    }

    SteadyTime started_;
    SteadyTime deadline_;
    milliseconds failed_for_;
    RetryOptions intervals_;
    int polls_ = 0;
    MessageStatus last_status_{};
    std::optional<SteadyTime> failed_since_{};
};

FinalStatusJudge judge_for(const Client& client, const WaitOptions& options) {
    return {options, detail::ClientAccess::clock(client)->now()};
}

}  // namespace

Result<Message> Messages::wait_until_final(std::string id, const WaitOptions& options) const {
    return detail::poll(client_, GetMessageRequest{std::move(id)}, options.call, judge_for(client_, options));
}

void Messages::start_waiting(std::string id, OnMessage callback, const WaitOptions& options) const {
    detail::poll_async(client_, GetMessageRequest{std::move(id)}, options.call, judge_for(client_, options),
                       std::move(callback));
}

Messages::OnMessage Messages::on_executor(OnMessage callback) const {
    auto executor = detail::ClientAccess::executor(client_);
    if (!executor) {
        return callback;
    }
    return [executor = std::move(executor), callback = std::move(callback)](Result<Message> result) {
        auto end = std::make_shared<Result<Message>>(std::move(result));
        executor([callback, end] { callback(std::move(*end)); });
    };
}

}  // namespace v3
}  // namespace sent
