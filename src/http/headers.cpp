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
/// What stands between and behind name and value.
constexpr std::size_t around_field = 3;

void wipe_buffer(std::vector<char>& buffer) noexcept {
    // All of it: what was cut off earlier may be a key, too. Within capacity() this cannot allocate.
    buffer.resize(buffer.capacity());
    detail::wipe(buffer.data(), buffer.size());
    buffer.clear();
}

/// The buffer that a text has left for a larger one, if it has: overwritten at the end.
class Outgrown {
  public:
    Outgrown() = default;
    Outgrown(const Outgrown&) = delete;
    Outgrown& operator=(const Outgrown&) = delete;
    ~Outgrown() {
        if (buffer_.capacity() != 0) {
            wipe_buffer(buffer_);
        }
    }

    void move_to_larger(std::vector<char>& text, std::size_t capacity) {
        buffer_.reserve(capacity);
        buffer_.assign(text.begin(), text.end());
        text.swap(buffer_);
    }

  private:
    std::vector<char> buffer_{};
};

/// Returns the end of what it has written.
char* write(char* to, std::string_view text) noexcept {
    return std::copy(text.begin(), text.end(), to);
}

}  // namespace

Headers::Headers(std::initializer_list<std::pair<std::string_view, std::string_view>> fields) {
    for (const auto& [name, value] : fields) {
        add(name, value);
    }
}

Headers& Headers::operator=(const Headers& other) {
    if (this != &other) {
        reserve(other.text_.size(), other.entries_.size());
        text_.assign(other.text_.begin(), other.text_.end());  // from here on there is memory for all
        entries_.assign(other.entries_.begin(), other.entries_.end());
    }
    return *this;
}

Headers& Headers::operator=(Headers&& other) noexcept {
    if (this != &other) {
        wipe();
        text_ = std::move(other.text_);
        entries_ = std::move(other.entries_);
        other.entries_.clear();
    }
    return *this;
}

void Headers::wipe() noexcept {
    wipe_buffer(text_);
}

void Headers::add(std::string_view name, std::string_view value) {
    constexpr std::size_t most = std::numeric_limits<std::uint32_t>::max();
    const std::size_t size = text_.size();
    const std::size_t needed = prefix_size + name.size() + value.size() + around_field;
    if (name.size() > most || value.size() > most || needed > most - size) {
        throw std::length_error("sent::Headers: more than 4 GiB of header fields");
    }
    // The views may point into this very object: what they see stays alive to the end.
    Outgrown outgrown;
    if (text_.capacity() - size < needed) {
        outgrown.move_to_larger(text_, size + std::max(size, needed));
    }

    Entry entry;
    entries_.push_back(entry);  // first what may throw, so that the two members stay in step
    text_.resize(size + needed);
    entry.begin = static_cast<std::uint32_t>(size + prefix_size);
    entry.name_size = static_cast<std::uint32_t>(name.size());
    entry.value_size = static_cast<std::uint32_t>(value.size());
    char* end = text_.data() + size;
    std::memcpy(end, &entry.name_size, sizeof entry.name_size);
    std::memcpy(end + sizeof entry.name_size, &entry.value_size, sizeof entry.value_size);
    end = write(end + prefix_size, name);
    // A line "Name:" would tell curl to leave the field out. The value is kept behind the line.
    end = write(end, is_blank(value) ? std::string_view(";\0", 2) : std::string_view(": "));
    entry.value_begin = static_cast<std::uint32_t>(end - text_.data());
    *write(end, value) = '\0';
    entries_.back() = entry;
}

void Headers::set(std::string_view name, std::string_view value) {
    Headers rebuilt;
    rebuilt.reserve(text_.size() + name.size() + value.size() + prefix_size + around_field,
                    entries_.size() + 1);
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
    // Most names differ in length already, so that nothing but the entries is read.
    for (const Entry& entry : entries_) {
        if (entry.name_size == name.size() &&
            same_header_name({text_.data() + entry.begin, entry.name_size}, name)) {
            return std::string_view{text_.data() + entry.value_begin, entry.value_size};
        }
    }
    return std::nullopt;
}

const char* Headers::line(std::size_t index) const noexcept {
    return text_.data() + entries_[index].begin;
}

}  // namespace sent
