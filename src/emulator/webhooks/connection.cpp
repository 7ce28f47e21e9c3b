#include "emulator/webhooks/connection.hpp"

#include <algorithm>
#include <stdexcept>
#include <string_view>

#include <httplib.h>

namespace sent::testing::emulator {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::size_t body_kept = std::size_t{64} * 1024;

std::string scheme_host_port(const Url& url) {
    // Not resolved: whatever a resolver says about localhost, nothing may leave the machine.
    const std::string host = url.host == "localhost" ? "127.0.0.1" : url.host;
    const bool ipv6 = host.find(':') != std::string::npos;
    return (url.secure ? "https://" : "http://") + (ipv6 ? '[' + host + ']' : host) + ':' +
           std::to_string(url.port);
}

// Sends the target unchanged. httplib has renamed this setting over time.
template <typename Client>
auto send_target_verbatim(Client& client, int /*preferred*/) -> decltype(client.set_path_encode(false)) {
    return client.set_path_encode(false);
}

template <typename Client>
auto send_target_verbatim(Client& client, long /*otherwise*/) -> decltype(client.set_url_encode(false)) {
    return client.set_url_encode(false);
}

std::string describe(httplib::Error error, bool late) {
    if (late) {
        return "The receiver did not answer in time.";
    }
    switch (error) {
        case httplib::Error::Connection:
        case httplib::Error::ConnectionTimeout:
            return "The receiver cannot be connected to.";
        case httplib::Error::SSLConnection:
            return "The receiver does not speak TLS.";
        default:
            return "The connection ended without an answer.";
    }
}

}  // namespace

WebhookConnection::WebhookConnection(const Url& url, WebhookTimeouts timeouts)
    : target_(url.target), timeout_(timeouts.transfer) {
    try {
        client_ = std::make_unique<httplib::Client>(scheme_host_port(url));
    } catch (const std::invalid_argument&) {
        return;  // httplib was built without TLS
    }
    client_->set_connection_timeout(timeouts.connect);
    client_->set_read_timeout(timeouts.transfer);
    client_->set_write_timeout(timeouts.transfer);
    send_target_verbatim(*client_, 0);
#ifdef CPPHTTPLIB_OPENSSL_SUPPORT
    // Receivers on this machine have self-signed certificates.
    client_->enable_server_certificate_verification(false);
#endif
}

WebhookConnection::~WebhookConnection() = default;

WebhookAnswer WebhookConnection::post(const HeaderList& headers, const std::string& body) {
    if (!client_) {
        return {0, {}, "The emulator was built without TLS."};
    }
    const auto end = SteadyClock::now() + timeout_;
    WebhookAnswer result;
    httplib::Request request;
    request.method = "POST";
    request.path = target_;
    request.body = body;
    request.headers.emplace("Content-Type", "application/json");
    for (const auto& [name, value] : headers) {
        request.headers.emplace(name, value);
    }
    request.content_receiver = [&](const char* bytes, std::size_t size, auto&&...) {
        result.body.append(bytes, std::min(size, body_kept - result.body.size()));
        return SteadyClock::now() < end;
    };
    const auto answer = client_->send(request);
    if (answer) {
        result.status = answer->status;
    } else {
        result.late = SteadyClock::now() >= end;
        result.error = describe(answer.error(), result.late);
    }
    return result;
}

void WebhookConnection::cut_short() {
    if (client_) {
        client_->stop();
    }
}

}  // namespace sent::testing::emulator
