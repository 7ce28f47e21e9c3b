#include "core/config.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <initializer_list>
#include <utility>

#include <sent/version.hpp>

namespace sent::detail {
namespace {

constexpr std::string_view default_base_url = "https://api.sent.dm";

/// The variable's text; empty when it is unset or the environment is not to be read.
std::string_view environment(const ClientOptions& options, const char* name) noexcept {
    const char* text = options.use_environment ? std::getenv(name) : nullptr;
    return text != nullptr ? std::string_view{text} : std::string_view{};
}

std::string_view first_set(std::initializer_list<std::string_view> candidates) noexcept {
    for (const auto candidate : candidates) {
        if (!candidate.empty()) {
            return candidate;
        }
    }
    return {};
}

std::string_view trim(std::string_view text) noexcept {
    constexpr std::string_view blanks = " \t\r";
    const auto begin = text.find_first_not_of(blanks);
    return begin == std::string_view::npos ? std::string_view{}
                                           : text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

/// `Name: value` lines; lines without a colon are skipped, as the vendor's SDKs do.
Headers parse_custom_headers(std::string_view text) {
    Headers headers;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        const auto line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        const auto colon = line.find(':');
        const auto name = trim(line.substr(0, std::min(colon, line.size())));
        if (colon != std::string_view::npos && !name.empty()) {
            headers.add(name, trim(line.substr(colon + 1)));
        }
    }
    return headers;
}

bool is_visible_ascii(std::string_view text) noexcept {
    return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 127; });
}

/// Collects the first thing that is wrong.
class Checker {
  public:
    void require(bool condition, std::string_view advice) {
        if (!condition && problem_.empty()) {
            problem_ = advice;
        }
    }
    void add(std::string problem) {
        if (problem_.empty()) {
            problem_ = std::move(problem);
        }
    }
    /// Header values that are credentials or ids: they never have blanks. The text is not repeated.
    void require_token(std::string_view name, std::string_view value, std::string_view source) {
        if (!is_visible_ascii(value)) {
            add(std::string{name} +
                " holds a blank, a line break or another character that a header can not carry: copy it "
                "again from " +
                std::string{source});
        }
    }
    void require_headers(const Headers& headers, std::string_view source) {
        for (const auto field : headers) {
            if (const auto bad_name = header_name_problem(field.name); !bad_name.empty()) {
                add(std::string{source} + ": a header's name " + std::string{bad_name});
            } else if (const auto bad_value = header_value_problem(field.value); !bad_value.empty()) {
                add(std::string{source} + ": the value of " + std::string{field.name} + " " +
                    std::string{bad_value});
            }
        }
    }
    [[nodiscard]] const std::string& problem() const noexcept { return problem_; }

  private:
    std::string problem_{};
};

void check_durations(const ClientOptions& options, Checker& checker) {
    using std::chrono::milliseconds;
    constexpr milliseconds zero{0};
    checker.require(options.connect_timeout > zero, "connect_timeout must be longer than 0 ms");
    checker.require(options.attempt_timeout > zero, "attempt_timeout must be longer than 0 ms");
    checker.require(!options.deadline || *options.deadline > zero,
                    "deadline must be longer than 0 ms, or left empty");
    const auto& retry = options.retry;
    checker.require(retry.max_retries >= 0, "retry.max_retries must not be negative");
    checker.require(
        retry.initial_backoff >= zero && retry.max_backoff >= zero && retry.max_retry_after >= zero,
        "the durations in retry must not be negative");
    checker.require(options.max_response_bytes > 0, "max_response_bytes must be larger than 0");
    const auto positive = [](const std::optional<double>& rate) { return !rate || *rate > 0; };
    const auto& limit = options.rate_limit;
    checker.require(positive(limit.requests_per_minute) && positive(limit.sensitive_per_minute) &&
                        positive(limit.messages_per_minute),
                    "the rates in rate_limit must be larger than 0, or left empty");
    checker.require(limit.request_burst >= 1 && limit.sensitive_burst >= 1 && limit.message_burst >= 1,
                    "the bursts in rate_limit must be at least 1");
}

void check_transport_options(const ClientOptions& options, Checker& checker) {
    const auto& proxy = options.proxy;
    checker.require(
        proxy.mode != ProxyOptions::Mode::url || !proxy.url.empty(),
        "proxy.url is empty: set it, as in http://proxy.example:3128, or choose another proxy.mode");
    checker.require(proxy.url.find('@') == std::string::npos,
                    "proxy.url must not hold a user name or password: use proxy.username and proxy.password");
    checker.require(options.tls.client_key_file.empty() || !options.tls.client_certificate_file.empty(),
                    "tls.client_key_file is set without tls.client_certificate_file");
}

Headers make_common_headers(const Config& config, const ClientOptions& options, const Headers& custom) {
    Headers headers;
    std::string agent = "sent-cpp/";
    agent += version();
    if (!options.user_agent_suffix.empty()) {
        agent += " " + options.user_agent_suffix;
    }
    headers.add("Accept", "application/json");
    headers.add("User-Agent", agent);
    for (const auto field : custom) {
        headers.set(field.name, field.value);
    }
    for (const auto field : options.extra_headers) {
        headers.set(field.name, field.value);
    }
    headers.add("x-api-key", config.api_key.reveal());
    return headers;
}

}  // namespace

Error not_sent_error(ErrorKind kind, std::string message) {
    Error error;
    error.kind = kind;
    error.message = std::move(message);
    error.outcome = Outcome::not_sent;
    return error;
}

std::string_view header_value_problem(std::string_view value) noexcept {
    for (const char c : value) {
        if ((static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7F) {
            return "holds a line break, NUL or another control character: remove it";
        }
    }
    return {};
}

std::string_view header_name_problem(std::string_view name) noexcept {
    constexpr std::string_view punctuation = "!#$%&'*+-.^_`|~";
    constexpr std::array<std::string_view, 17> reserved{
        "x-api-key",         "x-sender-id",    "x-profile-id",     "idempotency-key",
        "content-type",      "content-length", "content-encoding", "host",
        "transfer-encoding", "connection",     "expect",           "te",
        "trailer",           "upgrade",        "accept-encoding",  "proxy-authorization",
        "proxy-connection"};
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    if (name.empty()) {
        return "is empty";
    }
    for (const char c : name) {
        const bool alphanumeric = (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9');
        if (!alphanumeric && punctuation.find(c) == std::string_view::npos) {
            return "holds a character that is not allowed there: use letters, digits and -";
        }
    }
    const auto same = [&](std::string_view other) {
        return std::equal(name.begin(), name.end(), other.begin(), other.end(),
                          [&](char a, char b) { return lower(a) == b; });
    };
    return std::any_of(reserved.begin(), reserved.end(), same)
               ? "is one that the library sets itself: use the option that is meant for it"
               : std::string_view{};
}

Config make_config(const ClientOptions& options) {
    Config config;
    config.api_key =
        options.api_key.empty() ? Secret{environment(options, "SENT_DM_API_KEY")} : options.api_key;
    config.sender_id = first_set({options.sender_id, environment(options, "SENT_DM_SENDER_ID")});
    config.profile_id = options.profile_id;
    config.connect_timeout = options.connect_timeout;
    config.attempt_timeout = options.attempt_timeout;
    config.deadline = options.deadline;
    config.retry = options.retry;
    config.rate_limit = options.rate_limit;
    config.sandbox = options.sandbox;
    config.auto_idempotency_key = options.auto_idempotency_key;
    config.max_response_bytes = options.max_response_bytes;

    Checker checker;
    checker.require(!config.api_key.empty(),
                    "no API key: set ClientOptions::api_key, or SENT_DM_API_KEY in the environment");
    checker.require_token("api_key", config.api_key.reveal(), "the dashboard, without blanks around it");
    checker.require_token("sender_id", config.sender_id, "the dashboard");
    checker.require_token("profile_id", config.profile_id, "where it was created");

    const auto base_url = first_set({options.base_url, environment(options, "SENT_BASE_URL"),
                                     environment(options, "SENT_DM_BASE_URL"), default_base_url});
    std::string url_problem;
    if (auto base = parse_base_url(base_url, options.allow_insecure_http, url_problem)) {
        config.base = std::move(*base);
    }
    if (!url_problem.empty()) {
        checker.add(std::move(url_problem));
    }

    const auto custom = parse_custom_headers(environment(options, "SENT_CUSTOM_HEADERS"));
    checker.require_headers(custom, "SENT_CUSTOM_HEADERS");
    checker.require_headers(options.extra_headers, "extra_headers");
    checker.require(header_value_problem(options.user_agent_suffix).empty(),
                    "user_agent_suffix holds a line break, NUL or another control character: remove it");
    check_durations(options, checker);
    check_transport_options(options, checker);

    if (!checker.problem().empty()) {
        config.problem = not_sent_error(ErrorKind::configuration, checker.problem());
        return config;
    }
    config.common_headers = make_common_headers(config, options, custom);
    config.common_headers_with_sender = config.common_headers;
    if (!config.sender_id.empty()) {
        config.common_headers_with_sender.add("x-sender-id", config.sender_id);
    }
    return config;
}

Logger make_logger(const ClientOptions& options) {
    const auto from_environment = [&]() -> std::optional<LogLevel> {
        const auto text = environment(options, "SENT_LOG");
        for (const auto level :
             {LogLevel::off, LogLevel::error, LogLevel::warn, LogLevel::info, LogLevel::debug}) {
            if (text == to_string(level)) {
                return level;
            }
        }
        return std::nullopt;
    };
    auto level = options.log.level ? options.log.level : from_environment();
    return Logger{level.value_or(options.log.sink ? LogLevel::warn : LogLevel::off), options.log.sink};
}

}  // namespace sent::detail
