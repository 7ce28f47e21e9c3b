#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <sent/export.hpp>

namespace sent {

namespace detail {
struct DriftAccess;
}  // namespace detail

/// What the answers of one operation have had that this version of the library does not know.
struct OperationDrift {
    /// Name of the operation, such as `v3.contacts.list`.
    std::string operation{};
    /// Number of answers that were looked at.
    std::uint64_t answers = 0;
    /// Number of unknown members in these answers. See UnknownMembers::count.
    std::uint64_t members = 0;
    /// Number of unknown values of open enumerations in these answers. See UnknownMembers::values.
    std::uint64_t values = 0;
    /// Path of the first unknown member, at most 200 characters. Empty if there was none.
    std::string first_member{};
    /// Path of the first member with an unknown value, at most 200 characters. Empty if there was none.
    std::string first_value{};
    /// That value, if it can be written to a log. See UnknownMembers::first_value_text.
    std::string first_value_text{};
};

/// Counts, by operation, what the answers of all calls have that this version of the library does not know.
/// Set it once, in ClientOptions::drift; several clients may share it:
///
///     auto drift = std::make_shared<sent::DriftCounter>();
///     sent::Client client({.drift = drift});
///     ... calls ...
///     for (const auto& row : drift->operations()) ...
///
/// Counts each call that succeeds, whether by `call`, `submit`, `bulk` or `all` (one call for each page), and
/// also encoded requests. Errors, answers without content, and Client::request, whose answers have no struct,
/// are not counted.
///
/// Each counted answer is read a second time before the call returns or its callback runs, into an object
/// that is then destroyed. So a counter about doubles the time and the memory that decoding takes. It keeps a
/// few hundred bytes for each operation that was called, however many calls there are. It never changes how a
/// call ends: if memory runs out, the answer is not counted.
///
/// Thread-safe. A forked child counts from 0.
class SENT_EXPORT DriftCounter {
  public:
    DriftCounter();
    DriftCounter(const DriftCounter&) = delete;
    DriftCounter& operator=(const DriftCounter&) = delete;
    ~DriftCounter();

    /// Returns the operations that have had an answer with content, sorted by name. Those without drift are
    /// included.
    [[nodiscard]] std::vector<OperationDrift> operations() const;

  private:
    friend struct detail::DriftAccess;
    class Rows;
    std::unique_ptr<Rows> rows_;
};

}  // namespace sent
