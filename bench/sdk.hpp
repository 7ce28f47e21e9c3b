#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include <sent/sent.hpp>

#include "contender.hpp"

/// @file
/// The library's side: an ordinary client with its defaults (retries, timeouts, error mapping in place).

namespace bench {

/// Client::call, one v1 send after the other.
class SdkSend final : public Contender {
  public:
    explicit SdkSend(const std::string& base_url);
    void run(std::size_t calls) override;

  private:
    sent::Client client_;
    sent::v1::SendToContactRequest request_;
};

/// Client::call, one page of v1 contacts after the other, decoded into structs.
class SdkList final : public Contender {
  public:
    explicit SdkList(const std::string& base_url);
    void run(std::size_t calls) override;

  private:
    sent::Client client_;
    sent::v1::ListContactsRequest request_;
};

/// Client::bulk: v1 sends, so many at once.
class SdkBulk final : public Contender {
  public:
    SdkBulk(const std::string& base_url, std::size_t in_flight);
    void run(std::size_t calls) override;

  private:
    sent::Client client_;
    sent::BulkOptions options_{};
    std::vector<sent::v1::SendToContactRequest> requests_{};
};

}  // namespace bench
