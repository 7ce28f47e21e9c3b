#include "http/trust_store.hpp"

#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <ctime>
#include <new>
#include <string_view>
#include <system_error>
#include <utility>

#include "base/fork_gate.hpp"
#include "base/process_exit.hpp"

namespace sent::detail::http {

namespace {

/// The same age at which libcurl reads certificates again, because they are replaced on disk now and then.
constexpr std::chrono::hours max_age{24};
/// The time to the next attempt after they could not be read again.
constexpr std::chrono::minutes retry_pause{1};
/// A file that changed more recently may still be incomplete.
constexpr std::time_t settling_seconds = 5;

struct FreeBio {
    void operator()(BIO* bio) const noexcept { BIO_free(bio); }
};
struct FreeCertificate {
    void operator()(X509* certificate) const noexcept { X509_free(certificate); }
};

std::string none_in(const std::string& what, const std::string& why) {
    return "no trusted certificates in " + what + ": " + why;
}

std::string openssl_words() {
    char text[256] = "unreadable";
    if (const unsigned long code = ERR_peek_last_error(); code != 0) {
        ERR_error_string_n(code, text, sizeof text);
    }
    ERR_clear_error();
    return text;
}

/// Calls `visit` with each directory of a list until it returns true.
template <class Visit>
bool any_directory(const std::string& list, Visit visit) {
    std::size_t begin = 0;
    while (begin <= list.size()) {
        const std::size_t end = std::min(list.find(':', begin), list.size());
        if (end > begin && visit(list.substr(begin, end - begin))) {
            return true;
        }
        begin = end + 1;
    }
    return false;
}

/// Whether the directory has files with the names that OpenSSL uses for certificates: eight digits, a dot, a
/// number.
bool holds_certificates(const std::string& directory) {
    struct Close {
        void operator()(DIR* open) const noexcept { ::closedir(open); }
    };
    const std::unique_ptr<DIR, Close> open(::opendir(directory.c_str()));
    while (const dirent* entry = open ? ::readdir(open.get()) : nullptr) {
        const std::string_view name = entry->d_name;
        constexpr std::size_t dot = 8;
        if (name.size() > dot + 1 && name.find('.') == dot) {
            return true;
        }
    }
    return false;
}

bool is_settled(const std::string& file) noexcept {
    struct stat status {};
    if (file.empty() || ::stat(file.c_str(), &status) != 0) {
        return true;
    }
    const std::time_t age = std::time(nullptr) - status.st_mtime;
    return age < 0 || age >= settling_seconds;
}

}  // namespace

std::string TrustSource::describe() const {
    std::string text;
    const auto add = [&text](const std::string& what) {
        text += text.empty() ? "" : ", ";
        text += what;
    };
    const auto from = [this](const char* variable) {
        return from_environment ? std::string(" (") + variable + ")" : std::string();
    };
    if (!pem.empty()) {
        add("the given PEM text");
    }
    if (!file.empty()) {
        add("file " + file + from("SSL_CERT_FILE"));
    }
    if (!path.empty()) {
        add("directory " + path + from("SSL_CERT_DIR"));
    }
    if (!missing_file.empty()) {
        add("no file " + missing_file);
    }
    return text.empty() ? "libcurl's default" : text;
}

std::string TrustSource::problem() const {
    if (!file.empty()) {
        if (const std::string why = why_unreadable(file); !why.empty()) {
            return none_in("file " + file, why);
        }
    }
    std::string why;
    const auto is_readable = [&why](const std::string& directory) {
        why = why_unreadable(directory);
        return why.empty();
    };
    if (!path.empty() && !any_directory(path, is_readable)) {
        return none_in("directory " + path, why);
    }
    return {};
}

std::string why_unreadable(const std::string& path) {
    if (::access(path.c_str(), R_OK) == 0) {
        return {};
    }
    std::string words = std::generic_category().message(errno);
    if (!words.empty() && words[0] >= 'A' && words[0] <= 'Z') {
        words[0] = static_cast<char>(words[0] - 'A' + 'a');
    }
    return words;
}

TrustStore::TrustStore(TrustSource source, Log log, Clock::time_point (*now)())
    : source_(std::move(source)), log_(std::move(log)), now_(now) {}

void TrustStore::Free::operator()(x509_store_st* store) const noexcept {
    const ForkGate gate;
    X509_STORE_free(store);
}

bool TrustStore::is_supported() noexcept {
#ifdef OPENSSL_VERSION_STRING
    const char* theirs = curl_version_info(CURLVERSION_NOW)->ssl_version;
    try {
        return theirs != nullptr &&
               std::string("OpenSSL/") + OpenSSL_version(OPENSSL_VERSION_STRING) == theirs;
    } catch (...) {
        return false;
    }
#else
    return false;  // before OpenSSL 3, libraries do not report their version in a comparable form
#endif
}

bool TrustStore::may_be_attached(CURL* easy) {
    // Otherwise libcurl would cache the store as if it were libcurl's.
    curl_easy_setopt(easy, CURLOPT_CA_CACHE_TIMEOUT, 0L);
    return curl_easy_setopt(easy, CURLOPT_SSL_CTX_FUNCTION, nullptr) == CURLE_OK;
}

std::string TrustStore::problem() {
    const std::lock_guard<std::mutex> lock(mutex_);
    return problem_;
}

CURLcode TrustStore::attach(void* ssl_context) {
    std::string warning;
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        if (const Clock::time_point now = now_(); !store_ || now >= next_load_) {
            warning = read_again(now);
        }
        if (!store_) {
            return CURLE_SSL_CACERT_BADFILE;
        }
        SSL_CTX_set1_cert_store(static_cast<SSL_CTX*>(ssl_context), store_.get());
    }
    if (!warning.empty()) {
        warn(warning);
    }
    return CURLE_OK;
}

/// Keeps the valid certificates if the new ones cannot be read. Returns a warning, or an empty string.
std::string TrustStore::read_again(Clock::time_point now) {
    if (store_ && !is_settled(source_.file)) {
        next_load_ = now + retry_pause;
        return {};
    }
    if (Store fresh = load()) {
        store_ = std::move(fresh);
        next_load_ = now + max_age;
        has_warned_ = false;
        return {};
    }
    next_load_ = now + retry_pause;
    if (!store_ || std::exchange(has_warned_, true)) {
        return {};
    }
    return problem_ + ". The certificates that were read before are trusted until it can be read again";
}

/// Certificates are read inside libcurl, under a gate. The user's callback may fork, or wait for a thread
/// that forks.
void TrustStore::warn(const std::string& message) const {
    if (log_) {
        ForkGate::when_open([log = log_, message] {
            LogRecord record;
            record.level = LogLevel::warn;
            record.message = message;
            log(record);
        });
    }
}

TrustStore::Store TrustStore::load() {
    ERR_clear_error();
    problem_ = source_.problem();
    if (problem_.empty() && store_ && !source_.path.empty() &&
        !any_directory(source_.path, holds_certificates)) {
        problem_ = none_in("directory " + source_.path, "it is empty");
    }
    if (!problem_.empty()) {
        return nullptr;
    }
    Store store(X509_STORE_new());
    if (!store) {
        throw std::bad_alloc();
    }
    if (!source_.file.empty() && X509_STORE_load_locations(store.get(), source_.file.c_str(), nullptr) != 1) {
        problem_ = none_in("file " + source_.file, openssl_words());
        return nullptr;
    }
    if (!source_.path.empty() && X509_STORE_load_locations(store.get(), nullptr, source_.path.c_str()) != 1) {
        problem_ = none_in("directory " + source_.path, openssl_words());
        return nullptr;
    }
    if (!source_.pem.empty() && !add_pem(store.get())) {
        problem_ = none_in("the given PEM text", openssl_words());
        return nullptr;
    }
    // The same flags as libcurl sets: a trusted intermediate certificate is sufficient.
    X509_STORE_set_flags(store.get(), X509_V_FLAG_TRUSTED_FIRST | X509_V_FLAG_PARTIAL_CHAIN);
    return store;
}

bool TrustStore::add_pem(x509_store_st* store) const {
    if (source_.pem.size() > INT_MAX) {
        return false;
    }
    const std::unique_ptr<BIO, FreeBio> bio(
        BIO_new_mem_buf(source_.pem.data(), static_cast<int>(source_.pem.size())));
    bool some = false;
    while (bio) {
        const std::unique_ptr<X509, FreeCertificate> certificate(
            PEM_read_bio_X509_AUX(bio.get(), nullptr, nullptr, nullptr));
        if (!certificate) {
            break;
        }
        if (X509_STORE_add_cert(store, certificate.get()) != 1) {
            return false;
        }
        some = true;
    }
    if (some) {
        ERR_clear_error();  // the end of the text counts as an error
    }
    return some;
}

}  // namespace sent::detail::http
