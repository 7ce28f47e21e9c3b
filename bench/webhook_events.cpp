// What reading a delivery costs, next to a parse of the same bytes into nlohmann's tree that takes nothing
// out of it.

#include <ctime>
#include <string>
#include <variant>

#include <benchmark/benchmark.h>
#include <nlohmann/json.hpp>

#include "allocations.hpp"

#include <sent/webhooks/events.hpp>

namespace {

const std::string status_body =
    R"({"field":"message","event":"message.delivered","timestamp":"2026-08-01T09:00:06Z",)"
    R"("payload":{"account_id":"11111111-2222-4333-8444-555555555555",)"
    R"("message_id":"c0a8012e-5f43-4b57-a1d1-2f0d7f6e9b10","message_status":"DELIVERED","channel":"sms",)"
    R"("outbound_number":"+12025550123","template_id":"7ba7b820-9dad-11d1-80b4-00c04fd430c8",)"
    R"("template_name":"order_confirmation","agent_id":null,"updated_at":"2026-08-01T09:00:05Z"}})";
const std::string inbound_body =
    R"({"field":"message","event":"message.received","timestamp":"2026-03-14T09:22:11Z",)"
    R"("payload":{"account_id":"11111111-2222-4333-8444-555555555555",)"
    R"("message_id":"6c1b0a99-2d7e-4c3e-8a5f-9f4e6a2c0b1d","channel":"whatsapp",)"
    R"("inbound_number":"+12025550123","outbound_number":"+12025550199","text":"Is my order on its way?",)"
    R"("received_at":"2026-03-14T09:22:10Z","updated_at":"2026-03-14T09:22:10Z"}})";

bool read_event(const std::string& body) {
    auto event = sent::webhooks::parse_event(body);
    benchmark::DoNotOptimize(&event);
    return event && !std::holds_alternative<sent::webhooks::UnknownEvent>(event->payload);
}

bool read_tree(const std::string& body) {
    auto tree = nlohmann::json::parse(body);
    benchmark::DoNotOptimize(&tree);
    return tree.is_object();
}

using Reader = bool (*)(const std::string& body);

void run(benchmark::State& state, const std::string& body, Reader read) {
    const auto before = bench::thread_allocations();
    while (state.KeepRunning()) {
        if (!read(body)) {
            state.SkipWithError("the body was not read");
            break;
        }
    }
    if (bench::counts_allocations()) {
        state.counters["allocations"] = static_cast<double>(bench::thread_allocations() - before) /
                                        static_cast<double>(state.iterations());
    }
}

void webhook_status_event(benchmark::State& state) {
    run(state, status_body, &read_event);
}
BENCHMARK(webhook_status_event);

void webhook_status_event_by_dom(benchmark::State& state) {
    run(state, status_body, &read_tree);
}
BENCHMARK(webhook_status_event_by_dom);

void webhook_inbound_message(benchmark::State& state) {
    run(state, inbound_body, &read_event);
}
BENCHMARK(webhook_inbound_message);

void webhook_inbound_message_by_dom(benchmark::State& state) {
    run(state, inbound_body, &read_tree);
}
BENCHMARK(webhook_inbound_message_by_dom);

/// Both by turns, in processor time, so that whatever else runs here meets both alike; `ratio` is ours by the
/// tree's.
void webhook_status_event_against_dom(benchmark::State& state) {
    constexpr int round = 200;
    std::clock_t ours = 0;
    std::clock_t theirs = 0;
    const auto time = [](Reader read) {
        const auto start = std::clock();
        for (int i = 0; i < round; ++i) {
            (void)read(status_body);
        }
        return std::clock() - start;
    };
    while (state.KeepRunning()) {
        ours += time(&read_event);
        theirs += time(&read_tree);
    }
    state.counters["ratio"] = static_cast<double>(ours) / static_cast<double>(theirs);
}
BENCHMARK(webhook_status_event_against_dom);

}  // namespace
