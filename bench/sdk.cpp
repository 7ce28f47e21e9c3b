#include "sdk.hpp"

#include <memory>

namespace bench {

sent::Client make_client(const Endpoint& endpoint) {
    sent::CurlTransportOptions transport;
    transport.tls.ca_file = endpoint.trust;
    transport.proxy.mode = sent::ProxyOptions::Mode::off;
    transport.http2 = endpoint.http2;
    sent::ClientOptions options;
    options.api_key = api_key;
    options.sender_id = sender_id;
    options.base_url = endpoint.url;
    options.transport = std::make_shared<sent::CurlTransport>(std::move(transport));
    options.use_environment = false;
    return sent::Client{options};
}

void fail(const sent::Error& error) {
    std::ostringstream text;
    text << "the library: " << error;
    throw CallFailed{text.str()};
}

void check(const sent::Result<sent::Page<sent::v1::Contact>>& page) {
    if (!page) {
        fail(page.error());
    }
    if (page->items.size() != contacts_per_page) {
        throw CallFailed{"the library: a page is not complete"};
    }
}

}  // namespace bench
