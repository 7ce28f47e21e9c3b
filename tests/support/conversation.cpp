#include "conversation.hpp"

#include <algorithm>
#include <cerrno>
#include <random>
#include <utility>

namespace sent::test {

namespace {

constexpr std::size_t kept_bytes = 1024 * 1024;

std::chrono::milliseconds next_pause(const Pacing& pacing, std::minstd_rand& random) {
    const auto width = static_cast<std::uint64_t>(pacing.jitter.count()) + 1;
    return pacing.pause + std::chrono::milliseconds(static_cast<std::int64_t>(random() % width));
}

}  // namespace

Conversation::Conversation(Wire wire, const TlsContext* tls, Recorder& recorder, std::size_t index)
    : wire_(std::move(wire)), recorder_(recorder), index_(index) {
    if (tls != nullptr) {
        tls_ = std::make_unique<TlsSession>(*tls, wire_);
    }
}

bool Conversation::start() {
    if (!tls_) {
        return true;
    }
    const Io io = tls_->handshake();
    recorder_.update(index_, [this](ConnectionRecord& record) {
        record.tls_version = tls_->version();
        record.tls_server_name = tls_->server_name();
        record.tls_client_name = tls_->client_name();
    });
    if (!settle(io)) {
        wire_.close();
        return false;
    }
    return true;
}

bool Conversation::settle(Io io) {
    if (io == Io::closed || io == Io::reset || io == Io::failed) {
        recorder_.update(index_, [this, io](ConnectionRecord& record) {
            record.closed_by_peer = record.closed_by_peer || io != Io::failed;
            record.reset_by_peer = record.reset_by_peer || io == Io::reset;
            record.tls_error = tls_ ? tls_->error() : "";
        });
    }
    return io == Io::ok;
}

bool Conversation::fill() {
    const std::size_t before = inbox_.size();
    const Io io = tls_ ? tls_->receive(inbox_) : wire_.receive(inbox_);
    const std::string_view fresh = std::string_view(inbox_).substr(before);
    if (!fresh.empty()) {
        recorder_.update(index_, [fresh](ConnectionRecord& record) {
            record.bytes_received += fresh.size();
            record.received += fresh.substr(0, kept_bytes - std::min(kept_bytes, record.received.size()));
        });
    }
    return settle(io);
}

void Conversation::record_request(std::size_t size) {
    request_.raw = inbox_.substr(0, size);
    request_.at = std::chrono::steady_clock::now();
    request_.connection = index_;
    if (pending_ && pending_->number) {
        recorder_.replace_request(*pending_->number, request_);
        return;
    }
    const std::size_t number = recorder_.add_request(request_);
    if (pending_) {
        pending_->number = number;
    }
}

bool Conversation::abandon_request() {
    record_request(inbox_.size());
    pending_.reset();
    inbox_.clear();
    seen_ = 0;
    return false;
}

bool Conversation::take_head() {
    if (pending_) {
        return true;
    }
    Pending pending;
    ReceivedRequest request;
    ParseState state = parse_head(inbox_, request, pending.head_size);
    while (state == ParseState::incomplete) {
        if (!fill()) {
            return false;
        }
        state = parse_head(inbox_, request, pending.head_size);
    }
    request_ = std::move(request);
    if (state == ParseState::malformed) {
        return abandon_request();
    }
    pending_ = pending;
    return true;
}

bool Conversation::read_head() {
    if (!take_head()) {
        return false;
    }
    seen_ = std::max(seen_, pending_->head_size);
    if (!pending_->number) {
        record_request(pending_->head_size);
    }
    return true;
}

bool Conversation::read_request() {
    if (!take_head()) {
        return false;
    }
    std::size_t body_size = 0;
    for (;;) {
        const std::string_view after_head = std::string_view(inbox_).substr(pending_->head_size);
        const ParseState state = parse_body(after_head, request_, body_size);
        if (state == ParseState::complete) {
            break;
        }
        if (state == ParseState::malformed || !fill()) {
            return abandon_request();
        }
    }
    const std::size_t size = pending_->head_size + body_size;
    request_.complete = true;
    record_request(size);
    pending_.reset();
    inbox_.erase(0, size);
    seen_ -= std::min(seen_, size);
    return true;
}

bool Conversation::read_bytes(std::size_t count) {
    while (inbox_.size() - seen_ < count) {
        if (!fill()) {
            return false;
        }
    }
    seen_ += count;
    return true;
}

bool Conversation::read_until_closed() {
    while (fill()) {
        inbox_.clear();
        seen_ = 0;
    }
    return false;
}

bool Conversation::write(std::string_view bytes) {
    const Io io = tls_ ? tls_->send_all(bytes) : wire_.send_all(bytes);
    if (io == Io::ok) {
        recorder_.update(index_, [&](ConnectionRecord& record) { record.bytes_sent += bytes.size(); });
    }
    return settle(io);
}

bool Conversation::write(std::string_view bytes, const Pacing& pacing) {
    if (pacing.slice == 0) {
        return write(bytes);
    }
    std::minstd_rand random(pacing.seed);
    while (!bytes.empty()) {
        const std::string_view slice = bytes.substr(0, pacing.slice);
        bytes.remove_prefix(slice.size());
        if (!write(slice)) {
            return false;
        }
        const auto wait = next_pause(pacing, random);
        if (!bytes.empty() && wait.count() > 0 && !pause(wait)) {
            return false;
        }
    }
    return true;
}

bool Conversation::send_key_update() {
    return settle(tls_->send_key_update());
}

bool Conversation::send_session_ticket() {
    return settle(tls_->send_session_ticket());
}

bool Conversation::pause(std::chrono::milliseconds time) {
    return settle(wire_.wait(-1, deadline_after(time)));
}

bool Conversation::wait(const Gate& gate) {
    return settle(wire_.wait(gate.fd(), std::nullopt)) && gate.is_open();
}

bool Conversation::hold() {
    return settle(wire_.wait(-1, std::nullopt));
}

bool Conversation::half_close() {
    if (tls_ && !settle(tls_->send_close_notify())) {
        return false;
    }
    wire_.shut_down_writes();
    return true;
}

bool Conversation::close() {
    if (tls_ && wire_.fd() >= 0) {
        tls_->send_close_notify();
    }
    return close_without_notify();
}

bool Conversation::close_without_notify() {
    wire_.close();
    return false;
}

bool Conversation::reset() {
    wire_.reset();
    return false;
}

bool Conversation::tunnel_to(const std::string& host, std::uint16_t port) {
    const Address address(host, port);
    UniqueFd socket = make_tcp_socket(address.family());
    if (::connect(socket.get(), address.get(), address.size()) != 0 && errno != EINPROGRESS) {
        throw_errno("connect");
    }
    Wire upstream(std::move(socket), wire_.stop_fd());
    if (upstream.finish_connect() != Io::ok) {
        return close();
    }
    while (relay(upstream)) {
    }
    upstream.close();
    return close();
}

bool Conversation::relay(Wire& upstream) {
    if (upstream.send_all(inbox_) != Io::ok) {
        return false;
    }
    inbox_.clear();
    seen_ = 0;
    pollfd entries[] = {{wire_.fd(), POLLIN, 0}, {upstream.fd(), POLLIN, 0}, {wire_.stop_fd(), POLLIN, 0}};
    poll_until(entries, 3, std::nullopt);
    if (entries[2].revents != 0) {
        return false;
    }
    if (entries[0].revents != 0 && !fill()) {
        return false;
    }
    std::string reply;
    return entries[1].revents == 0 || (upstream.receive(reply) == Io::ok && write(reply));
}

}  // namespace sent::test
