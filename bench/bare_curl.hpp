#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include <curl/curl.h>

#include "contender.hpp"
#include "endpoint.hpp"

/// @file
/// The reference: what a program gets that uses libcurl directly and knows how.

namespace bench {

struct EasyDeleter {
    void operator()(CURL* handle) const noexcept { curl_easy_cleanup(handle); }
};

struct MultiDeleter {
    void operator()(CURLM* handle) const noexcept { curl_multi_cleanup(handle); }
};

struct HeaderListDeleter {
    void operator()(curl_slist* list) const noexcept { curl_slist_free_all(list); }
};

using EasyHandle = std::unique_ptr<CURL, EasyDeleter>;
using MultiHandle = std::unique_ptr<CURLM, MultiDeleter>;
using HeaderList = std::unique_ptr<curl_slist, HeaderListDeleter>;

/// A request, ready to be repeated.
struct BareRequest {
    std::string url{};
    /// Empty: GET, else POST.
    std::string body{};
    std::vector<std::string> headers{};
    long expected_status = 200;
    /// PEM file of trusted certificates.
    std::string trust{};
    /// Takes libcurl's default directory of certificates away, for which it looks at each connection.
    bool without_ca_path = false;
    bool http2 = false;
};

BareRequest bare_v1_send(const Endpoint& endpoint);
BareRequest bare_v1_list(const Endpoint& endpoint);
BareRequest bare_v3_send(const Endpoint& endpoint);

/// Sets every option of a handle for this request. `received` gets the reply's body.
void set_options(CURL* handle, const BareRequest& request, curl_slist* headers, std::string& received);

HeaderList make_header_list(const std::vector<std::string>& headers);
EasyHandle make_easy_handle();
/// Performs what the options of a handle say. Throws CallFailed.
void perform(CURL* handle, const BareRequest& request, std::string& received);

/// One handle, reused; headers and body made beforehand; the reply into one buffer, not parsed.
class BareEasy final : public Contender {
  public:
    explicit BareEasy(BareRequest request);
    void run(std::size_t calls) override;

  private:
    BareRequest request_;
    HeaderList headers_;
    std::string received_{};
    EasyHandle handle_;
};

/// The same handle, but options and header list are set again for each call, as any wrapper does whose
/// requests differ.
class BareEasySetAgain final : public Contender {
  public:
    explicit BareEasySetAgain(BareRequest request);
    void run(std::size_t calls) override;

  private:
    BareRequest request_;
    std::string received_{};
    EasyHandle handle_;
};

}  // namespace bench
