#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include <sent/http/transport.hpp>

#include "http/async/async_job.hpp"
#include "http/async/waiting_jobs.hpp"
#include "http/transfer/curl_handle.hpp"
#include "http/transfer/socket_table.hpp"
#include "http/transfer/turn.hpp"
#include "http/transport_settings.hpp"

namespace sent::detail::http {

/// The loop of the asynchronous engine: one multi handle, driven by the thread that calls run(). All public
/// functions except run() may be called from any thread, also from completions.
class AsyncLoop {
  public:
    using Clock = std::chrono::steady_clock;
    using Completion = AsyncTransport::Completion;

    explicit AsyncLoop(std::shared_ptr<const TransportSettings> settings);
    AsyncLoop(const AsyncLoop&) = delete;
    AsyncLoop& operator=(const AsyncLoop&) = delete;
    ~AsyncLoop();

    [[nodiscard]] bool usable() const noexcept { return multi_ != nullptr; }
    void submit(HttpRequest&& request, Completion done);
    /// Calls `task`, which must not throw, at `when` on the thread of run(). Drops a task that has not been
    /// called yet. After stop(), returns false and drops this one.
    bool run_at(Clock::time_point when, std::function<void()> task);
    /// Returns at once. run() ends after it has completed everything.
    void stop() noexcept;
    void run() noexcept;
    /// Makes the thread of run() wait for ever, as soon as it uses nothing. Waits for that until the
    /// deadline. Later requests are kept and never processed.
    void freeze(Clock::time_point deadline) noexcept;

  private:
    using JobPtr = std::unique_ptr<AsyncJob>;

    void wake() noexcept;
    void enqueue(JobPtr& job);
    void turn();
    bool take_submissions();
    void admit_submissions() noexcept;
    void sweep_cancelled();
    [[nodiscard]] bool has_room() const noexcept;
    [[nodiscard]] int free_look_ups() const noexcept;
    [[nodiscard]] bool can_start() const noexcept;
    void start_waiting();
    void start(JobPtr job);
    void perform();
    void finish(AsyncJob& job, CURLcode code);
    void put_off(AsyncJob& job);
    void expire();
    void end_overdue();
    void end_answered();
    void check_stalls();
    void run_due_task();
    void note_idle();
    void close_idle();
    void sleep();
    [[nodiscard]] int sleep_time(Clock::time_point until) const;
    void drain() noexcept;
    template <class Describe>
    static void end_unsent(JobPtr job, TransportErrorKind kind, Describe describe) noexcept;
    template <class Describe>
    void end_active(AsyncJob& job, TransportErrorKind kind, Describe describe) noexcept;
    JobPtr take_active(AsyncJob& job);

    const std::shared_ptr<const TransportSettings> settings_;

    // Shared with the threads that submit.
    std::mutex mutex_;
    std::vector<JobPtr> submitted_;
    std::function<void()> task_;
    Clock::time_point task_is_due_ = Clock::time_point::max();
    bool sleeping_ = false;
    bool stopping_ = false;
    bool freezing_ = false;
    bool frozen_ = false;
    std::condition_variable frozen_changed_;
    std::atomic<bool> some_cancelled_{false};

    // Used by the loop's thread only. In this order, because sockets are closed while the handles are
    // destroyed.
    SocketTable sockets_;
    Turn turn_;
    bool finished_some_ = false;  ///< in the last round
    MultiHandle multi_;
    std::vector<std::unique_ptr<CurlTransfer>> spare_;
    std::vector<JobPtr> active_;
    WaitingJobs waiting_;
    /// Jobs that found too many look-ups in progress. They are tried again when a look-up has ended or a
    /// connection has become idle.
    WaitingJobs put_off_;
    int connections_freed_ = 0;  ///< since they were last tried
    /// No active job is overdue before this time. May be too early.
    Clock::time_point next_overdue_ = Clock::time_point::max();
    Clock::time_point next_stall_check_ = Clock::time_point::max();
    /// When a request last ended, and when idle connections are to be checked.
    Clock::time_point last_end_{};
    Clock::time_point next_idle_check_ = Clock::time_point::max();
    std::vector<JobPtr> batch_;
};

}  // namespace sent::detail::http
