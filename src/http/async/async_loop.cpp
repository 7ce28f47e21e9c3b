#include "http/async/async_loop.hpp"

#include <algorithm>
#include <new>
#include <string>
#include <utility>

#include "base/saturating.hpp"
#include "base/text/milliseconds.hpp"
#include "http/process/curl_global.hpp"
#include "http/transfer/http2.hpp"
#include "http/transfer/idle_connections.hpp"
#include "http/transfer/not_sent.hpp"

namespace sent::detail::http {

namespace {

constexpr std::chrono::milliseconds longest_sleep{60'000};
/// Gives libcurl time to end the request first, because libcurl knows what the request was waiting for.
constexpr std::chrono::milliseconds overdue_grace{30};

/// Returns the result of `describe`, or "out of memory".
template <class Describe>
std::string text_or_out_of_memory(Describe describe) noexcept {
    try {
        return describe();
    } catch (const std::bad_alloc&) {
        return "out of memory";
    }
}

std::size_t connection_limit(const TransportSettings& settings) {
    return std::max<std::size_t>(1, settings.options.max_async_connections);
}

}  // namespace

AsyncLoop::AsyncLoop(std::shared_ptr<const TransportSettings> settings)
    : settings_(std::move(settings)), multi_(make_multi()) {
    if (multi_) {
        // Never starts more transfers than connections, so that no transfer waits inside libcurl, which would
        // not enforce its deadline there.
        const auto limit = static_cast<long>(std::min<std::size_t>(connection_limit(*settings_), 100'000));
        curl_multi_setopt(multi_.get(), CURLMOPT_MAX_TOTAL_CONNECTIONS, limit);
        curl_multi_setopt(multi_.get(), CURLMOPT_MAXCONNECTS, limit);
        curl_multi_setopt(multi_.get(), CURLMOPT_PIPELINING, static_cast<long>(CURLPIPE_NOTHING));
        if (settings_->options.http2) {
            allow_http2(multi_.get());
        }
    }
}

AsyncLoop::~AsyncLoop() = default;

void AsyncLoop::submit(HttpRequest&& request, Completion done) {
    try {
        auto job =
            std::make_unique<AsyncJob>(std::move(request), std::move(done), settings_->options.stall_timeout);
        if (job->request.cancel.can_be_cancelled()) {
            job->cancellation = job->request.cancel.on_cancel([this] {
                some_cancelled_.store(true);
                wake();
            });
        }
        enqueue(job);
        if (job) {
            job->finish(not_sent(TransportErrorKind::cancelled, "the transport has been shut down"));
        }
    } catch (const std::bad_alloc&) {
        if (done) {  // otherwise the job has taken and called it
            AsyncJob::call(done, out_of_memory(false));
        }
    }
}

/// Takes the job, unless the loop has been stopped.
void AsyncLoop::enqueue(JobPtr& job) {
    bool must_wake = false;
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        if (stopping_) {
            return;
        }
        submitted_.push_back(std::move(job));
        must_wake = std::exchange(sleeping_, false);
    }
    if (must_wake) {
        curl_multi_wakeup(multi_.get());
    }
}

bool AsyncLoop::run_at(Clock::time_point when, std::function<void()> task) {
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        if (stopping_) {
            return false;
        }
        task_.swap(task);
        task_is_due_ = when;
    }
    wake();
    return true;
}

void AsyncLoop::stop() noexcept {
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        stopping_ = true;
    }
    wake();
}

void AsyncLoop::freeze(Clock::time_point deadline) noexcept {
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        freezing_ = true;
    }
    wake();
    std::unique_lock<std::mutex> lock(mutex_);
    frozen_changed_.wait_until(lock, deadline, [this] { return frozen_; });
}

/// One wake-up is enough for everything that is submitted while the loop is awake or about to be.
void AsyncLoop::wake() noexcept {
    bool must_wake = false;
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        must_wake = std::exchange(sleeping_, false);
    }
    if (must_wake) {
        curl_multi_wakeup(multi_.get());
    }
}

void AsyncLoop::run() noexcept {
    while (take_submissions()) {
        try {
            turn();
        } catch (const std::bad_alloc&) {
            // Dropped jobs have completed themselves. The interrupted sweep is repeated.
            some_cancelled_.store(true);
        }
    }
    drain();
}

void AsyncLoop::turn() {
    admit_submissions();
    sweep_cancelled();
    start_waiting();
    close_idle();
    perform();
    expire();
    end_overdue();
    check_stalls();
    run_due_task();
    sleep();
}

/// Returns false if the loop must end.
bool AsyncLoop::take_submissions() {
    std::unique_lock<std::mutex> lock(mutex_);
    sleeping_ = false;
    if (freezing_) {
        frozen_ = true;
        frozen_changed_.notify_all();
        frozen_changed_.wait(lock, [] { return false; });
    }
    batch_.swap(submitted_);
    return !stopping_;
}

void AsyncLoop::admit_submissions() noexcept {
    for (JobPtr& job : batch_) {
        if (job->cancelled()) {
            some_cancelled_.store(true);  // the sweep may have run before the job was submitted
        }
        try {
            waiting_.push(std::move(job));
        } catch (const std::bad_alloc&) {
            job.reset();  // calls the completion
        }
    }
    batch_.clear();
}

template <class Describe>
void AsyncLoop::end_unsent(JobPtr job, TransportErrorKind kind, Describe describe) noexcept {
    job->finish(not_sent(kind, text_or_out_of_memory(describe)));
}

template <class Describe>
void AsyncLoop::end_active(AsyncJob& job, TransportErrorKind kind, Describe describe) noexcept {
    remove_from(multi_.get(), job.transfer->easy());
    const JobPtr owned = take_active(job);
    owned->finish(owned->transfer->give_up(kind, text_or_out_of_memory(describe)));
}

void AsyncLoop::sweep_cancelled() {
    if (!some_cancelled_.exchange(false)) {
        return;
    }
    // Backwards, because removing a job moves the last one to its place.
    for (std::size_t i = active_.size(); i-- > 0;) {
        if (active_[i]->cancelled()) {
            end_active(*active_[i], TransportErrorKind::cancelled,
                       [] { return std::string("cancelled while in progress"); });
        }
    }
    for (WaitingJobs* jobs : {&waiting_, &put_off_}) {
        jobs->end_cancelled([](JobPtr job) noexcept {
            end_unsent(std::move(job), TransportErrorKind::cancelled,
                       [] { return std::string("cancelled before it was sent"); });
        });
    }
}

bool AsyncLoop::has_room() const noexcept {
    return active_.size() < connection_limit(*settings_);
}

/// Returns how many jobs that were put off may be tried.
int AsyncLoop::free_look_ups() const noexcept {
    return most_looking_up - turn_.looking_up + connections_freed_;
}

bool AsyncLoop::can_start() const noexcept {
    return has_room() && (!waiting_.empty() || (!put_off_.empty() && free_look_ups() > 0));
}

/// Each look-up of a name takes a thread, so only some run at the same time. Only libcurl knows which
/// requests need one; others have an idle connection or an address in libcurl's cache. So each request is
/// started, and is put off if it needs one more look-up than allowed.
void AsyncLoop::start_waiting() {
    for (int free = free_look_ups(); free > 0 && has_room() && !put_off_.empty(); --free) {
        start(put_off_.pop());
    }
    connections_freed_ = 0;
    while (has_room() && !waiting_.empty()) {
        start(waiting_.pop());
    }
}

void AsyncLoop::start(JobPtr job) {
    const HttpRequest& request = job->request;
    if (job->cancelled()) {
        return job->finish(not_sent(TransportErrorKind::cancelled, "cancelled before it was sent"));
    }
    std::chrono::milliseconds left{0};
    if (request.timeout.count() > 0) {
        left = std::chrono::ceil<std::chrono::milliseconds>(job->deadline - Clock::now());
        left = std::max(left, std::chrono::milliseconds(1));
    }
    if (spare_.empty()) {
        job->transfer = std::make_unique<CurlTransfer>(*settings_, sockets_, turn_, settings_->options.http2);
    } else {
        job->transfer = std::move(spare_.back());
        spare_.pop_back();
    }
    if (auto error = job->transfer->start(request, left)) {
        return job->finish(std::move(*error));
    }
    if (job->deadline != Clock::time_point::max()) {
        next_overdue_ = std::min(next_overdue_, saturating_add(job->deadline, overdue_grace));
    }
    job->slot = active_.size();
    active_.push_back(std::move(job));
    AsyncJob& started = *active_.back();
    CURL* easy = started.transfer->easy();
    started.under_way = true;
    curl_easy_setopt(easy, CURLOPT_PRIVATE, &started);
    if (curl_multi_add_handle(multi_.get(), easy) != CURLM_OK) {
        take_active(started)->finish(
            not_sent(TransportErrorKind::internal, "libcurl did not accept the request"));
    }
}

void AsyncLoop::perform() {
    int running = 0;
    ++turn_.round;
    http::perform(multi_.get(), running);
    sockets_.resume();
    int left = 0;
    finished_some_ = false;
    while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
        if (message->msg != CURLMSG_DONE) {
            continue;
        }
        finished_some_ = true;
        const CURLcode code = message->data.result;
        AsyncJob* job = nullptr;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &job);
        finish(*job, code);
    }
}

void AsyncLoop::finish(AsyncJob& job, CURLcode code) {
    CURL* easy = job.transfer->easy();
    remove_from(multi_.get(), easy);
    if (job.transfer->was_put_off()) {
        return put_off(job);
    }
    if (job.transfer->restart(code) && curl_multi_add_handle(multi_.get(), easy) == CURLM_OK) {
        return;
    }
    JobPtr owned = take_active(job);
    TransportResult result = owned->transfer->finish(code);
    // The handle is used again only after a complete reply.
    std::unique_ptr<CurlTransfer> spare = result ? std::move(owned->transfer) : nullptr;
    owned->finish(std::move(result));
    if (spare) {
        ++connections_freed_;
        spare_.push_back(std::move(spare));
    }
}

void AsyncLoop::put_off(AsyncJob& job) {
    JobPtr owned = take_active(job);
    owned->under_way = false;
    spare_.push_back(std::move(owned->transfer));
    put_off_.push(std::move(owned));
}

/// Called when a connection may become idle.
void AsyncLoop::note_idle() {
    last_end_ = Clock::now();
    if (next_idle_check_ == Clock::time_point::max() && settings_->options.max_idle_time.count() > 0) {
        next_idle_check_ = last_end_ + settings_->options.max_idle_time;
    }
}

/// libcurl closes idle connections when it looks for a connection to use, at most once a second. If no
/// request does so, this closes them, late by at most one second or an eighth of max_idle_time, whichever is
/// longer.
void AsyncLoop::close_idle() {
    const Clock::time_point now = Clock::now();
    if (now < next_idle_check_) {
        return;
    }
    ++turn_.round;
    close_idle_connections(multi_.get(), settings_->options.max_idle_time);
    sockets_.resume();
    const Clock::duration longest = settings_->options.max_idle_time;
    const Clock::time_point last = last_end_ + longest + std::chrono::seconds(1);
    next_idle_check_ =
        last > now ? std::min(last, now + std::max<Clock::duration>(longest / 8, std::chrono::seconds(1)))
                   : Clock::time_point::max();
}

/// Ends requests whose timeout has passed while they waited for a connection.
void AsyncLoop::expire() {
    for (WaitingJobs* jobs : {&waiting_, &put_off_}) {
        jobs->end_expired([](JobPtr job) noexcept {
            const std::chrono::milliseconds limit = job->request.timeout;
            end_unsent(std::move(job), TransportErrorKind::timeout, [limit] {
                return "no connection was free or could be begun within the attempt timeout of " +
                       milliseconds_text(limit);
            });
        });
    }
}

/// libcurl enforces the timeout of requests in progress, but not of a request that waits for another one's
/// HTTP/2 connection.
void AsyncLoop::end_overdue() {
    const Clock::time_point now = Clock::now();
    if (now < next_overdue_) {
        return;
    }
    next_overdue_ = Clock::time_point::max();
    for (std::size_t i = active_.size(); i-- > 0;) {
        AsyncJob& job = *active_[i];
        if (job.deadline == Clock::time_point::max()) {
            continue;
        }
        if (const Clock::time_point overdue = saturating_add(job.deadline, overdue_grace); now < overdue) {
            next_overdue_ = std::min(next_overdue_, overdue);
            continue;
        }
        end_active(job, TransportErrorKind::timeout, [limit = job.request.timeout] {
            return "no answer within the attempt timeout of " + milliseconds_text(limit);
        });
    }
}

void AsyncLoop::check_stalls() {
    const std::chrono::milliseconds limit = settings_->options.stall_timeout;
    if (limit.count() <= 0 || active_.empty()) {
        next_stall_check_ = Clock::time_point::max();
        return;
    }
    const Clock::time_point now = Clock::now();
    const Clock::time_point next = saturating_add(now, StallGuard(limit).pause());
    if (next_stall_check_ == Clock::time_point::max()) {
        next_stall_check_ = next;
    }
    if (now < next_stall_check_) {
        return;
    }
    next_stall_check_ = next;
    for (std::size_t i = active_.size(); i-- > 0;) {
        AsyncJob& job = *active_[i];
        if (job.guard.stalled(job.transfer->progress(), now)) {
            end_active(job, TransportErrorKind::timeout,
                       [limit] { return "the reply stalled for " + milliseconds_text(limit); });
        }
    }
}

void AsyncLoop::run_due_task() {
    std::function<void()> task;
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        if (Clock::now() < task_is_due_) {
            return;
        }
        task_.swap(task);
        task_is_due_ = Clock::time_point::max();
    }
    task();
}

void AsyncLoop::sleep() {
    if (can_start()) {
        return;
    }
    int time = 0;
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        time = sleep_time(task_is_due_);
        if (time == 0 || stopping_ || !submitted_.empty() || some_cancelled_.load()) {
            return;
        }
        sleeping_ = true;
    }
    int ready = 0;
    curl_multi_poll(multi_.get(), nullptr, 0, time, &ready);
    if (settings_->options.http2 && ready == 0) {
        end_answered();
    }
}

/// Ends requests whose reply is complete although libcurl still tries to send the rest of them. Called when
/// nothing else happens.
void AsyncLoop::end_answered() {
    for (std::size_t i = active_.size(); i-- > 0;) {
        AsyncJob& job = *active_[i];
        if (job.transfer->has_whole_reply()) {
            remove_from(multi_.get(), job.transfer->easy());
            const JobPtr owned = take_active(job);
            owned->finish(owned->transfer->finish(CURLE_HTTP2_STREAM));
        }
    }
}

int AsyncLoop::sleep_time(Clock::time_point until) const {
    until = std::min({until, next_stall_check_, next_overdue_, next_idle_check_, waiting_.next_deadline(),
                      put_off_.next_deadline()});
    const Clock::time_point now = Clock::now();
    if (until <= now) {
        return 0;
    }
    const bool may_share = settings_->options.http2 && !active_.empty();
    const auto longest = may_share ? longest_http2_sleep(finished_some_) : longest_sleep;
    if (until - now > longest) {
        return static_cast<int>(longest.count());
    }
    return static_cast<int>(std::chrono::ceil<std::chrono::milliseconds>(until - now).count());
}

/// Completes all requests. Requests that the completions submit are refused, so this ends.
void AsyncLoop::drain() noexcept {
    const auto reason = [] { return std::string("the transport was shut down"); };
    while (!active_.empty()) {
        end_active(*active_.back(), TransportErrorKind::cancelled, reason);
    }
    for (WaitingJobs* jobs : {&waiting_, &put_off_}) {
        while (!jobs->empty()) {
            end_unsent(jobs->pop(), TransportErrorKind::cancelled, reason);
        }
    }
    for (auto* batch : {&batch_, &submitted_}) {
        for (JobPtr& job : *batch) {
            end_unsent(std::move(job), TransportErrorKind::cancelled, reason);
        }
    }
}

AsyncLoop::JobPtr AsyncLoop::take_active(AsyncJob& job) {
    const std::size_t slot = job.slot;
    JobPtr taken = std::move(active_[slot]);
    if (slot + 1 != active_.size()) {
        active_[slot] = std::move(active_.back());
        active_[slot]->slot = slot;
    }
    active_.pop_back();
    note_idle();
    return taken;
}

}  // namespace sent::detail::http
