#pragma once

#include <curl/curl.h>

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include <sent/logging.hpp>

struct x509_store_st;

namespace sent::detail::http {

/// Where trusted certificates come from; what is empty is left out.
struct TrustSource {
    std::string file{};
    /// Directories, separated by colons.
    std::string path{};
    std::string pem{};
    /// Chosen by SSL_CERT_FILE and SSL_CERT_DIR.
    bool from_environment = false;
    /// The system's file that is not there, so that its directory has to do.
    std::string missing_file{};

    [[nodiscard]] bool empty() const { return file.empty() && path.empty() && pem.empty(); }
    /// For messages: everything that is tried.
    [[nodiscard]] std::string describe() const;
    /// Why the file or all directories cannot be read; empty when they can.
    [[nodiscard]] std::string problem() const;
};

/// The system's words for why the path cannot be read, such as "no such file or directory"; empty when it
/// can.
std::string why_unreadable(const std::string& path);

/// The trusted certificates, read once for all connections of a transport: reading the system's takes tens of
/// milliseconds, which libcurl would spend again for each of its handles. They are read again after a day,
/// since certificates on disk are replaced now and then; when that fails, those that were read before still
/// count. Any thread may use it.
class TrustStore {
  public:
    using Clock = std::chrono::steady_clock;
    using Log = std::function<void(const LogRecord&)>;

    explicit TrustStore(TrustSource source, Log log = {}, Clock::time_point (*now)() = &Clock::now);
    TrustStore(const TrustStore&) = delete;
    TrustStore& operator=(const TrustStore&) = delete;
    ~TrustStore() = default;

    /// Whether libcurl's TLS is the very OpenSSL that this library is linked with.
    static bool is_supported() noexcept;
    /// Prepares the handle for attach() from its CURLOPT_SSL_CTX_FUNCTION. False when libcurl has none.
    static bool may_be_attached(CURL* easy);
    /// Lets the connections of this SSL_CTX trust the certificates.
    CURLcode attach(void* ssl_context);
    /// Why the certificates could not be read, or nothing.
    std::string problem();

  private:
    struct Free {
        void operator()(x509_store_st* store) const noexcept;
    };
    using Store = std::unique_ptr<x509_store_st, Free>;

    std::string read_again(Clock::time_point now);
    void warn(const std::string& message) const;
    Store load();
    bool add_pem(x509_store_st* store) const;

    const TrustSource source_;
    const Log log_;
    Clock::time_point (*const now_)();
    std::mutex mutex_;
    Store store_;
    Clock::time_point next_load_{};
    bool has_warned_ = false;
    std::string problem_;
};

}  // namespace sent::detail::http
