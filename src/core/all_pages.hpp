#pragma once

#include <cstdint>
#include <utility>

#include <sent/client.hpp>
#include <sent/page.hpp>

namespace sent::detail {

/// The lazy range over all pages from `request.page` on. `Request` has a member `page` and answers with a
/// Page<T>.
template <class T, class Request>
PageRange<T> all_pages(const Client& client, Request request, CallOptions options) {
    const auto first_page = request.page;
    return {first_page,
            [client, request = std::move(request), options = std::move(options)](std::int32_t page) mutable {
                request.page = page;
                return client.call(request, options);
            }};
}

}  // namespace sent::detail
