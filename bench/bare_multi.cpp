#include "bare_multi.hpp"

#include <new>
#include <utility>

namespace bench {

BareMulti::BareMulti(BareRequest request, std::size_t in_flight)
    : request_(std::move(request)), headers_(make_header_list(request_.headers)), multi_(curl_multi_init()) {
    if (!multi_) {
        throw std::bad_alloc{};
    }
    for (std::size_t count = 0; count < in_flight; ++count) {
        auto transfer = std::make_unique<Transfer>();
        transfer->handle = make_easy_handle();
        set_options(transfer->handle.get(), request_, headers_.get(), transfer->received);
        curl_easy_setopt(transfer->handle.get(), CURLOPT_PRIVATE, transfer.get());
        idle_.push_back(transfer.get());
        transfers_.push_back(std::move(transfer));
    }
}

BareMulti::~BareMulti() {
    for (const auto& transfer : transfers_) {
        curl_multi_remove_handle(multi_.get(), transfer->handle.get());
    }
}

void BareMulti::start(Transfer& transfer) {
    transfer.received.clear();
    if (curl_multi_add_handle(multi_.get(), transfer.handle.get()) != CURLM_OK) {
        throw CallFailed{"bare multi: cannot add a handle"};
    }
}

void BareMulti::check(CURL* handle, CURLcode code) const {
    long status = 0;
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
    if (code != CURLE_OK || status != request_.expected_status) {
        throw CallFailed{"bare multi: " + std::string{curl_easy_strerror(code)} + ", status " +
                         std::to_string(status)};
    }
}

std::size_t BareMulti::collect() {
    std::size_t finished = 0;
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
        if (message->msg != CURLMSG_DONE) {
            continue;
        }
        CURL* const handle = message->easy_handle;
        const CURLcode code = message->data.result;
        curl_multi_remove_handle(multi_.get(), handle);
        check(handle, code);
        Transfer* transfer = nullptr;
        curl_easy_getinfo(handle, CURLINFO_PRIVATE, &transfer);
        idle_.push_back(transfer);
        ++finished;
    }
    return finished;
}

void BareMulti::run(std::size_t calls) {
    std::size_t started = 0;
    std::size_t finished = 0;
    while (finished < calls) {
        while (started < calls && !idle_.empty()) {
            Transfer* const next = idle_.back();
            idle_.pop_back();
            start(*next);
            ++started;
        }
        int running = 0;
        curl_multi_perform(multi_.get(), &running);
        const std::size_t now_finished = collect();
        finished += now_finished;
        if (now_finished == 0) {
            curl_multi_poll(multi_.get(), nullptr, 0, 1'000, nullptr);
        }
    }
}

}  // namespace bench
