#include "emulator/json_reply.hpp"

namespace sent::testing::emulator {
namespace {

constexpr auto problem_type = "application/problem+json";

}  // namespace

Reply json_reply(const Json& value, int status) {
    return Reply{status, {{"Content-Type", "application/json; charset=utf-8"}}, to_text(value)};
}

Reply no_content() {
    return Reply{204, {}, {}};
}

Reply problem(int status, std::string_view detail) {
    const Json body{{"status", status}, {"title", reason_phrase(status)}, {"detail", detail}};
    return Reply{status, {{"Content-Type", problem_type}}, to_text(body)};
}

Reply validation_error(const FieldErrors& errors) {
    const Json body{{"statusCode", 400}, {"message", "One or more errors occurred!"}, {"errors", errors}};
    return Reply{400, {{"Content-Type", problem_type}}, to_text(body)};
}

}  // namespace sent::testing::emulator
