#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/branch_hints.hpp"
#include "json/decode.hpp"
#include "json/event_source.hpp"
#include "json/raw_json_writer.hpp"

namespace sent::detail {

/// Fills structs as a parser's events come. Allocates nothing but what it fills, and stops when that takes
/// more than its room.
class Decoder final : public EventHandler {
  public:
    /// `result` is told of what does not fit.
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

    /// Tells the result what became of the whole, given how the parser ended.
    void finish(const ParseStatus& status) {
        if (seldom(!status || wrong_root_)) {
            report(status);
        }
    }

  private:
    /// What can stand in JSON.
    enum class Shape : std::uint8_t { null, boolean, number, string, object, array };

    /// One level of nesting that is read into something. Without initialisers: there are 65, and a small
    /// answer uses five of them.
    struct Frame {
        enum class Kind : std::uint8_t { root, envelope, object, array, map, errors, error_list };

        Kind kind;
        /// Type that the next value should have; null for members that nobody knows, which are skipped.
        const TypeInfo* value;
        /// Array and map only: their own type.
        const TypeInfo* container;
        /// Object only: the rows of its table, and the one behind that of the member that is read.
        const Field* rows;
        const Field* end;
        const Field* next;
        void* target;
        /// Of the member that is read (envelope), or the last element (array, error_list).
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
    /// Takes so many bytes of the room. False, with nothing taken, if there are not as many left.
    bool take(std::size_t bytes) noexcept;
    void* open_struct(const Frame& frame, const TypeInfo& type);

    void scalar(Shape shape, std::string_view text);
    bool store(const Frame& frame, const TypeInfo& type, Shape shape, std::string_view text);
    bool store_integer(const Frame& frame, const TypeInfo& type, std::string_view text);

    void start(Shape shape);
    void start_raw(const Frame& frame, const TypeInfo& type);
    void start_container(Frame::Kind kind, const Frame& frame, const TypeInfo& type);
    void start_in_errors(const Frame& frame, Shape shape);
    bool start_object(const Frame& frame, const TypeInfo& type);
    bool start_array(const Frame& frame, const TypeInfo& type);
    std::vector<std::string>& whole_error_list(const Frame& frame);
    std::vector<std::string>* open_error_list(const Frame& frame);
    void add_error(std::vector<std::string>* list, std::string_view text);

    /// Through the optionals around it.
    static const TypeInfo& innermost(const TypeInfo& type) noexcept {
        const TypeInfo* inner = &type;
        while (inner->kind == Kind::optional || inner->kind == Kind::nullable) {
            inner = inner->element;
        }
        return *inner;
    }
    /// Neither skips nor copies.
    [[nodiscard]] bool reads() const noexcept {
        return usually(skipped_levels_ == 0) && usually(!raw_.active());
    }
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

    /// Of the one struct that is known by its table only: the root, or a member of the envelope.
    const StructInfo* table_ = nullptr;
    EnvelopeMember* members_ = nullptr;
    std::size_t member_count_ = 0;

    std::array<Frame, max_json_depth + 1> frames_;
    std::size_t last_ = 0;
    /// How deep we are in something that is skipped.
    std::size_t skipped_levels_ = 0;
    RawJsonWriter raw_{};
    /// Of the map's or error object's member that comes next.
    std::string key_{};

    DecodeResult& result_;
    Room room_;
    bool wrong_root_ = false;
};

}  // namespace sent::detail
