#include "http/async/async_engine.hpp"

#include <exception>
#include <utility>

#include "http/async/async_loop.hpp"
#include "http/transfer/not_sent.hpp"

namespace sent::detail::http {

AsyncEngine::AsyncEngine(std::shared_ptr<const TransportSettings> settings)
    : settings_(std::move(settings)) {}

AsyncEngine::~AsyncEngine() {
    stop();
}

/// Returns the running loop, and starts it if necessary. Null if it has been stopped or frozen, or if no
/// thread can be started.
std::shared_ptr<AsyncLoop> AsyncEngine::loop() {
    const std::lock_guard<std::mutex> lock(mutex_);
    // A frozen loop keeps all requests for ever. It may keep those that a completion on its own thread
    // starts: that thread is going to rest, and a completion that always sends again would otherwise never
    // return.
    if (stopped_ && loop_thread_ != std::this_thread::get_id()) {
        return nullptr;
    }
    if (!loop_ && !stopped_) {
        try {
            auto loop = std::make_shared<AsyncLoop>(settings_);
            if (!loop->usable()) {
                return nullptr;
            }
            auto end = std::make_shared<ThreadExit>();
            thread_ = start_background_thread(end, [loop] { loop->run(); });
            loop_thread_ = thread_.get_id();
            end_ = std::move(end);
            loop_ = std::move(loop);
        } catch (const std::exception&) {  // std::bad_alloc, std::system_error
            return nullptr;
        }
    }
    return loop_;
}

bool AsyncEngine::stopped() {
    const std::lock_guard<std::mutex> lock(mutex_);
    return stopped_;
}

void AsyncEngine::send(HttpRequest&& request, AsyncTransport::Completion done) {
    if (const auto running = loop()) {
        running->submit(std::move(request), std::move(done));
        return;
    }
    const bool late = stopped();
    TransportResult result =
        late ? not_sent(TransportErrorKind::cancelled, "the transport has been shut down")
             : not_sent(TransportErrorKind::resource_exhausted, "no thread for asynchronous requests");
    AsyncJob::call(done, std::move(result));
}

bool AsyncEngine::run_at(std::chrono::steady_clock::time_point when, std::function<void()> task) {
    const auto running = loop();
    return running && running->run_at(when, std::move(task));
}

void AsyncEngine::stop() noexcept {
    std::shared_ptr<AsyncLoop> loop;
    std::shared_ptr<ThreadExit> end;
    std::thread thread;
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        stopped_ = true;
        loop = std::move(loop_);
        end = end_;
        thread = std::move(thread_);
    }
    if (!loop) {
        return;
    }
    loop->stop();
    if (!thread.joinable()) {
        return;  // frozen
    }
    if (thread.get_id() == std::this_thread::get_id()) {
        // The thread owns the loop, and leaves it when the completion that called this returns.
        detach_until_exit(std::move(thread), end);
    } else {
        thread.join();
    }
}

void AsyncEngine::freeze(std::chrono::steady_clock::time_point deadline) noexcept {
    std::shared_ptr<AsyncLoop> loop;
    std::shared_ptr<ThreadExit> end;
    bool inside = false;
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        stopped_ = true;  // nothing is left to start
        loop = loop_;
        end = end_;
        if (thread_.joinable()) {
            inside = thread_.get_id() == std::this_thread::get_id();
            thread_.detach();
        }
    }
    if (loop) {
        loop->freeze(inside ? std::chrono::steady_clock::time_point::min() : deadline);
    } else if (end) {
        end->retire(deadline);
    }
}

}  // namespace sent::detail::http
