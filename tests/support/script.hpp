#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "conversation.hpp"
#include "gate.hpp"
#include "received_request.hpp"

namespace sent::test {

/// One thing a server does on a connection; returns whether the script goes on. Any such function is a step,
/// those below are the ready-made ones. Steps are shared by all connections that run them.
using Step = std::function<bool(Conversation&)>;

/// What a server does on a connection, in order. At its end the connection is closed as by `close()`.
using Script = std::vector<Step>;

// Reading

/// Reads one whole request: headers and a body with Content-Length or in chunks.
Step read_request();
/// Reads to the end of the headers and records the request as incomplete. A `read_request` after it reads the
/// body of the same request.
Step read_until_headers_end();
/// Waits until `count` more bytes have arrived after those that reading steps before have gone over. They
/// stay part of the request that they belong to.
Step read_bytes(std::size_t count);
/// Reads and throws away what comes until the peer closes.
Step wait_for_close();

// Writing

Step send(std::string bytes);
Step send_sliced(std::string bytes, std::size_t slice, std::chrono::milliseconds pause = {},
                 std::chrono::milliseconds jitter = {});
/// Sends `unit` again and again, without holding it all in memory; ends early when the peer leaves.
Step send_repeated(std::string unit, std::uint64_t count);
/// Sends a gzip stream that unpacks to `unpacked` zero bytes (see `gzip_zeros_size` for its Content-Length).
Step send_gzip_zeros(std::uint64_t unpacked);

// Ending

/// FIN. What has arrived unread is thrown away first, because it would turn the FIN into a reset. On TLS
/// after a close_notify.
Step close();
/// FIN without TLS's close_notify: a truncation.
Step close_without_notify();
/// RST.
Step reset();
/// Closes the sending half and goes on.
Step half_close();

// Waiting. These steps end the script when the peer leaves; a peer that has closed its sending half counts as
// gone.

/// Keeps the connection open in silence, neither reading nor writing.
Step hold();
Step wait_for(Gate gate);
Step pause(std::chrono::milliseconds time);

// Glue

/// Opens the gate, which tells the test that the script has come this far.
Step notify(Gate gate);
Step call(std::function<void()> function);
Step call(std::function<void(Conversation&)> function);
Step repeat(std::size_t count, Script steps);
/// For a proxy after CONNECT: passes bytes on to another loopback port, in both directions.
Step tunnel_to(std::uint16_t port, std::string host = "127.0.0.1");

// Answering

/// What a handler answers, and what becomes of the connection after it.
struct Reply {
    enum class Then { keep_alive, close, reset, hold };

    Reply(std::string text) : bytes(std::move(text)) {}  // NOLINT(google-explicit-constructor)
    Reply(const char* text) : bytes(text) {}             // NOLINT(google-explicit-constructor)
    Reply(std::string text, Then what) : bytes(std::move(text)), then(what) {}

    std::string bytes;
    Then then = Then::keep_alive;
};

/// Turns requests into replies. It runs on the threads of all connections at once, so it must be thread-safe.
using Handler = std::function<Reply(const ReceivedRequest&)>;

/// Answers each request of a connection, until the peer closes.
Step serve(Handler handler, Pacing pacing = {});

/// A handler that gives these replies one after the other, whatever the connection; the last one repeats.
Handler in_order(std::vector<Reply> replies);

}  // namespace sent::test
