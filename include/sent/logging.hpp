#pragma once

#include <functional>
#include <iosfwd>
#include <optional>
#include <string_view>

#include <sent/export.hpp>

namespace sent {

/// Severity of a log record. A level includes all levels before it; `off` logs nothing.
enum class LogLevel { off, error, warn, info, debug };

/// Returns the name of the enumerator: `off`, `error`, `warn`, `info` or `debug`.
[[nodiscard]] SENT_EXPORT std::string_view to_string(LogLevel level) noexcept;

/// One line of the log. It never contains an API key, a header value, a body or a full phone number, at any
/// level.
struct LogRecord {
    LogLevel level = LogLevel::info;
    /// Printable text in one line. The view is valid only during the call of the sink.
    std::string_view message{};
};

/// Log of a client. Off unless a level or a sink is set here, or a level in the environment (`SENT_LOG`: off,
/// error, warn, info, debug, in any case). If no level is set anywhere, warnings about the environment itself
/// are still written.
struct LogOptions {
    /// Defaults to `SENT_LOG`, then to `warn` if there is a sink, then to `off`.
    std::optional<LogLevel> level{};
    /// Receives the records. Defaults to standard error. It is called from any thread that makes a call, and
    /// from several at once. It may block and may use the client. Its exceptions are dropped.
    std::function<void(const LogRecord&)> sink{};
};

}  // namespace sent
