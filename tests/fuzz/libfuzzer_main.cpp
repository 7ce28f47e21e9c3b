// What libFuzzer calls. SENT_FUZZ_TARGET names the target.

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "fuzz_target.hpp"

namespace {

sent::fuzz::Target chosen{};

}  // namespace

extern "C" int LLVMFuzzerInitialize(int* /*argc*/, char*** /*argv*/) {
    const char* name = std::getenv("SENT_FUZZ_TARGET");
    for (const auto& target : sent::fuzz::targets()) {
        if (name != nullptr && std::string_view{target.name} == name) {
            chosen = target;
            return 0;
        }
    }
    std::fputs("SENT_FUZZ_TARGET must be one of:", stderr);
    for (const auto& target : sent::fuzz::targets()) {
        std::fprintf(stderr, " %s", target.name);
    }
    std::fputs("\n", stderr);
    std::exit(2);
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    chosen.run({reinterpret_cast<const char*>(data), size});
    return 0;
}
