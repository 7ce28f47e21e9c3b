#pragma once

#include <functional>
#include <string>
#include <string_view>

#include <sent/logging.hpp>

namespace sent::detail {

/// Writes log lines. Check enabled() before you build a line, so that a disabled log costs nothing.
class Logger {
  public:
    Logger() = default;
    Logger(LogLevel level, std::function<void(const LogRecord&)> sink)
        : level_(level), sink_(std::move(sink)) {}

    [[nodiscard]] bool enabled(LogLevel level) const noexcept { return level <= level_; }
    /// Does not throw. `message` must be free of secrets.
    void log(LogLevel level, const std::string& message) const noexcept;
    /// Logs the message that `build` returns, and calls `build` only if the level is enabled. If memory runs
    /// out, nothing is logged.
    template <class Build>
    void log_built(LogLevel level, Build build) const noexcept {
        try {
            if (enabled(level)) {
                log(level, build());
            }
        } catch (...) {  // NOLINT(bugprone-empty-catch): a lost log line is acceptable
        }
    }

  private:
    LogLevel level_ = LogLevel::off;
    std::function<void(const LogRecord&)> sink_{};
};

/// The log of one call. Each line begins with the name of its operation.
class CallLog {
  public:
    CallLog(const Logger& logger, std::string_view operation) noexcept
        : logger_(logger), operation_(operation) {}

    [[nodiscard]] bool enabled(LogLevel level) const noexcept { return logger_.enabled(level); }
    void log(LogLevel level, const std::string& message) const {
        logger_.log(level, std::string{operation_} + ": " + message);
    }

  private:
    const Logger& logger_;
    std::string_view operation_;
};

}  // namespace sent::detail
