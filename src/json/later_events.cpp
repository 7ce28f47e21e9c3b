#include "json/later_events.hpp"

namespace sent::detail {

template <class Event>
void LaterEvents::pass(Event event) {
    if (left_ != 0) {
        --left_;
        return;
    }
    event();
    if (!handler_.wants_more()) {
        want_no_more();
    }
}

void LaterEvents::on_null() {
    pass([&] { handler_.on_null(); });
}

void LaterEvents::on_boolean(bool value) {
    pass([&] { handler_.on_boolean(value); });
}

void LaterEvents::on_number(std::string_view text) {
    pass([&] { handler_.on_number(text); });
}

void LaterEvents::on_string(std::string_view text) {
    pass([&] { handler_.on_string(text); });
}

void LaterEvents::on_key(std::string_view name) {
    pass([&] { handler_.on_key(name); });
}

void LaterEvents::on_object_start() {
    pass([&] { handler_.on_object_start(); });
}

void LaterEvents::on_object_end() {
    pass([&] { handler_.on_object_end(); });
}

void LaterEvents::on_array_start() {
    pass([&] { handler_.on_array_start(); });
}

void LaterEvents::on_array_end() {
    pass([&] { handler_.on_array_end(); });
}

}  // namespace sent::detail
