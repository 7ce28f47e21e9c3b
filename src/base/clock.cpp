#include <sent/clock.hpp>

namespace sent {

Clock::~Clock() = default;

}  // namespace sent
