#include <sent/testing/mock_transport.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include <nlohmann/json.hpp>

namespace sent::testing {

namespace {

Headers with_json_type(Headers headers) {
    if (!headers.contains("Content-Type")) {
        headers.add("Content-Type", "application/json");
    }
    return headers;
}

TransportError make_error(TransportErrorKind kind, std::string message, bool may_have_left) {
    TransportError error;
    error.kind = kind;
    error.message = std::move(message);
    error.request_may_have_left = may_have_left;
    return error;
}

}  // namespace

Reply::Reply(int status, std::string body, Headers headers) {
    answer_ = [response = HttpResponse{status, std::move(headers), std::move(body)}](const RecordedRequest&) {
        return TransportResult{response};
    };
}

Reply Reply::json(int status, std::string text, Headers headers) {
    return {status, std::move(text), with_json_type(std::move(headers))};
}

Reply Reply::no_content(Headers headers) {
    return {204, {}, std::move(headers)};
}

Reply Reply::error(int status, std::string_view code, std::string_view message, Headers headers) {
    using Json = nlohmann::ordered_json;
    const auto write = [](const Json& body) {
        return body.dump(-1, ' ', false, Json::error_handler_t::replace);
    };
    const std::string text = !message.empty() ? std::string{message}
                             : !code.empty()  ? "mock: " + std::string{code}
                                              : "mock: status " + std::to_string(status);
    if (code.empty()) {
        return json(status, write({{"title", "mock"}, {"status", status}, {"detail", text}}),
                    std::move(headers));
    }
    const std::string request_id{headers.get("X-Request-Id").value_or("req_mock")};
    const Json error{{"code", code}, {"message", text}, {"details", nullptr}, {"doc_url", nullptr}};
    return json(status,
                write({{"success", false},
                       {"data", nullptr},
                       {"error", error},
                       {"meta", {{"request_id", request_id}, {"version", "v3"}}}}),
                std::move(headers));
}

Reply Reply::failure(TransportError error) {
    return computed([error = std::move(error)](const RecordedRequest&) { return TransportResult{error}; });
}

Reply Reply::name_not_resolved() {
    return failure(make_error(TransportErrorKind::resolve, "mock: could not resolve the host name", false));
}

Reply Reply::connection_refused() {
    return failure(make_error(TransportErrorKind::connect, "mock: connection refused", false));
}

Reply Reply::connect_timeout() {
    return failure(make_error(TransportErrorKind::timeout, "mock: no connection in time", false));
}

Reply Reply::certificate_rejected() {
    return failure(
        make_error(TransportErrorKind::certificate, "mock: the server's certificate is not trusted", false));
}

Reply Reply::timeout() {
    return failure(make_error(TransportErrorKind::timeout, "mock: no answer in time", true));
}

Reply Reply::connection_lost() {
    return failure(
        make_error(TransportErrorKind::closed, "mock: the connection was closed before the answer", true));
}

Reply Reply::truncated(HttpResponse partial) {
    TransportError error =
        make_error(TransportErrorKind::incomplete, "mock: the answer's body ended early", true);
    error.partial = std::move(partial);
    return failure(std::move(error));
}

Reply Reply::computed(std::function<TransportResult(const RecordedRequest&)> answer) {
    Reply reply;
    reply.answer_ = std::move(answer);
    return reply;
}

Reply Reply::thrown(std::exception_ptr exception) {
    Reply reply;
    reply.exception_ = std::move(exception);
    return reply;
}

Reply Reply::times(int count) const {
    Reply changed = *this;
    changed.times_ = std::max(count, 1);
    return changed;
}

Reply Reply::always() const {
    Reply changed = *this;
    changed.times_ = -1;
    return changed;
}

}  // namespace sent::testing
