#include <sent/secret.hpp>

#include <ostream>
#include <utility>

namespace sent {

namespace {

// Volatile, so that the compiler may not leave out writes to memory that nobody reads again.
void overwrite(std::string& text) noexcept {
    // All of the buffer: what was cut off earlier is a secret, too. Within capacity() this cannot allocate.
    text.resize(text.capacity());
    volatile char* bytes = text.data();
    for (std::size_t i = 0; i < text.size(); ++i) {
        bytes[i] = '\0';
    }
    text.clear();
}

}  // namespace

Secret::Secret(const char* text) : text_(text != nullptr ? text : "") {}

Secret::Secret(std::string_view text) : text_(text) {}

// Copied, not moved: a short string moved from keeps its text in its own buffer.
Secret::Secret(std::string text) : text_(text) {
    overwrite(text);
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
        overwrite(copy);
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
    overwrite(text_);
}

std::ostream& operator<<(std::ostream& out, const Secret& secret) {
    return secret.empty() ? out : out << "[redacted]";
}

}  // namespace sent
