#include "http/transfer/header_list.hpp"

#include <cstddef>
#include <utility>

#include "base/text/ascii.hpp"
#include "http/process/curl_global.hpp"

namespace sent::detail::http {

namespace {

// A name with nothing after the colon makes libcurl omit the header that it would otherwise add.
char no_expect[] = "Expect:";
char no_content_type[] = "Content-Type:";
// Otherwise libcurl would compose this header for each request.
char accept_gzip[] = "Accept-Encoding: gzip";
char no_accept_encoding[] = "Accept-Encoding:";

constexpr std::size_t small_body = 4096;
/// Before a larger body, libcurl may add `Expect: 100-continue` and wait for an answer.
constexpr std::size_t most_without_expect = 1024;

/// The reply to a small write is small. Compressing it would cost both sides more than it saves.
bool is_worth_packing(const HttpRequest& request) noexcept {
    return request.body.empty() || request.body.size() > small_body;
}

}  // namespace

void HeaderList::set(CURL* easy, const HttpRequest& request) {
    const Headers& headers = request.headers;
    nodes_.resize(headers.size() + 3);
    std::size_t count = 0;
    bool has_content_type = false;
    bool has_accept_encoding = false;
    for (auto field = headers.begin(); field != headers.end(); ++field) {
        // libcurl only reads the lines, although its list type is not const.
        nodes_[count++].data =
            const_cast<char*>(field.line());  // NOLINT(cppcoreguidelines-pro-type-const-cast)
        has_content_type |= same_ignoring_case((*field).name, "Content-Type");
        has_accept_encoding |= same_ignoring_case((*field).name, "Accept-Encoding");
    }
    if (request.body.size() > most_without_expect || request.parts != nullptr) {
        nodes_[count++].data = no_expect;
    }
    // A form's Content-Type has the boundary, which libcurl chooses.
    if (!has_content_type && request.parts == nullptr) {
        nodes_[count++].data = no_content_type;
    }
    if (!has_accept_encoding) {
        nodes_[count++].data =
            can_unpack_gzip() && is_worth_packing(request) ? accept_gzip : no_accept_encoding;
    }
    nodes_[count - 1].next = nullptr;
    for (std::size_t i = 1; i < count; ++i) {
        nodes_[i - 1].next = &nodes_[i];
    }
    if (std::exchange(given_, nodes_.data()) != nodes_.data()) {
        curl_easy_setopt(easy, CURLOPT_HTTPHEADER, nodes_.data());
    }
}

}  // namespace sent::detail::http
