#pragma once

#include <chrono>
#include <ctime>

namespace sent::test {

/// Processor time that this thread has used, which does not depend on the load of the machine.
inline std::chrono::nanoseconds thread_time() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

}  // namespace sent::test
