#include "http/transfer/response_builder.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "base/text/ascii.hpp"
#include "base/text/trim.hpp"

namespace sent::detail::http {

namespace {

constexpr int max_interim_replies = 32;
constexpr int max_folded_lines = 32;
/// Each is looked at several times. Services send a few dozen.
constexpr std::size_t max_fields = 1000;
/// A body that comes in chunks of a byte each keeps libcurl busy for longer than it is worth.
constexpr std::size_t free_pieces = 4096;
constexpr std::size_t bytes_per_piece = 256;
/// The most memory that is reserved for an announced length before a byte has arrived.
constexpr std::size_t max_trusted_length = 16U * 1024U * 1024U;
/// Room for values that have grown a little since the previous reply.
constexpr std::size_t room_to_grow = 32;
/// The most memory that is reserved for headers because the previous reply needed it.
constexpr std::size_t most_typical_text = 4096;
/// Memory after the body's end, for parsers that read in blocks; without it, they would copy the body.
constexpr std::size_t room_behind_body = 64;

std::string_view without_line_end(std::string_view line) noexcept {
    if (!line.empty() && line.back() == '\n') {
        line.remove_suffix(1);
    }
    if (!line.empty() && line.back() == '\r') {
        line.remove_suffix(1);
    }
    return line;
}

/// Returns the three digits after the version, or 0 if there are none.
int status_of(std::string_view line) noexcept {
    const std::size_t blank = line.find(' ');
    if (blank == std::string_view::npos) {
        return 0;
    }
    int status = 0;
    for (const char c : trimmed(line.substr(blank)).substr(0, 3)) {
        if (!is_digit(c)) {
            return 0;
        }
        status = status * 10 + (c - '0');
    }
    return status;
}

}  // namespace

void ResponseBuilder::begin(std::size_t max_header_bytes, std::size_t max_body_bytes) noexcept {
    response_.status = 0;
    response_.headers.clear();
    response_.body.clear();
    max_header_bytes_ = max_header_bytes;
    max_body_bytes_ = max_body_bytes;
    header_bytes_ = 0;
    interim_replies_ = 0;
    folded_lines_ = 0;
    pieces_ = 0;
    state_ = State::nothing;
    violation_ = Violation::fine;
}

bool ResponseBuilder::stop(Violation violation) noexcept {
    violation_ = violation;
    return false;
}

bool ResponseBuilder::header_line(std::string_view line) noexcept {
    if (line.size() > max_header_bytes_ - header_bytes_) {
        return stop(Violation::headers_too_large);
    }
    header_bytes_ += line.size();
    line = without_line_end(line);
    try {
        switch (state_) {
            case State::nothing:
            case State::interim_done:
                status_line(line);
                return interim_replies_ <= max_interim_replies || stop(Violation::too_many_interim);
            case State::in_interim:
            case State::in_final:
                if (line.empty()) {
                    state_ = state_ == State::in_final ? State::final_done : State::interim_done;
                    return true;
                }
                return field_line(line);
            case State::final_done:
                return true;  // a trailer of a chunked body
        }
    } catch (...) {
        return stop(Violation::out_of_memory);
    }
    return true;
}

void ResponseBuilder::status_line(std::string_view line) {
    const int status = status_of(line);
    const bool interim = status >= 100 && status < 200;
    interim_replies_ += interim ? 1 : 0;
    state_ = interim ? State::in_interim : State::in_final;
    response_.status = status;
    response_.headers.clear();
    framing_.begin();
    if (!interim) {
        response_.headers.reserve(typical_text_);
    }
}

bool ResponseBuilder::field_line(std::string_view line) {
    // Some programs begin another line there, which may hide a second length from this one.
    if (line.find('\r') != std::string_view::npos) {
        return stop(Violation::broken_line);
    }
    if (state_ == State::in_interim) {
        return true;
    }
    if (is_blank(line.front())) {
        return folded_line(line);
    }
    const std::size_t colon = line.find(':');
    const std::string_view name = trimmed(line.substr(0, colon));
    if (colon == std::string_view::npos || name.empty()) {
        return true;
    }
    const std::string_view value = trimmed(line.substr(colon + 1));
    if (!framing_.note(line.substr(0, colon), value)) {
        return stop(Violation::contradictory_length);
    }
    if (response_.headers.size() >= max_fields) {
        return stop(Violation::too_many_fields);
    }
    response_.headers.add(name, value);
    return true;
}

// An old way to continue a value on the next line. It is so rare that rebuilding the list for it is
// acceptable.
bool ResponseBuilder::folded_line(std::string_view line) {
    const Headers& before = response_.headers;
    if (before.empty()) {
        return true;
    }
    if (++folded_lines_ > max_folded_lines) {
        return stop(Violation::too_many_folds);
    }
    Headers rebuilt;
    rebuilt.reserve(header_bytes_);
    Headers::Field last;
    std::size_t count = 0;
    for (const Headers::Field field : before) {
        last = field;
        if (++count < before.size()) {
            rebuilt.add(field.name, field.value);
        }
    }
    if (ReplyFraming::is_length(last.name)) {
        return stop(Violation::contradictory_length);  // libcurl has read only its first line
    }
    std::string value(last.value);
    value.append(value.empty() ? "" : " ").append(trimmed(line));
    rebuilt.add(last.name, value);
    response_.headers = std::move(rebuilt);
    return true;
}

bool ResponseBuilder::body_piece(std::string_view piece, long long expected) noexcept {
    std::string& body = response_.body;
    try {
        if (body.empty() && expected > 0) {
            const auto length = static_cast<unsigned long long>(expected);
            const std::size_t most = std::min(max_body_bytes_, max_trusted_length);
            body.reserve((length < most ? static_cast<std::size_t>(length) : most) + room_behind_body);
        }
        if (piece.size() > max_body_bytes_ - body.size()) {
            body.append(piece.substr(0, max_body_bytes_ - body.size()));
            return stop(Violation::body_too_large);
        }
        if (++pieces_ > free_pieces && pieces_ - free_pieces > max_body_bytes_ / bytes_per_piece) {
            return stop(Violation::too_many_pieces);
        }
        body.append(piece);
    } catch (...) {
        return stop(Violation::out_of_memory);
    }
    return true;
}

HttpResponse ResponseBuilder::take() {
    if (state_ != State::final_done && state_ != State::in_final) {
        return {};
    }
    typical_text_ = std::min(response_.headers.bytes() + room_to_grow, most_typical_text);
    std::string& body = response_.body;
    if (const std::size_t size = body.size(); body.capacity() - size >= room_behind_body) {
        body.append(room_behind_body, '\0');  // a parser that reads these bytes always reads the same
        body.resize(size);
    }
    return std::move(response_);
}

}  // namespace sent::detail::http
