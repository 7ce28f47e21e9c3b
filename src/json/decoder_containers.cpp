#include "json/decoder.hpp"

#include <algorithm>
#include <utility>

#include "json/inspect.hpp"

/// @file
/// The part of the decoder for objects, arrays and member names.

namespace sent::detail {

// Objects and arrays

Decoder::Frame& Decoder::push(Frame::Kind kind, void* target) noexcept {
    Frame& frame = frames_[++last_];
    frame = fresh(kind, target);
    return frame;
}

void Decoder::start(Shape shape) {
    const Frame& frame = begin_value(shape);
    if (frame.kind == Frame::Kind::errors || frame.kind == Frame::Kind::error_list) {
        start_in_errors(frame, shape);
        return;
    }
    if (frame.value == nullptr) {
        skipped_levels_ = 1;
        return;
    }
    const TypeInfo& type = innermost(*frame.value);
    if (type.kind == Kind::raw_json) {
        start_raw(frame, type);
        raw_.open(shape == Shape::object ? '{' : '[');
        return;
    }
    if (shape == Shape::object ? !start_object(frame, type) : !start_array(frame, type)) {
        mismatch(frame, type, shape);
        skipped_levels_ = 1;
    }
}

void Decoder::start_raw(const Frame& frame, const TypeInfo& type) {
    std::string& text = type.text(open(frame));
    text.clear();
    raw_.begin(text);
}

void Decoder::start_whole(const StructInfo& table, void* object) {
    const Field& row = *table.whole_object;
    std::string& text = row.type->text(row.member(object));
    text.clear();
    raw_.begin(text);
    raw_.open('{');
    whole_ = {&table, object};
}

/// Decodes the other members from the text that was copied.
void Decoder::finish_whole() {
    const auto [table, object] = std::exchange(whole_, {});
    const std::string& text = text_of(*table->whole_object->type, table->whole_object->in(object));
    const DecodeResult read = decode(text, table->named_rows(), object, room_for_text(text.size()));
    result_.mismatches += read.mismatches;
    if (result_.first_mismatch.empty()) {
        result_.first_mismatch = read.first_mismatch;
    }
}

bool Decoder::start_object(const Frame& frame, const TypeInfo& type) {
    switch (type.kind) {
        case Kind::structure:
            if (is_envelope(type)) {
                push(Frame::Kind::envelope, nullptr);
            } else {
                void* const object = open_struct(frame, type);
                const StructInfo& info = table_of(type);
                if (info.whole_object != nullptr) {
                    start_whole(info, object);
                    return true;
                }
                Frame& members = push(Frame::Kind::object, object);
                members.rows = members.next = info.begin();
                members.end = info.end();
            }
            return true;
        case Kind::map:
            start_container(Frame::Kind::map, frame, type);
            return true;
        case Kind::field_errors: {
            void* const errors = open(frame);
            type.reset(errors);
            push(Frame::Kind::errors, errors);
            return true;
        }
        default:
            return false;
    }
}

bool Decoder::start_array(const Frame& frame, const TypeInfo& type) {
    switch (type.kind) {
        case Kind::vector:
            start_container(Frame::Kind::array, frame, type);
            return true;
        case Kind::field_errors:
            push(Frame::Kind::error_list, &whole_error_list(frame));
            return true;
        case Kind::structure: {
            const Field* const list = is_envelope(type) ? nullptr : table_of(type).array_field;
            if (list == nullptr || list->type->kind != Kind::vector) {
                return false;
            }
            push_container(Frame::Kind::array, *list->type, list->member(open_struct(frame, type)));
            return true;
        }
        default:
            return false;
    }
}

/// A member that is a struct may have been decoded before, under the same key.
void* Decoder::open_struct(const Frame& frame, const TypeInfo& type) {
    void* const object = open(frame);
    if (frame.kind == Frame::Kind::object && frame.value == &type) {
        type.reset(object);
    }
    return object;
}

void Decoder::start_container(Frame::Kind kind, const Frame& frame, const TypeInfo& type) {
    push_container(kind, type, open(frame));
}

void Decoder::push_container(Frame::Kind kind, const TypeInfo& type, void* container) {
    type.reset(container);
    Frame& frame = push(kind, container);
    frame.container = &type;
    frame.value = type.element;
}

// Error bodies

/// For errors that are not an object: returns the only list, which has the empty key.
std::vector<std::string>& Decoder::whole_error_list(const Frame& frame) {
    auto& errors = *static_cast<FieldErrors*>(open(frame));
    errors.clear();
    return errors[{}];
}

/// Returns the list of the field that was named last. Null if the memory limit is reached.
std::vector<std::string>* Decoder::open_error_list(const Frame& frame) {
    if (!take(map_node_bytes<FieldErrors> + key_.size())) {
        return nullptr;
    }
    auto& list = (*static_cast<FieldErrors*>(frame.target))[key_];
    list.clear();
    return &list;
}

void Decoder::add_error(std::vector<std::string>* list, std::string_view text) {
    if (list != nullptr && take(sizeof(std::string) + text.size())) {
        list->emplace_back(text);
    }
}

void Decoder::start_in_errors(const Frame& frame, Shape shape) {
    auto* const list = frame.kind == Frame::Kind::errors
                           ? open_error_list(frame)
                           : static_cast<std::vector<std::string>*>(frame.target);
    if (list == nullptr) {
        skipped_levels_ = 1;
    } else if (frame.kind == Frame::Kind::errors && shape == Shape::array) {
        push(Frame::Kind::error_list, list);
    } else if (take(sizeof(std::string))) {
        raw_.begin(list->emplace_back());
        raw_.open(shape == Shape::object ? '{' : '[');
    } else {
        skipped_levels_ = 1;
    }
}

// Names

void Decoder::on_other_key(Frame& frame, std::string_view name) {
    if (skipped_levels_ != 0) {
        return;
    }
    if (raw_.active()) {
        raw_.key(name);
        return;
    }
    switch (frame.kind) {
        case Frame::Kind::object:
            find_field(frame, name);
            if (frame.value == nullptr && result_.uncounted_path != nullptr) {
                note_unknown(name);
            }
            break;
        case Frame::Kind::envelope:
            find_member(frame, name);
            break;
        default:
            key_.assign(name);
            break;
    }
}

/// Searches from the next row to the end, then from the beginning.
void Decoder::find_field(Frame& frame, std::string_view name) noexcept {
    const auto fits = [name](const Field& field) { return field.name == name; };
    const Field* found = std::find_if(frame.next, frame.end, fits);
    if (found == frame.end) {
        found = std::find_if(frame.rows, frame.next, fits);
        if (found == frame.next) {
            frame.value = nullptr;
            return;
        }
    }
    frame.value = found->type;
    frame.next = found + 1;
}

void Decoder::find_member(Frame& frame, std::string_view name) const noexcept {
    frame.value = nullptr;
    for (frame.position = 0; frame.position < member_count_; ++frame.position) {
        if (members_[frame.position].name == name) {
            frame.value = members_[frame.position].type;
            return;
        }
    }
}

const StructInfo& Decoder::table_of(const TypeInfo& type) const noexcept {
    return type.structure != nullptr ? type.structure() : *table_;
}

bool Decoder::is_envelope(const TypeInfo& type) const noexcept {
    return members_ != nullptr && last_ == 0 && type.structure == nullptr;
}

}  // namespace sent::detail
