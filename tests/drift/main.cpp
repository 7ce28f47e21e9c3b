// The program of scripts/drift, which explains it.
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include "drift/compare.hpp"

namespace {

constexpr int differs = 1;
constexpr int bad_input = 2;

}  // namespace

int main(int count, char** values) {
    std::vector<std::string> arguments(values + 1, values + count);
    const bool wants_json = !arguments.empty() && arguments.front() == "--json";
    if (wants_json) {
        arguments.erase(arguments.begin());
    }
    if (arguments.size() != 1) {
        std::cerr << "usage: drift [--json] FILE\n";
        return bad_input;
    }
    const auto& file = arguments.front();
    std::ifstream stream{file, std::ios::binary};
    std::ostringstream text;
    if (!stream || !(text << stream.rdbuf())) {
        std::cerr << file << ": cannot be read\n";
        return bad_input;
    }
    try {
        const auto findings = sent::drift::compare(sent::drift::Document{text.str()});
        if (wants_json) {
            std::cout << sent::drift::as_json(findings).dump(2) << '\n';
        } else {
            std::cout << sent::drift::as_text(findings);
        }
        return findings.empty() ? 0 : differs;
    } catch (const sent::drift::BadDocument& error) {
        std::cerr << file << ": " << error.what() << '\n';
        return bad_input;
    }
}
