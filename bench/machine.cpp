#include "machine.hpp"

#include <sys/utsname.h>
#include <unistd.h>

#include <fstream>

#include <curl/curl.h>

#if defined(__linux__)
#include <sched.h>
#endif

namespace bench {

namespace {

std::string compiler() {
#if defined(__clang__)
    return "Clang " __clang_version__;
#elif defined(__GNUC__)
    return "GCC " __VERSION__;
#else
    return "unknown";
#endif
}

std::string cpu_model() {
    std::ifstream info{"/proc/cpuinfo"};
    std::string line;
    while (std::getline(info, line)) {
        const auto colon = line.find(": ");
        if (line.rfind("model name", 0) == 0 && colon != std::string::npos) {
            return line.substr(colon + 2);
        }
    }
    return "unknown";
}

std::string kernel() {
    utsname names{};
    if (uname(&names) != 0) {
        return "unknown";
    }
    return std::string{names.sysname} + ' ' + names.release + ' ' + names.machine;
}

std::vector<int> allowed_cpus() {
    std::vector<int> cpus;
#if defined(__linux__)
    cpu_set_t set;
    CPU_ZERO(&set);
    if (sched_getaffinity(0, sizeof set, &set) == 0) {
        for (std::size_t cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
            if (CPU_ISSET(cpu, &set)) {
                cpus.push_back(static_cast<int>(cpu));
            }
        }
    }
#endif
    return cpus;
}

}  // namespace

Machine machine() {
    Machine facts;
    facts.cores = sysconf(_SC_NPROCESSORS_ONLN);
    facts.cpus = allowed_cpus();
    facts.cpu_model = cpu_model();
    facts.kernel = kernel();
    facts.curl = curl_version();
    facts.compiler = compiler();
    facts.build_type = SENT_BENCH_BUILD_TYPE;
    return facts;
}

}  // namespace bench
