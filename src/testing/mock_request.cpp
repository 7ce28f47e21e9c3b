#include "testing/mock_request.hpp"

#include <algorithm>
#include <string>

#include "base/text/percent.hpp"

namespace sent::testing {

namespace {

/// Returns path and query of an absolute URL.
std::string_view target_of(std::string_view url) {
    url = url.substr(0, url.find('#'));
    const auto scheme = url.find("://");
    const auto host = scheme == std::string_view::npos ? 0 : scheme + 3;
    const auto begin = url.find_first_of("/?", host);
    return begin == std::string_view::npos ? std::string_view{} : url.substr(begin);
}

Headers parse_query(std::string_view query) {
    Headers parameters;
    while (!query.empty()) {
        const auto parameter = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(query.size(), parameter.size() + 1));
        const auto equals = std::min(parameter.find('='), parameter.size());
        if (!parameter.empty()) {
            const auto value = parameter.substr(std::min(parameter.size(), equals + 1));
            parameters.add(detail::query_decoded(parameter.substr(0, equals)), detail::query_decoded(value));
        }
    }
    return parameters;
}

}  // namespace

std::string RecordedRequest::target() const {
    return std::string{target_of(url)};
}

std::optional<RecordedRequest> record(const HttpRequest& request, bool asynchronous) {
    RecordedRequest recorded;
    recorded.method = request.method;
    recorded.url = request.url;
    const auto target = target_of(request.url);
    const auto question = std::min(target.find('?'), target.size());
    recorded.path = question == 0 ? "/" : std::string{target.substr(0, question)};
    recorded.query = parse_query(target.substr(std::min(target.size(), question + 1)));
    recorded.headers = request.headers;
    recorded.body = request.body;
    if (request.parts != nullptr) {
        for (const auto& part : *request.parts) {
            auto content = part.source->read_all();
            if (!content) {
                return std::nullopt;
            }
            recorded.parts.push_back({part.name, part.file_name, part.content_type, *std::move(content)});
        }
    }
    recorded.connect_timeout = request.connect_timeout;
    recorded.timeout = request.timeout;
    recorded.asynchronous = asynchronous;
    return recorded;
}

}  // namespace sent::testing
