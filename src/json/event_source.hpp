#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

/// @file
/// The interface between the JSON parser and its users. The build selects the parser (SENT_WITH_SIMDJSON).

namespace sent::detail {

/// The maximum depth of nested arrays and objects, including the outermost.
inline constexpr std::size_t max_json_depth = 64;

inline constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// A text, and how many bytes may be read from its beginning. Parsers that read in blocks read beyond its
/// end, and copy the text if they may not.
struct JsonText {
    // NOLINTBEGIN(google-explicit-constructor): accepts any kind of text
    JsonText(std::string_view all) noexcept : text(all), readable(all.size()) {}
    JsonText(const char* all) noexcept : JsonText(std::string_view{all}) {}
    JsonText(const std::string& all) noexcept : text(all), readable(all.capacity()) {}
    // NOLINTEND(google-explicit-constructor)
    JsonText(const char* data, std::size_t size) noexcept : JsonText(std::string_view{data, size}) {}

    std::string_view text{};
    std::size_t readable = 0;
};

/// Receives parse events in document order, and ignores those that it does not override. The views are valid
/// during the call only.
class EventHandler {
  public:
    EventHandler() = default;
    EventHandler(const EventHandler&) = delete;
    EventHandler& operator=(const EventHandler&) = delete;
    virtual ~EventHandler() = default;

    virtual void on_null() {}
    virtual void on_boolean(bool /*value*/) {}
    /// The number as written in JSON, with a point in every locale. Its value fits a double.
    virtual void on_number(std::string_view /*text*/) {}
    /// Without escapes, in valid UTF-8. A lone surrogate (`\ud83d`) or bytes that are not UTF-8 have become
    /// U+FFFD.
    virtual void on_string(std::string_view /*text*/) {}
    virtual void on_key(std::string_view /*name*/) {}
    virtual void on_object_start() {}
    virtual void on_object_end() {}
    virtual void on_array_start() {}
    virtual void on_array_end() {}

    /// If false, the parser stops at the next object or array.
    [[nodiscard]] bool wants_more() const noexcept { return wants_more_; }

  protected:
    void want_no_more() noexcept { wants_more_ = false; }

  private:
    bool wants_more_ = true;
};

struct [[nodiscard]] ParseStatus {
    enum class Code { ok, invalid, too_deep, stopped };

    Code code = Code::ok;
    /// The position of the wrong byte, counted from 0. The length of the text if it ended too early.
    std::size_t offset = 0;
    /// What is wrong. Empty on success.
    std::string_view what{};
    /// The wrong byte, if it is useful for the message.
    std::optional<char> byte{};

    explicit operator bool() const noexcept { return code == Code::ok; }
    /// Returns both as a text. It contains no more of the JSON than this byte, because the text may be
    /// confidential.
    [[nodiscard]] std::string reason() const;
};

/// Parses exactly one JSON value (RFC 8259; skips a UTF-8 byte order mark before it) and reports it to
/// `handler` as it reads. Events that were reported before an error cannot be undone. Safe with any bytes;
/// the memory does not depend on the depth.
ParseStatus parse_events(const JsonText& json, EventHandler& handler);

/// Checks that the text is one JSON value, without a byte order mark.
ParseStatus check_json(const JsonText& json);

}  // namespace sent::detail
