#include "burst.hpp"

#include <future>
#include <utility>
#include <vector>

#include "bare_multi.hpp"
#include "sdk.hpp"

namespace bench {

BareThreadsBurst::BareThreadsBurst(BareRequest request, std::size_t size)
    : request_(std::move(request)), headers_(make_header_list(request_.headers)), size_(size) {}

void BareThreadsBurst::burst() const {
    std::vector<std::future<void>> threads;
    threads.reserve(size_);
    for (std::size_t count = 0; count < size_; ++count) {
        threads.push_back(std::async(std::launch::async, [this] {
            const EasyHandle handle = make_easy_handle();
            std::string received;
            set_options(handle.get(), request_, headers_.get(), received);
            perform(handle.get(), request_, received);
        }));
    }
    for (auto& thread : threads) {
        thread.get();
    }
}

void BareThreadsBurst::run(std::size_t calls) {
    for (std::size_t done = 0; done < calls; done += size_) {
        burst();
    }
}

BareMultiBurst::BareMultiBurst(BareRequest request, std::size_t size)
    : request_(std::move(request)), size_(size) {}

void BareMultiBurst::run(std::size_t calls) {
    for (std::size_t done = 0; done < calls; done += size_) {
        BareMulti{request_, size_}.run(size_);
    }
}

SdkBurst::SdkBurst(Endpoint endpoint, sent::SendMessageRequest request, std::size_t size)
    : endpoint_(std::move(endpoint)), request_(std::move(request)), size_(size) {}

void SdkBurst::burst() const {
    const sent::Client client = make_client(endpoint_);
    std::vector<std::future<sent::Result<sent::SendMessageResponse>>> results;
    results.reserve(size_);
    for (std::size_t count = 0; count < size_; ++count) {
        results.push_back(client.submit(request_));
    }
    for (auto& result : results) {
        check(result.get());
    }
}

void SdkBurst::run(std::size_t calls) {
    for (std::size_t done = 0; done < calls; done += size_) {
        burst();
    }
}

}  // namespace bench
