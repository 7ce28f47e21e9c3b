#include "json/raw_json_writer.hpp"

#include "json/text.hpp"

namespace sent::detail {

/// Appends a comma, unless the value is the first of all or of its array or object, or follows its key.
void RawJsonWriter::separate() {
    if (!out_->empty() && depth_ != 0 && out_->back() != '[' && out_->back() != '{' && out_->back() != ':') {
        *out_ += ',';
    }
}

void RawJsonWriter::finish_if_whole() noexcept {
    if (depth_ == 0) {
        out_ = nullptr;
    }
}

void RawJsonWriter::literal(std::string_view text) {
    separate();
    *out_ += text;
    finish_if_whole();
}

void RawJsonWriter::string(std::string_view text) {
    separate();
    append_json_string(text, *out_);
    finish_if_whole();
}

void RawJsonWriter::key(std::string_view name) {
    separate();
    append_json_string(name, *out_);
    *out_ += ':';
}

void RawJsonWriter::open(char bracket) {
    separate();
    *out_ += bracket;
    ++depth_;
}

void RawJsonWriter::close(char bracket) {
    *out_ += bracket;
    --depth_;
    finish_if_whole();
}

}  // namespace sent::detail
