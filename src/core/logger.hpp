#pragma once

#include <string>

#include <sent/logging.hpp>

namespace sent::detail {

/// Where log lines go. Whoever builds a line asks enabled() first, so that silence costs nothing.
class Logger {
  public:
    Logger() = default;
    Logger(LogLevel level, std::function<void(const LogRecord&)> sink)
        : level_(level), sink_(std::move(sink)) {}

    [[nodiscard]] bool enabled(LogLevel level) const noexcept { return level <= level_; }
    /// Never throws; `message` must already be free of secrets.
    void log(LogLevel level, const std::string& message) const noexcept;
    /// The same for a message that `build` makes when it is wanted. Without memory for it there is no line.
    template <class Build>
    void log_built(LogLevel level, Build build) const noexcept {
        try {
            if (enabled(level)) {
                log(level, build());
            }
        } catch (...) {  // NOLINT(bugprone-empty-catch): it is only the log
        }
    }

  private:
    LogLevel level_ = LogLevel::off;
    std::function<void(const LogRecord&)> sink_{};
};

}  // namespace sent::detail
