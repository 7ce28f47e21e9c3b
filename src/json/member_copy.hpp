#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "json/event_source.hpp"
#include "json/raw_json_writer.hpp"

namespace sent::detail {

/// Copies the members of an object, but not those that `is_left_out`. The copy has the object's braces.
template <class Predicate>
class MemberCopy final : public EventHandler {
  public:
    MemberCopy(std::string& out, Predicate is_left_out) : is_left_out_(is_left_out) { writer_.begin(out); }

    void on_null() override { literal("null"); }
    void on_boolean(bool value) override { literal(value ? "true" : "false"); }
    void on_number(std::string_view text) override { literal(text); }
    void on_string(std::string_view text) override {
        if (copies()) {
            writer_.string(text);
        }
    }
    void on_key(std::string_view name) override {
        if (depth_ == 1) {
            leaves_out_ = is_left_out_(name);
        }
        if (copies()) {
            writer_.key(name);
        }
    }
    void on_object_start() override {
        is_object = is_object || depth_ == 0;
        open('{');
    }
    void on_object_end() override { close('}'); }
    void on_array_start() override { open('['); }
    void on_array_end() override { close(']'); }

    bool is_object = false;

  private:
    [[nodiscard]] bool copies() const noexcept { return is_object && !leaves_out_; }
    void literal(std::string_view text) {
        if (copies()) {
            writer_.literal(text);
        }
    }
    void open(char bracket) {
        ++depth_;
        if (copies()) {
            writer_.open(bracket);
        }
    }
    void close(char bracket) {
        --depth_;
        leaves_out_ = leaves_out_ && depth_ != 0;
        if (copies()) {
            writer_.close(bracket);
        }
    }

    Predicate is_left_out_;
    RawJsonWriter writer_{};
    std::size_t depth_ = 0;
    bool leaves_out_ = false;
};

}  // namespace sent::detail
