#include <cstdint>
#include <utility>

#include "json/decoder.hpp"
#include "json/inspect.hpp"

/// @file
/// Reports values of the wrong type and texts that cannot be read.

namespace sent::detail {

std::string_view Decoder::name_of(Kind kind) noexcept {
    switch (kind) {
        case Kind::boolean:
            return "boolean";
        case Kind::int32:
        case Kind::int64:
            return "integer";
        case Kind::number:
            return "number";
        case Kind::timestamp:
            return "timestamp";
        case Kind::vector:
            return "array";
        case Kind::map:
        case Kind::structure:
            return "object";
        default:
            return "string";
    }
}

std::string_view Decoder::name_of(Shape shape) noexcept {
    switch (shape) {
        case Shape::null:
            return "null";
        case Shape::boolean:
            return "boolean";
        case Shape::number:
            return "number";
        case Shape::string:
            return "string";
        case Shape::object:
            return "object";
        case Shape::array:
            break;
    }
    return "array";
}

/// Returns the step from the frame to its current value. Keys come from outside and may contain anything, so
/// only harmless ones are shown.
std::string Decoder::step(const Frame& frame, bool is_last) const {
    switch (frame.kind) {
        case Frame::Kind::object:
            return frame.value == nullptr ? "" : '.' + std::string{frame.next[-1].name};
        case Frame::Kind::envelope:
            return frame.position >= member_count_ ? "" : '.' + std::string{members_[frame.position].name};
        case Frame::Kind::array:
        case Frame::Kind::error_list:
            return frame.position == before_first ? "" : '[' + std::to_string(frame.position) + ']';
        case Frame::Kind::map:
        case Frame::Kind::errors:
            return is_last ? key_step(key_) : "[*]";
        case Frame::Kind::root:
            break;
    }
    return "";
}

std::string Decoder::path() const {
    std::string path{};
    for (std::size_t i = 0; i <= last_; ++i) {
        path += step(frames_[i], i == last_);
    }
    return path.empty() || path.front() != '.' ? path : path.substr(1);
}

void Decoder::mismatch(const Frame& frame, const TypeInfo& expected, Shape found) {
    if (frame.kind == Frame::Kind::envelope) {
        members_[frame.position].state = EnvelopeMember::State::mismatch;
    }
    wrong_root_ = wrong_root_ || frame.kind == Frame::Kind::root;
    ++result_.mismatches;
    if (std::string& first = result_.first_mismatch; first.empty()) {
        const std::string where = path();
        first = where.empty() ? "the whole" : where;
        first.append(": expected ").append(name_of(expected.kind)).append(", found ").append(name_of(found));
    }
}

void Decoder::note_unknown(std::string_view name) {
    const auto uncounted = *result_.uncounted_path;
    const bool may_be_uncounted =
        name.size() < uncounted.size() && uncounted.substr(uncounted.size() - name.size()) == name;
    if (!result_.first_unknown.empty() && !may_be_uncounted) {
        ++result_.unknown;
        return;
    }
    auto where = path();
    const auto step = key_step(std::string{name});
    where += step == "[*]" ? step : (where.empty() ? "" : ".") + std::string{name};
    if (where == uncounted) {
        return;
    }
    ++result_.unknown;
    if (result_.first_unknown.empty()) {
        result_.first_unknown = std::move(where);
    }
}

void Decoder::report(const ParseStatus& status) {
    result_.offset = status.offset;
    if (status.code == ParseStatus::Code::stopped) {
        const std::string where = path();
        result_.status = DecodeStatus::too_large;
        result_.message = "its lists take more memory than they may" + (where.empty() ? "" : ", at " + where);
    } else if (!status) {
        const bool too_deep = status.code == ParseStatus::Code::too_deep;
        result_.status = too_deep ? DecodeStatus::too_deep : DecodeStatus::invalid;
        const std::string where = path();
        result_.message = "invalid JSON at byte " + std::to_string(status.offset) +
                          (where.empty() ? "" : " (" + where + ')') + ": " + status.reason();
    } else if (wrong_root_) {
        result_.status = DecodeStatus::wrong_root;
        result_.message = "unexpected JSON: " + result_.first_mismatch;
    }
}

}  // namespace sent::detail
