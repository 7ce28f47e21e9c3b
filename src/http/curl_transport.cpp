#include <sent/http/curl_transport.hpp>

#include <atomic>
#include <cstdint>
#include <memory>
#include <utility>

#include "async_engine.hpp"
#include "curl_global.hpp"
#include "handle_pool.hpp"
#include "not_sent.hpp"
#include "process_exit.hpp"
#include "transport_settings.hpp"

namespace sent {

namespace {

using detail::http::AsyncEngine;
using detail::http::HandlePool;
using detail::http::TransportSettings;

/// The connections and threads of one process. A forked child has a copy of its parent's memory, but not its
/// threads, and a share in its parent's connections that it must not touch.
struct ProcessState {
    explicit ProcessState(std::shared_ptr<const TransportSettings> shared)
        : settings(std::move(shared)), pool(*settings), engine(settings) {}

    const std::uint64_t generation = detail::http::fork_generation();
    const std::shared_ptr<const TransportSettings> settings;
    HandlePool pool;
    AsyncEngine engine;
    ProcessState* next_left_behind = nullptr;
};

/// Keeps a parent's state for ever: destroying it would close, and write to, the parent's connections.
void leave_behind(ProcessState* state) noexcept {
    static std::atomic<ProcessState*> all{nullptr};
    state->next_left_behind = all.load();
    while (!all.compare_exchange_weak(state->next_left_behind, state)) {
    }
}

TransportError unusable() {
    return detail::http::not_sent(TransportErrorKind::internal, "libcurl could not be initialised");
}

}  // namespace

class CurlTransport::Impl final : public detail::http::Retirable {
  public:
    explicit Impl(CurlTransportOptions options)
        : usable_(detail::http::ensure_curl()),
          settings_(std::make_shared<const TransportSettings>(std::move(options))),
          state_(new ProcessState(settings_)) {}
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;
    ~Impl() override {
        ProcessState* state = state_.load(std::memory_order_acquire);
        if (state->generation == detail::http::fork_generation()) {
            delete state;
        } else {
            leave_behind(state);
        }
    }

    [[nodiscard]] bool usable() const noexcept { return usable_ || detail::http::ensure_curl(); }

    ProcessState& here() {
        ProcessState* state = state_.load(std::memory_order_acquire);
        return state->generation == detail::http::fork_generation() ? *state : replace(state);
    }

    void retire(Clock::time_point deadline) noexcept override {
        ProcessState* state = state_.load(std::memory_order_acquire);
        if (state->generation == detail::http::fork_generation()) {
            state->pool.shut_down();
            state->engine.freeze(deadline);
            state->pool.wait_until_unused(deadline);
        }
    }

    void shut_down() noexcept {
        ProcessState* state = state_.load(std::memory_order_acquire);
        if (state->generation == detail::http::fork_generation()) {
            state->pool.shut_down();
            state->engine.stop();
        }
    }

  private:
    ProcessState& replace(ProcessState* old) {
        auto fresh = std::make_unique<ProcessState>(settings_);
        if (state_.compare_exchange_strong(old, fresh.get(), std::memory_order_acq_rel)) {
            leave_behind(old);
            return *fresh.release();
        }
        return *old;  // another thread of the child was faster
    }

    const bool usable_;
    const std::shared_ptr<const TransportSettings> settings_;
    std::atomic<ProcessState*> state_;
};

CurlTransport::CurlTransport(CurlTransportOptions options)
    : impl_(std::make_shared<Impl>(std::move(options))) {
    detail::http::retire_at_exit(impl_);
    if (detail::http::process_is_exiting()) {
        impl_->shut_down();
    }
}

CurlTransport::~CurlTransport() {
    impl_->shut_down();
}

TransportResult CurlTransport::send(const HttpRequest& request) {
    const std::shared_ptr<Impl> impl = impl_;  // the transport may be destroyed while this runs
    return impl->usable() ? impl->here().pool.send(request) : unusable();
}

void CurlTransport::send_async(HttpRequest request, Completion done) {
    if (!impl_->usable()) {
        return done(unusable());
    }
    auto own = std::make_unique<const HttpRequest>(std::move(request));
    const HttpRequest& kept = *own;
    impl_->here().engine.send(std::move(own), kept, std::move(done));
}

void CurlTransport::send_kept(const HttpRequest& request, Completion done) {
    if (!impl_->usable()) {
        return done(unusable());
    }
    impl_->here().engine.send(nullptr, request, std::move(done));
}

bool CurlTransport::run_at(std::chrono::steady_clock::time_point when, std::function<void()> task) {
    return impl_->usable() && impl_->here().engine.run_at(when, std::move(task));
}

}  // namespace sent
