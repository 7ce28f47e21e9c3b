#include "sdk.hpp"

#include <sstream>

#include "workload.hpp"

namespace bench {

namespace {

sent::Client make_client(const std::string& base_url) {
    sent::ClientOptions options;
    options.api_key = api_key;
    options.sender_id = sender_id;
    options.base_url = base_url;
    options.use_environment = false;
    return sent::Client{options};
}

[[noreturn]] void fail(const sent::Error& error) {
    std::ostringstream text;
    text << "the library: " << error;
    throw CallFailed{text.str()};
}

}  // namespace

SdkSend::SdkSend(const std::string& base_url) : client_(make_client(base_url)), request_(v1_send_request()) {}

void SdkSend::run(std::size_t calls) {
    for (std::size_t call = 0; call < calls; ++call) {
        const auto done = client_.call(request_);
        if (!done) {
            fail(done.error());
        }
    }
}

SdkList::SdkList(const std::string& base_url) : client_(make_client(base_url)) {
    request_.page_size = contacts_per_page;
}

void SdkList::run(std::size_t calls) {
    for (std::size_t call = 0; call < calls; ++call) {
        const auto page = client_.call(request_);
        if (!page) {
            fail(page.error());
        }
        if (page->items.size() != contacts_per_page) {
            throw CallFailed{"the library: a page is not complete"};
        }
    }
}

SdkBulk::SdkBulk(const std::string& base_url, std::size_t in_flight) : client_(make_client(base_url)) {
    options_.max_in_flight = in_flight;
}

void SdkBulk::run(std::size_t calls) {
    if (requests_.size() != calls) {
        requests_.assign(calls, v1_send_request());
    }
    const auto report = client_.bulk(requests_, options_);
    for (const auto& result : report.results) {
        if (!result) {
            fail(result.error());
        }
    }
}

}  // namespace bench
