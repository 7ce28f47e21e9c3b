#include "emulator/http/connection.hpp"

#include <exception>
#include <string>
#include <utility>

#include "emulator/control/fault_player.hpp"
#include "emulator/control/guard.hpp"
#include "emulator/http/request_reader.hpp"
#include "emulator/http/router.hpp"
#include "emulator/http/socket.hpp"
#include "emulator/json_reply.hpp"
#include "emulator/state/idempotency.hpp"
#include "emulator/state/world.hpp"
#include "emulator/v3/pipeline.hpp"

namespace sent::testing::emulator {
namespace {

bool is_control(const Request& request) {
    return !request.segments.empty() && request.segments.front() == "_emulator";
}

// Counts and logs name the path as in the reference, because real paths contain ids and numbers.
std::string route_name(const Router::Match& match) {
    return match.route != nullptr ? match.route->path : "(other)";
}

Reply answer(World& world, const Request& request, Router::Match match) {
    Reply reply;
    try {
        reply = Router::answer(world, request, std::move(match));
    } catch (const std::exception& error) {
        reply = problem(500, std::string("The emulator failed: ") + error.what());
    }
    if (request.method == "HEAD") {
        reply.body.clear();
    }
    return reply;
}

void log_exchange(World& world, const Request& request, const std::string& name, int status,
                  const std::optional<Fault>& fault) {
    std::string line = request.method + ' ' + name;
    line.append(" -> ").append(status == 0 ? "not processed" : std::to_string(status));
    if (fault) {
        line.append(", fault ").append(fault_name(fault->kind));
    }
    world.log(line);
}

// Returns whether the connection stays open.
bool v3_call(Socket& socket, World& world, const Router& router, const Request& request) {
    auto match = router.find(request);
    const auto name = route_name(match);
    if (is_control(request)) {
        auto refusal = refuse_control(request, world.options());
        Reply reply = refusal ? std::move(*refusal) : answer(world, request, std::move(match));
        keep_from_other_origins(reply);
        return write_reply(socket, reply, after_reply(request, reply));
    }
    world.alone([&](World& all) {
        ++all.requests.total;
        ++all.requests.by_route[{request.method, name}];
    });
    // The key stays in use until the reply has been written, however long a fault delays it.
    KeyHold hold(world.idempotency);
    int status = 0;
    const auto process = [&] {
        const bool free =
            hold.take(idempotency_scope(request, match.route), world.options().idempotency_wait);
        Reply reply = free ? answer(world, request, std::move(match)) : refuse_v3(world, "CONFLICT_001");
        status = reply.status;
        return reply;
    };
    if (const auto fault = world.faults.take(request.method, request.path)) {
        const bool goes_on = play_fault(*fault, socket, request, process);
        log_exchange(world, request, name, status, fault);
        return goes_on;
    }
    const Reply reply = process();
    log_exchange(world, request, name, status, std::nullopt);
    return write_reply(socket, reply, after_reply(request, reply));
}

}  // namespace

void serve_connection(Socket& socket, World& world, const Router& router) {
    ++world.connections;
    RequestReader reader(socket);
    while (true) {
        const auto result = reader.next(world.options().keep_alive_timeout);
        switch (result.outcome) {
            case ReadResult::Outcome::ended:
                return;
            case ReadResult::Outcome::refused:
                world.log("refused a malformed request: " + result.detail);
                write_reply(socket, problem(result.status, result.detail), AfterReply::close);
                socket.finish();
                return;
            case ReadResult::Outcome::request:
                if (!v3_call(socket, world, router, result.request)) {
                    socket.finish();
                    return;
                }
        }
    }
}

}  // namespace sent::testing::emulator
