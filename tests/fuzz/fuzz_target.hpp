#pragma once

#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <vector>

#include <sent/http/headers.hpp>

/// @file
/// A reader of bytes from outside, and what must hold for any bytes. libFuzzer drives it (scripts/fuzz), and
/// CTest replays the corpus.

namespace sent::fuzz {

struct Target {
    /// Also the name of its folder in tests/fuzz/corpus.
    const char* name = "";
    void (*run)(std::string_view input) = nullptr;
};

const std::vector<Target>& targets();

/// Ends the program, so that the fuzzer keeps the input.
inline void require(bool holds, const char* what) {
    if (!holds) {
        std::fprintf(stderr, "broken: %s\n", what);
        std::abort();
    }
}

/// From lines of `Name: value`; others are skipped.
Headers headers_from(std::string_view lines);

void read_reply(std::string_view input);
void read_error_body(std::string_view input);
void read_headers(std::string_view input);
void read_text(std::string_view input);
void build_url(std::string_view input);
void redact(std::string_view input);
void read_exchange(std::string_view input);
void receive_webhook(std::string_view input);
void read_base64(std::string_view input);
void read_webhook_event(std::string_view input);
void read_voice_question(std::string_view input);
void read_form(std::string_view input);

}  // namespace sent::fuzz
