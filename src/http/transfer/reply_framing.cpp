#include "http/transfer/reply_framing.hpp"

#include <algorithm>
#include <charconv>

#include <sent/http/headers.hpp>

#include "base/text/ascii.hpp"
#include "base/text/trim.hpp"

namespace sent::detail::http {

namespace {

bool is_name(std::string_view name, std::string_view usual, std::string_view lower_case) noexcept {
    return name == usual || same_header_name(name, lower_case);
}

/// Removes and returns the next part of a list.
std::string_view take_part(std::string_view& list, std::string_view separators) noexcept {
    const auto end = std::min(list.find_first_of(separators), list.size());
    const auto part = trimmed(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
    return part;
}

}  // namespace

bool ReplyFraming::note(std::string_view name, std::string_view value) noexcept {
    switch (name.size()) {
        case std::string_view{"Keep-Alive"}.size():
            if (is_name(name, "Keep-Alive", "keep-alive")) {
                note_keep_alive(value);
            }
            return true;
        case std::string_view{"Content-Length"}.size():
            return !is_name(name, "Content-Length", "content-length") || note_length(value);
        case std::string_view{"Transfer-Encoding"}.size():
            return !is_name(name, "Transfer-Encoding", "transfer-encoding") || note_codings(value);
        default:
            // Some readers, including libcurl, take a name with a blank before the colon for another field.
            return (!name.empty() && !is_blank(name.back())) || !is_length(trimmed(name));
    }
}

bool ReplyFraming::is_length(std::string_view name) noexcept {
    return same_header_name(name, "content-length") || same_header_name(name, "transfer-encoding");
}

bool ReplyFraming::note_length(std::string_view value) noexcept {
    std::uint64_t length = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), length);
    const bool is_number = error == std::errc{} && end == value.data() + value.size();
    const bool is_contradiction = has_codings_ || (length_ && *length_ != length);
    if (!is_number || is_contradiction) {
        return false;
    }
    length_ = length;
    return true;
}

/// `chunked` determines the end of the reply only if it is the last coding.
bool ReplyFraming::note_codings(std::string_view value) noexcept {
    has_codings_ = true;
    if (length_ || value.empty()) {
        return false;
    }
    while (!value.empty()) {
        if (is_chunked_) {
            return false;
        }
        is_chunked_ = same_header_name(take_part(value, ","), "chunked");
    }
    return true;
}

/// Reads `timeout=5, max=100`, also with other separators and with quotes. Ignores what it cannot read.
void ReplyFraming::note_keep_alive(std::string_view value) noexcept {
    constexpr std::chrono::seconds longest{24 * 3600};
    while (!value.empty()) {
        auto number = take_part(value, ",;");
        const auto name = take_part(number, "=");
        if (!same_header_name(name, "timeout")) {
            continue;
        }
        number = trimmed(number);
        if (number.size() >= 2 && number.front() == '"' && number.back() == '"') {
            number = number.substr(1, number.size() - 2);
        }
        if (number.empty() || !std::all_of(number.begin(), number.end(), is_digit)) {
            continue;
        }
        std::uint32_t seconds = 0;
        const bool fits =
            std::from_chars(number.data(), number.data() + number.size(), seconds).ec == std::errc{};
        const auto limit = fits ? std::min(std::chrono::seconds{seconds}, longest) : longest;
        keep_alive_ = std::min(keep_alive_.value_or(limit), limit);
    }
}

}  // namespace sent::detail::http
