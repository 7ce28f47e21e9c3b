#include "core/config.hpp"

#include <algorithm>
#include <cstdlib>
#include <initializer_list>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <sent/version.hpp>

#include "base/text/ascii.hpp"
#include "base/text/trim.hpp"
#include "core/option_list.hpp"

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

/// Returns why a program cannot use this header name. Empty if it can.
std::string_view header_name_problem(std::string_view name) noexcept {
    constexpr std::string_view reserved[] = {
        api_key_header,      sender_id_header, "x-profile-id",     "idempotency-key",
        "content-type",      "content-length", "content-encoding", "host",
        "transfer-encoding", "connection",     "expect",           "te",
        "trailer",           "upgrade",        "accept-encoding",  "proxy-authorization",
        "proxy-connection"};
    if (name.empty()) {
        return "is empty";
    }
    if (!is_token(name)) {
        return "has a character that is not allowed: use letters, digits and -";
    }
    const bool is_reserved = std::any_of(std::begin(reserved), std::end(reserved),
                                         [name](auto other) { return same_ignoring_case(name, other); });
    return is_reserved ? "is set by the library: use the option for it" : std::string_view{};
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

std::string token_problem(std::string_view name, std::string_view value, std::string_view origin) {
    const bool is_visible =
        std::all_of(value.begin(), value.end(), [](char c) { return c > ' ' && c < 127; });
    return is_visible
               ? ""
               : std::string{name} +
                     " has a blank, a line break or another character that a header cannot carry: copy "
                     "it again from " +
                     std::string{origin};
}

std::string headers_problem(std::string_view name, const Headers& headers) {
    for (const auto field : headers) {
        if (const auto bad_name = header_name_problem(field.name); !bad_name.empty()) {
            return quoted(name) + ": a header's name " + std::string{bad_name};
        }
        if (const auto bad_value = header_value_problem(field.value); !bad_value.empty()) {
            return quoted(name) + ": the value of " + std::string{field.name} + " " + std::string{bad_value};
        }
    }
    return {};
}

void Config::add_credentials(Generation generation, Headers& headers) const {
    headers.add(api_key_header, options.api_key.reveal());
    if (generation != Generation::v3) {
        headers.add(sender_id_header, options.sender_id);
    }
}

void Config::remove_credentials(Headers& headers) {
    headers.remove(api_key_header);
    headers.remove(sender_id_header);
}

Config make_config(const ClientOptions& given) {
    Config config;
    config.options = given;
    auto& options = config.options;
    const auto key =
        find_setting(given, given.api_key.reveal(), "api_key", {"SENT_DM_API_KEY", "SENT_API_KEY"});
    if (given.api_key.empty()) {
        options.api_key = key.value;
    }
    const auto sender = find_setting(given, given.sender_id, "sender_id", {"SENT_DM_SENDER_ID"});
    options.sender_id = sender.value;
    const auto custom = parse_custom_headers(environment(given, "SENT_CUSTOM_HEADERS"));

    std::string problem = options.api_key.empty() ? "no API key: set ClientOptions::api_key, or "
                                                    "SENT_DM_API_KEY in the environment"
                                                  : "";
    for (const auto& next :
         {token_problem(key.source, key.value, "the dashboard, without blanks around it"),
          token_problem(sender.source, sender.value, "the dashboard"), set_base_url(given, config),
          headers_problem("SENT_CUSTOM_HEADERS", custom), problem_in(options)}) {
        if (problem.empty()) {
            problem = next;
        }
    }
    if (!problem.empty()) {
        config.problem = not_sent_error(ErrorKind::configuration, std::move(problem));
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
