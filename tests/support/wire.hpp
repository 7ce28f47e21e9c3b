#pragma once

#include <string>
#include <string_view>

#include "posix.hpp"

namespace sent::test {

/// How an operation on a connection ended.
enum class Io {
    ok,
    closed,   // the peer closed
    reset,    // the peer reset
    stopped,  // the server is going down
    failed,   // TLS failed, by an alert of either side
};

/// A connected socket on which every wait ends at once when the stop event is raised, and no write raises
/// SIGPIPE.
class Wire {
  public:
    Wire(UniqueFd socket, int stop_fd) : socket_(std::move(socket)), stop_fd_(stop_fd) {}

    int fd() const { return socket_.get(); }
    int stop_fd() const { return stop_fd_; }

    /// Waits for bytes and appends them.
    Io receive(std::string& into);

    Io send_all(std::string_view bytes);

    /// Neither reads nor writes. Returns `ok` when `event_fd` (-1: none) is readable or the deadline has
    /// come, else why it ended before. A peer that has closed its sending half counts as closed.
    Io wait(int event_fd, Deadline deadline);

    /// Completes a connect in progress.
    Io finish_connect();

    void shut_down_writes();

    /// Closes with FIN. What has arrived is thrown away first, because unread bytes would turn the FIN into a
    /// reset.
    void close();

    /// Closes with RST.
    void reset();

  private:
    Io poll_for(short events);

    UniqueFd socket_;
    int stop_fd_;
};

}  // namespace sent::test
