#include <sent/http/transport.hpp>

namespace sent {

Transport::~Transport() = default;

AsyncTransport* Transport::as_async() noexcept {
    return nullptr;
}

void AsyncTransport::send_kept(const HttpRequest& request, Completion done) {
    send_async(request, std::move(done));
}

// NOLINTNEXTLINE(performance-unnecessary-value-param): overriding functions move from it
bool AsyncTransport::run_at(std::chrono::steady_clock::time_point /*when*/, std::function<void()> /*task*/) {
    return false;
}

}  // namespace sent
