#include <atomic>
#include <new>
#include <utility>

#include <sent/cancellation.hpp>

#include "base/transport_thread.hpp"
#include "core/core.hpp"
#include "core/delivery.hpp"

namespace sent::detail {

namespace {

/// Longer replies are not decoded on the transport's thread, because the deadlines of all other calls wait
/// meanwhile. The worst reply of this length takes a few milliseconds, the worst of 8 MiB a few hundred.
constexpr std::size_t longest_read_in_place = std::size_t{16} * 1024;

bool is_long(const TransportResult& result) noexcept {
    const HttpResponse& response = result ? result.response() : result.error().partial;
    return response.body.size() + response.headers.bytes() > longest_read_in_place;
}

}  // namespace

/// One asynchronous call. The transport or the timer that will report the next event keeps it alive; there is
/// exactly one at a time. A cancellation takes its place by winning `phase_`.
class AsyncCall final : public PendingCall, public std::enable_shared_from_this<AsyncCall> {
  public:
    /// `target` belongs to the completion that start() takes over.
    AsyncCall(std::shared_ptr<Services> services, PreparedCall&& call, CallTarget target, Throttle* throttle,
              PendingCalls::Place place)
        : shares_(services->shares()),
          entry_(shares_.pending, std::move(place)),
          services_(std::move(services)),
          caller_(std::exchange(call.http.cancel, stop_.token())),
          call_(std::move(call)),
          throttle_(throttle),
          machine_(services_->shared(throttle), call_, target) {}
    AsyncCall(const AsyncCall&) = delete;
    AsyncCall& operator=(const AsyncCall&) = delete;
    ~AsyncCall() {
        if (completion_) {
            // The transport or the timer has dropped its completion instead of calling it.
            const bool was_sending = phase_.load() != Phase::waiting && !has_not_left_;
            finish_with([&] { return machine_.on_dropped(was_sending); }, ErrorKind::resource_exhausted,
                        was_sending ? Outcome::unknown : Outcome::not_sent);
        }
    }

    void start(std::unique_ptr<CallCompletion>&& completion) {
        completion_ = std::move(completion);
        entry_.add(weak_from_this());
        if (caller_.can_be_cancelled()) {
            // The registration ends with the call, and waits for a callback that is running.
            registration_ = caller_.on_cancel([this] {
                if (const auto self = weak_from_this().lock()) {
                    self->cancel();
                }
            });
        }
        carry_out(machine_.start(services_->clock->now()));
    }

    /// May be called on any thread.
    void cancel() noexcept override {
        stop_.cancel();  // cancels an attempt in progress
        end_wait(Phase::waiting, Outcome::not_sent, [this] { return machine_.on_cancelled(); });
        end_wait(Phase::unread, Outcome::unknown,
                 [this] { return leave_unread(TransportErrorKind::cancelled); });
    }

  private:
    /// Who may use the machine. `busy`: the thread that handles an event, or the transport that will report
    /// one. `unread`: a long reply waits for a thread.
    enum class Phase { busy, waiting, unread };

    /// Held by the task that wakes the call. Keeps the call alive, but only while the call waits.
    class WakeUp {
      public:
        explicit WakeUp(std::shared_ptr<AsyncCall> call) noexcept : call_(std::move(call)) {}
        /// Keeps the timer of the task, unless the wait was cancelled. A task that has begun may be in a
        /// callback that waits for this thread, so its timer must not be destroyed here.
        void keep(std::unique_ptr<Timer> timer) noexcept {
            const std::lock_guard lock{mutex_};
            if (call_ || has_begun_) {
                timer_.swap(timer);
            }
        }
        /// Called by the task. Returns null if the wait was cancelled.
        [[nodiscard]] std::shared_ptr<AsyncCall> begin() noexcept {
            const std::lock_guard lock{mutex_};
            has_begun_ = true;
            return std::move(call_);
        }
        /// Ends the wait without the task. Returns null if the task has begun.
        [[nodiscard]] std::shared_ptr<AsyncCall> cancel() noexcept {
            std::unique_ptr<Timer> timer;  // destroyed after the lock is released, as it waits for its task
            const std::lock_guard lock{mutex_};
            if (!has_begun_) {
                timer_.swap(timer);
            }
            return std::move(call_);
        }

      private:
        std::mutex mutex_{};
        std::shared_ptr<AsyncCall> call_;
        bool has_begun_ = false;
        std::unique_ptr<Timer> timer_{};
    };

    void carry_out(CallMachine::Step step) {
        switch (step.action) {
            case CallMachine::Action::send:
                send();
                break;
            case CallMachine::Action::wait:
                wait(step.until);
                break;
            case CallMachine::Action::done:
                finish(step);
                break;
        }
    }

    void send() {
        if (services_->async == nullptr) {
            wait_for_thread();
            return;
        }
        has_not_left_ = true;
        const auto* const outer = std::exchange(sending_on_this_thread, this);
        try {
            HttpRequest request = machine_.begin_attempt();
            AsyncTransport::Completion done = [self = shared_from_this()](TransportResult result) {
                self->received(std::move(result));
            };
            has_not_left_ = false;
            services_->async->send_async(std::move(request), std::move(done));
        } catch (
            ...) {  // NOLINT(bugprone-empty-catch): with its completion dropped, the destructor ends the call
        }
        sending_on_this_thread = outer;
    }

    /// A transport that can only block needs a thread for each attempt. Deadline and cancellation still apply
    /// while the call waits for one.
    void wait_for_thread() {
        if (const auto wake_up = begin_waiting(Phase::waiting)) {
            shares_.workers.run_before(machine_.deadline(), [wake_up] {
                if (const auto self = wake_up->begin()) {
                    self->take_turn();
                }
            });
        }
    }

    void take_turn() {
        auto expected = Phase::waiting;
        if (!phase_.compare_exchange_strong(expected, Phase::busy)) {
            return;
        }
        const auto step =
            stop_.cancelled() ? machine_.on_cancelled() : machine_.on_wake(services_->clock->now());
        if (step.action == CallMachine::Action::send) {
            has_not_left_ = true;
            const HttpRequest& request = machine_.begin_attempt();
            has_not_left_ = false;
            received(send_guarded(*services_->transport, request));
        } else {
            carry_out(step);
        }
    }

    void received(TransportResult&& result) {
        const TransportThread here;
        if (!is_long(result) || is_on_own_thread() || !read_elsewhere(result)) {
            read(std::move(result));
        }
    }

    /// Whether no other call waits for this thread: it belongs to the pool, or the transport has completed
    /// within send_async().
    [[nodiscard]] bool is_on_own_thread() const noexcept {
        return services_->async == nullptr || sending_on_this_thread == this;
    }

    /// Passes a long reply to a thread of the pool. If memory runs out, returns false and leaves the reply
    /// unchanged.
    bool read_elsewhere(TransportResult& result) noexcept {
        std::shared_ptr<WakeUp> wake_up;
        try {
            unread_ = std::make_unique<TransportResult>(std::move(result));
            wake_up = begin_waiting(Phase::unread);
            if (wake_up) {
                shares_.workers.run_before(machine_.deadline(), [wake_up] {
                    if (const auto self = wake_up->begin()) {
                        self->read_kept();
                    }
                });
            }
            return true;
        } catch (...) {
            auto expected = Phase::unread;
            if (wake_up && !phase_.compare_exchange_strong(expected, Phase::busy)) {
                return true;  // a cancellation has ended the call
            }
            if (unread_) {
                result = std::move(*unread_);
            }
            return false;
        }
    }

    void read_kept() {
        auto expected = Phase::unread;
        if (!phase_.compare_exchange_strong(expected, Phase::busy)) {
            return;
        }
        if (stop_.cancelled()) {
            carry_out(leave_unread(TransportErrorKind::cancelled));
        } else if (services_->clock->now() >= machine_.deadline()) {
            carry_out(leave_unread(TransportErrorKind::timeout));
        } else {
            const auto kept = std::move(unread_);
            read(std::move(*kept));
        }
    }

    /// Ends the call as if the transport had not received the reply, because nobody waits for it any more.
    CallMachine::Step leave_unread(TransportErrorKind why) {
        unread_.reset();
        TransportError error;
        error.kind = why;
        error.message = why == TransportErrorKind::cancelled
                            ? "cancelled before the reply was read"
                            : "the deadline passed before the reply could be read";
        return machine_.on_result(std::move(error), services_->clock->now(), services_->clock->wall_now());
    }

    void read(TransportResult&& result) {
        auto& clock = *services_->clock;
        has_not_left_ = !result && !result.error().request_may_have_left;
        const auto step = machine_.on_result(std::move(result), clock.now(), clock.wall_now());
        has_not_left_ = true;  // the machine knows how this attempt ended
        carry_out(step);
    }

    /// Returns null if a cancellation or the end of the run has ended the call.
    std::shared_ptr<WakeUp> begin_waiting(Phase how) {
        auto wake_up = std::make_shared<WakeUp>(shared_from_this());
        wake_up_ = wake_up;
        // As soon as the phase has changed, the run may be destroyed, and the throttle with it.
        const auto run_end = throttle_ != nullptr ? throttle_->on_end() : CancellationToken{};
        if (run_end.can_be_cancelled() && !watches_run_) {
            watches_run_ = true;
            run_registration_ = run_end.on_cancel([call = weak_from_this()] {
                if (const auto self = call.lock()) {
                    self->run_ended();
                }
            });
        }
        phase_.store(how);
        // A cancellation or an end of the run before the phase changed has not found a waiting call.
        if (stop_.cancelled()) {
            cancel();
            return nullptr;
        }
        if (how == Phase::waiting && run_end.cancelled()) {
            run_ended();
            return nullptr;
        }
        return wake_up;
    }

    void wait(CallMachine::SteadyTime until) {
        if (const auto wake_up = begin_waiting(Phase::waiting)) {
            wake_up->keep(services_->clock->call_at(until, [wake_up] {
                if (const auto self = wake_up->begin()) {
                    self->wake();
                }
            }));
        }
    }

    /// If the call waits in this phase, ends it with the result of `describe`.
    template <class Describe>
    void end_wait(Phase how, Outcome outcome, Describe describe) noexcept {
        auto expected = how;
        if (phase_.compare_exchange_strong(expected, Phase::busy)) {
            const auto wake_up = wake_up_.lock();
            // Otherwise the queue of the pool would keep the call alive.
            const auto self = wake_up ? wake_up->cancel() : nullptr;
            finish_with(describe, ErrorKind::cancelled, outcome);
        }
    }

    /// The bulk run of this call has ended. A reply that has arrived is still read.
    void run_ended() noexcept {
        end_wait(Phase::waiting, Outcome::not_sent, [this] { return machine_.on_run_ended(); });
    }

    void wake() {
        const TransportThread here;
        auto expected = Phase::waiting;
        if (phase_.compare_exchange_strong(expected, Phase::busy)) {
            carry_out(stop_.cancelled() ? machine_.on_cancelled()
                                        : machine_.on_wake(services_->clock->now()));
        }
    }

    /// Finishes with the result of `describe`. If memory runs out, finishes with an error without a message.
    template <class Describe>
    void finish_with(Describe describe, ErrorKind kind, Outcome outcome) noexcept {
        try {
            finish(describe());
        } catch (const std::bad_alloc&) {
            finish(machine_.end_without_words(kind, outcome));
        }
    }

    void finish(const CallMachine::Step& /*done*/) noexcept {
        auto completion = std::move(completion_);
        if (!completion) {
            return;
        }
        entry_.free_place();
        complete_from_transport(*services_, *completion, machine_.take_error());
        completion.reset();
        entry_.remove();
    }

    Shares& shares_;
    PendingCalls::Entry entry_;
    std::shared_ptr<Services> services_;
    std::unique_ptr<CallCompletion> completion_;
    CancellationSource stop_{};
    CancellationToken caller_;
    CancellationToken::Registration registration_{};
    /// Registration for the end of the bulk run, made at the first wait.
    CancellationToken::Registration run_registration_{};
    bool watches_run_ = false;
    PreparedCall call_;
    Throttle* throttle_;
    CallMachine machine_;
    std::atomic<Phase> phase_{Phase::busy};
    /// No attempt is in progress that may have left. Like `wake_up_`, it belongs to the winner of `phase_`.
    bool has_not_left_ = true;
    std::weak_ptr<WakeUp> wake_up_{};
    /// A long reply that waits for a thread of the pool.
    std::unique_ptr<TransportResult> unread_{};
    /// The call whose send_async() runs on this thread.
    static inline thread_local const AsyncCall* sending_on_this_thread = nullptr;
};

std::shared_ptr<AsyncCall> make_async(const std::shared_ptr<Services>& services, PreparedCall&& call,
                                      CallCompletion& completion, Throttle* throttle,
                                      PendingCalls::Place place) {
    return std::make_shared<AsyncCall>(services, std::move(call), completion.target(), throttle,
                                       std::move(place));
}

void start_async(std::shared_ptr<AsyncCall> call, std::unique_ptr<CallCompletion> completion) noexcept {
    // Keeps the call until this function returns. Otherwise it could end when the caller releases it, perhaps
    // under a lock.
    const auto started = std::move(call);
    try {
        started->start(std::move(completion));
    } catch (
        ...) {  // NOLINT(bugprone-empty-catch): out of memory; no event follows for the call, so it ends here
    }
}

}  // namespace sent::detail
