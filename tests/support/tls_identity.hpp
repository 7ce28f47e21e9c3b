#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace sent::test {

/// A certificate with its private key, both PEM.
struct TlsIdentity {
    std::string certificate_pem{};
    std::string key_pem{};
};

/// What a leaf certificate says. Times are relative to now.
struct LeafOptions {
    std::string common_name = "localhost";
    std::vector<std::string> dns_names = {"localhost"};
    std::vector<std::string> ip_addresses = {"127.0.0.1", "::1"};
    std::chrono::hours valid_from{-1};
    std::chrono::hours valid_until{24};
};

/// A certificate authority that lives in memory and is new on each construction (P-256 keys, made in
/// microseconds). Another one is the "unknown CA" of a test.
class CertificateAuthority {
  public:
    explicit CertificateAuthority(const std::string& name = "Fault test CA");
    CertificateAuthority(CertificateAuthority&&) noexcept;
    CertificateAuthority& operator=(CertificateAuthority&&) noexcept;
    ~CertificateAuthority();

    /// The CA certificate, for a client's trust file (see TempDir::write).
    const std::string& pem() const { return pem_; }

    TlsIdentity issue(const LeafOptions& options) const;

    /// Good for localhost, 127.0.0.1 and ::1.
    TlsIdentity localhost() const;
    TlsIdentity expired() const;
    TlsIdentity not_yet_valid() const;
    /// Good for wrong.example only.
    TlsIdentity wrong_host() const;
    /// For a client that has to show a certificate.
    TlsIdentity client(const std::string& common_name) const;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
    std::string pem_;
};

/// A leaf for localhost that nobody but itself has signed.
TlsIdentity self_signed_identity(const LeafOptions& options = {});

}  // namespace sent::test
