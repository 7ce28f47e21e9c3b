#pragma once

#include <curl/curl.h>

#include <vector>

#include <sent/http/headers.hpp>

namespace sent::detail::http {

/// A curl_slist whose nodes point at lines that stand elsewhere, instead of at copies. The nodes are kept
/// from request to request, so that a list costs no allocation.
class HeaderList {
  public:
    /// The list of these headers and of what keeps curl from adding its own. Valid until the next call, and
    /// for as long as `headers` is not changed.
    curl_slist* build(const Headers& headers);

  private:
    std::vector<curl_slist> nodes_;
};

}  // namespace sent::detail::http
