#include <sent/bulk.hpp>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include <sent/client.hpp>

#include "base/transport_thread.hpp"
#include "core/core.hpp"
#include "core/delivery.hpp"
#include "core/throttle.hpp"

namespace sent::detail {
namespace {

/// The maximum number of encoded requests that wait to be started, in addition to those in flight.
constexpr std::size_t longest_queue = 256;

/// A request that waits to be started, or to be reported as invalid.
struct Queued {
    std::shared_ptr<AsyncCall> call{};
    std::unique_ptr<CallCompletion> completion{};
    Problem problem{};
};

}  // namespace

class BulkRun::Impl {
  public:
    Impl(std::shared_ptr<Core> core, std::shared_ptr<const CallOptions> defaults, BulkOptions options,
         const CancellationToken& token_of_calls, std::size_t total, std::function<void()> deliver)
        : core_(std::move(core)),
          defaults_(std::move(defaults)),
          options_(std::move(options)),
          deliver_(std::move(deliver)),
          call_(options_.call),
          throttle_(options_.max_outage),
          is_on_transport_thread_(TransportThread::is_current()) {
        progress_.total = total;
        options_.max_in_flight = std::max<std::size_t>(options_.max_in_flight, 1);
        longest_queue_ = std::min(options_.max_in_flight, longest_queue);
        call_.cancel = stop_.token();
        const auto stop = [this] { stop_.cancel(); };
        by_run_ = options_.cancel.on_cancel(stop);
        by_call_ = token_of_calls.on_cancel(stop);  // needed because the token of each call is the run's own
    }
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;
    ~Impl() {
        stop_.cancel();
        std::unique_lock lock{mutex_};
        start_queued(lock);
        sleeping_ = true;
        changed_.wait(lock, [this] { return is_over(); });
    }

    /// If the queue is full, waits until half of it has been started, not only for one free place: waking
    /// this thread for each request would cost as much as half a request.
    bool wait_for_room() {
        std::unique_lock lock{mutex_};
        if (has_news()) {
            hand_over(lock);
        }
        if (queue_.size() >= longest_queue_) {
            wait_until(lock, [this] { return queue_.size() <= longest_queue_ / 2 || stopped(); });
        }
        return !stopped();
    }

    void add(const Route& route, const void* request, std::unique_ptr<CallCompletion> completion,
             std::optional<std::string>&& idempotency_key) {
        Queued next;
        PreparedCall call;
        next.problem = prepare(route, request, std::move(idempotency_key), call);
        if (!next.problem) {
            next.call = make_async(core_->services(), std::move(call), *completion, &throttle_);
        }
        next.completion = std::move(completion);
        std::unique_lock lock{mutex_};
        queue_.push_back(std::move(next));
        start_queued(lock);
    }

    void note_failure(const Error& error) noexcept {
        const std::lock_guard lock{mutex_};
        if (options_.stop_on_error && !first_failure_) {
            try {
                first_failure_ = error;
            } catch (...) {  // NOLINT(bugprone-empty-catch): out of memory; the run still stops
            }
        }
    }

    void count(Ended ended) noexcept {
        std::unique_lock lock{mutex_};
        --in_flight_;
        ++undelivered_;
        if (ended.failed) {
            ++progress_.failed;
            uncertain_ += ended.uncertain ? 1U : 0U;
            stopped_on_error_ = stopped_on_error_ || options_.stop_on_error;
        } else {
            ++progress_.succeeded;
            replayed_ += ended.replayed ? 1U : 0U;
        }
        start_queued(lock);
        // Notify under the lock: once the last request is counted and the lock is released, the run may be
        // destroyed.
        if (sleeping_ && (queue_.size() <= longest_queue_ / 2 || has_news() || is_over())) {
            changed_.notify_one();
        }
    }

    void finish() {
        std::unique_lock lock{mutex_};
        wait_until(lock, [this] { return is_over(); });
        deliver(lock);
        if (!finished_) {
            finished_ = true;
            elapsed_ = std::chrono::steady_clock::now() - started_at_;
            // The last completion has reported it already, unless there was none.
            if (reported_ != progress_.finished() || reported_ == 0) {
                report_progress(lock);
            }
        }
    }

    [[nodiscard]] const BulkProgress& progress() const noexcept { return progress_; }
    [[nodiscard]] std::size_t uncertain() const noexcept { return uncertain_; }
    [[nodiscard]] std::size_t replayed() const noexcept { return replayed_; }
    [[nodiscard]] std::chrono::steady_clock::duration elapsed() const noexcept { return elapsed_; }

    [[nodiscard]] std::optional<Error> stopped_by() const {
        if (!stopped()) {
            return std::nullopt;
        }
        if (throttle_.ended()) {
            return throttle_.cause();
        }
        return stopped_on_error_ && first_failure_ ? first_failure_ : never_started();
    }

    [[nodiscard]] Error never_started() const {
        return throttle_.ended() ? throttle_.never_started()
                                 : not_sent_error(ErrorKind::cancelled,
                                                  "the run was stopped before this request was started");
    }

  private:
    Problem prepare(const Route& route, const void* request, std::optional<std::string>&& key,
                    PreparedCall& call) {
        if (is_on_transport_thread_) {
            return problem_of(
                ErrorKind::invalid_request,
                "bulk() and send_to_many() cannot run in a completion callback or a log "
                "sink on a transport's thread. Set AsyncOptions::executor, or start the run on another "
                "thread");
        }
        const auto index = added_++;
        if (!options_.batch.empty() && (!key || key->empty())) {
            key = options_.batch + "-" + std::to_string(index);
        }
        if (key && key->empty()) {
            return problem_of(ErrorKind::invalid_request,
                              "`idempotency_key` of this Keyed request is empty, so that a second run would "
                              "send it again: give it a key, or set BulkOptions::batch");
        }
        if (key) {
            auto own = call_;
            own.idempotency_key = std::move(*key);
            return prepare_call(*core_, defaults_, route, request, own, call);
        }
        if (has_shared_key()) {
            return problem_of(
                ErrorKind::invalid_request,
                "`idempotency_key` would be the same for every request of the run, so that only the first "
                "would take effect: leave it empty, or set BulkOptions::batch");
        }
        return prepare_call(*core_, defaults_, route, request, call_, call);
    }

    /// Whether the run's options, or a client made by with_options(), set one key for all calls.
    [[nodiscard]] bool has_shared_key() const noexcept {
        return !call_.idempotency_key.empty() || (defaults_ && !defaults_->idempotency_key.empty());
    }

    /// Starts as many queued requests as allowed, on the thread that adds a request or counts one. Only one
    /// thread does this at a time, so that a call that completes inside start_async() does not start the next
    /// one recursively.
    void start_queued(std::unique_lock<std::mutex>& lock) noexcept {
        if (starting_) {
            return;
        }
        starting_ = true;
        while (!queue_.empty() && (in_flight_ < options_.max_in_flight || stopped())) {
            Queued next = std::move(queue_.front());
            queue_.pop_front();
            ++in_flight_;
            const bool is_late = stopped();
            progress_.started += is_late ? 0U : 1U;
            lock.unlock();
            start(next, is_late);
            lock.lock();
        }
        starting_ = false;
    }

    void start(Queued& next, bool is_late) noexcept {
        if (next.call && !is_late) {
            start_async(std::move(next.call), std::move(next.completion));
            return;
        }
        next.call = nullptr;
        std::optional<Error> refused;
        try {
            refused = next.problem ? std::move(*next.problem) : never_started();
        } catch (...) {
            refused = not_sent_error(ErrorKind::resource_exhausted, "out of memory");
        }
        complete_guarded(*core_->services(), *next.completion, std::move(refused));
    }

    [[nodiscard]] bool stopped() const noexcept {
        return stopped_on_error_ || stop_.cancelled() || throttle_.ended();
    }
    [[nodiscard]] bool is_over() const noexcept { return in_flight_ == 0 && queue_.empty() && !starting_; }

    /// An eighth of the limit on requests in flight: small enough for timely reports, large enough to be
    /// worth waking the thread.
    [[nodiscard]] std::size_t some() const noexcept {
        return std::max<std::size_t>(options_.max_in_flight / 8, 1);
    }
    [[nodiscard]] bool has_results() const noexcept { return deliver_ && undelivered_ >= some(); }
    [[nodiscard]] bool has_progress() const noexcept {
        return options_.progress && progress_.finished() >= reported_ + some();
    }
    [[nodiscard]] bool has_news() const noexcept { return has_results() || has_progress(); }

    /// Delivers results and reports progress while it waits.
    template <class Condition>
    void wait_until(std::unique_lock<std::mutex>& lock, Condition condition) {
        while (!condition()) {
            sleeping_ = true;
            changed_.wait(lock, [&] { return has_news() || condition(); });
            sleeping_ = false;
            hand_over(lock);
        }
    }

    void hand_over(std::unique_lock<std::mutex>& lock) {
        if (has_results()) {
            deliver(lock);
        }
        if (options_.progress && progress_.finished() != reported_) {
            report_progress(lock);
        }
    }

    /// Like report_progress(), releases the lock, because the callback may be slow or may call the client.
    void deliver(std::unique_lock<std::mutex>& lock) {
        if (!deliver_) {
            return;
        }
        undelivered_ = 0;
        lock.unlock();
        deliver_();
        lock.lock();
    }

    void report_progress(std::unique_lock<std::mutex>& lock) {
        if (!options_.progress) {
            return;
        }
        const auto progress = progress_;
        reported_ = progress.finished();
        lock.unlock();
        try {
            options_.progress(progress);
        } catch (...) {
            core_->services()->logger.log_built(
                LogLevel::error, [] { return std::string{"a bulk run's progress callback threw"}; });
        }
        lock.lock();
    }

    std::shared_ptr<Core> core_;
    std::shared_ptr<const CallOptions> defaults_;
    BulkOptions options_;
    std::function<void()> deliver_;
    CallOptions call_{};
    Throttle throttle_;
    /// The run was started on a thread that its calls may need.
    const bool is_on_transport_thread_;
    CancellationSource stop_{};
    std::chrono::steady_clock::time_point started_at_ = std::chrono::steady_clock::now();
    std::chrono::steady_clock::duration elapsed_{};
    std::size_t longest_queue_ = 0;
    std::size_t added_ = 0;
    std::mutex mutex_{};
    std::condition_variable changed_{};
    std::deque<Queued> queue_{};
    BulkProgress progress_{};
    std::size_t reported_ = 0;
    std::size_t undelivered_ = 0;
    std::size_t in_flight_ = 0;
    std::size_t uncertain_ = 0;
    std::size_t replayed_ = 0;
    /// A thread is in start_queued(), and will find what other threads add.
    bool starting_ = false;
    /// The run's own thread is waiting.
    bool sleeping_ = false;
    bool stopped_on_error_ = false;
    std::optional<Error> first_failure_{};
    bool finished_ = false;
    CancellationToken::Registration by_run_{};
    CancellationToken::Registration by_call_{};
};

BulkRun::BulkRun(const Client& client, const BulkOptions& options, std::size_t total,
                 std::function<void()> deliver)
    : impl_(std::make_unique<Impl>(client.core_, client.defaults_, options, client.token_for(options.call),
                                   total, std::move(deliver))) {}

BulkRun::~BulkRun() = default;

bool BulkRun::wait_for_room() {
    return impl_->wait_for_room();
}

void BulkRun::add(const Route& route, const void* request, std::unique_ptr<CallCompletion> completion,
                  std::optional<std::string> idempotency_key) {
    impl_->add(route, request, std::move(completion), std::move(idempotency_key));
}

void BulkRun::note_failure(const Error& error) noexcept {
    impl_->note_failure(error);
}

void BulkRun::count(Ended ended) noexcept {
    impl_->count(ended);
}

void BulkRun::finish() {
    impl_->finish();
}

Error BulkRun::never_started() const {
    return impl_->never_started();
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
std::size_t BulkRun::replayed() const noexcept {
    return impl_->replayed();
}
std::optional<Error> BulkRun::stopped_by() const {
    return impl_->stopped_by();
}
std::chrono::milliseconds BulkRun::elapsed() const noexcept {
    return std::chrono::duration_cast<std::chrono::milliseconds>(impl_->elapsed());
}

}  // namespace sent::detail
