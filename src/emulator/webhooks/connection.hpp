#pragma once

/// @file
/// One post to a receiver on this machine.

#include <chrono>
#include <memory>
#include <string>

#include "base/http_status.hpp"
#include "emulator/http/http_types.hpp"
#include "emulator/http/url.hpp"

namespace httplib {
class Client;
}

namespace sent::testing::emulator {

struct WebhookTimeouts {
    std::chrono::milliseconds connect;
    std::chrono::milliseconds transfer;  ///< limit for the whole reply, and for each pause in it
};

struct WebhookAnswer {
    int status = 0;       ///< 0 if there was none
    std::string body{};   ///< its beginning
    std::string error{};  ///< why there was none
    bool late = false;    ///< there was none in time

    bool good() const { return detail::is_success(status); }
};

class WebhookConnection {
  public:
    WebhookConnection(const Url& url, WebhookTimeouts timeouts);
    ~WebhookConnection();
    WebhookConnection(const WebhookConnection&) = delete;
    WebhookConnection& operator=(const WebhookConnection&) = delete;

    /// Posts JSON. Does not follow redirects.
    WebhookAnswer post(const HeaderList& headers, const std::string& body);
    /// Ends a post in progress, if it is connected. Thread-safe.
    void cut_short();

  private:
    std::unique_ptr<httplib::Client> client_;  // nullptr if it does not support TLS
    std::string target_;
    std::chrono::milliseconds timeout_;
};

}  // namespace sent::testing::emulator
