// The code blocks of docs/retries.md.
#include <chrono>

#include <sent/sent.hpp>

using namespace std::chrono_literals;

int main() {
    // For all calls of a client: more patience, but at most 30 seconds for a call as a whole.
    const sent::Client client({
        .deadline = 30s,
        .retry = {.max_retries = 5, .initial_backoff = 200ms, .max_retry_after = 10s},
    });

    // For one call: a single attempt.
    const auto page = client.v2().contacts().list({}, {.retry = sent::RetryOptions{.max_retries = 0}});

    // As the vendor's SDKs do, at the risk that a message goes out twice.
    const auto like_the_vendor =
        client.with_options({.retry = sent::RetryOptions{.safety = sent::RetrySafety::official}});

    return page && like_the_vendor.v2().contacts().list() ? 0 : 1;
}
