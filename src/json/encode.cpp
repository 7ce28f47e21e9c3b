#include "json/encode.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "json/event_source.hpp"
#include "json/text.hpp"

namespace sent::detail {

namespace {

/// Most requests fit, so that a send allocates its body once.
constexpr std::size_t usual_size = 512;

/// Learns the names of an object's own members.
class MemberNames final : public EventHandler {
  public:
    void on_null() override {}
    void on_boolean(bool) override {}
    void on_number(std::string_view) override {}
    void on_string(std::string_view) override {}
    void on_key(std::string_view name) override {
        if (depth_ == 1) {
            names.emplace_back(name);
        }
    }
    void on_object_start() override {
        is_object = is_object || depth_ == 0;
        ++depth_;
    }
    void on_object_end() override { --depth_; }
    void on_array_start() override { ++depth_; }
    void on_array_end() override { --depth_; }

    std::vector<std::string> names{};
    bool is_object = false;

  private:
    std::size_t depth_ = 0;
};

class Encoder {
  public:
    Encoder(std::string& out, const EncodeOptions& options) : out_(out), options_(options) {}

    bool object(const StructInfo& info, const void* object, const MemberNames* extra = nullptr);
    bool value(const TypeInfo& type, const void* value);
    [[gnu::cold]] std::string take_error() {
        return (path_.empty() ? "the value" : std::move(path_)) + ": " + reason_;
    }

  private:
    bool member(const Field& field, const void* object);
    void extra_members(const MemberNames& extra);
    bool vector(const TypeInfo& type, const void* value);
    bool map(const TypeInfo& type, const void* value);
    bool map_member(const TypeInfo& element, const std::string& key, const void* value);
    bool string(const std::string& text);
    bool raw(const std::string& text);
    bool number(double number);
    [[nodiscard]] bool writes(const Field& field, const void* object, const MemberNames* extra) const;
    void separate();
    bool enter();

    [[gnu::cold]] bool fail(std::string reason) {
        reason_ = std::move(reason);
        return false;
    }
    /// On the way out after a failure each level adds its step in front.
    [[gnu::cold]] bool fail_in(const std::string& step) {
        const bool joined = path_.empty() || path_.front() == '[';
        path_ = joined ? step + path_ : step + '.' + path_;
        return false;
    }

    std::string& out_;
    const EncodeOptions& options_;
    std::size_t depth_ = 0;
    std::string path_{};
    std::string reason_{};
};

bool Encoder::enter() {
    if (depth_ == max_json_depth) {
        return fail("nested deeper than 64 levels");
    }
    ++depth_;
    return true;
}

/// A comma, unless what stands before opens an array or object.
void Encoder::separate() {
    if (out_.back() != '{' && out_.back() != '[') {
        out_ += ',';
    }
}

bool Encoder::writes(const Field& field, const void* object, const MemberNames* extra) const {
    if (field.is_alias || (field.applies != nullptr && !field.applies(object))) {
        return false;
    }
    if (!options_.everything && (field.location != Location::body || field.is_read_only)) {
        return false;
    }
    if (extra != nullptr &&
        std::find(extra->names.begin(), extra->names.end(), field.name) != extra->names.end()) {
        return false;
    }
    if (field.is_unset(object)) {
        // An empty optional and an absent Nullable have no JSON form other than not being there.
        const bool has_empty_form = field.type->kind != Kind::optional &&
                                    field.type->kind != Kind::nullable && field.type->kind != Kind::raw_json;
        return has_empty_form && (field.is_required || field.is_always_written);
    }
    return !field.is_default_skipped || !is_default(*field.type, field.in(object));
}

bool Encoder::member(const Field& field, const void* object) {
    const std::size_t before = out_.size();
    separate();
    out_ += '"';
    out_ += field.name;
    out_ += "\":";
    if (field.is_secret && options_.redact_secrets) {
        out_ += "\"[redacted]\"";
        return true;
    }
    const std::size_t start = out_.size();
    if (!value(*field.type, field.in(object))) {
        return fail_in(std::string{field.name});
    }
    const bool is_empty_struct = field.type->kind == Kind::structure && out_.size() == start + 2;
    if (is_empty_struct && !field.is_required && !field.is_always_written) {
        out_.resize(before);
    }
    return true;
}

bool Encoder::object(const StructInfo& info, const void* object, const MemberNames* extra) {
    if (!enter()) {
        return false;
    }
    out_ += '{';
    for (const Field& field : info) {
        if (writes(field, object, extra) && !member(field, object)) {
            return false;
        }
    }
    if (extra != nullptr) {
        extra_members(*extra);
    }
    out_ += '}';
    --depth_;
    return true;
}

/// The inside of the caller's object, which has been checked to be one.
void Encoder::extra_members(const MemberNames& extra) {
    if (!extra.names.empty()) {
        const std::string_view text = options_.extra_members;
        const std::size_t first = text.find('{') + 1;
        separate();
        out_ += text.substr(first, text.rfind('}') - first);
    }
}

bool Encoder::value(const TypeInfo& type, const void* value) {
    switch (type.kind) {
        case Kind::string:
        case Kind::open_enum:
            return string(text_of(type, value));
        case Kind::boolean:
            out_ += *static_cast<const bool*>(value) ? "true" : "false";
            return true;
        case Kind::int32:
            append_integer(*static_cast<const std::int32_t*>(value), out_);
            return true;
        case Kind::int64:
            append_integer(*static_cast<const std::int64_t*>(value), out_);
            return true;
        case Kind::number:
            return number(*static_cast<const double*>(value));
        case Kind::timestamp:
            return string(format_timestamp(*static_cast<const Timestamp*>(value)));
        case Kind::raw_json:
            return raw(text_of(type, value));
        case Kind::optional:
        case Kind::nullable:
            if (const void* const inside = type.value(value)) {
                return this->value(*type.element, inside);
            }
            out_ += "null";
            return true;
        case Kind::vector:
            return vector(type, value);
        case Kind::map:
        case Kind::field_errors:
            return map(type, value);
        case Kind::structure:
            return object(type.structure(), value);
    }
    return fail("unknown kind of value");
}

bool Encoder::string(const std::string& text) {
    const std::size_t invalid = append_json_string(text, out_);
    return invalid == std::string::npos || fail("invalid UTF-8 at byte " + std::to_string(invalid));
}

bool Encoder::number(double number) {
    return append_number(number, out_) || fail("not a finite number, which JSON can not express");
}

bool Encoder::raw(const std::string& text) {
    if (text.empty()) {
        out_ += "null";
        return true;
    }
    const ParseStatus status = check_json(text);
    if (!status) {
        return fail("invalid JSON at byte " + std::to_string(status.offset) + ": " + status.reason);
    }
    out_ += text;
    return true;
}

bool Encoder::vector(const TypeInfo& type, const void* value) {
    if (!enter()) {
        return false;
    }
    out_ += '[';
    const std::size_t size = type.size(value);
    for (std::size_t i = 0; i < size; ++i) {
        if (i != 0) {
            out_ += ',';
        }
        if (!this->value(*type.element, type.at(value, i))) {
            return fail_in('[' + std::to_string(i) + ']');
        }
    }
    out_ += ']';
    --depth_;
    return true;
}

bool Encoder::map(const TypeInfo& type, const void* value) {
    if (!enter()) {
        return false;
    }
    out_ += '{';
    struct Context {
        Encoder& encoder;
        const TypeInfo& element;
    } context{*this, *type.element};
    const auto visit = [](void* pointer, const std::string& key, const void* member) {
        const Context& each = *static_cast<const Context*>(pointer);
        return each.encoder.map_member(each.element, key, member);
    };
    if (!type.each(value, visit, &context)) {
        return false;
    }
    out_ += '}';
    --depth_;
    return true;
}

bool Encoder::map_member(const TypeInfo& element, const std::string& key, const void* value) {
    separate();
    const std::size_t invalid = append_json_string(key, out_);
    if (invalid != std::string::npos) {
        fail("invalid UTF-8 at byte " + std::to_string(invalid) + " of a key");
        return fail_in("[*]");
    }
    out_ += ':';
    return this->value(element, value) || fail_in(key_step(key));
}

void make_room(std::string& out) {
    if (out.capacity() - out.size() < usual_size) {
        out.reserve(out.size() + usual_size);
    }
}

EncodeResult finish(Encoder& encoder, bool done, std::string& out, std::size_t before) {
    EncodeResult result{};
    if (!done) {
        result.error = encoder.take_error();
        out.resize(before);
        return result;
    }
    result.is_empty = std::string_view{out}.substr(before) == "{}";
    return result;
}

EncodeResult extra_error(const ParseStatus& status) {
    EncodeResult result{};
    result.error = status ? "extra members: not a JSON object"
                          : "extra members: invalid JSON at byte " + std::to_string(status.offset) + ": " +
                                status.reason;
    return result;
}

}  // namespace

EncodeResult encode(const StructInfo& info, const void* object, std::string& out,
                    const EncodeOptions& options) {
    make_room(out);
    const std::size_t before = out.size();
    Encoder encoder{out, options};
    if (options.extra_members.empty()) {
        return finish(encoder, encoder.object(info, object), out, before);
    }
    MemberNames extra{};
    const ParseStatus status = parse_events(options.extra_members, extra);
    if (!status || !extra.is_object) {
        return extra_error(status);
    }
    return finish(encoder, encoder.object(info, object, &extra), out, before);
}

EncodeResult encode(const TypeInfo& type, const void* value, std::string& out, const EncodeOptions& options) {
    if (type.kind == Kind::structure) {
        return encode(type.structure(), value, out, options);
    }
    make_room(out);
    const std::size_t before = out.size();
    Encoder encoder{out, options};
    return finish(encoder, encoder.value(type, value), out, before);
}

}  // namespace sent::detail
