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

/// "close_before_reply"
std::string_view fault_name(FaultKind kind);

/// Whether the request takes effect: what the name of the kind says, else Fault::processed, else the kind's
/// default.
bool takes_effect(const Fault& fault);

/// Reads one fault of POST /_emulator/faults; members that it does not know are errors, so that a typing
/// error shows.
Fault read_fault(const Json& value, FieldErrors& errors);

Json fault_json(const Fault& fault);

class FaultPlan {
  public:
    void add(Fault fault);
    void clear();
    /// The fault for this request, if any, which counts as a hit.
    std::optional<Fault> take(std::string_view method, std::string_view path);
    std::vector<Fault> waiting() const;

  private:
    mutable std::mutex mutex_;
    std::vector<Fault> faults_;
};

}  // namespace sent::testing::emulator
