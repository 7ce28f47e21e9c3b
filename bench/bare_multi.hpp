#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "bare_curl.hpp"
#include "contender.hpp"

namespace bench {

/// Many handles on one multi handle, on the caller's thread; each is ready-made and used again as soon as it
/// is done.
class BareMulti final : public Contender {
  public:
    BareMulti(BareRequest request, std::size_t in_flight);
    ~BareMulti() override;
    void run(std::size_t calls) override;

  private:
    struct Transfer {
        EasyHandle handle{};
        std::string received{};
    };

    void start(Transfer& transfer);
    /// Takes finished transfers off and gives how many they were; idle ones wait in idle_.
    std::size_t collect();
    void check(CURL* handle, CURLcode code) const;

    BareRequest request_;
    HeaderList headers_;
    MultiHandle multi_;
    std::vector<std::unique_ptr<Transfer>> transfers_{};
    std::vector<Transfer*> idle_{};
};

}  // namespace bench
