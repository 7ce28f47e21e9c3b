#include <sent/http/transport.hpp>

namespace sent {

BodySource::~BodySource() = default;

Transport::~Transport() = default;

AsyncTransport* Transport::as_async() noexcept {
    return nullptr;
}

// Not inline, so that one library has the class's type information.
AsyncTransport* AsyncTransport::as_async() noexcept {
    return this;
}

}  // namespace sent
