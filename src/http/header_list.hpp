#pragma once

#include <curl/curl.h>

#include <vector>

#include <sent/http/transport.hpp>

namespace sent::detail::http {

/// A curl_slist whose nodes point at lines that stand elsewhere, instead of at copies. The nodes are kept
/// from request to request, so that a list costs no allocation.
class HeaderList {
  public:
    /// The list of the request's headers and of what keeps curl from adding its own. Valid until the next
    /// call, and for as long as those headers are not changed.
    curl_slist* build(const HttpRequest& request);

  private:
    std::vector<curl_slist> nodes_;
};

}  // namespace sent::detail::http
