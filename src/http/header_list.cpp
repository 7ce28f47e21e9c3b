#include "header_list.hpp"

#include "curl_global.hpp"

namespace sent::detail::http {

namespace {

// A name with nothing behind the colon tells curl to leave out the header that it would add by itself.
char no_expect[] = "Expect:";
char no_content_type[] = "Content-Type:";
// libcurl would compose this one anew, byte by byte, for each request.
char accept_gzip[] = "Accept-Encoding: gzip";

}  // namespace

curl_slist* HeaderList::build(const Headers& headers) {
    nodes_.resize(headers.size() + 3);
    std::size_t count = 0;
    for (; count < headers.size(); ++count) {
        // libcurl only reads the lines, its list type just does not say so.
        nodes_[count].data =
            const_cast<char*>(headers.line(count));  // NOLINT(cppcoreguidelines-pro-type-const-cast)
    }
    nodes_[count++].data = no_expect;
    if (!headers.contains("Content-Type")) {
        nodes_[count++].data = no_content_type;
    }
    if (can_unpack_gzip() && !headers.contains("Accept-Encoding")) {
        nodes_[count++].data = accept_gzip;
    }
    nodes_[count - 1].next = nullptr;
    for (std::size_t i = 1; i < count; ++i) {
        nodes_[i - 1].next = &nodes_[i];
    }
    return nodes_.data();
}

}  // namespace sent::detail::http
