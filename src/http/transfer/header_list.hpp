#pragma once

#include <curl/curl.h>

#include <vector>

#include <sent/http/transport.hpp>

namespace sent::detail::http {

/// A curl_slist whose nodes point to existing lines instead of copies, so that the API key is copied nowhere
/// (R10 in docs/reliability.md). The nodes are reused for later requests.
class HeaderList {
  public:
    /// Sets the request's headers, and those that stop libcurl from adding its own. The list serves one
    /// handle, until the next call, and the headers must not change meanwhile.
    void set(CURL* easy, const HttpRequest& request);

  private:
    std::vector<curl_slist> nodes_;
    /// The beginning of the list that the handle uses.
    curl_slist* given_ = nullptr;
};

}  // namespace sent::detail::http
