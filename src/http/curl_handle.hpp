#pragma once

#include <curl/curl.h>

#include <memory>
#include <utility>

namespace sent::detail::http {

struct EasyDeleter {
    void operator()(CURL* easy) const noexcept { curl_easy_cleanup(easy); }
};

struct MultiDeleter {
    void operator()(CURLM* multi) const noexcept { curl_multi_cleanup(multi); }
};

using EasyHandle = std::unique_ptr<CURL, EasyDeleter>;
using MultiHandle = std::unique_ptr<CURLM, MultiDeleter>;

/// Null when there is none to be had. When libcurl finds no descriptors for the sockets of curl_multi_wakeup,
/// it makes a handle that can not be woken up, and so neither be cancelled nor given work: that is none.
inline MultiHandle make_multi() noexcept {
    MultiHandle multi(curl_multi_init());
    return multi && curl_multi_wakeup(multi.get()) == CURLM_OK ? std::move(multi) : nullptr;
}

}  // namespace sent::detail::http
