#include "script.hpp"

#include <algorithm>
#include <atomic>
#include <memory>
#include <stdexcept>
#include <utility>

#include "compression.hpp"

namespace sent::test {

namespace {

constexpr std::size_t batch_size = 64 * 1024;

// Scripts are copied for each connection; big texts are not.
using SharedText = std::shared_ptr<const std::string>;

SharedText share(std::string text) {
    return std::make_shared<const std::string>(std::move(text));
}

bool write_repeated(Conversation& conversation, const std::string& unit, std::uint64_t count) {
    const std::uint64_t per_batch =
        std::max<std::uint64_t>(1, batch_size / std::max<std::size_t>(1, unit.size()));
    std::string batch;
    while (batch.size() < unit.size() * std::min(per_batch, count)) {
        batch += unit;
    }
    for (; count >= per_batch; count -= per_batch) {
        if (!conversation.write(batch)) {
            return false;
        }
    }
    return conversation.write(
        std::string_view(batch).substr(0, unit.size() * static_cast<std::size_t>(count)));
}

bool run(const Script& steps, Conversation& conversation) {
    return std::all_of(steps.begin(), steps.end(), [&](const Step& step) { return step(conversation); });
}

bool finish(Conversation& conversation, Reply::Then then) {
    switch (then) {
        case Reply::Then::keep_alive:
            return true;
        case Reply::Then::close:
            return conversation.close();
        case Reply::Then::reset:
            return conversation.reset();
        case Reply::Then::hold:
            break;
    }
    return conversation.hold();
}

}  // namespace

Step read_request() {
    return [](Conversation& conversation) { return conversation.read_request(); };
}

Step read_until_headers_end() {
    return [](Conversation& conversation) { return conversation.read_head(); };
}

Step read_bytes(std::size_t count) {
    return [count](Conversation& conversation) { return conversation.read_bytes(count); };
}

Step wait_for_close() {
    return [](Conversation& conversation) { return conversation.read_until_closed(); };
}

Step send(std::string bytes) {
    return [text = share(std::move(bytes))](Conversation& conversation) { return conversation.write(*text); };
}

Step send_sliced(std::string bytes, std::size_t slice, std::chrono::milliseconds pause,
                 std::chrono::milliseconds jitter) {
    Pacing pacing;
    pacing.slice = slice;
    pacing.pause = pause;
    pacing.jitter = jitter;
    return [text = share(std::move(bytes)), pacing](Conversation& conversation) {
        return conversation.write(*text, pacing);
    };
}

Step send_repeated(std::string unit, std::uint64_t count) {
    return [text = share(std::move(unit)), count](Conversation& conversation) {
        return write_repeated(conversation, *text, count);
    };
}

Step send_gzip_zeros(std::uint64_t unpacked) {
    return [zeros = std::make_shared<const GzipZeros>(unpacked)](Conversation& conversation) {
        return conversation.write(zeros->head) &&
               write_repeated(conversation, zeros->block, zeros->block_count) &&
               conversation.write(zeros->tail);
    };
}

Step close() {
    return [](Conversation& conversation) { return conversation.close(); };
}

Step close_without_notify() {
    return [](Conversation& conversation) { return conversation.close_without_notify(); };
}

Step reset() {
    return [](Conversation& conversation) { return conversation.reset(); };
}

Step half_close() {
    return [](Conversation& conversation) { return conversation.half_close(); };
}

Step hold() {
    return [](Conversation& conversation) { return conversation.hold(); };
}

Step wait_for(Gate gate) {
    return [gate = std::move(gate)](Conversation& conversation) { return conversation.wait(gate); };
}

Step pause(std::chrono::milliseconds time) {
    return [time](Conversation& conversation) { return conversation.pause(time); };
}

Step notify(Gate gate) {
    return [gate = std::move(gate)](Conversation&) {
        gate.open();
        return true;
    };
}

Step call(std::function<void()> function) {
    return [function = std::move(function)](Conversation&) {
        function();
        return true;
    };
}

Step call(std::function<void(Conversation&)> function) {
    return [function = std::move(function)](Conversation& conversation) {
        function(conversation);
        return true;
    };
}

Step repeat(std::size_t count, Script steps) {
    return [count, steps = std::move(steps)](Conversation& conversation) {
        for (std::size_t i = 0; i < count; ++i) {
            if (!run(steps, conversation)) {
                return false;
            }
        }
        return true;
    };
}

Step tunnel_to(std::uint16_t port, std::string host) {
    return [port, host = std::move(host)](Conversation& conversation) {
        return conversation.tunnel_to(host, port);
    };
}

Step serve(Handler handler, Pacing pacing) {
    // Shared, so that a handler with state has one state for all connections.
    return
        [handler = std::make_shared<const Handler>(std::move(handler)), pacing](Conversation& conversation) {
            while (conversation.read_request()) {
                const Reply reply = (*handler)(conversation.request());
                if (!conversation.write(reply.bytes, pacing) || !finish(conversation, reply.then)) {
                    return false;
                }
            }
            return false;
        };
}

Handler in_order(std::vector<Reply> replies) {
    if (replies.empty()) {
        throw std::invalid_argument("in_order needs a reply");
    }
    struct State {
        std::vector<Reply> replies;
        std::atomic<std::size_t> next{0};
    };
    auto state = std::make_shared<State>();
    state->replies = std::move(replies);
    return [state](const ReceivedRequest&) {
        return state->replies[std::min(state->next.fetch_add(1), state->replies.size() - 1)];
    };
}

}  // namespace sent::test
