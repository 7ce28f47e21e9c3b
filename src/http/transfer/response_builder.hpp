#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string_view>

#include <sent/http/transport.hpp>

#include "http/transfer/reply_framing.hpp"

namespace sent::detail::http {

/// Builds an HttpResponse from the pieces that libcurl hands over, within limits (N10, N11, N14 and A1 in
/// docs/reliability.md): header bytes and fields, interim (1xx) replies, body bytes after decompression, and
/// the pieces of the body.
class ResponseBuilder {
  public:
    enum class Violation {
        fine,
        body_too_large,
        headers_too_large,
        too_many_interim,
        too_many_folds,
        too_many_fields,
        broken_line,
        contradictory_length,
        too_many_pieces,
        out_of_memory
    };

    void begin(std::size_t max_header_bytes, std::size_t max_body_bytes) noexcept;

    /// Takes one header line with its line end, or a status line, an empty line or a trailer. Returns false
    /// to stop the transfer.
    bool header_line(std::string_view line) noexcept;
    /// Takes a piece of the body. `expected` is the Content-Length, or negative if unknown. Returns false to
    /// stop the transfer.
    bool body_piece(std::string_view piece, long long expected) noexcept;
    [[nodiscard]] bool body_begun() const noexcept { return !response_.body.empty(); }

    [[nodiscard]] Violation violation() const noexcept { return violation_; }
    /// Whether the headers of the final reply are complete.
    [[nodiscard]] bool headers_complete() const noexcept { return state_ == State::final_done; }
    /// Grows with each header line.
    [[nodiscard]] std::size_t header_bytes() const noexcept { return header_bytes_; }
    /// Whether the headers tell where the reply ends. Otherwise, it lasts until the end of the connection.
    [[nodiscard]] bool announces_its_end() const noexcept {
        return framing_.names_end() || response_.status == 204 || response_.status == 304;
    }
    /// How long the server keeps the idle connection, as it says.
    [[nodiscard]] std::optional<std::chrono::seconds> keep_alive() const noexcept {
        return framing_.keep_alive();
    }
    /// The part of the reply that has arrived.
    [[nodiscard]] const HttpResponse& response() const noexcept { return response_; }
    /// Returns the part of the final reply that has arrived. Drops an interim reply.
    [[nodiscard]] HttpResponse take();

  private:
    enum class State { nothing, in_interim, interim_done, in_final, final_done };

    [[gnu::cold]] bool stop(Violation violation) noexcept;
    void status_line(std::string_view line);
    bool field_line(std::string_view line);
    [[gnu::cold]] bool folded_line(std::string_view line);

    HttpResponse response_{};
    ReplyFraming framing_{};
    /// The size of the last reply's headers, because the next one is probably similar. Not more, because each
    /// result of a bulk run keeps this memory.
    std::size_t typical_text_ = 768;
    std::size_t max_header_bytes_ = 0;
    std::size_t max_body_bytes_ = 0;
    std::size_t header_bytes_ = 0;
    int interim_replies_ = 0;
    int folded_lines_ = 0;
    std::size_t pieces_ = 0;  ///< number of pieces of the body
    State state_ = State::nothing;
    Violation violation_ = Violation::fine;
};

}  // namespace sent::detail::http
