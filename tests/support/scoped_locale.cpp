#include "scoped_locale.hpp"

#include <clocale>
#include <cstdlib>
#include <locale>

#if defined(__SANITIZE_ADDRESS__)
#define SENT_TEST_HAS_LEAK_SANITIZER
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SENT_TEST_HAS_LEAK_SANITIZER
#endif
#endif
#if defined(SENT_TEST_HAS_LEAK_SANITIZER)
#include <sanitizer/lsan_interface.h>
#endif

namespace sent::test {
namespace {

#if defined(SENT_TEST_HAS_LEAK_SANITIZER)
/// glibc's setlocale loses a few bytes each time when it is sent to a folder of locales.
using LeaksOfOthers = __lsan::ScopedDisabler;
#else
struct LeaksOfOthers {
    ~LeaksOfOthers() {}  // NOLINT(modernize-use-equals-default): or the variable would count as unused
};
#endif

std::string copy_of(const std::string& category, const std::string& name) {
    return category + "\ncopy \"" + name + "\"\nEND " + category + "\n";
}

}  // namespace

ScopedLocale::ScopedLocale(const std::string& name) {
    if (set(name + ".UTF-8") || set(name)) {
        return;
    }
    const std::string source = directory_.write(
        "source", copy_of("LC_CTYPE", name) + copy_of("LC_NUMERIC", name) + copy_of("LC_TIME", name));
    const std::string target = (directory_.path() / name).string();
    const std::string command = "localedef -c -i " + source + " -f UTF-8 " + target + " >/dev/null 2>&1";
    // It complains of what is not there, and does its work.
    if (std::system(command.c_str()) != -1 && setenv("LOCPATH", directory_.path().c_str(), 1) == 0) {
        set(name);
    }
}

ScopedLocale::~ScopedLocale() {
    std::locale::global(std::locale::classic());
    unsetenv("LOCPATH");
}

bool ScopedLocale::set(const std::string& name) {
    const LeaksOfOthers disregarded{};
    in_force_ = std::setlocale(LC_ALL, name.c_str()) != nullptr;
    if (in_force_) {
        std::locale::global(std::locale{name});
    }
    return in_force_;
}

}  // namespace sent::test
