#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "gate.hpp"
#include "received_request.hpp"
#include "recorder.hpp"
#include "tls_session.hpp"
#include "wire.hpp"

namespace sent::test {

/// How bytes trickle out: in slices with a pause after each but the last. The pause grows by a pseudo-random
/// part of `jitter` that depends on the seed only.
struct Pacing {
    /// 0 sends everything at once.
    std::size_t slice = 0;
    std::chrono::milliseconds pause{0};
    std::chrono::milliseconds jitter{0};
    std::uint32_t seed = 1;
};

/// One accepted connection, as steps of a script see it. Each operation returns whether the script may go on:
/// false when the peer has left or the server is going down. It belongs to the thread of its connection.
class Conversation {
  public:
    /// `tls` null: plain text. Both `recorder` and `tls` must outlive the conversation.
    Conversation(Wire wire, const TlsContext* tls, Recorder& recorder, std::size_t index);

    Conversation(const Conversation&) = delete;
    Conversation& operator=(const Conversation&) = delete;

    /// Does the TLS handshake, if there is one to do.
    bool start();

    /// Which accepted connection this is, from 0.
    std::size_t index() const { return index_; }
    /// The request that was read last, whole or its head alone.
    const ReceivedRequest& request() const { return request_; }

    bool read_head();
    bool read_request();
    bool read_bytes(std::size_t count);
    bool read_until_closed();

    bool write(std::string_view bytes);
    bool write(std::string_view bytes, const Pacing& pacing);

    /// Only on TLS 1.3.
    bool send_key_update();
    bool send_session_ticket();

    bool pause(std::chrono::milliseconds time);
    bool wait(const Gate& gate);
    /// Neither reads nor writes until the peer leaves or the server goes down.
    bool hold();

    bool half_close();
    bool close();
    bool close_without_notify();
    bool reset();

    /// Passes bytes on in both directions to a port on loopback until one side closes.
    bool tunnel_to(const std::string& host, std::uint16_t port);

  private:
    struct Pending {
        std::size_t head_size = 0;
        std::optional<std::size_t> number{};
    };

    bool fill();
    bool settle(Io io);
    bool take_head();
    void record_request(std::size_t size);
    bool abandon_request();
    bool relay(Wire& upstream);

    Wire wire_;
    std::unique_ptr<TlsSession> tls_;
    Recorder& recorder_;
    std::size_t index_;
    /// Received and not yet taken by a request.
    std::string inbox_;
    /// How much of `inbox_` read_bytes and read_head have gone over.
    std::size_t seen_ = 0;
    ReceivedRequest request_;
    /// The head of `request_` has been read, its body has not.
    std::optional<Pending> pending_;
};

}  // namespace sent::test
