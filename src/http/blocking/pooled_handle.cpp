#include "http/blocking/pooled_handle.hpp"

#include <algorithm>
#include <new>
#include <optional>
#include <utility>

#include "base/text/milliseconds.hpp"
#include "http/transfer/not_sent.hpp"
#include "http/transfer/stall_guard.hpp"

namespace sent::detail::http {

namespace {

/// libcurl wakes up for its own timeouts. This limits only waits for events that libcurl does not know about.
constexpr int longest_wait_ms = 60'000;
/// More than one connection per handle is only useful for a client that talks to several hosts.
constexpr long connections_per_handle = 4;

}  // namespace

PooledHandle::PooledHandle(const TransportSettings& settings)
    : settings_(settings), multi_(make_multi()), transfer_(settings_, sockets_, turn_) {
    if (multi_) {
        curl_multi_setopt(multi_.get(), CURLMOPT_MAXCONNECTS, connections_per_handle);
    }
}

PooledHandle::~PooledHandle() {
    multi_.reset();
}

void PooledHandle::abandon() noexcept {
    abandoned_.store(true, std::memory_order_release);
    curl_multi_wakeup(multi_.get());
}

bool PooledHandle::is_cancelled(const HttpRequest& request) const noexcept {
    return abandoned_.load(std::memory_order_acquire) || request.cancel.cancelled();
}

TransportResult PooledHandle::run(const HttpRequest& request) {
    reusable_ = false;
    if (!multi_) {
        return not_sent(TransportErrorKind::resource_exhausted, "libcurl has no handle for a request");
    }
    if (is_cancelled(request)) {
        reusable_ = !abandoned_;
        return not_sent(TransportErrorKind::cancelled, "cancelled before it was sent");
    }
    try {
        if (auto error = transfer_.start(request, request.timeout); error.has_value()) {
            reusable_ = error->kind == TransportErrorKind::invalid_request;
            return std::move(*error);
        }
    } catch (const std::bad_alloc&) {
        return out_of_memory(false);
    }
    if (!request.cancel.can_be_cancelled()) {
        return transfer(request);
    }
    const auto registration = request.cancel.on_cancel([multi = multi_.get()] { curl_multi_wakeup(multi); });
    return transfer(request);
}

TransportResult PooledHandle::transfer(const HttpRequest& request) {
    for (;;) {
        if (curl_multi_add_handle(multi_.get(), transfer_.easy()) != CURLM_OK) {
            return not_sent(TransportErrorKind::internal, "libcurl did not accept the request");
        }
        CURLcode code = CURLE_OK;
        const End end = drive(request, code);
        remove_from(multi_.get(), transfer_.easy());
        switch (end) {
            case End::done:
                break;
            case End::failed:
                return transfer_.give_up(TransportErrorKind::internal, "libcurl failed to run the request");
            case End::cancelled:
                return transfer_.give_up(TransportErrorKind::cancelled, "cancelled while in progress");
            case End::stalled:
                return transfer_.give_up(
                    TransportErrorKind::timeout,
                    "the reply stalled for " + milliseconds_text(settings_.options.stall_timeout));
        }
        if (transfer_.restart(code)) {
            continue;
        }
        TransportResult result = transfer_.finish(code);
        reusable_ = static_cast<bool>(result);
        return result;
    }
}

PooledHandle::End PooledHandle::drive(const HttpRequest& request, CURLcode& code) {
    StallGuard guard(settings_.options.stall_timeout);
    for (;;) {
        int running = 0;
        ++turn_.round;
        const CURLMcode performed = perform(multi_.get(), running);
        sockets_.resume();
        if (performed != CURLM_OK) {
            return End::failed;
        }
        if (running == 0) {
            return take_result(code) ? End::done : End::failed;
        }
        if (is_cancelled(request)) {
            return End::cancelled;
        }
        int wait_ms = longest_wait_ms;
        if (const std::uint64_t progress = transfer_.progress(); progress != 0) {
            if (guard.stalled(progress, StallGuard::Clock::now())) {
                return End::stalled;
            }
            if (guard.active()) {
                wait_ms = static_cast<int>(std::min<std::int64_t>(guard.pause().count(), wait_ms));
            }
        }
        if (curl_multi_poll(multi_.get(), nullptr, 0, wait_ms, nullptr) != CURLM_OK) {
            return End::failed;
        }
    }
}

bool PooledHandle::take_result(CURLcode& code) {
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
        if (message->msg == CURLMSG_DONE) {
            code = message->data.result;
            return true;
        }
    }
    return false;
}

}  // namespace sent::detail::http
