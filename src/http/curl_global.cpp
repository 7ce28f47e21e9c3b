#include "curl_global.hpp"

#include <curl/curl.h>
#include <dlfcn.h>
#include <pthread.h>

#include <atomic>
#include <mutex>

#include "process_exit.hpp"

namespace sent::detail::http {

namespace {

std::atomic<std::uint64_t> forks{0};

extern "C" {
static void sent_count_fork() {
    forks.fetch_add(1, std::memory_order_relaxed);
}
}  // extern "C"

/// From now on threads, exit and fork handlers and callbacks of OpenSSL refer to this code. When it is part
/// of a plug-in, the plug-in must not be unmapped while the process runs.
void stay_loaded() noexcept {
#ifdef RTLD_NODELETE
    Dl_info self{};
    if (dladdr(&forks, &self) != 0 && self.dli_fname != nullptr) {
        // Never closed. Finds nothing when this is the program itself, which stays anyway.
        (void)dlopen(self.dli_fname, RTLD_LAZY | RTLD_NOLOAD | RTLD_NODELETE);
    }
#endif
}

}  // namespace

bool ensure_curl() noexcept {
    static std::atomic<bool> usable{false};
    if (usable.load(std::memory_order_acquire)) {
        return true;
    }
    // Tried again after a failure, which may have been a want of memory. What has been set up twice by then
    // does no harm.
    static std::mutex mutex;
    const std::lock_guard<std::mutex> lock(mutex);
    if (!usable) {
        stay_loaded();
        // Never cleaned up: other code in the process may be using libcurl, too.
        usable = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK &&
                 pthread_atfork(nullptr, nullptr, &sent_count_fork) == 0 && install_exit_handler();
    }
    return usable;
}

std::uint64_t fork_generation() noexcept {
    return forks.load(std::memory_order_relaxed);
}

bool curl_may_raise_sigpipe() noexcept {
    // Since 7.87.0 libcurl's TLS writes go through its own send() with MSG_NOSIGNAL instead of OpenSSL's
    // write().
    constexpr unsigned int first_safe = 0x075700;
    static const bool may = curl_version_info(CURLVERSION_NOW)->version_num < first_safe;
    return may;
}

bool can_unpack_gzip() noexcept {
    static const bool can = (curl_version_info(CURLVERSION_NOW)->features & CURL_VERSION_LIBZ) != 0;
    return can;
}

}  // namespace sent::detail::http
