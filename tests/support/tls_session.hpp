#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "tls_identity.hpp"
#include "wire.hpp"

namespace sent::test {

enum class TlsVersion { tls1_0, tls1_1, tls1_2, tls1_3 };

enum class ClientCertificate { not_requested, optional, required };

/// How a scripted server speaks TLS. Security level 0 is set, so that it can offer nothing but an old
/// version.
struct TlsOptions {
    TlsIdentity identity{};
    TlsVersion min_version = TlsVersion::tls1_2;
    TlsVersion max_version = TlsVersion::tls1_3;
    ClientCertificate client_certificate = ClientCertificate::not_requested;
    /// Who must have signed the client's certificate; empty accepts any certificate.
    std::string client_ca_pem{};
    /// The application protocol that the server selects, for instance "h2". Empty: it selects none.
    std::string alpn{};
};

/// The part of TLS that all connections of a server share.
class TlsContext {
  public:
    explicit TlsContext(const TlsOptions& options);
    ~TlsContext();
    TlsContext(const TlsContext&) = delete;
    TlsContext& operator=(const TlsContext&) = delete;

  private:
    friend class TlsSession;
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// The server's side of TLS on a Wire. OpenSSL sees memory only: it never touches the socket, so it cannot
/// raise SIGPIPE.
class TlsSession {
  public:
    TlsSession(const TlsContext& context, Wire& wire);
    ~TlsSession();
    TlsSession(const TlsSession&) = delete;
    TlsSession& operator=(const TlsSession&) = delete;

    Io handshake();
    Io receive(std::string& into);
    Io send_all(std::string_view bytes);
    Io send_close_notify();
    /// TLS 1.3: one message that says that the keys change.
    Io send_key_update();
    /// TLS 1.3: one ticket for another session.
    Io send_session_ticket();

    /// What went wrong, for instance the alert that the client sent; empty when nothing did.
    const std::string& error() const { return error_; }
    /// For instance "TLSv1.3".
    std::string version() const;
    /// The host name the client asked for (SNI).
    std::string server_name() const;
    /// The common name in the certificate that the client showed.
    std::string client_name() const;

  private:
    Io feed();
    Io flush();
    Io fail(int ssl_error);

    struct Impl;
    std::unique_ptr<Impl> impl_;
    Wire& wire_;
    std::string error_;
};

}  // namespace sent::test
