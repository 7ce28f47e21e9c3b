#include "core/config.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <initializer_list>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <sent/version.hpp>

#include "base/text/ascii.hpp"
#include "base/text/trim.hpp"
#include "base/url_authority.hpp"

namespace sent::detail {
namespace {

constexpr std::string_view default_base_url = "https://api.sent.dm";
constexpr std::string_view api_key_header = "x-api-key";
constexpr std::string_view sender_id_header = "x-sender-id";

/// Returns the value of the variable without surrounding white space. Empty if it is unset or the environment
/// must not be read.
std::string_view environment(const ClientOptions& options, const char* name) noexcept {
    const char* text = options.use_environment ? std::getenv(name) : nullptr;
    return text != nullptr ? trimmed(text, white_space) : std::string_view{};
}

/// A setting and the name of its source, for messages.
struct Setting {
    std::string_view value{};
    std::string_view source{};
};

/// Returns the member of ClientOptions, or the first variable that is set.
Setting find_setting(const ClientOptions& options, std::string_view given, std::string_view member,
                     std::initializer_list<const char*> variables) noexcept {
    if (given.empty()) {
        for (const auto* name : variables) {
            if (const auto text = environment(options, name); !text.empty()) {
                return {text, name};
            }
        }
    }
    return {given, member};
}

/// Whether a variable is true. If it is unset, returns false; if it is neither true nor false, also adds a
/// warning.
bool is_switched_on(const ClientOptions& options, const char* name, std::vector<std::string>& warnings) {
    const auto text = environment(options, name);
    const auto is_one_of = [text](std::initializer_list<std::string_view> words) {
        return std::any_of(words.begin(), words.end(),
                           [text](auto word) { return same_ignoring_case(text, word); });
    };
    if (is_one_of({"1", "true", "yes", "on"})) {
        return true;
    }
    if (!text.empty() && !is_one_of({"0", "false", "no", "off"})) {
        warnings.push_back(std::string{name} + " has an unknown value and is ignored: set it to 1 or 0");
    }
    return false;
}

/// Reads `Name: value` lines. Skips lines without a colon, as the vendor's SDKs do.
Headers parse_custom_headers(std::string_view text) {
    Headers headers;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        const auto line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        const auto colon = line.find(':');
        const auto name = trimmed(line.substr(0, std::min(colon, line.size())));
        if (colon != std::string_view::npos && !name.empty()) {
            headers.add(name, trimmed(line.substr(colon + 1)));
        }
    }
    return headers;
}

bool is_visible_ascii(std::string_view text) noexcept {
    return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 127; });
}

/// Keeps the first problem.
class Checker {
  public:
    void require(bool condition, std::string_view advice) {
        if (!condition && problem_.empty()) {
            problem_ = advice;
        }
    }
    /// Ignores an empty text.
    void add(std::string problem) {
        if (problem_.empty()) {
            problem_ = std::move(problem);
        }
    }
    /// Checks a header value that is a credential or an id, which never contain blanks. The problem does not
    /// repeat the value.
    void require_token(std::string_view name, std::string_view value, std::string_view source) {
        if (!is_visible_ascii(value)) {
            add(std::string{name} +
                " has a blank, a line break or another character that a header cannot carry: copy it "
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
    checker.require(options.connect_timeout > zero, "`connect_timeout` must be longer than 0 ms");
    checker.require(options.attempt_timeout > zero, "`attempt_timeout` must be longer than 0 ms");
    checker.require(!options.deadline || *options.deadline > zero,
                    "`deadline` must be longer than 0 ms, or left empty");
    const auto& retry = options.retry;
    checker.require(retry.max_retries >= 0, "`retry.max_retries` must not be negative");
    checker.require(
        retry.initial_backoff >= zero && retry.max_backoff >= zero && retry.max_retry_after >= zero,
        "the durations in `retry` must not be negative");
    checker.require(options.max_response_bytes > 0, "`max_response_bytes` must be larger than 0");
    const auto positive = [](const std::optional<double>& rate) { return !rate || *rate > 0; };
    const auto& limit = options.rate_limit;
    checker.require(positive(limit.requests_per_minute) && positive(limit.sensitive_per_minute) &&
                        positive(limit.messages_per_minute),
                    "the rates in `rate_limit` must be larger than 0, or left empty");
    checker.require(limit.request_burst >= 1 && limit.sensitive_burst >= 1 && limit.message_burst >= 1,
                    "the bursts in `rate_limit` must be at least 1");
}

void check_transport_options(const ClientOptions& options, Checker& checker) {
    const auto& proxy = options.proxy;
    checker.require(
        proxy.mode != ProxyOptions::Mode::url || !proxy.url.empty(),
        "`proxy.url` is empty: set it, as in http://proxy.example:3128, or use another `proxy.mode`");
    checker.require(
        proxy.url.find('@') == std::string::npos,
        "`proxy.url` must not have a user name or password: use `proxy.username` and `proxy.password`");
    if (proxy.mode == ProxyOptions::Mode::url) {
        UrlAuthority parts;
        const char* problem = parse_proxy_url(proxy.url, parts);
        checker.add(problem != nullptr ? "`proxy.url` " + std::string{problem} : std::string{});
    }
    checker.require(options.tls.client_key_file.empty() || !options.tls.client_certificate_file.empty(),
                    "`tls.client_key_file` is set without `tls.client_certificate_file`: set both");
}

Headers make_common_headers(const ClientOptions& options, const Headers& custom) {
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
    return headers;
}

bool is_of_the_vendor(std::string_view origin) noexcept {
    constexpr std::string_view domain = "sent.dm";
    const auto host = origin.substr(origin.find("://") + 3);
    const auto before = host.size() < domain.size() ? std::string_view::npos : host.size() - domain.size();
    return before != std::string_view::npos && host.substr(before) == domain &&
           (before == 0 || host[before - 1] == '.');
}

/// Returns the problem with the base URL, or an empty string.
std::string set_base_url(const ClientOptions& options, Config& config) {
    const auto setting =
        find_setting(options, options.base_url, "base_url", {"SENT_BASE_URL", "SENT_DM_BASE_URL"});
    const bool allowed_by_environment = is_switched_on(options, "SENT_ALLOW_INSECURE_HTTP", config.warnings);
    std::string problem;
    const auto base = parse_base_url(setting.value.empty() ? default_base_url : setting.value,
                                     options.allow_insecure_http || allowed_by_environment, problem);
    if (!base) {
        return std::string{setting.source} + " " + problem;
    }
    config.base = *base;
    // For other hosts, the path may belong to a gateway. There, the status of the reply shows whether it is
    // right.
    if (const auto version = version_in_path(*base); !version.empty() && is_of_the_vendor(base->origin)) {
        return std::string{setting.source} + " has " + std::string{version} +
               " in its path, which the library adds itself: leave it out";
    }
    if (base->is_exposed && !options.allow_insecure_http) {
        config.warnings.push_back(
            "SENT_ALLOW_INSECURE_HTTP allows plain http to " + base->origin +
            ": anyone on the way can read the API key and the messages. Use it for tests only");
    }
    return {};
}

/// Reads the name of a level, in any case.
std::optional<LogLevel> parse_log_level(std::string_view text) noexcept {
    for (const auto level :
         {LogLevel::off, LogLevel::error, LogLevel::warn, LogLevel::info, LogLevel::debug}) {
        if (same_ignoring_case(text, to_string(level))) {
            return level;
        }
    }
    return std::nullopt;
}

}  // namespace

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
        api_key_header,      sender_id_header, "x-profile-id",     "idempotency-key",
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
            return "has a character that is not allowed: use letters, digits and -";
        }
    }
    const auto same = [&](std::string_view other) {
        return std::equal(name.begin(), name.end(), other.begin(), other.end(),
                          [&](char a, char b) { return lower(a) == b; });
    };
    return std::any_of(reserved.begin(), reserved.end(), same)
               ? "is set by the library: use the option for it"
               : std::string_view{};
}

void Config::add_credentials(Generation generation, Headers& headers) const {
    headers.add(api_key_header, api_key.reveal());
    if (generation != Generation::v3) {
        headers.add(sender_id_header, sender_id);
    }
}

void Config::remove_credentials(Headers& headers) {
    headers.remove(api_key_header);
    headers.remove(sender_id_header);
}

Config make_config(const ClientOptions& options) {
    Config config;
    const auto key =
        find_setting(options, options.api_key.reveal(), "api_key", {"SENT_DM_API_KEY", "SENT_API_KEY"});
    config.api_key = options.api_key.empty() ? Secret{key.value} : options.api_key;
    const auto sender = find_setting(options, options.sender_id, "sender_id", {"SENT_DM_SENDER_ID"});
    config.sender_id = sender.value;
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
    checker.require_token(key.source, key.value, "the dashboard, without blanks around it");
    checker.require_token(sender.source, sender.value, "the dashboard");
    checker.require_token("profile_id", config.profile_id, "where it was created");
    checker.add(set_base_url(options, config));

    const auto custom = parse_custom_headers(environment(options, "SENT_CUSTOM_HEADERS"));
    checker.require_headers(custom, "SENT_CUSTOM_HEADERS");
    checker.require_headers(options.extra_headers, "extra_headers");
    checker.require(header_value_problem(options.user_agent_suffix).empty(),
                    "`user_agent_suffix` has a line break, NUL or another control character: remove it");
    check_durations(options, checker);
    check_transport_options(options, checker);

    if (!checker.problem().empty()) {
        config.problem = not_sent_error(ErrorKind::configuration, checker.problem());
        return config;
    }
    config.common_headers = make_common_headers(options, custom);
    Headers credentials;
    config.add_credentials(Generation::v1, credentials);
    config.credential_bytes = credentials.bytes();
    return config;
}

Logger make_logger(const ClientOptions& options, const std::vector<std::string>& warnings) {
    const auto text = environment(options, "SENT_LOG");
    const auto level = options.log.level ? options.log.level : parse_log_level(text);
    // If the user asks for a log with an unknown level, warnings are logged.
    const bool wants_some = options.log.sink || !text.empty();
    Logger logger{level.value_or(wants_some ? LogLevel::warn : LogLevel::off), options.log.sink};
    const Logger announcer = level ? logger : Logger{LogLevel::warn, options.log.sink};
    if (!options.log.level && !text.empty() && !level) {
        announcer.log(
            LogLevel::warn,
            "SENT_LOG has an unknown value and counts as warn: set it to off, error, warn, info or debug");
    }
    for (const auto& warning : warnings) {
        announcer.log(LogLevel::warn, warning);
    }
    return logger;
}

}  // namespace sent::detail
