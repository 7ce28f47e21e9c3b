#pragma once

#include <cstddef>
#include <string>

#include <sent/v3/messages.hpp>

#include "bare_curl.hpp"
#include "contender.hpp"
#include "endpoint.hpp"

/// @file
/// Many requests at once from nothing: client, threads, handles and connections are made for each burst and
/// thrown away after it. A run has a multiple of the burst's size.

namespace bench {

/// Bare libcurl, a thread and a handle for each request.
class BareThreadsBurst final : public Contender {
  public:
    BareThreadsBurst(BareRequest request, std::size_t size);
    void run(std::size_t calls) override;

  private:
    void burst() const;

    BareRequest request_;
    HeaderList headers_;
    std::size_t size_;
};

/// Bare libcurl, a handle for each request on one multi handle.
class BareMultiBurst final : public Contender {
  public:
    BareMultiBurst(BareRequest request, std::size_t size);
    void run(std::size_t calls) override;

  private:
    BareRequest request_;
    std::size_t size_;
};

/// Client::submit on a fresh client.
class SdkBurst final : public Contender {
  public:
    SdkBurst(Endpoint endpoint, sent::SendMessageRequest request, std::size_t size);
    void run(std::size_t calls) override;

  private:
    void burst() const;

    Endpoint endpoint_;
    sent::SendMessageRequest request_;
    std::size_t size_;
};

}  // namespace bench
