#include "tls_identity.hpp"

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <stdexcept>

namespace sent::test {

namespace {

template <auto Function>
struct Free {
    template <class T>
    void operator()(T* object) const {
        Function(object);
    }
};

using Key = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Free<X509_free>>;
using Bio = std::unique_ptr<BIO, Free<BIO_free_all>>;
using Extension = std::unique_ptr<X509_EXTENSION, Free<X509_EXTENSION_free>>;

constexpr std::chrono::hours a_month{24 * 30};

void require(bool ok, const char* what) {
    if (!ok) {
        throw std::runtime_error(std::string("OpenSSL failed: ") + what);
    }
}

Key make_key() {
    Key key(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"));
    require(key != nullptr, "key generation");
    return key;
}

void set_serial(X509* certificate) {
    std::array<unsigned char, 8> bytes{};
    require(RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) == 1, "random serial");
    std::uint64_t serial = 0;
    std::memcpy(&serial, bytes.data(), bytes.size());
    require(ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), (serial >> 1) | 1U) == 1, "serial");
}

void set_time(ASN1_TIME* field, std::chrono::hours from_now) {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(from_now).count();
    require(X509_gmtime_adj(field, static_cast<long>(seconds)) != nullptr, "time");
}

void set_name(X509_NAME* name, const std::string& common_name) {
    require(X509_NAME_add_entry_by_NID(name, NID_commonName, MBSTRING_UTF8,
                                       reinterpret_cast<const unsigned char*>(common_name.data()),
                                       static_cast<int>(common_name.size()), -1, 0) == 1,
            "name");
}

void add_extension(X509* certificate, X509* issuer, int nid, const std::string& value) {
    X509V3_CTX context{};
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str()));
    require(extension != nullptr && X509_add_ext(certificate, extension.get(), -1) == 1, "extension");
}

std::string alternative_names(const LeafOptions& options) {
    std::string text;
    const auto add = [&text](const char* type, const std::string& name) {
        text.append(text.empty() ? "" : ",").append(type).append(":").append(name);
    };
    for (const auto& name : options.dns_names) {
        add("DNS", name);
    }
    for (const auto& address : options.ip_addresses) {
        add("IP", address);
    }
    return text;
}

Certificate make_unsigned(const std::string& common_name, EVP_PKEY* key, std::chrono::hours from,
                          std::chrono::hours until) {
    Certificate certificate(X509_new());
    require(certificate != nullptr && X509_set_version(certificate.get(), X509_VERSION_3) == 1,
            "certificate");
    set_serial(certificate.get());
    set_time(X509_getm_notBefore(certificate.get()), from);
    set_time(X509_getm_notAfter(certificate.get()), until);
    set_name(X509_get_subject_name(certificate.get()), common_name);
    require(X509_set_pubkey(certificate.get(), key) == 1, "public key");
    return certificate;
}

void sign(X509* certificate, X509* issuer, EVP_PKEY* issuer_key) {
    require(X509_set_issuer_name(certificate, X509_get_subject_name(issuer)) == 1, "issuer");
    add_extension(certificate, issuer, NID_subject_key_identifier, "hash");
    if (issuer != certificate) {
        add_extension(certificate, issuer, NID_authority_key_identifier, "keyid");
    }
    require(X509_sign(certificate, issuer_key, EVP_sha256()) > 0, "signature");
}

template <class Write>
std::string to_pem(Write write) {
    const Bio bio(BIO_new(BIO_s_mem()));
    require(bio != nullptr && write(bio.get()) == 1, "PEM");
    std::string text(BIO_ctrl_pending(bio.get()), '\0');
    require(BIO_read(bio.get(), text.data(), static_cast<int>(text.size())) == static_cast<int>(text.size()),
            "PEM");
    return text;
}

std::string certificate_pem(X509* certificate) {
    return to_pem([certificate](BIO* bio) { return PEM_write_bio_X509(bio, certificate); });
}

/// `issuer` empty: signed by itself.
TlsIdentity make_leaf(const LeafOptions& options, X509* issuer, EVP_PKEY* issuer_key) {
    const Key key = make_key();
    const Certificate leaf =
        make_unsigned(options.common_name, key.get(), options.valid_from, options.valid_until);
    X509* const signer = issuer != nullptr ? issuer : leaf.get();
    add_extension(leaf.get(), signer, NID_basic_constraints, "critical,CA:FALSE");
    add_extension(leaf.get(), signer, NID_key_usage, "critical,digitalSignature");
    add_extension(leaf.get(), signer, NID_ext_key_usage, "serverAuth,clientAuth");
    if (const std::string names = alternative_names(options); !names.empty()) {
        add_extension(leaf.get(), signer, NID_subject_alt_name, names);
    }
    sign(leaf.get(), signer, issuer != nullptr ? issuer_key : key.get());
    return {certificate_pem(leaf.get()), to_pem([&key](BIO* bio) {
                return PEM_write_bio_PrivateKey(bio, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
            })};
}

}  // namespace

struct CertificateAuthority::Impl {
    Key key;
    Certificate certificate;
};

CertificateAuthority::CertificateAuthority(const std::string& name) : impl_(std::make_unique<Impl>()) {
    impl_->key = make_key();
    impl_->certificate = make_unsigned(name, impl_->key.get(), -2 * a_month, 2 * a_month);
    X509* const own = impl_->certificate.get();
    add_extension(own, own, NID_basic_constraints, "critical,CA:TRUE");
    add_extension(own, own, NID_key_usage, "critical,keyCertSign,cRLSign");
    sign(own, own, impl_->key.get());
    pem_ = certificate_pem(own);
}

CertificateAuthority::CertificateAuthority(CertificateAuthority&&) noexcept = default;
CertificateAuthority& CertificateAuthority::operator=(CertificateAuthority&&) noexcept = default;
CertificateAuthority::~CertificateAuthority() = default;

TlsIdentity CertificateAuthority::issue(const LeafOptions& options) const {
    return make_leaf(options, impl_->certificate.get(), impl_->key.get());
}

TlsIdentity CertificateAuthority::localhost() const {
    return issue({});
}

TlsIdentity CertificateAuthority::expired() const {
    LeafOptions options;
    options.valid_from = -a_month;
    options.valid_until = std::chrono::hours(-24);
    return issue(options);
}

TlsIdentity CertificateAuthority::not_yet_valid() const {
    LeafOptions options;
    options.valid_from = std::chrono::hours(24);
    options.valid_until = a_month;
    return issue(options);
}

TlsIdentity CertificateAuthority::wrong_host() const {
    LeafOptions options;
    options.common_name = "wrong.example";
    options.dns_names = {"wrong.example"};
    options.ip_addresses.clear();
    return issue(options);
}

TlsIdentity CertificateAuthority::client(const std::string& common_name) const {
    LeafOptions options;
    options.common_name = common_name;
    options.dns_names.clear();
    options.ip_addresses.clear();
    return issue(options);
}

TlsIdentity self_signed_identity(const LeafOptions& options) {
    return make_leaf(options, nullptr, nullptr);
}

}  // namespace sent::test
