// What the codec costs with the structs of v1, without HTTP: Google Benchmark.

#include <string>

#include <benchmark/benchmark.h>
#include <nlohmann/json.hpp>

#include "json/decode.hpp"
#include "json/encode.hpp"
#include "workload.hpp"

#include <sent/v1/contacts.hpp>

namespace {

void count_bytes(benchmark::State& state, std::size_t size) {
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) * static_cast<std::int64_t>(size));
}

void encode_send(benchmark::State& state) {
    const auto request = bench::v1_send_request();
    std::string body;
    while (state.KeepRunning()) {
        body.clear();
        const auto done = sent::detail::encode(request, body);
        if (!done) {
            state.SkipWithError(done.error.c_str());
            break;
        }
        benchmark::DoNotOptimize(body.data());
    }
    count_bytes(state, body.size());
}
BENCHMARK(encode_send);

void encode_send_by_dom(benchmark::State& state) {
    const auto request = bench::v1_send_request();
    std::string body;
    while (state.KeepRunning()) {
        const nlohmann::json tree = {{"contactId", request.contact_id},
                                     {"templateId", request.template_id},
                                     {"messageBody", request.message_body},
                                     {"webhookUrl", request.webhook_url}};
        body = tree.dump();
        benchmark::DoNotOptimize(body.data());
    }
    count_bytes(state, body.size());
}
BENCHMARK(encode_send_by_dom);

void decode_page(benchmark::State& state) {
    const std::string text = bench::contacts_page();
    while (state.KeepRunning()) {
        sent::Page<sent::v1::Contact> page;
        const auto done = sent::detail::decode(text, page);
        if (!done || page.items.size() != bench::contacts_per_page) {
            state.SkipWithError("the page was not decoded");
            break;
        }
        benchmark::DoNotOptimize(page.items.data());
    }
    count_bytes(state, text.size());
}
BENCHMARK(decode_page);

/// The tree alone: nothing is taken out of it.
void parse_page_by_dom(benchmark::State& state) {
    const std::string text = bench::contacts_page();
    while (state.KeepRunning()) {
        const auto tree = nlohmann::json::parse(text);
        benchmark::DoNotOptimize(&tree);
    }
    count_bytes(state, text.size());
}
BENCHMARK(parse_page_by_dom);

}  // namespace
