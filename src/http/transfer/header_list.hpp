#pragma once

#include <curl/curl.h>

#include <vector>

#include <sent/http/transport.hpp>

namespace sent::detail::http {

/// A curl_slist whose nodes point at lines that stand elsewhere, instead of at copies. The nodes are kept
/// from request to request, so that a list costs no allocation.
class HeaderList {
  public:
    /// Gives the handle the request's headers and what keeps curl from adding its own. Serves one handle,
    /// until the next call, and for as long as those headers are not changed.
    void set(CURL* easy, const HttpRequest& request);

  private:
    curl_slist* build(const HttpRequest& request);

    std::vector<curl_slist> nodes_;
    /// Where the list begins that the handle has.
    curl_slist* given_ = nullptr;
};

}  // namespace sent::detail::http
