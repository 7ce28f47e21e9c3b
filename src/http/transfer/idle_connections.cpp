#include "http/transfer/idle_connections.hpp"

#include <algorithm>
#include "http/transfer/curl_handle.hpp"

namespace sent::detail::http {

namespace {

curl_socket_t open_none(void* /*unused*/, curlsocktype /*purpose*/, curl_sockaddr* /*address*/) noexcept {
    return CURL_SOCKET_BAD;
}

}  // namespace

// libcurl checks its idle connections when a transfer looks for one, and has no other function for that. So
// this starts a transfer that looks for a connection and gets no socket for a new one.
void close_idle_connections(CURLM* multi, std::chrono::seconds max_idle_time) noexcept {
    const EasyHandle easy = make_easy();
    if (!easy) {
        return;
    }
    curl_easy_setopt(easy.get(), CURLOPT_URL, "http://127.0.0.1/");
    curl_easy_setopt(easy.get(), CURLOPT_PROXY, "");
    curl_easy_setopt(easy.get(), CURLOPT_FRESH_CONNECT, 1L);
    curl_easy_setopt(easy.get(), CURLOPT_MAXAGE_CONN, longest_idle_seconds(max_idle_time));
    curl_easy_setopt(easy.get(), CURLOPT_OPENSOCKETFUNCTION, &open_none);
    if (curl_multi_add_handle(multi, easy.get()) == CURLM_OK) {
        int running = 0;
        perform(multi, running);
        remove_from(multi, easy.get());
    }
}

}  // namespace sent::detail::http
