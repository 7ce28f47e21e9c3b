#include "json/encode.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "base/text/surrogates.hpp"
#include "json/event_source.hpp"
#include "json/inspect.hpp"
#include "json/member_copy.hpp"
#include "json/repair.hpp"
#include "json/text.hpp"

namespace sent::detail {

namespace {

/// Large enough for most requests, so that a send allocates its body once.
constexpr std::size_t usual_size = 512;

constexpr std::string_view redacted = "[redacted]";

/// Collects the names of an object's own members.
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

/// Returns what is wrong with the strings of a JSON text, or an empty string. Texts to send are not repaired,
/// because the result would not be what the caller meant.
std::string unreadable_error(std::string_view json) {
    const auto at = find_unreadable(json);
    if (at == std::string_view::npos) {
        return {};
    }
    return json[at] == '\\'
               ? "half a surrogate pair at byte " + std::to_string(at) + ", which is not a character"
               : "invalid JSON at byte " + std::to_string(at) + ": invalid UTF-8";
}

class Encoder {
  public:
    /// `error` stays empty on success. `extra` has the names of the members that are added to the outermost
    /// object, or is null.
    Encoder(std::string& out, std::string& error, const EncodeOptions& options, const MemberNames* extra)
        : out_(out), error_(error), options_(options), extra_(extra) {}

    bool object(const StructInfo& info, const void* object);
    bool value(const TypeInfo& type, const void* value);

  private:
    bool member(const Field& field, const void* object);
    bool whole_object(const StructInfo& info, const void* object);
    void extra_members();
    bool vector(const TypeInfo& type, const void* value);
    bool map(const TypeInfo& type, const void* value);
    bool map_member(const TypeInfo& element, const std::string& key, const void* value);
    bool string(std::string_view text);
    bool secret(const Secret& secret);
    bool raw(const std::string& text);
    bool number(double number);
    [[nodiscard]] bool writes(const Field& field, const void* object) const;
    [[nodiscard]] bool is_replaced(std::string_view name) const;
    void separate();
    bool enter();

    [[gnu::cold]] bool fail(const std::string& reason) {
        error_ = ": " + reason;
        return false;
    }
    /// After a failure, each level adds its step in front on the way out.
    [[gnu::cold]] bool fail_in(const std::string& step) {
        const bool joined = error_.front() == ':' || error_.front() == '[';
        error_.insert(0, joined ? step : step + '.');
        return false;
    }

    std::string& out_;
    /// First `: reason`, then `path: reason` at the outer levels.
    std::string& error_;
    const EncodeOptions& options_;
    const MemberNames* extra_;
    std::size_t depth_ = 0;
};

bool Encoder::enter() {
    if (depth_ == max_json_depth) {
        return fail("nested deeper than 64 levels");
    }
    ++depth_;
    return true;
}

/// Appends a comma, unless the text before it opens an array or object.
void Encoder::separate() {
    if (out_.back() != '{' && out_.back() != '[') {
        out_ += ',';
    }
}

/// Whether the caller's own members replace this member of the outermost object.
bool Encoder::is_replaced(std::string_view name) const {
    const auto& names = extra_->names;
    return depth_ == 1 && std::find(names.begin(), names.end(), name) != names.end();
}

bool Encoder::writes(const Field& field, const void* object) const {
    if (field.is_alias || (field.applies != nullptr && !field.applies(object))) {
        return false;
    }
    if (!options_.everything && (field.location != Location::body || field.is_read_only)) {
        return false;
    }
    if (extra_ != nullptr && is_replaced(field.name)) {
        return false;
    }
    if (field.is_unset(object)) {
        // An empty optional and an absent Nullable can only be expressed by omitting the member.
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
        return string(redacted);
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

bool Encoder::object(const StructInfo& info, const void* object) {
    if (!enter()) {
        return false;
    }
    out_ += '{';
    for (const Field& field : info) {
        if (field.is_whole_object) {
            if (!whole_object(info, object)) {
                return fail_in(std::string{field.name});
            }
        } else if (writes(field, object) && !member(field, object)) {
            return false;
        }
    }
    if (extra_ != nullptr && depth_ == 1) {
        extra_members();
    }
    out_ += '}';
    --depth_;
    return true;
}

/// Appends the members of the text of the whole object that are not written otherwise.
bool Encoder::whole_object(const StructInfo& info, const void* object) {
    const std::string& text = text_of(*info.whole_object->type, info.whole_object->in(object));
    if (text.empty()) {
        return true;
    }
    const auto is_written_otherwise = [&](std::string_view name) {
        const StructInfo named = info.named_rows();
        const bool has_row = std::any_of(named.begin(), named.end(), [&](const Field& row) {
            return row.name == name && (row.location != Location::body || writes(row, object));
        });
        return has_row || (extra_ != nullptr && is_replaced(name));
    };
    std::string members;
    MemberCopy copy{members, is_written_otherwise};
    if (const ParseStatus status = parse_events(text, copy); !status) {
        return fail("invalid JSON at byte " + std::to_string(status.offset) + ": " + status.reason());
    }
    if (!copy.is_object) {
        return fail("not a JSON object");
    }
    if (auto error = unreadable_error(text); !error.empty()) {
        return fail(error);
    }
    if (members != "{}") {
        separate();
        out_.append(members, 1, members.size() - 2);
    }
    return true;
}

/// Appends the members of the caller's object, which is known to be one.
void Encoder::extra_members() {
    if (!extra_->names.empty()) {
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
        case Kind::secret:
            return secret(*static_cast<const Secret*>(value));
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
            return string(encode_timestamp(*static_cast<const Timestamp*>(value)));
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

bool Encoder::string(std::string_view text) {
    const std::size_t invalid = append_json_string(text, out_);
    return invalid == std::string::npos || fail("invalid UTF-8 at byte " + std::to_string(invalid));
}

bool Encoder::secret(const Secret& secret) {
    return string(options_.redact_secrets ? redacted : secret.reveal());
}

bool Encoder::number(double number) {
    return append_number(number, out_) || fail("not a finite number, which JSON cannot express");
}

bool Encoder::raw(const std::string& text) {
    if (text.empty()) {
        out_ += "null";
        return true;
    }
    const ParseStatus status = check_json(text);
    if (!status) {
        return fail("invalid JSON at byte " + std::to_string(status.offset) + ": " + status.reason());
    }
    if (auto error = unreadable_error(text); !error.empty()) {
        return fail(std::move(error));
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

/// Returns what `write` makes an encoder append, or an empty string after an error.
template <class Write>
EncodeResult append(std::string& out, const EncodeOptions& options, const MemberNames* extra, Write write) {
    make_room(out);
    const std::size_t before = out.size();
    EncodeResult result{};
    Encoder encoder{out, result.error, options, extra};
    if (write(encoder)) {
        result.is_empty = std::string_view{out}.substr(before) == "{}";
        return result;
    }
    out.resize(before);
    if (result.error.front() == ':') {
        result.error.insert(0, "the value");
    }
    return result;
}

std::string extra_error(const ParseStatus& status) {
    return status ? "extra members: not a JSON object"
                  : "extra members: invalid JSON at byte " + std::to_string(status.offset) + ": " +
                        status.reason();
}

}  // namespace

EncodeResult encode(const StructInfo& info, const void* object, std::string& out,
                    const EncodeOptions& options) {
    const auto write = [&](Encoder& encoder) { return encoder.object(info, object); };
    if (options.extra_members.empty()) {
        return append(out, options, nullptr, write);
    }
    MemberNames extra{};
    if (const ParseStatus status = parse_events(options.extra_members, extra); !status || !extra.is_object) {
        return {extra_error(status), false};
    }
    if (const auto error = unreadable_error(options.extra_members); !error.empty()) {
        return {"extra members: " + error, false};
    }
    return append(out, options, &extra, write);
}

EncodeResult encode(const TypeInfo& type, const void* value, std::string& out, const EncodeOptions& options) {
    if (type.kind == Kind::structure) {
        return encode(type.structure(), value, out, options);
    }
    return append(out, options, nullptr, [&](Encoder& encoder) { return encoder.value(type, value); });
}

}  // namespace sent::detail
