#include "http/process/curl_global.hpp"

#include <curl/curl.h>
#include <dlfcn.h>

#include <atomic>
#include <cstdint>
#include <mutex>
#include <new>

#include "base/fork_gate.hpp"
#include "base/process_exit.hpp"
#include "base/this_process.hpp"

namespace sent::detail::http {

namespace {

/// From now on, threads, handlers of exit and fork, and callbacks of OpenSSL refer to this code. If it is
/// part of a plug-in, the plug-in must stay mapped while the process runs.
void stay_loaded() noexcept {
#ifdef RTLD_NODELETE
    Dl_info self{};
    if (dladdr(reinterpret_cast<void*>(&stay_loaded), &self) != 0 && self.dli_fname != nullptr) {
        // Never closed. Finds nothing if this code is in the program itself, which stays mapped anyway.
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
    // The process in which a thread is initialising libcurl, or 0. If it is a parent that `_Fork` or `clone`
    // copied at that moment, libcurl and OpenSSL remain half initialised in this process.
    static std::atomic<std::uint64_t> setting_up_in{0};
    if (const std::uint64_t process = setting_up_in.load(); process != 0 && process != this_process()) {
        return false;
    }
    static PerProcess<std::mutex> mutex;
    try {
        const std::lock_guard<std::mutex> lock(
            mutex.here([](std::mutex* /*parents*/) { return std::mutex{}; }));
        // Tried again after a failure, which may have been caused by missing memory. Repeating the steps that
        // succeeded is harmless.
        if (!usable) {
            const ForkGate gate;
            setting_up_in = this_process();
            stay_loaded();
            // Never cleaned up, because other code in the process may be using libcurl.
            usable = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK && install_exit_handler();
            setting_up_in = 0;
        }
    } catch (const std::bad_alloc&) {
        return false;
    }
    return usable;
}

// An atomic instead of a static variable with an initialiser: a child would hang if a thread of its parent
// was running the initialiser.
bool can_unpack_gzip() noexcept {
    static std::atomic<int> features{0};  // never 0 once it is known
    if (features.load(std::memory_order_relaxed) == 0) {
        features = curl_version_info(CURLVERSION_NOW)->features;
    }
    return (features.load(std::memory_order_relaxed) & CURL_VERSION_LIBZ) != 0;
}

}  // namespace sent::detail::http
