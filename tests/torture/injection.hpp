#pragma once

#include <cstddef>
#include <iosfwd>

namespace sent::test {

/// Whose requests for memory fail.
enum class Memory {
    cpp,  ///< operator new
    curl  ///< malloc and its kin inside libcurl
};

enum class Failing {
    once,         ///< the n-th request
    from_then_on  ///< the n-th and all after it
};

/// What fails, beginning with the n-th request for memory; n = 0: nothing does.
struct Injection {
    Memory memory = Memory::cpp;
    Failing failing = Failing::once;
    std::size_t nth = 0;
};

/// Makes libcurl ask this program for memory. To be called before anything else uses libcurl.
void take_over_curl_memory();

/// Requests for memory fail while this lives, on all threads but those of the scripted server.
class FailingMemory {
  public:
    explicit FailingMemory(const Injection& injection) noexcept;
    FailingMemory(const FailingMemory&) = delete;
    FailingMemory& operator=(const FailingMemory&) = delete;
    ~FailingMemory();

    /// Whether one has.
    static bool has_failed() noexcept;
};

/// Blocks that have been given out, to other threads than the scripted server's, and have not come back.
std::size_t live_blocks(Memory memory) noexcept;

}  // namespace sent::test
