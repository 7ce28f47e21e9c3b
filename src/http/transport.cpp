#include <sent/http/transport.hpp>

namespace sent {

Transport::~Transport() = default;

AsyncTransport* Transport::as_async() noexcept {
    return nullptr;
}

}  // namespace sent
