#include "json/simdjson_source.hpp"

#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <utility>

#include "json/event_skipper.hpp"
#include "json/nlohmann_source.hpp"

// A namespace that only this file uses. simdjson's code depends on the settings of the file that includes it
// (NDEBUG), and the linker must not replace ours with another program's, or the reverse.
#define ondemand sent_ondemand  // NOLINT(readability-identifier-naming): simdjson's name
#include <simdjson.h>
#undef ondemand

/// @file
/// Produces events with simdjson's on-demand parser. Its first pass checks UTF-8 and the ends of strings for
/// the whole text. A walk over every value, even if it is not needed, checks the rest. If simdjson cannot
/// read a text (invalid, too deep, a number beyond 64 bits, or only a scalar), nlohmann's parser reads it
/// from the beginning, without repeating events. So nlohmann's parser decides what is an error and where.

namespace sent::detail {

namespace {

namespace ondemand = simdjson::sent_ondemand;

/// nlohmann's parser reads longer texts, because it needs no memory for them. simdjson needs six times their
/// length.
constexpr std::size_t longest_text = std::size_t{4} * 1024 * 1024;
/// A thread keeps the parser's memory only if it is for texts of at most this length.
constexpr std::size_t longest_kept = std::size_t{1024} * 1024;
constexpr std::size_t shortest_kept = std::size_t{16} * 1024;

/// White space that JSON allows between values.
constexpr std::string_view blank = " \t\r\n";

/// Uninitialised memory.
class Buffer {
  public:
    /// Returns null if memory runs out. The content is lost if it grows.
    char* with_room_for(std::size_t size) noexcept {
        if (size > size_) {
            size_ = 0;
            bytes_.reset(new (std::nothrow) char[size]);
            size_ = bytes_ != nullptr ? size : 0;
        }
        return bytes_.get();
    }

  private:
    std::unique_ptr<char[]> bytes_{};
    std::size_t size_ = 0;
};

/// The memory for reading a text, kept between texts.
struct ParserScratch {
    ondemand::parser parser{longest_text};
    Buffer padded{};
    Buffer unescaped{};

    /// Returns false if memory runs out.
    bool make_room_for(std::size_t size) noexcept {
        if (size <= parser.capacity()) {
            return true;
        }
        std::size_t capacity = shortest_kept;
        while (capacity < size) {
            capacity *= 2;
        }
        return parser.allocate(capacity, max_json_depth + 2) == simdjson::SUCCESS;
    }
};

/// Whether the thread's scratch has been destroyed. Destructors that run later may still read JSON.
thread_local bool scratch_is_gone = false;

struct KeptScratch {
    std::unique_ptr<ParserScratch> idle{};

    KeptScratch() = default;
    KeptScratch(const KeptScratch&) = delete;
    KeptScratch& operator=(const KeptScratch&) = delete;
    ~KeptScratch() { scratch_is_gone = true; }
};

thread_local KeptScratch kept_scratch{};

/// Takes the thread's scratch, or creates one, and puts it back.
class BorrowedScratch {
  public:
    BorrowedScratch() noexcept {
        if (!scratch_is_gone) {
            scratch_ = std::move(kept_scratch.idle);
        }
        if (scratch_ == nullptr) {
            scratch_.reset(new (std::nothrow) ParserScratch{});
        }
    }
    BorrowedScratch(const BorrowedScratch&) = delete;
    BorrowedScratch& operator=(const BorrowedScratch&) = delete;
    ~BorrowedScratch() {
        if (scratch_ != nullptr && scratch_->parser.capacity() <= longest_kept && !scratch_is_gone) {
            kept_scratch.idle = std::move(scratch_);
        }
    }
    [[nodiscard]] ParserScratch* get() const noexcept { return scratch_.get(); }

  private:
    std::unique_ptr<ParserScratch> scratch_{};
};

/// Reports the content of a document. Each function returns whether simdjson has read its part.
class Walk {
  public:
    Walk(ParserScratch& scratch, std::string_view text, EventHandler& handler) noexcept
        : scratch_(scratch), handler_(handler), end_(text.data() + text.size()) {
        find_backslash(text.data());
    }

    bool document(ondemand::document& document, bool is_object) {
        if (is_object) {
            ondemand::object object;
            return document.get_object().get(object) == simdjson::SUCCESS && members(object) &&
                   is_at_end(document);
        }
        ondemand::array array;
        return document.get_array().get(array) == simdjson::SUCCESS && elements(array) && is_at_end(document);
    }

    /// How many events the handler has received.
    [[nodiscard]] std::size_t events() const noexcept { return events_; }

  private:
    static bool is_at_end(ondemand::document& document) noexcept {
        return document.current_location().error() == simdjson::OUT_OF_BOUNDS;
    }

    bool members(ondemand::object& object) {
        if (depth_ == max_json_depth) {
            return false;
        }
        ++depth_;
        ++events_;
        handler_.on_object_start();
        if (!handler_.wants_more()) {
            return false;
        }
        for (auto member : object) {
            if (member.error() != simdjson::SUCCESS) {
                return false;
            }
            ondemand::field& field = member.value_unsafe();  // a reference, because copying costs more
            const std::string_view token = field.value().raw_json_token();
            std::string_view name{};
            if (!content(field.key().raw(), token.data(), name)) {
                return false;
            }
            ++events_;
            handler_.on_key(name);
            const bool done =
                token.front() == '"' ? string(field.value(), token) : value(field.value(), token);
            if (!done) {
                return false;
            }
        }
        --depth_;
        ++events_;
        handler_.on_object_end();
        return true;
    }

    bool elements(ondemand::array& array) {
        if (depth_ == max_json_depth) {
            return false;
        }
        ++depth_;
        ++events_;
        handler_.on_array_start();
        if (!handler_.wants_more()) {
            return false;
        }
        for (auto element : array) {
            if (element.error() != simdjson::SUCCESS) {
                return false;
            }
            ondemand::value& each = element.value_unsafe();
            if (!value(each, each.raw_json_token())) {
                return false;
            }
        }
        --depth_;
        ++events_;
        handler_.on_array_end();
        return true;
    }

    /// `token` is the text of the value up to the next one, including white space. For an object or array, it
    /// is the bracket.
    bool value(ondemand::value& value, std::string_view token) {
        switch (token.front()) {
            case '"':
                return string(value, token);
            case '{': {
                ondemand::object object;
                return value.get_object().get(object) == simdjson::SUCCESS && members(object);
            }
            case '[': {
                ondemand::array array;
                return value.get_array().get(array) == simdjson::SUCCESS && elements(array);
            }
            case 't':
            case 'f':
                return boolean(value);
            case 'n':
                return null(value);
            default:
                return number(value, token);
        }
    }

    bool null(ondemand::value& value) {
        bool is_null = false;
        if (value.is_null().get(is_null) != simdjson::SUCCESS || !is_null) {
            return false;
        }
        ++events_;
        handler_.on_null();
        return true;
    }

    bool boolean(ondemand::value& value) {
        bool truth = false;
        if (value.get_bool().get(truth) != simdjson::SUCCESS) {
            return false;
        }
        ++events_;
        handler_.on_boolean(truth);
        return true;
    }

    bool number(ondemand::value& value, std::string_view token) {
        ondemand::number parsed;
        if (value.get_number().get(parsed) != simdjson::SUCCESS) {
            return false;
        }
        const std::string_view text = token.substr(0, token.find_last_not_of(blank) + 1);
        ++events_;
        handler_.on_number(text == "-0" ? "0" : text);
        return true;
    }

    bool string(ondemand::value& value, std::string_view token) {
        ondemand::raw_json_string raw;
        std::string_view text{};
        if (value.get_raw_json_string().get(raw) != simdjson::SUCCESS ||
            !content(raw.raw(), token.data() + token.size(), text)) {
            return false;
        }
        ++events_;
        handler_.on_string(text);
        return true;
    }

    /// Returns the content of a string that begins after its quotation mark. The closing one is the last
    /// before `limit`. Without a backslash, `out` points into the text.
    bool content(const char* begin, const char* limit, std::string_view& out) {
        const char* end = limit;
        do {
            --end;
        } while (end > begin && *end != '"');
        if (end < begin) {
            return false;
        }
        if (end <= backslash_) {
            out = {begin, static_cast<std::size_t>(end - begin)};
            return true;
        }
        return unescaped(begin, end, out);
    }

    bool unescaped(const char* begin, const char* end, std::string_view& out) {
        find_backslash(end);
        const auto size = static_cast<std::size_t>(end - begin) + simdjson::SIMDJSON_PADDING;
        char* const room = scratch_.unescaped.with_room_for(size);
        auto* target = reinterpret_cast<std::uint8_t*>(room);
        const ondemand::raw_json_string raw{reinterpret_cast<const std::uint8_t*>(begin)};
        return room != nullptr && scratch_.parser.unescape(raw, target).get(out) == simdjson::SUCCESS;
    }

    /// Finds the next backslash at or after `from`, so that all searches together pass over the text once.
    void find_backslash(const char* from) noexcept {
        const void* const found = std::memchr(from, '\\', static_cast<std::size_t>(end_ - from));
        backslash_ = found != nullptr ? static_cast<const char*>(found) : end_;
    }

    ParserScratch& scratch_;
    EventHandler& handler_;
    const char* end_;
    const char* backslash_ = nullptr;
    std::size_t depth_ = 0;
    std::size_t events_ = 0;
};

/// Whether simdjson should try the text: it begins and ends like an array or object, and
/// it has no bytes that nlohmann's source refuses at once.
bool looks_readable(std::string_view text) noexcept {
    const std::size_t first = text.find_first_not_of(blank);
    if (first == std::string_view::npos || text.size() > longest_text) {
        return false;
    }
    const char last = text[text.find_last_not_of(blank)];
    return ((text[first] == '{' && last == '}') || (text[first] == '[' && last == ']')) &&
           std::memchr(text.data(), '\0', text.size()) == nullptr;
}

/// Returns the text with readable memory after it: in place if there is enough, otherwise a copy. Returns
/// null if memory runs out.
const char* padded(std::string_view text, std::size_t readable, ParserScratch& scratch) noexcept {
    if (readable - text.size() >= simdjson::SIMDJSON_PADDING) {
        return text.data();
    }
    char* const copy = scratch.padded.with_room_for(text.size() + simdjson::SIMDJSON_PADDING);
    if (copy != nullptr) {
        std::memcpy(copy, text.data(), text.size());
        std::memset(copy + text.size(), 0, simdjson::SIMDJSON_PADDING);
    }
    return copy;
}

/// Returns whether simdjson has read the whole text. `reported` is the number of reported events.
bool read(std::string_view text, std::size_t readable, EventHandler& handler, std::size_t& reported) {
    const BorrowedScratch borrowed{};
    ParserScratch* const scratch = borrowed.get();
    if (scratch == nullptr || !scratch->make_room_for(text.size())) {
        return false;
    }
    const char* const begin = padded(text, readable, *scratch);
    ondemand::document document;
    if (begin == nullptr ||
        scratch->parser.iterate(begin, text.size(), text.size() + simdjson::SIMDJSON_PADDING).get(document) !=
            simdjson::SUCCESS) {
        return false;
    }
    Walk walk{*scratch, {begin, text.size()}, handler};
    const bool done = walk.document(document, text[text.find_first_not_of(blank)] == '{');
    reported = walk.events();
    return done;
}

}  // namespace

ParseStatus parse_by_simdjson(const JsonText& json, EventHandler& handler) {
    const bool is_marked = json.text.substr(0, byte_order_mark.size()) == byte_order_mark;
    const std::size_t skipped = is_marked ? byte_order_mark.size() : 0;
    const std::string_view text = json.text.substr(skipped);
    std::size_t reported = 0;
    if (looks_readable(text) && read(text, json.readable - skipped, handler, reported)) {
        return {};
    }
    if (!handler.wants_more()) {
        return {};
    }
    EventSkipper later{reported, handler};
    return parse_by_nlohmann(json.text, later);
}

}  // namespace sent::detail
