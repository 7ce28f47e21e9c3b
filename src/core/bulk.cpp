#include <sent/bulk.hpp>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <utility>

#include <sent/client.hpp>

#include "core/core.hpp"
#include "core/delivery.hpp"

namespace sent::detail {

class BulkRun::Impl {
  public:
    Impl(std::shared_ptr<Core> core, std::shared_ptr<const CallOptions> defaults, BulkOptions options,
         std::size_t total)
        : core_(std::move(core)),
          defaults_(std::move(defaults)),
          options_(std::move(options)),
          call_(options_.call),
          gate_(std::make_shared<PauseGate>()) {
        progress_.total = total;
        options_.max_in_flight = std::max<std::size_t>(options_.max_in_flight, 1);
        call_.cancel = stop_.token();
        const auto stop = [this] { stop_.cancel(); };
        by_run_ = options_.cancel.on_cancel(stop);
        by_call_ = options_.call.cancel.on_cancel(stop);
    }

    /// When as many are in flight as may be, waits until some of them have ended, rather than for the next
    /// one: waking this thread for each would cost as much as half a request.
    bool wait_for_slot() {
        std::unique_lock lock{mutex_};
        if (in_flight_ >= options_.max_in_flight) {
            wait_until_in_flight(lock, options_.max_in_flight - some());
        }
        return !stopped();
    }

    void start(const Route& route, const void* request, std::unique_ptr<Completion> completion,
               std::string&& idempotency_key) {
        const bool shares_key = idempotency_key.empty() && has_shared_key();
        std::optional<CallOptions> own;
        if (!idempotency_key.empty()) {
            own = call_;
            own->idempotency_key = std::move(idempotency_key);
        }
        {
            const std::lock_guard lock{mutex_};
            ++in_flight_;
            ++progress_.started;
        }
        if (shares_key) {
            CallResult refused;
            refused.error = not_sent_error(
                ErrorKind::invalid_request,
                "`idempotency_key` would be the same for every request of the run, so that only the first "
                "would take effect: leave it empty");
            complete_guarded(*core_->services(), *completion, std::move(refused));
        } else {
            start(route, request, std::move(completion), own ? *own : call_);
        }
    }

    void count(const std::optional<Error>& error) noexcept {
        const std::lock_guard lock{mutex_};
        --in_flight_;
        if (error) {
            ++progress_.failed;
            const bool uncertain = error->outcome == Outcome::unknown || error->outcome == Outcome::accepted;
            uncertain_ += uncertain ? 1U : 0U;
            stopped_on_error_ = stopped_on_error_ || options_.stop_on_error;
        } else {
            ++progress_.succeeded;
        }
        // Under the lock: once the last one is counted and the lock is free, the run may be gone.
        if (in_flight_ <= wake_at_) {
            changed_.notify_one();
        }
    }

    void finish() {
        std::unique_lock lock{mutex_};
        wait_until_in_flight(lock, 0);
        if (!finished_) {
            finished_ = true;
            elapsed_ = std::chrono::steady_clock::now() - started_at_;
            // The last completion has told it already, unless there was none.
            if (told_ != progress_.finished() || told_ == 0) {
                tell(lock);
            }
        }
    }

    [[nodiscard]] const BulkProgress& progress() const noexcept { return progress_; }
    [[nodiscard]] std::size_t uncertain() const noexcept { return uncertain_; }
    [[nodiscard]] std::chrono::steady_clock::duration elapsed() const noexcept { return elapsed_; }

  private:
    void start(const Route& route, const void* request, std::unique_ptr<Completion> completion,
               const CallOptions& call) {
        try {
            start_call(*core_, defaults_, route, request, call, std::move(completion), {gate_, {}, false});
        } catch (...) {
            // The completion, which would have counted it, is gone.
            const std::lock_guard lock{mutex_};
            --in_flight_;
            throw;
        }
    }

    /// Of the run's options, or of a client made by with_options().
    [[nodiscard]] bool has_shared_key() const noexcept {
        return !call_.idempotency_key.empty() || (defaults_ && !defaults_->idempotency_key.empty());
    }

    [[nodiscard]] bool stopped() const noexcept { return stopped_on_error_ || stop_.cancelled(); }

    /// An eighth of what may be in flight: few enough to keep the connections busy.
    [[nodiscard]] std::size_t some() const noexcept {
        return std::max<std::size_t>(options_.max_in_flight / 8, 1);
    }

    /// Waits until no more than so many are in flight; meanwhile tells the caller how far the run is.
    void wait_until_in_flight(std::unique_lock<std::mutex>& lock, std::size_t most) {
        while (in_flight_ > most) {
            const auto next_report = in_flight_ > some() ? in_flight_ - some() : 0;
            wake_at_ = options_.progress ? std::max(most, next_report) : most;
            changed_.wait(lock, [this] { return in_flight_ <= wake_at_; });
            if (options_.progress && progress_.finished() != told_) {
                tell(lock);
            }
        }
    }

    /// With the lock released, as the callback may take its time or call the client.
    void tell(std::unique_lock<std::mutex>& lock) {
        if (!options_.progress) {
            return;
        }
        const auto progress = progress_;
        told_ = progress.finished();
        lock.unlock();
        try {
            options_.progress(progress);
        } catch (...) {
            core_->services()->logger.log(LogLevel::error, "a bulk run's progress callback threw");
        }
        lock.lock();
    }

    std::shared_ptr<Core> core_;
    std::shared_ptr<const CallOptions> defaults_;
    BulkOptions options_;
    CallOptions call_{};
    std::shared_ptr<PauseGate> gate_;
    CancellationSource stop_{};
    std::chrono::steady_clock::time_point started_at_ = std::chrono::steady_clock::now();
    std::chrono::steady_clock::duration elapsed_{};
    std::mutex mutex_{};
    std::condition_variable changed_{};
    BulkProgress progress_{};
    std::size_t told_ = 0;
    std::size_t in_flight_ = 0;
    /// The waiting thread is woken when no more than these are in flight.
    std::size_t wake_at_ = 0;
    std::size_t uncertain_ = 0;
    bool stopped_on_error_ = false;
    bool finished_ = false;
    CancellationToken::Registration by_run_{};
    CancellationToken::Registration by_call_{};
};

BulkRun::BulkRun(const Client& client, const BulkOptions& options, std::size_t total)
    : impl_(std::make_unique<Impl>(client.core_, client.defaults_, options, total)) {}

BulkRun::~BulkRun() {
    impl_->finish();
}

bool BulkRun::wait_for_slot() {
    return impl_->wait_for_slot();
}

void BulkRun::start(const Route& route, const void* request, std::unique_ptr<Completion> completion,
                    std::string idempotency_key) {
    impl_->start(route, request, std::move(completion), std::move(idempotency_key));
}

void BulkRun::count(const std::optional<Error>& error) noexcept {
    impl_->count(error);
}

void BulkRun::finish() {
    impl_->finish();
}

Error BulkRun::never_started() {
    return not_sent_error(ErrorKind::cancelled, "the run was stopped before this request was started");
}

std::size_t BulkRun::succeeded() const noexcept {
    return impl_->progress().succeeded;
}
std::size_t BulkRun::failed() const noexcept {
    return impl_->progress().failed;
}
std::size_t BulkRun::uncertain() const noexcept {
    return impl_->uncertain();
}
std::chrono::milliseconds BulkRun::elapsed() const noexcept {
    return std::chrono::duration_cast<std::chrono::milliseconds>(impl_->elapsed());
}

}  // namespace sent::detail
