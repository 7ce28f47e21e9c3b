#include "emulator/control/faults.hpp"

#include <utility>

#include "emulator/http/http_types.hpp"
#include "emulator/v3/errors.hpp"

namespace sent::testing::emulator {
namespace {

struct KindRow {
    FaultKind kind;
    std::string_view name;
    bool processed;
    bool fixed;  // follows from the name, and Fault::processed does not change it
};

constexpr KindRow kinds[] = {
    {FaultKind::status, "status", false, false},
    {FaultKind::error_after_processing, "error_after_processing", true, true},
    {FaultKind::close_before_reply, "close_before_reply", true, false},
    {FaultKind::close_unprocessed, "close_unprocessed", false, true},
    {FaultKind::reset, "reset", true, false},
    {FaultKind::truncate, "truncate", true, false},
    {FaultKind::stall, "stall", true, false},
    {FaultKind::slow, "slow", true, false},
    {FaultKind::wrong_length, "wrong_length", true, false},
    {FaultKind::html, "html", false, false},
    {FaultKind::garbage, "garbage", false, false},
    {FaultKind::delay, "delay", true, false},
};

const KindRow& row_of(FaultKind kind) {
    for (const auto& row : kinds) {
        if (row.kind == kind) {
            return row;
        }
    }
    return kinds[0];
}

bool matches(const Fault& fault, std::string_view method, std::string_view path) {
    return (fault.method.empty() || fault.method == method) &&
           path.substr(0, fault.path_prefix.size()) == fault.path_prefix;
}

void read_kind(const Json& value, Fault& fault, FieldErrors& errors) {
    for (const auto& row : kinds) {
        if (value == row.name) {
            fault.kind = row.kind;
            return;
        }
    }
    std::string known;
    for (const auto& row : kinds) {
        known.append(known.empty() ? "" : ", ").append(row.name);
    }
    errors["kind"].push_back("kind must be one of: " + known);
}

std::optional<long long> read_number(const Json& value, const std::string& name, long long smallest,
                                     long long largest, FieldErrors& errors) {
    if (value.is_number_integer()) {
        const auto number = value.get<long long>();
        if (number >= smallest && number <= largest) {
            return number;
        }
    }
    errors[name].push_back(name + " must be an integer from " + std::to_string(smallest) + " to " +
                           std::to_string(largest));
    return std::nullopt;
}

bool fits_a_header(const Json& value) {
    return value.is_string() &&
           value.text().find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos;
}

void read_headers(const Json& value, Fault& fault, FieldErrors& errors) {
    if (!value.is_object()) {
        errors["headers"].push_back("headers must be an object: name to text, or to an array of texts");
        return;
    }
    for (const auto& [name, given] : value.items()) {
        const Json values = given.is_array() ? given : Json::array({given});
        for (const auto& text : values) {
            if (!fits_a_header(text) || !fits_a_header(Json(name)) || name.empty()) {
                errors["headers"].push_back("headers: `" + name + "` must be a text without line breaks");
                continue;
            }
            fault.headers.emplace_back(name, text.get<std::string>());
        }
    }
}

// A body that is given as JSON is sent as JSON.
void read_body(const Json& value, Fault& fault) {
    if (value.is_string()) {
        fault.body = value.get<std::string>();
        return;
    }
    fault.body = to_text(value);
    if (find_header(fault.headers, "Content-Type") == nullptr) {
        fault.headers.emplace_back("Content-Type", "application/json");
    }
}

constexpr long long largest_int = 0x7fffffff;

void read_member(const std::string& name, const Json& value, Fault& fault, FieldErrors& errors) {
    const auto number = [&](long long smallest, long long largest) {
        return read_number(value, name, smallest, largest, errors);
    };
    const auto text = [&](std::string& into) {
        if (value.is_string()) {
            into = value.get<std::string>();
        } else {
            errors[name].push_back(name + " must be a text");
        }
    };
    if (name == "kind") {
        read_kind(value, fault, errors);
    } else if (name == "times") {
        fault.times = static_cast<int>(number(-1, largest_int).value_or(1));
    } else if (name == "after") {
        fault.after = static_cast<int>(number(0, largest_int).value_or(0));
    } else if (name == "method") {
        text(fault.method);
    } else if (name == "path") {
        text(fault.path_prefix);
    } else if (name == "processed") {
        if (value.is_boolean()) {
            fault.processed = value.get<bool>();
        } else {
            errors[name].push_back("processed must be true or false");
        }
    } else if (name == "status") {
        fault.status = static_cast<int>(number(200, 999).value_or(200));
    } else if (name == "code") {
        text(fault.code);
        if (error_code(fault.code).code != fault.code) {
            errors[name].push_back("code must be one of v3's, as in CONFLICT_001");
        }
    } else if (name == "headers") {
        read_headers(value, fault, errors);
    } else if (name == "body") {
        read_body(value, fault);
    } else if (name == "bytes") {
        fault.bytes = static_cast<std::size_t>(number(0, largest_int).value_or(0));
    } else if (name == "delay_ms") {
        fault.delay = std::chrono::milliseconds(number(0, 3600000).value_or(0));
    } else if (name == "length_delta") {
        fault.length_delta = static_cast<int>(number(-largest_int, largest_int).value_or(0));
    } else {
        errors[name].push_back(name + " is not a member of a fault");
    }
}

}  // namespace

std::string_view fault_name(FaultKind kind) {
    return row_of(kind).name;
}

bool takes_effect(const Fault& fault) {
    const auto& row = row_of(fault.kind);
    return row.fixed ? row.processed : fault.processed.value_or(row.processed);
}

Fault read_fault(const Json& value, FieldErrors& errors) {
    Fault fault;
    if (!value.is_object() || !value.contains("kind")) {
        errors["kind"].emplace_back("a fault must be an object with a kind");
        return fault;
    }
    // Read the headers first, because the body may add one.
    for (const auto& [name, member] : value.items()) {
        if (name != "body") {
            read_member(name, member, fault, errors);
        }
    }
    if (const auto* body = value.find("body")) {
        read_member("body", *body, fault, errors);
    }
    if (fault.times == 0) {
        errors["times"].emplace_back("times must be at least 1, or -1 for all until the faults are cleared");
    }
    if (row_of(fault.kind).fixed && fault.processed && *fault.processed != takes_effect(fault)) {
        errors["processed"].emplace_back("processed contradicts the kind");
    }
    return fault;
}

Json fault_json(const Fault& fault) {
    Json result{{"kind", fault_name(fault.kind)}, {"times", fault.times},
                {"after", fault.after},           {"method", fault.method},
                {"path", fault.path_prefix},      {"processed", takes_effect(fault)},
                {"headers", Json::object()},      {"length_delta", fault.length_delta}};
    for (const auto& [name, value] : fault.headers) {
        auto& values = result["headers"][name];
        values = values.is_null() ? Json::array() : values;
        values.push_back(value);
    }
    if (fault.status) {
        result["status"] = *fault.status;
    }
    if (!fault.code.empty()) {
        result["code"] = fault.code;
    }
    if (fault.body) {
        result["body"] = *fault.body;
    }
    if (fault.bytes) {
        result["bytes"] = *fault.bytes;
    }
    if (fault.delay) {
        result["delay_ms"] = fault.delay->count();
    }
    return result;
}

void FaultPlan::add(Fault fault) {
    const std::lock_guard lock(mutex_);
    if (fault.times != 0) {
        faults_.push_back(std::move(fault));
    }
}

void FaultPlan::clear() {
    const std::lock_guard lock(mutex_);
    faults_.clear();
}

std::optional<Fault> FaultPlan::take(std::string_view method, std::string_view path) {
    const std::lock_guard lock(mutex_);
    for (auto fault = faults_.begin(); fault != faults_.end(); ++fault) {
        if (!matches(*fault, method, path)) {
            continue;
        }
        if (fault->after > 0) {
            --fault->after;
            continue;
        }
        Fault hit = *fault;
        if (fault->times > 0 && --fault->times == 0) {
            faults_.erase(fault);
        }
        return hit;
    }
    return std::nullopt;
}

std::vector<Fault> FaultPlan::waiting() const {
    const std::lock_guard lock(mutex_);
    return faults_;
}

}  // namespace sent::testing::emulator
