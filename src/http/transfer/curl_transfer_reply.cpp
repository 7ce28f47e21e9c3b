// Receives the reply, and decides whether it is complete.

#include "http/transfer/curl_transfer.hpp"

#include <chrono>
#include <string>
#include <utility>

#include "http/transfer/not_sent.hpp"

namespace sent::detail::http {

std::size_t CurlTransfer::on_header(char* data, std::size_t size, std::size_t count, void* self) noexcept {
    auto& transfer = *static_cast<CurlTransfer*>(self);
    const std::size_t bytes = size * count;
    ++transfer.turn_.pieces;
    if (!transfer.builder_.header_line({data, bytes})) {
        return 0;
    }
    transfer.watch_end_of_reply();
    return bytes;
}

/// Called when the headers are complete, because the connection certainly still exists then.
void CurlTransfer::watch_end_of_reply() noexcept {
    const bool lasts_as_long_as_connection = url_.https && builder_.headers_complete() &&
                                             !builder_.announces_its_end() && request_->method != "HEAD" &&
                                             !http2_.is_used();
    if (lasts_as_long_as_connection && !attempt_.end_watch) {
        attempt_.end_watch = tls_watch_of(easy_.get());
    }
}

std::size_t CurlTransfer::on_body(char* data, std::size_t size, std::size_t count, void* self) noexcept {
    auto& transfer = *static_cast<CurlTransfer*>(self);
    const std::size_t bytes = size * count;
    ++transfer.turn_.pieces;
    curl_off_t expected = -1;
    if (!transfer.builder_.body_begun()) {
        curl_easy_getinfo(transfer.easy_.get(), CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &expected);
    }
    return transfer.builder_.body_piece({data, bytes}, expected) ? bytes : bytes + 1;
}

std::uint64_t CurlTransfer::progress() const noexcept {
    if (builder_.header_bytes() == 0) {
        return 0;
    }
    curl_off_t body = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_SIZE_DOWNLOAD_T, &body);
    return builder_.header_bytes() + static_cast<std::uint64_t>(body);
}

TransportResult CurlTransfer::judge(CURLcode code) {
    if (builder_.violation() != ResponseBuilder::Violation::fine) {
        return complete(stopped_by_sink(), true);
    }
    if (code != CURLE_OK && !http2_.has_whole_reply(builder_, code)) {
        if (form_.was_cut_off()) {
            return complete(
                error_of(TransportErrorKind::invalid_request,
                         "a document was changed, or could not be read, while it was sent, so the "
                         "request was broken off"),
                false);
        }
        return complete(failed(code), may_have_left(code));
    }
    if (!builder_.headers_complete()) {
        return complete(
            error_of(TransportErrorKind::closed,
                     server_name(*request_) + " closed the connection within the reply's headers"),
            true);
    }
    if (attempt_.end_watch && !attempt_.end_watch->is_closed_properly()) {
        return complete(
            error_of(TransportErrorKind::incomplete,
                     "the TLS connection to " + server_name(*request_) + " was cut off within the reply"),
            true);
    }
    if (builder_.response().status < 100) {
        return complete(error_of(TransportErrorKind::protocol,
                                 server_name(*request_) + " answered without a readable status"),
                        true);
    }
    if (const auto kept = builder_.keep_alive(); kept.has_value()) {
        // The server's time started when it answered. One second covers the way of both messages.
        constexpr std::chrono::seconds margin{1};
        sockets_.keep_until(attempt_.local_port, SocketTable::Clock::now() + *kept - margin);
    }
    return builder_.take();
}

}  // namespace sent::detail::http
