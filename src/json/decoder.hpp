#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "json/decode.hpp"
#include "json/event_source.hpp"
#include "json/raw_json_writer.hpp"

namespace sent::detail {

/// Fills structs from parse events. Allocates only what it fills, and stops at the memory limit (Room; A2 in
/// docs/reliability.md).
class Decoder final : public EventHandler {
  public:
    /// `result` receives what does not match.
    Decoder(DecodeResult& result, const TypeInfo& type, void* target, Room room) noexcept;
    Decoder(DecodeResult& result, const StructInfo& info, void* object, Room room) noexcept;
    Decoder(DecodeResult& result, EnvelopeMember* members, std::size_t count, const StructInfo* table,
            Room room) noexcept;

    void on_null() override;
    void on_boolean(bool value) override;
    void on_number(std::string_view text) override;
    void on_string(std::string_view text) override;
    void on_key(std::string_view name) override;
    void on_object_start() override;
    void on_object_end() override;
    void on_array_start() override;
    void on_array_end() override;

    /// Completes the result from the status with which the parser ended.
    void finish(const ParseStatus& status) {
        if (!status || wrong_root_) {
            report(status);
        }
    }

  private:
    /// The kinds of JSON values.
    enum class Shape : std::uint8_t { null, boolean, number, string, object, array };

    /// One level of nesting that is decoded. Without initialisers, because there are 65 frames, and a small
    /// reply uses five of them.
    struct Frame {
        enum class Kind : std::uint8_t { root, envelope, object, array, map, errors, error_list };

        Kind kind;
        /// The type of the next value. Null for unknown members, which are skipped.
        const TypeInfo* value;
        /// The type of the array or map itself.
        const TypeInfo* container;
        /// Of an object: the rows of its table, and the row after the one of the current member.
        const Field* rows;
        const Field* end;
        const Field* next;
        void* target;
        /// Index of the current member (envelope) or of the last element (array, error_list).
        std::size_t position;
    };

    static constexpr std::size_t before_first = static_cast<std::size_t>(-1);
    static constexpr std::size_t more_than_there_are = static_cast<std::size_t>(-1) / 2;

    void set_root(const TypeInfo& type, void* target) noexcept;
    static Frame fresh(Frame::Kind kind, void* target) noexcept {
        return {kind, nullptr, nullptr, nullptr, nullptr, nullptr, target, before_first};
    }
    Frame& top() noexcept { return frames_[last_]; }
    Frame& push(Frame::Kind kind, void* target) noexcept;
    void push_container(Frame::Kind kind, const TypeInfo& type, void* container);
    void end(char bracket);

    Frame& begin_value(Shape shape) noexcept;
    [[nodiscard]] void* member_address(const Frame& frame) const noexcept;
    void* open(const Frame& frame);
    void* open_element(const Frame& frame);
    /// Takes `bytes` of the room. If there are not enough left, returns false and takes nothing.
    bool take(std::size_t bytes) noexcept;
    void* open_struct(const Frame& frame, const TypeInfo& type);

    void scalar(Shape shape, std::string_view text);
    bool store(const Frame& frame, const TypeInfo& type, Shape shape, std::string_view text);
    bool store_integer(const Frame& frame, const TypeInfo& type, std::string_view text);

    void start(Shape shape);
    void start_raw(const Frame& frame, const TypeInfo& type);
    void start_whole(const StructInfo& table, void* object);
    void finish_whole();
    void start_container(Frame::Kind kind, const Frame& frame, const TypeInfo& type);
    void start_in_errors(const Frame& frame, Shape shape);
    bool start_object(const Frame& frame, const TypeInfo& type);
    bool start_array(const Frame& frame, const TypeInfo& type);
    std::vector<std::string>& whole_error_list(const Frame& frame);
    std::vector<std::string>* open_error_list(const Frame& frame);
    void add_error(std::vector<std::string>* list, std::string_view text);

    /// Returns the type inside the optionals.
    static const TypeInfo& innermost(const TypeInfo& type) noexcept {
        const TypeInfo* inner = &type;
        while (inner->kind == Kind::optional || inner->kind == Kind::nullable) {
            inner = inner->element;
        }
        return *inner;
    }
    /// Whether values are decoded, neither skipped nor copied.
    [[nodiscard]] bool reads() const noexcept { return skipped_levels_ == 0 && !raw_.active(); }
    void on_other_key(Frame& frame, std::string_view name);
    static void find_field(Frame& frame, std::string_view name) noexcept;
    void find_member(Frame& frame, std::string_view name) const noexcept;
    [[nodiscard]] const StructInfo& table_of(const TypeInfo& type) const noexcept;
    [[nodiscard]] bool is_envelope(const TypeInfo& type) const noexcept;

    [[gnu::cold]] void mismatch(const Frame& frame, const TypeInfo& expected, Shape found);
    [[gnu::cold]] void note_unknown(std::string_view name);
    [[gnu::cold]] void report(const ParseStatus& status);
    [[nodiscard]] std::string path() const;
    [[nodiscard]] std::string step(const Frame& frame, bool is_last) const;
    static std::string_view name_of(Kind kind) noexcept;
    static std::string_view name_of(Shape shape) noexcept;

    /// The table of the only struct without a TypeInfo: the root, or a member of the envelope.
    const StructInfo* table_ = nullptr;
    EnvelopeMember* members_ = nullptr;
    std::size_t member_count_ = 0;

    std::array<Frame, max_json_depth + 1> frames_;
    std::size_t last_ = 0;
    /// The depth within a value that is skipped.
    std::size_t skipped_levels_ = 0;
    RawJsonWriter raw_{};
    /// The struct whose text `raw_` copies before it is decoded, see Field::whole_object().
    struct Whole {
        const StructInfo* table = nullptr;
        void* object = nullptr;
    } whole_{};
    /// The key of the next member of the map or error object.
    std::string key_{};

    DecodeResult& result_;
    Room room_;
    bool wrong_root_ = false;
};

}  // namespace sent::detail
