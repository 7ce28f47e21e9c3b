#include <sent/http/headers.hpp>

#include <algorithm>
#include <cstring>
#include <limits>
#include <stdexcept>
#include <utility>

#include <sent/secret.hpp>

#include "base/text/ascii.hpp"

namespace sent {

namespace detail {
bool same_header_name(std::string_view a, std::string_view b) noexcept {
    return same_ignoring_case(a, b);
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

/// Returns the end of the written text.
char* write(char* to, std::string_view text) noexcept {
    return std::copy(text.begin(), text.end(), to);
}

}  // namespace

Headers::Headers(std::initializer_list<std::pair<detail::AnyText, detail::AnyText>> fields) {
    for (const auto& [name, value] : fields) {
        add(name, value);
    }
}

Headers& Headers::operator=(const Headers& other) {
    if (this != &other) {
        reserve(other.bytes_);
        write(memory_.get(), other.text());
        bytes_ = other.bytes_;
        size_ = other.size_;
    }
    return *this;
}

Headers& Headers::operator=(Headers&& other) noexcept {
    if (this != &other) {
        Headers before;
        swap(before);
        swap(other);
    }
    return *this;
}

void Headers::swap(Headers& other) noexcept {
    memory_.swap(other.memory_);
    std::swap(capacity_, other.capacity_);
    std::swap(bytes_, other.bytes_);
    std::swap(size_, other.size_);
}

void Headers::wipe() noexcept {
    // Wipe the whole buffer, because the text after the last field may contain a key that was removed
    // earlier.
    detail::wipe(memory_.get(), capacity_);
}

/// Moves the old memory, which still holds the text, to `before`, whose destructor wipes it.
void Headers::move_to_larger(std::size_t capacity, Headers& before) {
    before.memory_.reset(new char[capacity]);
    before.capacity_ = capacity;
    before = *this;
    swap(before);
}

void Headers::add(detail::AnyText any_name, detail::AnyText any_value) {
    const std::string_view name = any_name;
    const std::string_view value = any_value;
    constexpr std::size_t most = std::numeric_limits<std::uint32_t>::max();
    const std::size_t needed = bytes_of(name.size(), value.size());
    if (name.size() > most || value.size() > most || needed > most - bytes_) {
        throw std::length_error("sent::Headers: more than 4 GiB of header fields");
    }
    if (capacity_ - bytes_ < needed) {
        // The views may point into this object, so `before` keeps their text alive until the end.
        Headers before;
        move_to_larger(bytes_ + std::max(bytes_, needed), before);
        add(name, value);
        return;
    }
    const Sizes sizes{static_cast<std::uint32_t>(name.size()), static_cast<std::uint32_t>(value.size())};
    char* end = memory_.get() + bytes_;
    std::memcpy(end, &sizes, sizeof sizes);
    end = write(end + sizeof sizes, name);
    // libcurl would omit a field whose line is "Name:". The value is stored after the line.
    end = write(end, is_blank(value) ? std::string_view(";\0", 2) : std::string_view(": "));
    *write(end, value) = '\0';
    bytes_ += needed;
    ++size_;
}

void Headers::set(detail::AnyText any_name, detail::AnyText any_value) {
    const std::string_view name = any_name;
    const std::string_view value = any_value;
    Headers rebuilt;
    rebuilt.reserve(bytes_ + bytes_of(name.size(), value.size()));
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

void Headers::remove(detail::AnyText any_name) {
    const std::string_view name = any_name;
    if (!contains(name)) {
        return;
    }
    Headers rebuilt;
    rebuilt.reserve(bytes_);
    for (const Field field : *this) {
        if (!same_header_name(field.name, name)) {
            rebuilt.add(field.name, field.value);
        }
    }
    *this = std::move(rebuilt);
}

void Headers::clear() noexcept {
    bytes_ = 0;
    size_ = 0;
}

void Headers::reserve(std::size_t bytes) {
    if (bytes > capacity_) {
        Headers before;
        move_to_larger(bytes, before);
    }
}

std::optional<std::string_view> Headers::get(detail::AnyText any_name) const noexcept {
    const std::string_view name = any_name;
    for (const Field field : *this) {
        if (field.name.size() == name.size() && same_header_name(field.name, name)) {
            return field.value;
        }
    }
    return std::nullopt;
}

}  // namespace sent
