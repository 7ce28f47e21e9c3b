#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include <sent/http/curl_transport.hpp>

#include "support/scripted_server.hpp"
#include "support/tls_identity.hpp"

namespace sent::test {

enum class Frame : char { data = 0, headers = 1, reset = 3, settings = 4 };
inline constexpr char end_of_stream = 1;
inline constexpr char end_of_headers = 4;
inline constexpr std::string_view status_200 = "\x88";
inline constexpr std::string_view status_204 = "\x89";

inline std::string frame(Frame type, char flags, char stream, std::string_view content) {
    std::string text;
    for (const unsigned shift : {16U, 8U, 0U}) {
        text += static_cast<char>(content.size() >> shift & 0xffU);
    }
    text += {static_cast<char>(type), flags, '\0', '\0', '\0', stream};
    return text.append(content);
}

/// Calls `visit` with type, flags and content of each frame that a client has sent. The last one may have
/// arrived in part.
template <class Visit>
void for_each_frame(std::string_view received, Visit visit) {
    constexpr std::size_t preface = 24;
    constexpr std::size_t frame_header = 9;
    for (std::size_t at = preface; at + frame_header <= received.size();) {
        const auto byte = [&](std::size_t i) -> std::size_t {
            return static_cast<unsigned char>(received[at + i]);
        };
        const auto size = (byte(0) << 16U) + (byte(1) << 8U) + byte(2);
        visit(static_cast<Frame>(received[at + 3]), received[at + 4],
              received.substr(at + frame_header, size));
        at += frame_header + size;
    }
}

/// A scripted server that speaks HTTP/2 over TLS, and options with which a transport uses it.
class Http2Fixture : public testing::Test {
  protected:
    Http2Fixture() {
        options_.http2 = true;
        options_.proxy.mode = ProxyOptions::Mode::off;
        options_.tls.ca_pem = authority_.pem();
    }
    static ServerOptions server_options(const CertificateAuthority& authority) {
        ServerOptions options;
        options.tls.emplace();
        options.tls->identity = authority.localhost();
        options.tls->alpn = "h2";
        return options;
    }
    std::string url(const std::string& path) const { return server_.origin("https", "localhost") + path; }

    CertificateAuthority authority_{};
    ScriptedServer server_{server_options(authority_)};
    CurlTransportOptions options_{};
};

}  // namespace sent::test
