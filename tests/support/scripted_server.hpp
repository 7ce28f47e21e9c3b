#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "recorder.hpp"
#include "replies.hpp"
#include "script.hpp"
#include "tls_session.hpp"

namespace sent::test {

struct ServerOptions {
    /// A numeric address of this machine.
    std::string host = "127.0.0.1";
    std::optional<TlsOptions> tls{};
    /// SO_RCVBUF of the connections; small, a client is still sending when the script acts. 0: the system's.
    int receive_buffer = 0;
    /// Requests beyond this number are counted and not kept.
    std::size_t kept_requests = 100000;
};

/// An HTTP server on a free loopback port that does to each connection what a script says, well-behaved or
/// not.
///
///     ScriptedServer server;
///     server.on_connection({read_request(), send(http_reply(204)), read_request(), reset()});
///     server.by_default({serve([](const ReceivedRequest&) { return http_reply(204); })});
///
/// Each connection has its own thread. The destructor interrupts all of them at once and joins them. All
/// functions may be called from any thread, but `go_down`, `come_up` and the destructor from one at a time
/// and never from a step.
class ScriptedServer {
  public:
    explicit ScriptedServer(ServerOptions options = {});
    ScriptedServer(const ScriptedServer&) = delete;
    ScriptedServer& operator=(const ScriptedServer&) = delete;
    ~ScriptedServer();

    std::uint16_t port() const;
    /// "http://127.0.0.1:1234", https with TLS.
    std::string origin() const;
    /// The same port under another name, for instance origin("https", "localhost").
    std::string origin(const std::string& scheme, const std::string& host) const;

    /// Adds the script of the next connection that has none yet: the n-th call is for the n-th connection
    /// accepted.
    void on_connection(Script script);
    /// The script of the connections beyond; without one they are closed.
    void by_default(Script script);

    /// Refuses connections and resets those that are open; the port stays reserved.
    void go_down();
    void come_up();

    std::vector<ReceivedRequest> requests() const;
    std::size_t request_count() const;
    std::vector<ConnectionRecord> connections() const;
    std::size_t connection_count() const;
    /// Connections that the peer closed or reset before the script did.
    std::size_t peer_close_count() const;
    /// Exceptions that left a step or a handler.
    std::vector<std::string> errors() const;

    /// These wait until there are at least `count`; false when the time-out came first.
    [[nodiscard]] bool wait_for_requests(std::size_t count, std::chrono::milliseconds timeout) const;
    [[nodiscard]] bool wait_for_connections(std::size_t count, std::chrono::milliseconds timeout) const;
    [[nodiscard]] bool wait_for_peer_closes(std::size_t count, std::chrono::milliseconds timeout) const;
    /// Connections whose script has ended.
    [[nodiscard]] bool wait_for_finished(std::size_t count, std::chrono::milliseconds timeout) const;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace sent::test
