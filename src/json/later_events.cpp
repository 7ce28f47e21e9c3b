#include "json/later_events.hpp"

namespace sent::detail {

bool LaterEvents::is_news() noexcept {
    if (left_ == 0) {
        return true;
    }
    --left_;
    return false;
}

void LaterEvents::on_null() {
    if (is_news()) {
        handler_.on_null();
    }
}

void LaterEvents::on_boolean(bool value) {
    if (is_news()) {
        handler_.on_boolean(value);
    }
}

void LaterEvents::on_number(std::string_view text) {
    if (is_news()) {
        handler_.on_number(text);
    }
}

void LaterEvents::on_string(std::string_view text) {
    if (is_news()) {
        handler_.on_string(text);
    }
}

void LaterEvents::on_key(std::string_view name) {
    if (is_news()) {
        handler_.on_key(name);
    }
}

void LaterEvents::on_object_start() {
    if (is_news()) {
        handler_.on_object_start();
    }
}

void LaterEvents::on_object_end() {
    if (is_news()) {
        handler_.on_object_end();
    }
}

void LaterEvents::on_array_start() {
    if (is_news()) {
        handler_.on_array_start();
    }
}

void LaterEvents::on_array_end() {
    if (is_news()) {
        handler_.on_array_end();
    }
}

}  // namespace sent::detail
