#pragma once

#include <curl/curl.h>

#include <chrono>
#include <memory>
#include <mutex>
#include <string>

struct x509_store_st;

namespace sent::detail::http {

/// Where trusted certificates come from; what is empty is left out.
struct TrustSource {
    std::string file{};
    std::string path{};
    std::string pem{};

    [[nodiscard]] bool empty() const { return file.empty() && path.empty() && pem.empty(); }
    /// For messages.
    [[nodiscard]] std::string describe() const;
};

/// The trusted certificates, read once for all connections of a transport: reading the system's takes tens of
/// milliseconds, which libcurl would spend again for each of its handles. Any thread may use it.
class TrustStore {
  public:
    explicit TrustStore(TrustSource source);
    TrustStore(const TrustStore&) = delete;
    TrustStore& operator=(const TrustStore&) = delete;
    ~TrustStore() = default;

    /// Whether libcurl's TLS is the very OpenSSL that this library is linked with.
    static bool is_supported() noexcept;
    /// Makes the handle use the store, which must outlive it. False when libcurl cannot do that.
    bool install(CURL* easy);
    /// Why the certificates could not be read, or nothing.
    std::string problem();

  private:
    struct Free {
        void operator()(x509_store_st* store) const noexcept;
    };
    using Store = std::unique_ptr<x509_store_st, Free>;
    using Clock = std::chrono::steady_clock;

    static CURLcode on_new_context(CURL* easy, void* ssl_context, void* self) noexcept;
    CURLcode attach(void* ssl_context);
    Store load();
    bool add_pem(x509_store_st* store) const;

    const TrustSource source_;
    std::mutex mutex_;
    Store store_;
    Clock::time_point loaded_{};
    std::string problem_;
};

}  // namespace sent::detail::http
