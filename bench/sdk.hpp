#pragma once

#include <cstddef>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <sent/sent.hpp>

#include "contender.hpp"
#include "endpoint.hpp"
#include "workload.hpp"

/// @file
/// The library's side: an ordinary client with its defaults (retries, timeouts, error mapping in place).

namespace bench {

sent::Client make_client(const Endpoint& endpoint);

/// Throws CallFailed.
[[noreturn]] void fail(const sent::Error& error);

/// What every reply must be.
template <class Response>
void check(const sent::Result<Response>& result) {
    if (!result) {
        fail(result.error());
    }
}
void check(const sent::Result<sent::Page<sent::v1::Contact>>& page);

/// Client::call, one after the other.
template <class Request>
class SdkCalls final : public Contender {
  public:
    SdkCalls(const Endpoint& endpoint, Request request)
        : client_(make_client(endpoint)), request_(std::move(request)) {}

    void run(std::size_t calls) override {
        for (std::size_t call = 0; call < calls; ++call) {
            check(client_.call(request_));
        }
    }

  private:
    sent::Client client_;
    Request request_;
};

/// Client::bulk, so many at once, all results kept.
template <class Request>
class SdkBulk final : public Contender {
  public:
    SdkBulk(const Endpoint& endpoint, Request request, std::size_t in_flight)
        : client_(make_client(endpoint)), request_(std::move(request)) {
        options_.max_in_flight = in_flight;
    }

    void run(std::size_t calls) override {
        if (requests_.size() != calls) {
            requests_.assign(calls, request_);
        }
        const auto report = client_.bulk(requests_, options_);
        for (const auto& result : report.results) {
            check(result);
        }
    }

  private:
    sent::Client client_;
    Request request_;
    sent::BulkOptions options_{};
    std::vector<Request> requests_{};
};

/// Client::bulk with the results into a callback, none kept.
template <class Request>
class SdkBulkStream final : public Contender {
  public:
    SdkBulkStream(const Endpoint& endpoint, Request request, std::size_t in_flight)
        : client_(make_client(endpoint)), request_(std::move(request)) {
        options_.max_in_flight = in_flight;
    }

    void run(std::size_t calls) override {
        if (requests_.size() != calls) {
            requests_.assign(calls, request_);
        }
        std::size_t good = 0;
        client_.bulk(
            requests_,
            [&good](std::size_t, const auto& result) {
                check(result);
                ++good;
            },
            options_);
        if (good != calls) {
            throw CallFailed{"the library: results are missing"};
        }
    }

  private:
    sent::Client client_;
    Request request_;
    sent::BulkOptions options_{};
    std::vector<Request> requests_{};
};

}  // namespace bench
