#include "emulator/control/fault_player.hpp"

#include <algorithm>
#include <string>
#include <string_view>

#include "emulator/control/faults.hpp"
#include "emulator/http/socket.hpp"
#include "emulator/json_reply.hpp"
#include "emulator/v3/pipeline.hpp"
#include "emulator/v3/reply.hpp"

namespace sent::testing::emulator {
namespace {

using std::chrono::milliseconds;

constexpr std::string_view portal_page =
    "<!DOCTYPE html>\n<html><head><title>Welcome to Airport WiFi</title></head>\n"
    "<body><h1>Please sign in</h1><p>Accept the terms of use to get online.</p></body></html>\n";
constexpr std::string_view garbage_bytes = "\x16\x03\x01\x02\xff no HTTP here \xfe\xfd\r\n\r\n";
constexpr milliseconds default_delay{1000};
constexpr milliseconds default_interval{10};

std::string render(const Reply& reply, AfterReply after) {
    const auto length = has_no_body(reply.status) ? -1 : static_cast<long long>(reply.body.size());
    return render_head(reply, length, after) + reply.body;
}

int default_status(FaultKind kind) {
    switch (kind) {
        case FaultKind::status:
            return 503;
        case FaultKind::error_after_processing:
            return 500;
        default:
            return 200;
    }
}

// In the shape of the requested generation, unless the fault names a code, which only v3 has.
Reply invented_error(const Fault& fault, const Request& request, int status) {
    constexpr auto message = "Injected by the emulator.";
    if (!fault.code.empty() || is_v3(request)) {
        Refusal refusal(fault.code.empty() ? code_for_status(status) : fault.code, message);
        const auto request_id = make_request_id();
        Reply reply = failure(refusal.with_status(status), request_id, std::chrono::system_clock::now());
        const auto headers = v3_headers(request_id);
        reply.headers.insert(reply.headers.end(), headers.begin(), headers.end());
        return reply;
    }
    return problem(status, message);
}

int status_of(const Fault& fault) {
    return fault.status.value_or(fault.code.empty() ? default_status(fault.kind)
                                                    : error_code(fault.code).status);
}

// Returns the reply to a request that has no effect.
Reply invented_reply(const Fault& fault, const Request& request) {
    const int status = status_of(fault);
    if (fault.kind == FaultKind::html) {
        return Reply{status, {{"Content-Type", "text/html; charset=utf-8"}}, std::string(portal_page)};
    }
    return status >= 400 ? invented_error(fault, request, status) : Reply{status, {}, {}};
}

void remove_header(HeaderList& headers, std::string_view name) {
    headers.erase(std::remove_if(headers.begin(), headers.end(),
                                 [&](const auto& header) { return same_ignoring_case(header.first, name); }),
                  headers.end());
}

// The fault's members take precedence over the reply's.
void apply_overrides(const Fault& fault, Reply& reply) {
    if (fault.status) {
        reply.status = *fault.status;
    }
    if (fault.body) {
        reply.body = *fault.body;
        remove_header(reply.headers, "Content-Type");
        if (find_header(fault.headers, "Content-Type") == nullptr) {
            reply.headers.emplace_back("Content-Type", "text/plain; charset=utf-8");
        }
    }
    // Remove all before adding any, so that a fault may give a header several values.
    for (const auto& header : fault.headers) {
        remove_header(reply.headers, header.first);
    }
    reply.headers.insert(reply.headers.end(), fault.headers.begin(), fault.headers.end());
}

bool replaces_the_reply(FaultKind kind) {
    return kind == FaultKind::status || kind == FaultKind::error_after_processing || kind == FaultKind::html;
}

Reply reply_for(const Fault& fault, const Request& request, const std::function<Reply()>& process) {
    const bool effect = takes_effect(fault);
    Reply reply = effect ? process() : Reply{};
    if (!effect || replaces_the_reply(fault.kind)) {
        reply = invented_reply(fault, request);
    }
    apply_overrides(fault, reply);
    return reply;
}

// Cuts in the middle of the body. Without a body, cuts in the status line, because clients accept a head that
// ends early.
std::size_t cut_position(const Fault& fault, const Reply& reply, const std::string& bytes) {
    const auto head = bytes.size() - reply.body.size();
    const auto middle = reply.body.size() > 1 ? head + reply.body.size() / 2 : bytes.find("\r\n") / 2;
    return std::min(fault.bytes.value_or(middle), bytes.size());
}

bool write_slowly(const Fault& fault, Socket& socket, std::string_view bytes) {
    const auto step = std::max<std::size_t>(fault.bytes.value_or(1), 1);
    while (!bytes.empty()) {
        const auto part = bytes.substr(0, step);
        if (!socket.write(part)) {
            return false;
        }
        bytes.remove_prefix(part.size());
        if (!bytes.empty() && socket.wait_for_end(fault.delay.value_or(default_interval))) {
            return false;
        }
    }
    return true;
}

bool write_with_wrong_length(const Fault& fault, Socket& socket, const Reply& reply, AfterReply after) {
    const auto claimed = std::max(static_cast<long long>(reply.body.size()) + fault.length_delta, 0LL);
    return socket.write(render_head(reply, claimed, after) + reply.body) && fault.length_delta <= 0;
}

}  // namespace

bool write_reply(Socket& socket, const Reply& reply, AfterReply after) {
    return socket.write(render(reply, after)) && after != AfterReply::close;
}

bool play_fault(const Fault& fault, Socket& socket, const Request& request,
                const std::function<Reply()>& process) {
    const Reply reply = reply_for(fault, request, process);
    const auto after = after_reply(request, reply);
    const bool keep_alive = after != AfterReply::close;
    const std::string bytes = render(reply, after);
    switch (fault.kind) {
        case FaultKind::close_before_reply:
        case FaultKind::close_unprocessed:
            return false;
        case FaultKind::reset:
            socket.write(std::string_view(bytes).substr(0, fault.bytes.value_or(0)));
            socket.reset();
            return false;
        case FaultKind::truncate:
            socket.write(std::string_view(bytes).substr(0, cut_position(fault, reply, bytes)));
            return false;
        case FaultKind::stall:
            socket.write(std::string_view(bytes).substr(0, fault.bytes.value_or(0)));
            socket.wait_for_end(fault.delay);
            return false;
        case FaultKind::slow:
            return write_slowly(fault, socket, bytes) && keep_alive;
        case FaultKind::wrong_length:
            return write_with_wrong_length(fault, socket, reply, after) && keep_alive;
        case FaultKind::garbage:
            socket.write(fault.body ? std::string_view(*fault.body) : garbage_bytes);
            return false;
        case FaultKind::delay:
            return !socket.wait_for_end(fault.delay.value_or(default_delay)) && socket.write(bytes) &&
                   keep_alive;
        case FaultKind::status:
        case FaultKind::error_after_processing:
        case FaultKind::html:
            break;
    }
    return socket.write(bytes) && keep_alive;
}

}  // namespace sent::testing::emulator
