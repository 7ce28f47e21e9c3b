#include <sent/result.hpp>

#include <cstdio>
#include <cstdlib>
#include <new>

#include <sent/detail/wrong_use.hpp>

namespace sent::detail {

void end_after_wrong_use(const char* mistake, const char* text) noexcept {
    std::fprintf(stderr, "sent: %s%s\n", mistake, text);
    std::fflush(stderr);
    std::abort();
}

void result_has_no_value(const Error& error) noexcept {
    constexpr auto* mistake = "the value of a Result was used, but the Result is an error: ";
    try {
        end_after_wrong_use(mistake, to_string(error).c_str());
    } catch (const std::bad_alloc&) {
        end_after_wrong_use(mistake, error.message.c_str());
    }
}

void result_has_no_error() noexcept {
    end_after_wrong_use("error() was called on a Result that is a success. ", "Check `if (!result)` first.");
}

}  // namespace sent::detail
