#include "arguments.hpp"

#include <cstdlib>
#include <iostream>

namespace bench {

namespace {

[[noreturn]] void usage() {
    std::cerr << "usage: sent-bench-http --base-url URL [--seconds N] [--json FILE] [--only TEXT] [--check]\n"
                 "                       [--tls-url URL --http2-url URL --closing-url URL\n"
                 "                        --certificate FILE --trust FILE] [--slow-url URL]\n"
                 "                       [--server TEXT] [--server-pid N]\n"
                 "Compares the library with bare libcurl on the server at these URLs; bench/run starts one.\n"
                 "  --seconds N         for the whole run, about (default 120)\n"
                 "  --json FILE         writes the report there, too\n"
                 "  --only TEXT         only the comparisons with this in their name\n"
                 "  --check             exit with 1 when a target is missed\n"
                 "  --tls-url URL       the same over TLS\n"
                 "  --http2-url URL     over TLS with HTTP/2\n"
                 "  --closing-url URL   over TLS, where each connection serves one request\n"
                 "  --slow-url URL      where a reply takes 50 ms\n"
                 "  --certificate FILE  the server's certificate\n"
                 "  --trust FILE        it and many others\n"
                 "  --server TEXT       what to call the server in the report\n"
                 "  --server-pid N      its process, whose processor time is then counted, too\n";
    std::exit(2);
}

struct Text {
    const char* name = nullptr;
    std::string* value = nullptr;
};

bool store_text(Arguments& to, const std::string& name, const std::string& value) {
    const Text texts[] = {
        {"--base-url", &to.server.url},
        {"--tls-url", &to.server.tls_url},
        {"--http2-url", &to.server.http2_url},
        {"--closing-url", &to.server.closing_url},
        {"--slow-url", &to.server.slow_url},
        {"--certificate", &to.server.certificate},
        {"--trust", &to.server.trust},
        {"--server", &to.settings.server},
        {"--json", &to.json},
        {"--only", &to.only},
    };
    for (const Text& text : texts) {
        if (name == text.name) {
            *text.value = value;
            return true;
        }
    }
    return false;
}

bool store_number(Arguments& to, const std::string& name, const std::string& value) {
    if (name == "--seconds") {
        to.settings.seconds = std::strtod(value.c_str(), nullptr);
    } else if (name == "--server-pid") {
        to.settings.server_pid = std::strtol(value.c_str(), nullptr, 10);
    } else {
        return false;
    }
    return true;
}

}  // namespace

Arguments parse_arguments(int count, char** values) {
    Arguments arguments;
    arguments.settings.seconds = 120;
    for (int index = 1; index < count; ++index) {
        const std::string name = values[index];
        if (name == "--check") {
            arguments.check = true;
            continue;
        }
        if (index + 1 == count) {
            usage();
        }
        const std::string value = values[++index];
        if (!store_text(arguments, name, value) && !store_number(arguments, name, value)) {
            usage();
        }
    }
    if (arguments.server.url.empty() || !(arguments.settings.seconds > 0)) {
        usage();
    }
    return arguments;
}

}  // namespace bench
