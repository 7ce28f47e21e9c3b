#include <sent/http/transport.hpp>

namespace sent {

BodySource::~BodySource() = default;

std::optional<std::string> BodySource::read_all() const {
    std::string content(static_cast<std::size_t>(size()), '\0');
    std::size_t done = 0;
    while (done < content.size()) {
        const auto count = read(done, content.data() + done, content.size() - done).value_or(0);
        if (count == 0) {
            return std::nullopt;
        }
        done += count;
    }
    return content;
}

Transport::~Transport() = default;

AsyncTransport* Transport::as_async() noexcept {
    return nullptr;
}

// Not inline, so that one library has the class's type information.
AsyncTransport* AsyncTransport::as_async() noexcept {
    return this;
}

}  // namespace sent
