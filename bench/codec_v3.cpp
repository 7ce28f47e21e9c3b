// What the codec costs with the structs of v3, envelope included, without HTTP, next to two other readers.

#include <cstdint>
#include <cstdio>
#include <iterator>
#include <string>

#include <benchmark/benchmark.h>
#include <nlohmann/json.hpp>
#ifdef SENT_BENCH_SIMDJSON
#include <simdjson.h>
#endif

#include "allocations.hpp"
#include "core/envelope.hpp"
#include "json/decoder.hpp"
#include "json/encode.hpp"
#include "json/field.hpp"
#include "json/nlohmann_source.hpp"
#ifdef SENT_WITH_SIMDJSON
#include "json/simdjson_source.hpp"
#endif

#include <sent/v3/contacts.hpp>
#include <sent/v3/messages.hpp>

namespace {

std::string contact(int number) {
    char row[768];
    std::snprintf(row, sizeof row,
                  R"({"id":"66666666-7777-4888-9999-%012d","phone_number":"+120255%05d",)"
                  R"("format_e164":"+120255%05d","format_international":"+1 202-55%05d",)"
                  R"("format_national":"(202) 55%05d","format_rfc":"tel:+1-202-55%05d","country_code":"1",)"
                  R"("region_code":"US","available_channels":"sms,whatsapp","default_channel":"sms",)"
                  R"("opt_out":false,"is_inherited":false,"created_at":"2026-07-01T08:00:00.1234567+00:00",)"
                  R"("updated_at":null})",
                  number, number, number, number, number, number);
    return row;
}

std::string page_of(std::int64_t count) {
    std::string text = R"({"success":true,"data":{"contacts":[)";
    for (int i = 0; i < static_cast<int>(count); ++i) {
        text += (i == 0 ? "" : ",") + contact(i);
    }
    const auto total = std::to_string(count);
    text +=
        R"(],"pagination":{"page":1,"page_size":)" + total + R"(,"total_count":)" + total +
        R"(,"total_pages":1,"has_more":false,"cursors":null}},"error":null,)" +
        R"("meta":{"request_id":"req_7X9zKp2jDw","timestamp":"2026-03-11T21:50:50.182+00:00","version":"v3"}})";
    text.reserve(text.size() + 64);  // as the transport keeps it
    return text;
}

/// Bytes, and allocations of each iteration.
class Counted {
  public:
    Counted(benchmark::State& state, std::size_t size)
        : state_(state), size_(size), before_(bench::thread_allocations()) {}
    Counted(const Counted&) = delete;
    Counted& operator=(const Counted&) = delete;
    ~Counted() {
        const auto made = static_cast<double>(bench::thread_allocations() - before_);
        state_.SetBytesProcessed(static_cast<std::int64_t>(state_.iterations()) *
                                 static_cast<std::int64_t>(size_));
        if (bench::counts_allocations()) {
            state_.counters["allocations"] = made / static_cast<double>(state_.iterations());
        }
    }

  private:
    benchmark::State& state_;
    std::size_t size_;
    std::uint64_t before_;
};

void pages(benchmark::internal::Benchmark* benchmark) {
    benchmark->Arg(100)->Arg(1000);
}

void v3_decode_page(benchmark::State& state) {
    const auto text = page_of(state.range(0));
    const auto& info = sent::detail::Described<sent::Page<sent::Contact>>::info();
    const Counted counted{state, text.size()};
    while (state.KeepRunning()) {
        sent::Page<sent::Contact> page;
        const auto envelope = sent::detail::read_envelope(text, &info, &page, sent::detail::unlimited);
        if (!envelope.decoded || page.total_count != state.range(0) ||
            page.items.size() != static_cast<std::size_t>(state.range(0))) {
            state.SkipWithError("the page was not decoded");
            break;
        }
        benchmark::DoNotOptimize(page.items.data());
    }
}
BENCHMARK(v3_decode_page)->Apply(pages);

/// The same by a source of events that is named, not chosen when the library is built.
template <class Parse>
void decode_page_by(benchmark::State& state, Parse parse) {
    const auto text = page_of(state.range(0));
    const auto& info = sent::detail::Described<sent::Page<sent::Contact>>::info();
    const Counted counted{state, text.size()};
    while (state.KeepRunning()) {
        sent::Page<sent::Contact> page;
        sent::detail::EnvelopeMeta meta;
        sent::detail::EnvelopeMember members[] = {
            {"success"},
            {"data", &sent::detail::struct_by_table, &page},
            {"error"},
            {"meta", &sent::detail::type_info<sent::detail::EnvelopeMeta>, &meta},
        };
        sent::detail::DecodeResult result;
        sent::detail::Decoder decoder{result, members, std::size(members), &info, sent::detail::unlimited};
        decoder.finish(parse(text, decoder));
        if (!result || page.items.size() != static_cast<std::size_t>(state.range(0))) {
            state.SkipWithError("the page was not decoded");
            break;
        }
        benchmark::DoNotOptimize(page.items.data());
    }
}

void v3_decode_page_events_of_nlohmann(benchmark::State& state) {
    decode_page_by(state, sent::detail::parse_by_nlohmann);
}
BENCHMARK(v3_decode_page_events_of_nlohmann)->Apply(pages);

#ifdef SENT_WITH_SIMDJSON
void v3_decode_page_events_of_simdjson(benchmark::State& state) {
    decode_page_by(state, sent::detail::parse_by_simdjson);
}
BENCHMARK(v3_decode_page_events_of_simdjson)->Apply(pages);
#endif

/// What the strings and the vector of such a page need by themselves.
void v3_copy_page(benchmark::State& state) {
    const auto text = page_of(state.range(0));
    sent::Page<sent::Contact> page;
    const auto envelope = sent::detail::read_envelope(
        text, &sent::detail::Described<sent::Page<sent::Contact>>::info(), &page, sent::detail::unlimited);
    const Counted counted{state, text.size()};
    while (state.KeepRunning()) {
        const auto copy = page;
        benchmark::DoNotOptimize(copy.items.data());
    }
    if (!envelope.decoded) {
        state.SkipWithError("the page was not decoded");
    }
}
BENCHMARK(v3_copy_page)->Apply(pages);

/// The tree alone: nothing is taken out of it.
void v3_parse_page_by_dom(benchmark::State& state) {
    const auto text = page_of(state.range(0));
    const Counted counted{state, text.size()};
    while (state.KeepRunning()) {
        const auto tree = nlohmann::json::parse(text);
        benchmark::DoNotOptimize(&tree);
    }
}
BENCHMARK(v3_parse_page_by_dom)->Apply(pages);

#ifdef SENT_BENCH_SIMDJSON

/// Into the same struct, field by field, in the order in which they come, with nothing checked that the
/// library checks: the least that a reader can cost. The text has its padding beforehand.
bool read_by_simdjson(simdjson::ondemand::parser& parser, const simdjson::padded_string& text,
                      sent::Page<sent::Contact>& page) {
    auto document = parser.iterate(text);
    auto data = document["data"];
    std::string_view value;
    const auto take = [&value](auto&& found, std::string& target) {
        if (found.get_string().get(value) == simdjson::SUCCESS) {
            target.assign(value);
        }
    };
    for (auto element : data["contacts"].get_array()) {
        auto row = element.get_object();
        auto& contact = page.items.emplace_back();
        take(row["id"], contact.id);
        take(row["phone_number"], contact.phone_number);
        take(row["format_e164"], contact.format_e164);
        take(row["format_international"], contact.format_international);
        take(row["format_national"], contact.format_national);
        take(row["format_rfc"], contact.format_rfc);
        take(row["country_code"], contact.country_code);
        take(row["region_code"], contact.region_code);
        take(row["available_channels"], contact.available_channels);
        take(row["default_channel"], contact.default_channel.raw());
        contact.opt_out = row["opt_out"].get_bool().value_unsafe();
        contact.is_inherited = row["is_inherited"].get_bool().value_unsafe();
        if (row["created_at"].get_string().get(value) == simdjson::SUCCESS) {
            contact.created_at = sent::parse_timestamp(value);
        }
    }
    std::int64_t total = 0;
    if (data["pagination"]["total_count"].get_int64().get(total) != simdjson::SUCCESS) {
        return false;
    }
    page.total_count = static_cast<std::int32_t>(total);
    return true;
}

void v3_decode_page_by_simdjson(benchmark::State& state) {
    const simdjson::padded_string text{page_of(state.range(0))};
    simdjson::ondemand::parser parser;
    const Counted counted{state, text.size()};
    while (state.KeepRunning()) {
        sent::Page<sent::Contact> page;
        if (!read_by_simdjson(parser, text, page) ||
            page.items.size() != static_cast<std::size_t>(state.range(0))) {
            state.SkipWithError("the page was not decoded");
            break;
        }
        benchmark::DoNotOptimize(page.items.data());
    }
}
BENCHMARK(v3_decode_page_by_simdjson)->Apply(pages);

/// simdjson's other way: a whole tree, from which nothing is taken. Of numbers it keeps the value, and not
/// the text that we need.
void v3_parse_page_by_simdjson_dom(benchmark::State& state) {
    const simdjson::padded_string text{page_of(state.range(0))};
    simdjson::dom::parser parser;
    const Counted counted{state, text.size()};
    while (state.KeepRunning()) {
        if (parser.parse(text).error() != simdjson::SUCCESS) {
            state.SkipWithError("the page was not parsed");
            break;
        }
        benchmark::ClobberMemory();
    }
}
BENCHMARK(v3_parse_page_by_simdjson_dom)->Apply(pages);

#endif

sent::SendMessageRequest send_request() {
    sent::SendMessageRequest request;
    request.to = {"+14155550100"};
    request.channel = {sent::Channel::sms};
    request.template_ref.emplace();
    request.template_ref->name = "order_confirmation";
    request.template_ref->parameters = {{"name", "Mira Lindqvist"}, {"order_id", "12345"}};
    return request;
}

void v3_encode_send(benchmark::State& state) {
    const auto request = send_request();
    const Counted counted{state, 0};
    while (state.KeepRunning()) {
        std::string body;
        const auto done = sent::detail::encode(request, body);
        if (!done) {
            state.SkipWithError(done.error.c_str());
            break;
        }
        benchmark::DoNotOptimize(body.data());
    }
}
BENCHMARK(v3_encode_send);

void v3_encode_send_by_dom(benchmark::State& state) {
    const auto request = send_request();
    const Counted counted{state, 0};
    while (state.KeepRunning()) {
        const nlohmann::json tree = {{"to", request.to},
                                     {"channel", {request.channel.front().str()}},
                                     {"template",
                                      {{"name", request.template_ref->name.value_or("")},
                                       {"parameters", request.template_ref->parameters}}}};
        const auto body = tree.dump();
        benchmark::DoNotOptimize(body.data());
    }
}
BENCHMARK(v3_encode_send_by_dom);

}  // namespace
