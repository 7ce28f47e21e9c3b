#include "json/decoder.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <limits>
#include <optional>

#include "json/text.hpp"

namespace sent::detail {

namespace {

/// The target is usually new. For that, this is faster than assign(), which checks it first.
void set(std::string& target, std::string_view text) {
    target = std::string{text};
}

std::uint64_t word_at(const char* text) noexcept {
    std::uint64_t word = 0;
    std::memcpy(&word, text, sizeof word);
    return word;
}

/// For names, which usually have 8 to 24 bytes: compares three overlapping words. With memcmp, the branches
/// for each length would be unpredictable.
bool is_same(std::string_view a, std::string_view b) noexcept {
    constexpr std::size_t word = sizeof(std::uint64_t);
    const std::size_t size = a.size();
    if (size != b.size() || size < word || size > 3 * word) {
        return a == b;
    }
    const std::size_t last = size - word;
    const std::size_t middle = std::min(word, last);
    return ((word_at(a.data()) ^ word_at(b.data())) |
            (word_at(a.data() + middle) ^ word_at(b.data() + middle)) |
            (word_at(a.data() + last) ^ word_at(b.data() + last))) == 0;
}

}  // namespace

// NOLINTBEGIN(cppcoreguidelines-pro-type-member-init): a frame is set when it is entered
Decoder::Decoder(DecodeResult& result, const TypeInfo& type, void* target, Room room) noexcept
    : result_(result), room_(room) {
    set_root(type, target);
}

Decoder::Decoder(DecodeResult& result, const StructInfo& info, void* object, Room room) noexcept
    : table_(&info), result_(result), room_(room) {
    set_root(struct_by_table, object);
}

Decoder::Decoder(DecodeResult& result, EnvelopeMember* members, std::size_t count, const StructInfo* table,
                 Room room) noexcept
    : table_(table), members_(members), member_count_(count), result_(result), room_(room) {
    set_root(struct_by_table, nullptr);
}
// NOLINTEND(cppcoreguidelines-pro-type-member-init)

void Decoder::set_root(const TypeInfo& type, void* target) noexcept {
    frames_[0] = fresh(Frame::Kind::root, target);
    frames_[0].value = &type;
}

// Events

void Decoder::on_null() {
    if (skipped_levels_ != 0) {
        return;
    }
    if (raw_.active()) {
        raw_.literal("null");
        return;
    }
    const Frame& frame = begin_value(Shape::null);
    if (frame.value == nullptr) {
        return;
    }
    const bool is_element = frame.kind == Frame::Kind::array || frame.kind == Frame::Kind::map;
    const TypeInfo& type = *frame.value;
    if (type.kind == Kind::optional || type.kind == Kind::nullable) {
        void* const target = is_element ? open_element(frame) : member_address(frame);
        type.kind == Kind::nullable ? type.set_null(target) : type.reset(target);
    } else if (!is_element &&
               (type.kind == Kind::vector || type.kind == Kind::map || type.kind == Kind::field_errors)) {
        type.reset(member_address(frame));
    }
}

void Decoder::on_boolean(bool value) {
    scalar(Shape::boolean, value ? "true" : "false");
}

void Decoder::on_number(std::string_view text) {
    scalar(Shape::number, text);
}

void Decoder::on_string(std::string_view text) {
    const Frame& frame = top();
    // The most frequent value: a member that is a string.
    if (frame.kind == Frame::Kind::object && frame.value != nullptr && frame.value->kind == Kind::string &&
        reads()) {
        set(*static_cast<std::string*>(frame.next[-1].member(frame.target)), text);
        return;
    }
    scalar(Shape::string, text);
}

void Decoder::on_key(std::string_view name) {
    Frame& frame = top();
    // Servers usually write fields in the order of their tables, so the next one is the first guess.
    if (frame.next != frame.end && reads() && is_same(frame.next->name, name)) {
        frame.value = frame.next->type;
        ++frame.next;
        return;
    }
    on_other_key(frame, name);
}

void Decoder::on_object_start() {
    if (skipped_levels_ != 0) {
        ++skipped_levels_;
        return;
    }
    if (raw_.active()) {
        raw_.open('{');
        return;
    }
    start(Shape::object);
}

void Decoder::on_array_start() {
    if (skipped_levels_ != 0) {
        ++skipped_levels_;
        return;
    }
    if (raw_.active()) {
        raw_.open('[');
        return;
    }
    start(Shape::array);
}

void Decoder::on_object_end() {
    end('}');
}

void Decoder::on_array_end() {
    end(']');
}

void Decoder::end(char bracket) {
    if (skipped_levels_ != 0) {
        --skipped_levels_;
    } else if (raw_.active()) {
        raw_.close(bracket);
        if (whole_.table != nullptr && !raw_.active()) {
            finish_whole();
        }
    } else {
        --last_;
    }
}

// Values

/// Returns the frame that the value belongs to, and updates its position.
Decoder::Frame& Decoder::begin_value(Shape shape) noexcept {
    Frame& frame = top();
    if (frame.kind == Frame::Kind::array || frame.kind == Frame::Kind::error_list) {
        ++frame.position;
    } else if (frame.kind == Frame::Kind::envelope && frame.position < member_count_) {
        using State = EnvelopeMember::State;
        members_[frame.position].state = shape == Shape::null ? State::null : State::value;
    }
    return frame;
}

void Decoder::scalar(Shape shape, std::string_view text) {
    if (skipped_levels_ != 0) {
        return;
    }
    if (raw_.active()) {
        shape == Shape::string ? raw_.string(text) : raw_.literal(text);
        return;
    }
    const Frame& frame = begin_value(shape);
    if (frame.kind == Frame::Kind::errors) {
        add_error(open_error_list(frame), text);
    } else if (frame.kind == Frame::Kind::error_list) {
        add_error(static_cast<std::vector<std::string>*>(frame.target), text);
    } else if (frame.value != nullptr) {
        const TypeInfo& type = innermost(*frame.value);
        if (!store(frame, type, shape, text)) {
            mismatch(frame, type, shape);
        }
    }
}

/// Returns the address of a member or of the root.
void* Decoder::member_address(const Frame& frame) const noexcept {
    switch (frame.kind) {
        case Frame::Kind::object:
            return frame.next[-1].member(frame.target);
        case Frame::Kind::envelope:
            return members_[frame.position].target;
        default:
            return frame.target;
    }
}

bool Decoder::take(std::size_t bytes) noexcept {
    const bool fits = bytes <= room_;
    room_ -= fits ? bytes : 0;
    return fits;
}

/// Adds an element to the container. If the memory limit is exceeded, it is the last one.
void* Decoder::open_element(const Frame& frame) {
    const TypeInfo& container = *frame.container;
    if (!take(container.element_bytes)) {
        want_no_more();
        skipped_levels_ = more_than_there_are;  // values until the parser stops are not kept
    }
    return container.open(frame.target, key_);
}

/// Makes room for the value in the container and in the optionals around it.
void* Decoder::open(const Frame& frame) {
    void* place = frame.container != nullptr ? open_element(frame) : member_address(frame);
    for (const TypeInfo* type = frame.value; type->kind == Kind::optional || type->kind == Kind::nullable;
         type = type->element) {
        place = type->open(place, key_);
    }
    return place;
}

bool Decoder::store(const Frame& frame, const TypeInfo& type, Shape shape, std::string_view text) {
    switch (type.kind) {
        case Kind::string:
        case Kind::open_enum:
            set(type.text(open(frame)), text);
            return true;
        case Kind::secret:
            *static_cast<Secret*>(open(frame)) = text;
            return true;
        case Kind::boolean:
            if (shape != Shape::boolean) {
                return false;
            }
            *static_cast<bool*>(open(frame)) = text == "true";
            return true;
        case Kind::int32:
        case Kind::int64:
            return shape != Shape::boolean && store_integer(frame, type, text);
        case Kind::number: {
            double number = 0;
            if (!parse_number(text, number)) {
                return false;
            }
            *static_cast<double*>(open(frame)) = number;
            return true;
        }
        case Kind::timestamp: {
            const std::optional<Timestamp> time =
                shape == Shape::string ? parse_timestamp(text) : std::nullopt;
            if (time) {
                *static_cast<Timestamp*>(open(frame)) = *time;
            }
            return time.has_value();
        }
        case Kind::raw_json:
            start_raw(frame, type);
            shape == Shape::string ? raw_.string(text) : raw_.literal(text);
            return true;
        case Kind::field_errors:
            whole_error_list(frame).emplace_back(text);
            return true;
        case Kind::optional:
        case Kind::nullable:
        case Kind::vector:
        case Kind::map:
        case Kind::structure:
            break;
    }
    return false;
}

bool Decoder::store_integer(const Frame& frame, const TypeInfo& type, std::string_view text) {
    std::int64_t number = 0;
    if (!parse_integer(text, number)) {
        return false;
    }
    if (type.kind == Kind::int64) {
        *static_cast<std::int64_t*>(open(frame)) = number;
        return true;
    }
    using Limits = std::numeric_limits<std::int32_t>;
    if (number < Limits::min() || number > Limits::max()) {
        return false;
    }
    *static_cast<std::int32_t*>(open(frame)) = static_cast<std::int32_t>(number);
    return true;
}

}  // namespace sent::detail
