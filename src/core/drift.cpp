#include "core/drift.hpp"

#include <functional>
#include <map>
#include <string>
#include <utility>

#include <sent/drift_counter.hpp>

#include "base/redaction/redact.hpp"
#include "base/this_process.hpp"
#include "json/unknown_values.hpp"

namespace sent {

/// The counts. Bounded, because only operations have rows.
class DriftCounter::Rows {
  public:
    void add(std::string_view operation, const UnknownMembers& found) {
        const auto rows = rows_.lock();
        auto place = rows->by_operation.find(operation);
        if (place == rows->by_operation.end()) {
            OperationDrift fresh;
            fresh.operation = operation;
            place = rows->by_operation.emplace(operation, std::move(fresh)).first;
        }
        auto& row = place->second;
        ++row.answers;
        row.members += found.count;
        row.values += found.values;
        if (row.first_member.empty()) {
            row.first_member = found.first.substr(0, longest_path);
        }
        if (row.first_value.empty()) {
            row.first_value = found.first_value.substr(0, longest_path);
            row.first_value_text = found.first_value_text;
        }
    }

    [[nodiscard]] std::vector<OperationDrift> all() const {
        std::vector<OperationDrift> all;
        const auto rows = rows_.lock();
        all.reserve(rows->by_operation.size());
        for (const auto& [name, row] : rows->by_operation) {
            all.push_back(row);
        }
        return all;
    }

  private:
    static constexpr std::size_t longest_path = 200;

    struct ByOperation {
        /// The answers of the parent are the parent's to report.
        [[nodiscard]] ByOperation for_child() const { return {}; }

        std::map<std::string, OperationDrift, std::less<>> by_operation{};
    };

    detail::Guarded<ByOperation> rows_{};
};

DriftCounter::DriftCounter() : rows_(std::make_unique<Rows>()) {}

DriftCounter::~DriftCounter() = default;

std::vector<OperationDrift> DriftCounter::operations() const {
    return rows_->all();
}

namespace detail {

/// How calls reach the counter.
struct DriftAccess {
    static void add(DriftCounter& counter, std::string_view operation, const UnknownMembers& found) {
        counter.rows_->add(operation, found);
    }
};

namespace {

DecodeResult decode_answer_strictly(const Route& route, std::string_view text, void* answer, Room room) {
    if (route.generation != Generation::v3) {
        return decode_strictly(text, route.response(), answer, room);
    }
    // Every list of the service has these cursors. They are deprecated and not read.
    constexpr std::string_view cursors = "data.pagination.cursors";
    EnvelopeMember members[] = {{"data", &struct_by_table, answer}};
    return decode_envelope_strictly(text, members, 1, &route.response(), room, cursors);
}

/// Names of members and values come from outside, and some servers echo the key.
void show_without(std::string_view secret, std::string& text) {
    if (!text.empty()) {
        text = presentable(text, secret);
    }
}

}  // namespace

StrictReading read_strictly(const Route& route, std::string_view answer, Room room) {
    const auto object = route.make_response();
    StrictReading reading{decode_answer_strictly(route, answer, object.get(), room)};
    if (!reading.decoded) {
        return reading;
    }
    auto& first = reading.decoded.first_unknown;
    // In v3, paths begin with the envelope's member.
    constexpr std::string_view data = "data";
    if (route.generation == Generation::v3 && first.compare(0, data.size(), data) == 0) {
        first.erase(0, first[data.size()] == '.' ? data.size() + 1 : data.size());
    }
    auto values = find_unknown_values(route.response(), object.get());
    reading.unknown = {reading.decoded.unknown, std::move(first), values.count, std::move(values.first),
                       std::move(values.first_text)};
    return reading;
}

void count_drift(const PreparedCall& call, const Config& config, std::string_view answer) noexcept {
    const auto& route = *call.route;
    if (route.response == nullptr || answer.empty()) {
        return;
    }
    try {
        auto [decoded, unknown] = read_strictly(route, answer, room_for_text(call.http.max_response_bytes));
        if (!decoded) {
            return;
        }
        const auto secret = config.options.api_key.reveal();
        show_without(secret, unknown.first);
        show_without(secret, unknown.first_value);
        show_without(secret, unknown.first_value_text);
        DriftAccess::add(*config.options.drift, route.name, unknown);
    } catch (...) {  // NOLINT(bugprone-empty-catch): out of memory; the call succeeds all the same
    }
}

}  // namespace detail
}  // namespace sent
