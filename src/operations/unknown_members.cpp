#include <sent/unknown_members.hpp>

#include <sent/operations.hpp>

#include "core/drift.hpp"
#include "core/problem.hpp"
#include "core/request.hpp"
#include "operations/registry.hpp"

namespace sent {

Result<UnknownMembers> unknown_members(std::string_view operation, std::string_view answer) {
    const auto* const route = detail::find_route(operation);
    if (route == nullptr) {
        return detail::unknown_operation(operation);
    }
    if (route->response == nullptr || answer.empty()) {
        return UnknownMembers{};
    }
    auto reading = detail::read_strictly(*route, answer, detail::room_for_text(answer.size()));
    if (!reading.decoded) {
        return detail::not_sent_error(
            ErrorKind::invalid_request,
            "the text is not an answer to " + detail::quoted(route->name) + ": " + reading.decoded.message);
    }
    return std::move(reading.unknown);
}

}  // namespace sent
