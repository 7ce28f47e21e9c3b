#pragma once

#include <cstddef>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace bench {

/// A call did not end as it should: the comparison means nothing.
class CallFailed : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// One side of a comparison. Keeps its connections from one run to the next.
class Contender {
  public:
    Contender() = default;
    Contender(const Contender&) = delete;
    Contender& operator=(const Contender&) = delete;
    virtual ~Contender() = default;

    /// Makes that many calls and waits for them. Throws CallFailed.
    virtual void run(std::size_t calls) = 0;
};

}  // namespace bench
