// Bounds a call by a deadline, and stops another one that is under way.
//
//   export SENT_DM_API_KEY=... SENT_DM_SENDER_ID=...
//   ./09_deadline_and_cancel
//
// Reads are used here, because a cancelled send may have gone out all the same: its outcome is "unknown".
#include <chrono>
#include <future>
#include <iostream>

#include <sent/sent.hpp>

using namespace std::chrono_literals;

int main() {
    const sent::Client client;

    // All attempts and the waits between them end within two seconds.
    const auto page = client.v2().contacts().list({.page_size = 5}, {.deadline = 2s});
    if (!page) {
        std::cerr << page.error() << '\n';
        return 1;
    }
    std::cout << page->total_count << " contacts\n";

    const sent::CancellationSource source;
    auto templates = client.submit(sent::v2::ListTemplatesRequest{}, {.cancel = source.token()});
    if (templates.wait_for(100ms) == std::future_status::timeout) {
        source.cancel();
    }
    const auto result = templates.get();
    if (result) {
        std::cout << result->total_count << " templates\n";
    } else if (result.error().kind == sent::ErrorKind::cancelled) {
        std::cout << "no templates within 100 ms: cancelled\n";
    } else {
        std::cerr << result.error() << '\n';
        return 1;
    }
}
