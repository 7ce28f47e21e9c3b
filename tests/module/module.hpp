#pragma once

/// What the plug-in offers; looked up by name.
extern "C" {

/// Makes requests of each kind with a client of its own. Returns how many succeeded; `module_calls` when all
/// did.
using ModuleRun = int(const char* base_url, const char* ca_file);
/// Starts a request with a client that nobody ever destroys but the end of the plug-in or the program.
using ModuleLeaveRunning = void(const char* base_url, const char* ca_file);
}

namespace sent::test {
inline constexpr int module_calls = 4;
}  // namespace sent::test
