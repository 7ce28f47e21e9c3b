#include "core/problem.hpp"

#include <utility>

namespace sent::detail {

Error not_sent_error(ErrorKind kind, std::string message) {
    Error error;
    error.kind = kind;
    error.message = std::move(message);
    error.outcome = Outcome::not_sent;
    return error;
}

Problem problem_of(ErrorKind kind, std::string message) {
    return Problem{not_sent_error(kind, std::move(message))};
}

Problem refuse(std::string message) {
    return problem_of(ErrorKind::invalid_request, std::move(message));
}

std::string quoted(std::string_view name) {
    return "`" + std::string{name} + "`";
}

}  // namespace sent::detail
