#include <sent/version.hpp>

namespace sent {

std::string_view version() noexcept {
    return SENT_VERSION_STRING;
}

}  // namespace sent
