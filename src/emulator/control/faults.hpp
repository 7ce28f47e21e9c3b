#pragma once

/// @file
/// The faults that wait for their requests.

#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <sent/testing/emulator.hpp>

#include "emulator/json.hpp"
#include "emulator/json_reply.hpp"

namespace sent::testing::emulator {

/// Returns "close_before_reply", for example.
std::string_view fault_name(FaultKind kind);

/// Whether the request is carried out: determined by the kind's name, otherwise by Fault::processed,
/// otherwise by the kind's default.
bool takes_effect(const Fault& fault);

/// Reads one fault of POST /_emulator/faults. Unknown members are errors, so that typing errors are noticed.
Fault read_fault(const Json& value, FieldErrors& errors);

Json fault_json(const Fault& fault);

class FaultPlan {
  public:
    void add(Fault fault);
    void clear();
    /// Returns the fault for this request, if any, and counts a hit.
    std::optional<Fault> take(std::string_view method, std::string_view path);
    std::vector<Fault> waiting() const;

  private:
    mutable std::mutex mutex_;
    std::vector<Fault> faults_;
};

}  // namespace sent::testing::emulator
