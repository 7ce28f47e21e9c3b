#pragma once

#include <functional>
#include <iosfwd>
#include <optional>
#include <string_view>

#include <sent/export.hpp>

namespace sent {

enum class LogLevel { off, error, warn, info, debug };

[[nodiscard]] SENT_EXPORT std::string_view to_string(LogLevel level) noexcept;

/// One line of the log. It never holds a key, a header value, a body or a full phone number, at any level.
struct LogRecord {
    LogLevel level = LogLevel::info;
    /// Printable, in one line. The view lives during the call of the sink only.
    std::string_view message{};
};

/// Where the log goes. Off unless a level is set here or in the environment (`SENT_LOG`: off, error, warn,
/// info, debug, in any case). While no level is set anywhere, warnings about the environment itself are
/// written all the same.
struct LogOptions {
    /// Empty: `SENT_LOG`, else `warn` when there is a sink, else off.
    std::optional<LogLevel> level{};
    /// Empty: standard error. Called from any thread that makes a call, several at once; may block and may
    /// call the client; what it throws is dropped.
    std::function<void(const LogRecord&)> sink{};
};

}  // namespace sent
