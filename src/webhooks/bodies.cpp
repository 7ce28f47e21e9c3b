#include "webhooks/bodies.hpp"

#include <utility>

namespace sent::webhooks {

bool is_null(std::string_view body) noexcept {
    constexpr std::string_view before_value = " \t\r\n\xEF\xBB\xBF";
    const auto start = body.find_first_not_of(before_value);
    return start != std::string_view::npos && body[start] == 'n';
}

Error undecodable(std::string problem) {
    Error error;
    error.kind = ErrorKind::undecodable;
    error.message = "the webhook's body: " + std::move(problem);
    return error;
}

}  // namespace sent::webhooks
