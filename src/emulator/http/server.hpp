#pragma once

/// @file
/// A listening socket with one thread per connection, because tests open hundreds of idle connections, which
/// would exhaust a pool.

#include <atomic>
#include <functional>
#include <list>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

#include "emulator/http/socket.hpp"

namespace sent::testing::emulator {

class Server {
  public:
    /// Serves one connection until it ends, on its own thread.
    using Serve = std::function<void(Socket&)>;

    explicit Server(Serve serve) : serve_(std::move(serve)) {}
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// Starts the server. Returns what went wrong, or an empty text.
    std::string listen(const std::string& host, int port);
    /// Ends all connections, even active ones, and waits for their threads.
    void stop();

    int port() const { return port_; }
    bool listening() const { return listening_; }

  private:
    struct Session {
        explicit Session(int descriptor) : socket(descriptor) {}
        Socket socket;
        std::atomic<bool> ended{false};
        std::thread thread;
    };

    std::string open(const std::string& host, int port);
    void accept_connections();
    void start_session(int descriptor);
    void remove_ended_sessions();

    Serve serve_;
    int listener_ = -1;
    int wake_read_ = -1;
    int wake_write_ = -1;
    int port_ = 0;
    std::atomic<bool> listening_{false};
    std::mutex stopping_;
    std::list<Session> sessions_;  // used by the accepting thread, and by stop() after that thread has ended
    std::thread acceptor_;
};

}  // namespace sent::testing::emulator
