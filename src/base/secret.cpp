#include <sent/secret.hpp>

#include <cstddef>
#include <cstring>
#include <ostream>
#include <utility>

namespace sent {

namespace {

/// The compiler does not know what this pointer calls, so it cannot remove writes to memory that is not read
/// again.
void* (*const volatile overwrite)(void*, int, std::size_t) = &std::memset;

}  // namespace

void detail::wipe(char* bytes, std::size_t size) noexcept {
    overwrite(bytes, 0, size);
}

void detail::wipe(std::string& text) noexcept {
    // Wipe the whole buffer, because the text after the end may be a secret that was cut off earlier.
    // Resizing to capacity() does not allocate.
    text.resize(text.capacity());
    wipe(text.data(), text.size());
    text.clear();
}

Secret::Secret(const char* text) : text_(text != nullptr ? text : "") {}

Secret::Secret(std::string_view text) : text_(text) {}

// Copies the text, because moving from a short string leaves its text in the string's own buffer.
Secret::Secret(std::string text) : text_(text) {
    detail::wipe(text);
}

Secret::Secret(const Secret& other) = default;

Secret::Secret(Secret&& other) noexcept : text_(std::move(other.text_)) {
    other.wipe();
}

Secret& Secret::operator=(const Secret& other) {
    if (this != &other) {
        std::string copy(other.text_);
        wipe();
        text_.swap(copy);
        detail::wipe(copy);
    }
    return *this;
}

Secret& Secret::operator=(Secret&& other) noexcept {
    if (this != &other) {
        wipe();
        text_.swap(other.text_);
        other.wipe();
    }
    return *this;
}

Secret::~Secret() {
    wipe();
}

void Secret::wipe() noexcept {
    detail::wipe(text_);
}

std::ostream& operator<<(std::ostream& out, const Secret& secret) {
    return secret.empty() ? out : out << "[redacted]";
}

}  // namespace sent
