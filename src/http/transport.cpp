#include <sent/http/transport.hpp>

namespace sent {

Transport::~Transport() = default;

bool AsyncTransport::run_at(std::chrono::steady_clock::time_point /*when*/, std::function<void()> /*task*/) {
    return false;
}

}  // namespace sent
