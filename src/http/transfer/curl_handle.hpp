#pragma once

#include <curl/curl.h>

#include <memory>
#include <utility>

#include "base/fork_gate.hpp"

namespace sent::detail::http {

// Each of these deleters may use TLS, for example to close a connection.
struct EasyDeleter {
    void operator()(CURL* easy) const noexcept {
        const ForkGate gate;
        curl_easy_cleanup(easy);
    }
};

struct MultiDeleter {
    void operator()(CURLM* multi) const noexcept {
        const ForkGate gate;
        curl_multi_cleanup(multi);
    }
};

using EasyHandle = std::unique_ptr<CURL, EasyDeleter>;
using MultiHandle = std::unique_ptr<CURLM, MultiDeleter>;

inline CURLMcode perform(CURLM* multi, int& running) noexcept {
    const ForkGate gate;
    return curl_multi_perform(multi, &running);
}

inline void remove_from(CURLM* multi, CURL* easy) noexcept {
    const ForkGate gate;
    curl_multi_remove_handle(multi, easy);
}

/// Returns null if memory runs out. Sets NOSIGNAL first: without it, libcurl ignores SIGPIPE for the whole
/// process and restores it later, even while it destroys a handle. If two threads do this at the same time,
/// SIGPIPE stays ignored.
inline EasyHandle make_easy() noexcept {
    EasyHandle easy(curl_easy_init());
    if (easy) {
        curl_easy_setopt(easy.get(), CURLOPT_NOSIGNAL, 1L);
    }
    return easy;
}

/// Returns null on failure. If libcurl gets no descriptors for the sockets of curl_multi_wakeup, it creates a
/// handle that cannot be woken up, and therefore can neither be cancelled nor be given work. That counts as a
/// failure.
inline MultiHandle make_multi() noexcept {
    // A multi handle copies NOSIGNAL from the easy handle that was added last, and needs it when it is
    // destroyed.
    const EasyHandle example = make_easy();
    MultiHandle multi(example ? curl_multi_init() : nullptr);
    if (!multi || curl_multi_add_handle(multi.get(), example.get()) != CURLM_OK) {
        return nullptr;
    }
    curl_multi_remove_handle(multi.get(), example.get());
    return curl_multi_wakeup(multi.get()) == CURLM_OK ? std::move(multi) : nullptr;
}

}  // namespace sent::detail::http
