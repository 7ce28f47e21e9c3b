#pragma once

#include <curl/curl.h>

#include <memory>
#include <utility>

#include "fork_gate.hpp"

namespace sent::detail::http {

// These may end connections, or do what a connection has to do for TLS.
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

/// Null when there is none to be had. It leaves signals alone from the first moment: libcurl would set
/// SIGPIPE for the whole process and back, also while it destroys a handle, and what two threads save and set
/// back in turn stays ignored.
inline EasyHandle make_easy() noexcept {
    EasyHandle easy(curl_easy_init());
    if (easy) {
        curl_easy_setopt(easy.get(), CURLOPT_NOSIGNAL, 1L);
    }
    return easy;
}

/// Null when there is none to be had. When libcurl finds no descriptors for the sockets of curl_multi_wakeup,
/// it makes a handle that can not be woken up, and so neither be cancelled nor given work: that is none.
inline MultiHandle make_multi() noexcept {
    // What it does to signals while it is destroyed it takes from the handle that was added last, if any was.
    const EasyHandle example = make_easy();
    MultiHandle multi(example ? curl_multi_init() : nullptr);
    if (!multi || curl_multi_add_handle(multi.get(), example.get()) != CURLM_OK) {
        return nullptr;
    }
    curl_multi_remove_handle(multi.get(), example.get());
    return curl_multi_wakeup(multi.get()) == CURLM_OK ? std::move(multi) : nullptr;
}

}  // namespace sent::detail::http
