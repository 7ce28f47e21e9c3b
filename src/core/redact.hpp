#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <sent/http/headers.hpp>

namespace sent::detail {

/// Makes text from outside fit to be seen: no eight consecutive characters of the secret remain, as they are,
/// escaped, in base64 or in hexadecimal. So neither does any part of it that is left where a reply was cut. A
/// secret of less than eight characters is not searched for: it would be found in ordinary words.
///
/// Takes time in proportion to the text, whatever is in it.
class Redactor {
  public:
    explicit Redactor(std::string_view secret);

    /// All else stays as it is.
    [[nodiscard]] std::string without_secret(std::string&& text) const;
    [[nodiscard]] Headers without_secret(Headers&& headers) const;

    /// For a line of a log or an error: at most `limit` bytes, control characters and bytes that are no UTF-8
    /// replaced, phone numbers masked (`+14155551234` becomes `+1415***1234`).
    [[nodiscard]] std::string presentable(std::string_view text, std::size_t limit = 1024) const;
    /// The same for an id that people look up and so need whole: nothing is masked in what can be an id.
    [[nodiscard]] std::string presentable_id(std::string_view text) const;

  private:
    void add(std::string_view secret);
    void add_windows(std::string_view text);
    [[nodiscard]] bool has_window(std::uint64_t window) const noexcept;
    [[nodiscard]] std::string redacted(std::string_view text) const;
    [[nodiscard]] std::string printable(std::string_view text, std::size_t limit) const;

    std::size_t longest_ = 0;
    std::string_view mark_;
    /// All sequences of eight characters, each scrambled, in a hash table; 0 is an empty place. Empty when
    /// nothing is searched for.
    std::vector<std::uint64_t> windows_{};
};

/// As Redactor::presentable().
std::string presentable(std::string_view text, std::string_view secret);

}  // namespace sent::detail
