#pragma once

#include <cstddef>
#include <string_view>

#include "json/event_source.hpp"

namespace sent::detail {

/// Drops a number of events and passes on those after them, if a text is read again: a damaged one (D3 in
/// docs/reliability.md), or one that simdjson cannot read.
class EventSkipper final : public EventHandler {
  public:
    EventSkipper(std::size_t dropped, EventHandler& handler) noexcept : left_(dropped), handler_(handler) {}

    /// How many events are still to be dropped.
    [[nodiscard]] std::size_t left() const noexcept { return left_; }

    void on_null() override;
    void on_boolean(bool value) override;
    void on_number(std::string_view text) override;
    void on_string(std::string_view text) override;
    void on_key(std::string_view name) override;
    void on_object_start() override;
    void on_object_end() override;
    void on_array_start() override;
    void on_array_end() override;

  private:
    template <class Event>
    void pass(Event event);

    std::size_t left_;
    EventHandler& handler_;
};

}  // namespace sent::detail
