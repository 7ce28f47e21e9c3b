#include <sent/http/headers.hpp>

#include <algorithm>
#include <cstring>
#include <limits>
#include <stdexcept>
#include <utility>

#include <sent/secret.hpp>

namespace sent {

namespace detail {
namespace {

char lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

bool same_header_name(std::string_view a, std::string_view b) noexcept {
    if (a.size() != b.size()) {
        return false;
    }
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (lower(a[i]) != lower(b[i])) {
            return false;
        }
    }
    return true;
}

}  // namespace detail

namespace {

using detail::same_header_name;

bool is_blank(std::string_view value) noexcept {
    for (const char c : value) {
        if (c != ' ' && c != '\t') {
            return false;
        }
    }
    return true;
}

// Each field is stored as both sizes and then its line. The sizes make the text of two different lists differ
// even when their lines read the same ("a: b" could be split in several ways), so that comparing the texts
// compares the lists.
constexpr std::size_t prefix_size = 2 * sizeof(std::uint32_t);

/// The buffer that a text has left for a larger one, if it has: overwritten at the end.
class Outgrown {
  public:
    Outgrown() = default;
    Outgrown(const Outgrown&) = delete;
    Outgrown& operator=(const Outgrown&) = delete;
    ~Outgrown() {
        if (left_) {
            detail::wipe(buffer_);
        }
    }

    void move_to_larger(std::string& text, std::size_t capacity) {
        buffer_.reserve(capacity);
        buffer_.append(text);
        text.swap(buffer_);
        left_ = true;
    }

  private:
    std::string buffer_{};
    bool left_ = false;
};

void append_sizes(std::string& text, std::size_t name, std::size_t value) {
    const std::uint32_t sizes[] = {static_cast<std::uint32_t>(name), static_cast<std::uint32_t>(value)};
    static_assert(sizeof sizes == prefix_size);
    char bytes[prefix_size];
    std::memcpy(bytes, sizes, prefix_size);
    text.append(bytes, prefix_size);
}

}  // namespace

Headers::Headers(std::initializer_list<std::pair<std::string_view, std::string_view>> fields) {
    for (const auto& [name, value] : fields) {
        add(name, value);
    }
}

Headers& Headers::operator=(const Headers& other) {
    if (this != &other) {
        *this = Headers(other);
    }
    return *this;
}

Headers& Headers::operator=(Headers&& other) noexcept {
    if (this != &other) {
        detail::wipe(text_);
        text_ = std::move(other.text_);
        entries_ = std::move(other.entries_);
        other.entries_.clear();
    }
    return *this;
}

Headers::~Headers() {
    detail::wipe(text_);
}

void Headers::add(std::string_view name, std::string_view value) {
    constexpr std::size_t most = std::numeric_limits<std::uint32_t>::max();
    const std::size_t needed = prefix_size + name.size() + value.size() + 4;
    if (name.size() > most || value.size() > most || needed > most - text_.size()) {
        throw std::length_error("sent::Headers: more than 4 GiB of header fields");
    }
    // The views may point into this very object: what they see stays alive to the end.
    Outgrown outgrown;
    if (text_.capacity() - text_.size() < needed) {
        outgrown.move_to_larger(text_, text_.size() + std::max(text_.size(), needed));
    }

    Entry entry;
    entries_.push_back(entry);  // first what may throw, so that the two members stay in step
    append_sizes(text_, name.size(), value.size());
    entry.begin = static_cast<std::uint32_t>(text_.size());
    entry.name_size = static_cast<std::uint32_t>(name.size());
    entry.value_size = static_cast<std::uint32_t>(value.size());
    text_.append(name);
    if (is_blank(value)) {
        // A line "Name:" would tell curl to leave the field out. The value is kept behind the line.
        text_.append(";", 2);
    } else {
        text_.append(": ");
    }
    entry.value_begin = static_cast<std::uint32_t>(text_.size());
    text_.append(value);
    text_.push_back('\0');
    entries_.back() = entry;
}

void Headers::set(std::string_view name, std::string_view value) {
    Headers rebuilt;
    rebuilt.reserve(text_.size() + name.size() + value.size() + prefix_size + 4, entries_.size() + 1);
    bool placed = false;
    for (const Field field : *this) {
        if (!same_header_name(field.name, name)) {
            rebuilt.add(field.name, field.value);
        } else if (!placed) {
            rebuilt.add(name, value);
            placed = true;
        }
    }
    if (!placed) {
        rebuilt.add(name, value);
    }
    *this = std::move(rebuilt);
}

void Headers::remove(std::string_view name) {
    if (!contains(name)) {
        return;
    }
    Headers rebuilt;
    rebuilt.reserve(text_.size(), entries_.size());
    for (const Field field : *this) {
        if (!same_header_name(field.name, name)) {
            rebuilt.add(field.name, field.value);
        }
    }
    *this = std::move(rebuilt);
}

void Headers::clear() noexcept {
    text_.clear();
    entries_.clear();
}

void Headers::reserve(std::size_t bytes, std::size_t fields) {
    entries_.reserve(fields);
    if (bytes > text_.capacity()) {
        Outgrown outgrown;
        outgrown.move_to_larger(text_, bytes);
    }
}

std::optional<std::string_view> Headers::get(std::string_view name) const noexcept {
    for (const Field field : *this) {
        if (same_header_name(field.name, name)) {
            return field.value;
        }
    }
    return std::nullopt;
}

const char* Headers::line(std::size_t index) const noexcept {
    return text_.data() + entries_[index].begin;
}

}  // namespace sent
