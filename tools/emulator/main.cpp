// sent-emulator: the Sent service in memory, for tests in any language. See docs/emulator.md.

#include <chrono>
#include <csignal>
#include <cstdio>
#include <iostream>
#include <map>
#include <string>
#include <string_view>

#include <CLI/CLI.hpp>

#include <sent/testing/emulator.hpp>
#include <sent/version.hpp>

namespace {

constexpr int exit_cannot_listen = 1;
constexpr int exit_bad_options = 2;

constexpr auto footer = R"(
When it is ready it prints one line of JSON to standard output, with base_url, api_key, sender_id, forbidden_api_key
(answered with 403), profile_api_key (of v3's profile) and the ids of the contacts, templates and profiles that it starts
with. Logs go to standard error.
It ends on SIGTERM or SIGINT. Exit codes: 0 ended by a signal, 1 cannot listen, 2 bad options.

Examples:
  Start on a free port, and read from the first line where it is:
    sent-emulator > emulator.json &

  Always at the same place, with the same credentials:
    sent-emulator --port 8080 --api-key test-key --sender-id 0f3c2a71-5b1e-4c7d-9a44-2d8e61b7c903

  Send the first message to it:
    curl -i http://127.0.0.1:8080/v1/messages/contact \
      -H 'x-sender-id: 0f3c2a71-5b1e-4c7d-9a44-2d8e61b7c903' -H 'x-api-key: test-key' \
      -H 'Content-Type: application/json' \
      -d '{"contactId":"6ba7b810-9dad-11d1-80b4-00c04fd430c8","templateId":"7ba7b820-9dad-11d1-80b4-00c04fd430c8",
           "messageBody":{"name":"John Doe","order_id":"12345"}}'

  The same by v3:
    curl -i http://127.0.0.1:8080/v3/messages -H 'x-api-key: test-key' \
      -H 'Content-Type: application/json' -H 'Idempotency-Key: order-12345' \
      -d '{"to":["+14155550100"],"template":{"name":"order_confirmation",
           "parameters":{"name":"John Doe","order_id":"12345"}}}'

  A contact writes, which opens a conversation for free text:
    curl http://127.0.0.1:8080/_emulator/inbound -d '{"from":"+14155550100","text":"Hello"}'

  What has it accepted?
    curl http://127.0.0.1:8080/_emulator/state

  Hear of what becomes of v3's messages, in signed posts to a receiver on this machine:
    curl http://127.0.0.1:8080/v3/webhooks -H 'x-api-key: test-key' -H 'Content-Type: application/json' \
      -d '{"display_name":"Local","endpoint_url":"http://127.0.0.1:9000/hook","event_types":["message"]}'

  Process the next two sends, but close the connection instead of answering:
    curl http://127.0.0.1:8080/_emulator/faults -H 'Content-Type: application/json' \
      -d '{"kind":"close_before_reply","times":2,"method":"POST","path":"/v1/messages"}'

  Kinds of faults: status, error_after_processing, close_before_reply, close_unprocessed, reset, truncate, stall, slow,
  wrong_length, html, garbage, delay. All of it is described in docs/emulator.md.
)";

struct Arguments {
    sent::testing::EmulatorOptions options{};
    long long delivery_delay_ms = 500;
    long long approval_delay_ms = 500;
    long long webhook_retry_delay_ms = 500;
    long long webhook_second_ms = 1000;
    long long idempotency_wait_ms = 5000;
    std::string account_state = "active";
    bool no_seed = false;
    bool log = false;
};

std::map<std::string, sent::testing::EmulatorAccountState> account_states() {
    using State = sent::testing::EmulatorAccountState;
    return {{"active", State::active},
            {"waiting_for_activation", State::waiting_for_activation},
            {"kyc_incomplete", State::kyc_incomplete},
            {"no_channel", State::no_channel},
            {"suspended", State::suspended}};
}

void declare(CLI::App& app, Arguments& arguments) {
    auto& options = arguments.options;
    app.set_version_flag("--version", SENT_VERSION_STRING);
    app.add_option("--port", options.port, "Port to listen on; 0 is a free one")
        ->capture_default_str()
        ->check(CLI::Range(0, 65535));
    app.add_option("--host", options.host,
                   "Address to listen on. The emulator has no access control: keep it on loopback")
        ->capture_default_str();
    app.add_option("--allowed-host", options.allowed_hosts,
                   "One more name that the Host header of requests to /_emulator/ may have; can be repeated")
        ->allow_extra_args(false);
    app.add_option("--api-key", options.api_key, "The valid API key (default: a random one)");
    app.add_option("--sender-id", options.sender_id, "The valid sender id, a GUID (default: a random one)");
    app.add_option("--forbidden-api-key", options.forbidden_api_key,
                   "A valid key without permission: 403 (default: a random one)");
    app.add_option("--profile-api-key", options.profile_api_key,
                   "v3: the seeded profile's own key (default: a random one)");
    app.add_option("--rate-limit", options.rate_limits.standard,
                   "v3: requests in any 60 seconds before 429; 0 means unlimited, the service has 200")
        ->capture_default_str()
        ->check(CLI::NonNegativeNumber);
    app.add_option("--sensitive-rate-limit", options.rate_limits.sensitive,
                   "v3: the same for protected operations, in a minute of the clock; the service has 10")
        ->capture_default_str()
        ->check(CLI::NonNegativeNumber);
    app.add_option("--message-rate-limit", options.rate_limits.messages,
                   "v3: messages in any 60 seconds before 429; 0 means unlimited")
        ->capture_default_str()
        ->check(CLI::NonNegativeNumber);
    app.add_option(
           "--idempotency-wait", arguments.idempotency_wait_ms,
           "v3: milliseconds that a request waits for another one with its Idempotency-Key before 409")
        ->capture_default_str()
        ->check(CLI::NonNegativeNumber);
    app.add_option("--delivery-delay", arguments.delivery_delay_ms,
                   "Milliseconds from accepted to delivered; `sent` comes half-way")
        ->capture_default_str()
        ->check(CLI::NonNegativeNumber);
    app.add_option("--approval-delay", arguments.approval_delay_ms,
                   "Milliseconds from submitting a template to its approval")
        ->capture_default_str()
        ->check(CLI::NonNegativeNumber);
    app.add_option("--webhook-retry-delay", arguments.webhook_retry_delay_ms,
                   "v3: milliseconds from a webhook's failed delivery to the next attempt, doubling up to 60 "
                   "times as much; the service has 60000")
        ->capture_default_str()
        ->check(CLI::NonNegativeNumber);
    app.add_option("--webhook-second", arguments.webhook_second_ms,
                   "v3: milliseconds that a second of a webhook's timeout_seconds lasts")
        ->capture_default_str()
        ->check(CLI::NonNegativeNumber);
    app.add_option("--quick-messages-per-day", options.quick_messages_per_day,
                   "Quick messages per UTC day before 429")
        ->capture_default_str()
        ->check(CLI::NonNegativeNumber);
    app.add_option("--account-state", arguments.account_state, "How far the account's set-up is, for v3")
        ->capture_default_str()
        ->check(CLI::IsMember(account_states()));
    app.add_flag("--v1-templates-as-page", options.v1_templates_as_page,
                 "Answer v1 template lists with a page object instead of an array");
    app.add_flag("--no-seed", arguments.no_seed, "Start without contacts and templates");
    app.add_flag("--log", arguments.log,
                 "Log a line per request to standard error, without keys and numbers");
    app.footer(footer);
}

sent::testing::EmulatorOptions make_options(Arguments arguments) {
    auto& options = arguments.options;
    options.delivery_delay = std::chrono::milliseconds(arguments.delivery_delay_ms);
    options.template_approval_delay = std::chrono::milliseconds(arguments.approval_delay_ms);
    options.webhook_retry_delay = std::chrono::milliseconds(arguments.webhook_retry_delay_ms);
    options.webhook_second = std::chrono::milliseconds(arguments.webhook_second_ms);
    options.idempotency_wait = std::chrono::milliseconds(arguments.idempotency_wait_ms);
    options.account.state = account_states().at(arguments.account_state);
    options.seed = !arguments.no_seed;
    if (arguments.log) {
        options.log = [](std::string_view line) { std::cerr << line << std::endl; };
    }
    return options;
}

// Blocked before the emulator's threads start, so that only wait_for_end() gets them.
sigset_t block_ending_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    return signals;
}

void wait_for_end(const sigset_t& signals) {
    int received = 0;
    while (sigwait(&signals, &received) != 0) {
    }
}

int run(Arguments arguments) {
    const auto signals = block_ending_signals();
    std::signal(SIGPIPE, SIG_IGN);  // whoever read the first line may be gone
    sent::testing::Emulator emulator(make_options(std::move(arguments)));
    if (!emulator) {
        std::cerr << "sent-emulator: " << emulator.error() << std::endl;
        return emulator.error().rfind("cannot listen", 0) == 0 ? exit_cannot_listen : exit_bad_options;
    }
    std::cout << emulator.start_line() << std::endl;
    wait_for_end(signals);
    emulator.stop();
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{
        "A Sent messaging service in memory, for tests: v1, v2 and v3 of the API over HTTP on this machine.",
        "sent-emulator"};
    Arguments arguments;
    declare(app, arguments);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : exit_bad_options;
    }
    return run(std::move(arguments));
}
