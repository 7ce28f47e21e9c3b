#include "json/event_skipper.hpp"

namespace sent::detail {

template <class Event>
void EventSkipper::pass(Event event) {
    if (left_ != 0) {
        --left_;
        return;
    }
    event();
    if (!handler_.wants_more()) {
        want_no_more();
    }
}

void EventSkipper::on_null() {
    pass([&] { handler_.on_null(); });
}

void EventSkipper::on_boolean(bool value) {
    pass([&] { handler_.on_boolean(value); });
}

void EventSkipper::on_number(std::string_view text) {
    pass([&] { handler_.on_number(text); });
}

void EventSkipper::on_string(std::string_view text) {
    pass([&] { handler_.on_string(text); });
}

void EventSkipper::on_key(std::string_view name) {
    pass([&] { handler_.on_key(name); });
}

void EventSkipper::on_object_start() {
    pass([&] { handler_.on_object_start(); });
}

void EventSkipper::on_object_end() {
    pass([&] { handler_.on_object_end(); });
}

void EventSkipper::on_array_start() {
    pass([&] { handler_.on_array_start(); });
}

void EventSkipper::on_array_end() {
    pass([&] { handler_.on_array_end(); });
}

}  // namespace sent::detail
