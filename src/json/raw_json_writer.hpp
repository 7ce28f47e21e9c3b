#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace sent::detail {

/// Writes the text of one value from parse events, for members of an open type (RawJson): compact, and with
/// the original text of numbers.
class RawJsonWriter {
  public:
    /// Starts a value. `out` must stay at its address until done().
    void begin(std::string& out) noexcept {
        out_ = &out;
        depth_ = 0;
    }
    /// True from begin() to the end of the value.
    [[nodiscard]] bool active() const noexcept { return out_ != nullptr; }

    /// Writes a null, boolean or number.
    void literal(std::string_view text);
    void string(std::string_view text);
    void key(std::string_view name);
    void open(char bracket);
    void close(char bracket);

  private:
    void separate();
    void finish_if_whole() noexcept;

    std::string* out_ = nullptr;
    std::size_t depth_ = 0;
};

}  // namespace sent::detail
