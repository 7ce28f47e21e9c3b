#pragma once

#include <cstddef>
#include <fstream>
#include <string>

namespace sent::test {

/// How much the process' memory may have peaked since construction. Where the kernel cannot tell, 0.
class PeakMemory {
  public:
    PeakMemory() : usable_(reset()), before_(kibibytes("VmHWM:")) {}

    bool usable() const { return usable_ && before_ > 0; }
    std::size_t growth_in_mib() const {
        const auto now = kibibytes("VmHWM:");
        return now > before_ ? (now - before_) / 1024 : 0;
    }

  private:
    /// Sets the mark back to what is used now.
    static bool reset() {
        std::ofstream clear("/proc/self/clear_refs");
        clear << "5" << std::flush;
        return clear.good();
    }
    static std::size_t kibibytes(const std::string& name) {
        std::ifstream status("/proc/self/status");
        std::string word;
        std::size_t value = 0;
        while (status >> word) {
            if (word == name && status >> value) {
                return value;
            }
        }
        return 0;
    }

    bool usable_;
    std::size_t before_;
};

}  // namespace sent::test
