// What verifying a delivery costs next to a bare HMAC of the same bytes by OpenSSL.

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <benchmark/benchmark.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <sent/webhooks/signer.hpp>
#include <sent/webhooks/verifier.hpp>

namespace {

constexpr char key[] = "sent-cpp-sdk-test-signing-key-01";
constexpr auto secret = "whsec_c2VudC1jcHAtc2RrLXRlc3Qtc2lnbmluZy1rZXktMDE=";
constexpr auto endpoint = "7ba7b820-9dad-11d1-80b4-00c04fd430c8";

/// A delivery of so many bytes in the shape in which a server has it, and what is signed of it in one piece.
struct Delivery {
    std::string body{};
    std::vector<std::pair<std::string, std::string>> headers{};
    std::string signed_bytes{};

    explicit Delivery(std::size_t size) : body(size, 'x') {
        // What an HTTP server passes on beside them.
        headers = {{"Host", "example.com"},
                   {"User-Agent", "sent"},
                   {"Content-Type", "application/json"},
                   {"Content-Length", std::to_string(size)}};
        const auto own =
            sent::webhooks::Signer{{secret, endpoint}}.sign(body, {"message.delivered", "e1"}).value();
        for (const auto [name, value] : own) {
            headers.emplace_back(name, value);
        }
        signed_bytes.append(*own.get("x-webhook-id")).append(".");
        signed_bytes.append(*own.get("x-webhook-timestamp")).append(".").append(body);
    }
};

bool bare_hmac(const Delivery& delivery) {
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    const auto* done = HMAC(EVP_sha256(), key, sizeof key - 1,
                            reinterpret_cast<const unsigned char*>(delivery.signed_bytes.data()),
                            delivery.signed_bytes.size(), digest, &size);
    benchmark::DoNotOptimize(digest);
    return done != nullptr;
}

void sizes(benchmark::internal::Benchmark* benchmark) {
    benchmark->Arg(1024)->Arg(64 * 1024)->Arg(1024 * 1024);
}

/// Both sides in turn, in blocks of about half a millisecond; the ratio is taken block by block, its median
/// counts.
void webhook_verification(benchmark::State& state) {
    using Clock = std::chrono::steady_clock;
    const auto size = static_cast<std::size_t>(state.range(0));
    const Delivery delivery{size};
    const sent::webhooks::Verifier verifier({secret});
    const auto repetitions = std::max<std::size_t>(1, 256 * 1024 / size);
    std::vector<double> ratios;
    while (state.KeepRunning()) {
        bool good = true;
        const auto start = Clock::now();
        for (std::size_t i = 0; i < repetitions; ++i) {
            good = bare_hmac(delivery) && good;
        }
        const auto middle = Clock::now();
        for (std::size_t i = 0; i < repetitions; ++i) {
            good = verifier.check(delivery.headers, delivery.body) == sent::webhooks::Verdict::valid && good;
        }
        const std::chrono::duration<double> bare = middle - start;
        const std::chrono::duration<double> ours = Clock::now() - middle;
        state.SetIterationTime(ours.count());
        ratios.push_back(ours / bare);
        if (!good) {
            state.SkipWithError("the delivery is not valid");
            return;
        }
    }
    const auto middle = ratios.begin() + static_cast<std::ptrdiff_t>(ratios.size() / 2);
    std::nth_element(ratios.begin(), middle, ratios.end());
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) *
                            static_cast<std::int64_t>(repetitions));
    state.counters["to_bare_hmac"] = *middle;
}
BENCHMARK(webhook_verification)->Apply(sizes)->UseManualTime();

}  // namespace
