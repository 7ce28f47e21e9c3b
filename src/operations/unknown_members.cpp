#include <sent/unknown_members.hpp>

#include <utility>

#include <sent/operations.hpp>

#include "core/problem.hpp"
#include "core/request.hpp"
#include "json/decode.hpp"
#include "operations/registry.hpp"

namespace sent {
namespace detail {
namespace {

DecodeResult read_answer_strictly(const Route& route, std::string_view text, void* answer) {
    const auto room = room_for_text(text.size());
    if (route.generation != Generation::v3) {
        return decode_strictly(text, route.response(), answer, room);
    }
    EnvelopeMember members[] = {{"data", &struct_by_table, answer}};
    return decode_envelope_strictly(text, members, 1, &route.response(), room);
}

}  // namespace
}  // namespace detail

Result<UnknownMembers> unknown_members(std::string_view operation, std::string_view answer) {
    const auto* const route = detail::find_route(operation);
    if (route == nullptr) {
        return detail::unknown_operation(operation);
    }
    if (route->response == nullptr || answer.empty()) {
        return UnknownMembers{};
    }
    const auto ignored = route->make_response();
    auto read = detail::read_answer_strictly(*route, answer, ignored.get());
    if (!read) {
        return detail::not_sent_error(
            ErrorKind::invalid_request,
            "the text is not an answer to " + detail::quoted(route->name) + ": " + read.message);
    }
    // In v3, paths begin with the envelope's member.
    constexpr std::string_view data = "data.";
    auto first = std::move(read.first_unknown);
    if (route->generation == Generation::v3 && first.compare(0, data.size(), data) == 0) {
        first.erase(0, data.size());
    }
    return UnknownMembers{read.unknown, std::move(first)};
}

}  // namespace sent
