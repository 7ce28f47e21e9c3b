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

/// Where trusted certificates come from. Empty members are ignored.
struct TrustSource {
    std::string file{};
    /// Directories, separated by colons.
    std::string path{};
    std::string pem{};
    /// Whether SSL_CERT_FILE or SSL_CERT_DIR has set the source.
    bool from_environment = false;
    /// The system's file if it does not exist, so that its directory is used.
    std::string missing_file{};

    [[nodiscard]] bool empty() const { return file.empty() && path.empty() && pem.empty(); }
    /// Lists all sources, for messages.
    [[nodiscard]] std::string describe() const;
    /// Returns why the file or all directories cannot be read. Empty if they can.
    [[nodiscard]] std::string problem() const;
};

/// Returns the system's message for why the path cannot be read, such as "no such file or directory". Empty
/// if it can.
std::string why_unreadable(const std::string& path);

/// The trusted certificates, read once for all connections of a transport (A21 in docs/reliability.md):
/// reading the system's takes tens of milliseconds, and libcurl would repeat that for each of its handles.
/// They are read again after one day, because certificates on disk are replaced now and then. If that fails,
/// the previous ones are kept. Thread-safe.
class TrustStore {
  public:
    using Clock = std::chrono::steady_clock;
    using Log = std::function<void(const LogRecord&)>;

    explicit TrustStore(TrustSource source, Log log = {}, Clock::time_point (*now)() = &Clock::now);
    TrustStore(const TrustStore&) = delete;
    TrustStore& operator=(const TrustStore&) = delete;
    ~TrustStore() = default;

    /// Whether libcurl uses the same OpenSSL that this library is linked with.
    static bool is_supported() noexcept;
    /// Prepares the handle, so that its CURLOPT_SSL_CTX_FUNCTION can call attach(). Returns false if libcurl
    /// has no such option.
    static bool may_be_attached(CURL* easy);
    /// Makes the connections of this SSL_CTX trust the certificates.
    CURLcode attach(void* ssl_context);
    /// Returns why the certificates could not be read, or an empty string.
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
