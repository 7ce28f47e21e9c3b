#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "received_request.hpp"

namespace sent::test {

/// What happened on one accepted connection.
struct ConnectionRecord {
    std::size_t index = 0;
    /// After decryption, without TLS handshakes.
    std::uint64_t bytes_received = 0;
    std::uint64_t bytes_sent = 0;
    /// The first MiB that was received, decrypted: what a proxy or a wrong host got to see.
    std::string received{};
    /// The peer closed or reset the connection before the script did.
    bool closed_by_peer = false;
    bool reset_by_peer = false;
    /// The script has ended.
    bool finished = false;
    std::string tls_version{};
    /// Why TLS failed, for instance the alert that the client sent.
    std::string tls_error{};
    std::string tls_server_name{};
    std::string tls_client_name{};
};

/// Collects what the connections of one server see, and lets tests wait for it. Safe from any thread.
class Recorder {
  public:
    explicit Recorder(std::size_t kept_requests) : kept_requests_(kept_requests) {}

    std::size_t add_connection();
    /// Returns the number of the request, for `replace_request`.
    std::size_t add_request(ReceivedRequest request);
    void replace_request(std::size_t number, ReceivedRequest request);
    void update(std::size_t connection, const std::function<void(ConnectionRecord&)>& change);
    void add_error(std::string text);

    std::size_t request_count() const;
    std::vector<ReceivedRequest> requests() const;
    std::vector<ConnectionRecord> connections() const;
    std::size_t connection_count() const;
    std::size_t peer_close_count() const;
    std::vector<std::string> errors() const;

    bool wait_for_requests(std::size_t count, std::chrono::milliseconds timeout) const;
    bool wait_for_connections(std::size_t count, std::chrono::milliseconds timeout) const;
    bool wait_for_peer_closes(std::size_t count, std::chrono::milliseconds timeout) const;
    bool wait_for_finished(std::size_t count, std::chrono::milliseconds timeout) const;

  private:
    std::size_t count_connections(bool ConnectionRecord::*flag) const;
    template <class Condition>
    bool wait(std::chrono::milliseconds timeout, Condition condition) const;

    const std::size_t kept_requests_;
    mutable std::mutex mutex_;
    mutable std::condition_variable changed_;
    std::size_t request_count_ = 0;
    std::vector<ReceivedRequest> requests_;
    std::vector<ConnectionRecord> connections_;
    std::vector<std::string> errors_;
};

}  // namespace sent::test
