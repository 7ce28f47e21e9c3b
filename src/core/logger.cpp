#include "core/logger.hpp"

#include <cstdio>

namespace sent {

std::string_view to_string(LogLevel level) noexcept {
    switch (level) {
        case LogLevel::off:
            return "off";
        case LogLevel::error:
            return "error";
        case LogLevel::warn:
            return "warn";
        case LogLevel::info:
            return "info";
        case LogLevel::debug:
            return "debug";
    }
    return "unknown";
}

namespace detail {

void Logger::log(LogLevel level, const std::string& message) const noexcept {
    if (!enabled(level)) {
        return;
    }
    if (!sink_) {
        // One call, so that lines of several threads are not mixed.
        std::fprintf(stderr, "sent %s: %s\n", to_string(level).data(), message.c_str());
        return;
    }
    try {
        LogRecord record;
        record.level = level;
        record.message = message;
        sink_(record);
    } catch (...) {  // NOLINT(bugprone-empty-catch): a broken sink must not break a call
    }
}

}  // namespace detail
}  // namespace sent
