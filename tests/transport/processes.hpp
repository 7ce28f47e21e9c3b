#pragma once

#include <string>

#include "requests.hpp"
#include "support/forking.hpp"
#include "support/scripted_server.hpp"

namespace sent::test {

inline Script echo() {
    return {serve([](const ReceivedRequest& request) { return http_reply(200, {}, request.body); })};
}

inline bool echoes(CurlTransport& transport, const std::string& url, const std::string& text, bool async) {
    TransportResult result = run(transport, post(url, text), async);
    return result && result.response().body == text;
}

}  // namespace sent::test
