#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

/// @file
/// The seam between whatever parses JSON and whatever wants to know what is in it. Which parser stands behind
/// it is settled when the library is built (SENT_WITH_SIMDJSON).

namespace sent::detail {

/// How deep arrays and objects may be nested, the outermost included.
inline constexpr std::size_t max_json_depth = 64;

inline constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// A text, and how much memory may be read from its beginning on: parsers that read in blocks go beyond its
/// end, and have to copy it where they may not.
struct JsonText {
    // NOLINTBEGIN(google-explicit-constructor): whatever a text is kept in
    JsonText(std::string_view all) noexcept : text(all), readable(all.size()) {}
    JsonText(const char* all) noexcept : JsonText(std::string_view{all}) {}
    JsonText(const std::string& all) noexcept : text(all), readable(all.capacity()) {}
    // NOLINTEND(google-explicit-constructor)
    JsonText(const char* data, std::size_t size) noexcept : JsonText(std::string_view{data, size}) {}

    std::string_view text{};
    std::size_t readable = 0;
};

/// Told what stands in a JSON text, in order. The views are valid during the call only.
class EventHandler {
  public:
    EventHandler() = default;
    EventHandler(const EventHandler&) = delete;
    EventHandler& operator=(const EventHandler&) = delete;
    virtual ~EventHandler() = default;

    virtual void on_null() = 0;
    virtual void on_boolean(bool value) = 0;
    /// The number's text in JSON's own spelling, with a point whatever the locale. No larger than a double
    /// can be.
    virtual void on_number(std::string_view text) = 0;
    /// Unescaped, valid UTF-8. A lone surrogate (`\ud83d`) or bytes that are not UTF-8 have become U+FFFD.
    virtual void on_string(std::string_view text) = 0;
    virtual void on_key(std::string_view name) = 0;
    virtual void on_object_start() = 0;
    virtual void on_object_end() = 0;
    virtual void on_array_start() = 0;
    virtual void on_array_end() = 0;

    /// When it is false the parser stops at the next object or array.
    [[nodiscard]] bool wants_more() const noexcept { return wants_more_; }

  protected:
    void want_no_more() noexcept { wants_more_ = false; }

  private:
    bool wants_more_ = true;
};

struct [[nodiscard]] ParseStatus {
    enum class Code { ok, invalid, too_deep, stopped };

    Code code = Code::ok;
    /// Of the byte at fault, counted from 0; the length of the text when it ended too early.
    std::size_t offset = 0;
    /// Empty when ok, else what is wrong.
    std::string_view what{};
    /// The byte that is, where it says something.
    std::optional<char> byte{};

    explicit operator bool() const noexcept { return code == Code::ok; }
    /// Both as a text. No more of the JSON than this byte: it may be confidential.
    [[nodiscard]] std::string reason() const;
};

/// Reads exactly one JSON value (RFC 8259, a UTF-8 byte order mark before it is skipped) and reports it to
/// `handler` as it goes; what was reported before an error cannot be taken back. Safe with any bytes; memory
/// does not grow with the depth.
ParseStatus parse_events(const JsonText& json, EventHandler& handler);

/// Whether the text is one JSON value, without a byte order mark.
ParseStatus check_json(const JsonText& json);

}  // namespace sent::detail
