#include <sent/http/curl_transport.hpp>

#include <memory>
#include <utility>

#include "base/process_exit.hpp"
#include "base/this_process.hpp"
#include "http/async/async_engine.hpp"
#include "http/blocking/handle_pool.hpp"
#include "http/process/curl_global.hpp"
#include "http/transfer/not_sent.hpp"
#include "http/transport_settings.hpp"

namespace sent {

namespace {

using detail::http::AsyncEngine;
using detail::http::HandlePool;
using detail::http::TransportSettings;

/// The connections, threads and trusted certificates of one process. A child never destroys those of its
/// parent, because that would close the parent's connections and write to them.
struct ProcessState {
    explicit ProcessState(const CurlTransportOptions& options)
        : settings(std::make_shared<const TransportSettings>(options)),
          pool(std::make_shared<HandlePool>(
              *settings, [this](auto when, auto task) { return engine.run_at(when, std::move(task)); })),
          engine(settings) {}

    const std::shared_ptr<const TransportSettings> settings;
    const std::shared_ptr<HandlePool> pool;
    AsyncEngine engine;
};

TransportError unusable() {
    return detail::http::not_sent(TransportErrorKind::internal, "libcurl could not be initialised");
}

}  // namespace

class CurlTransport::Impl final : public detail::Retirable, public std::enable_shared_from_this<Impl> {
  public:
    explicit Impl(CurlTransportOptions options)
        : usable_(detail::http::ensure_curl()), options_(std::move(options)) {}
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;
    ~Impl() override {
        state_.destroy();
        detail::forget_destroyed();
    }

    [[nodiscard]] bool usable() const noexcept { return usable_ || detail::http::ensure_curl(); }

    ProcessState& of_this_process() {
        return state_.here([this](ProcessState* /*parents*/) {
            detail::retire_at_exit(shared_from_this());
            return ProcessState{options_};
        });
    }

    void retire(Clock::time_point deadline) noexcept override {
        if (ProcessState* state = state_.find()) {
            state->pool->shut_down();
            state->engine.freeze(deadline);
            state->pool->wait_until_unused(deadline);
        }
    }

    void shut_down() noexcept {
        if (ProcessState* state = state_.find()) {
            state->pool->shut_down();
            state->engine.stop();
        }
    }

  private:
    const bool usable_;
    const CurlTransportOptions options_;
    detail::PerProcess<ProcessState> state_{};
};

CurlTransport::CurlTransport(CurlTransportOptions options)
    : impl_(std::make_shared<Impl>(std::move(options))) {
    (void)impl_->of_this_process();
    if (detail::process_is_exiting()) {
        impl_->shut_down();
    }
}

CurlTransport::~CurlTransport() {
    impl_->shut_down();
}

TransportResult CurlTransport::send(const HttpRequest& request) {
    const std::shared_ptr<Impl> impl = impl_;  // the transport may be destroyed while this runs
    return impl->usable() ? impl->of_this_process().pool->send(request) : unusable();
}

void CurlTransport::send_async(HttpRequest request, Completion done) {
    if (!impl_->usable()) {
        return done(unusable());
    }
    impl_->of_this_process().engine.send(std::move(request), std::move(done));
}

namespace detail {

std::shared_ptr<Transport> make_default_transport(CurlTransportOptions options) {
    return std::make_shared<CurlTransport>(std::move(options));
}

}  // namespace detail

}  // namespace sent
