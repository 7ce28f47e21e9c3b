#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <sent/http/headers.hpp>

#include "base/redaction/readings.hpp"

namespace sent::detail {

/// Removes a secret from text that came from outside. No eight consecutive characters of it remain, whether
/// plain, escaped, in base64 or in hexadecimal, even if the end of the text cuts the secret off. A secret of
/// fewer than eight characters is not searched for, because it would match ordinary words.
///
/// Takes linear time for any text.
class Redactor {
  public:
    explicit Redactor(std::string_view secret);

    /// Leaves everything else unchanged.
    [[nodiscard]] std::string without_secret(std::string&& text) const;
    [[nodiscard]] Headers without_secret(Headers&& headers) const;
    /// The same for the body of an error, of which at most `longest_body` bytes are kept. A body of any
    /// length so takes a few milliseconds.
    [[nodiscard]] std::string body_without_secret(std::string_view body) const;
    static constexpr std::size_t longest_body = std::size_t{64} * 1024;

    /// Returns at most `limit` bytes, for a line of a log or an error. Control characters and invalid UTF-8
    /// are replaced, and phone numbers are masked (`+14155551234` becomes `+1415***1234`).
    [[nodiscard]] std::string presentable(std::string_view text, std::size_t limit = 1024) const;
    /// The same for an id, which people look up and therefore need whole: if the text can be an id, no digits
    /// are masked.
    [[nodiscard]] std::string presentable_id(std::string_view text) const;

  private:
    void add(std::string_view secret);
    void add_windows(std::string_view text);
    [[nodiscard]] bool has_window(std::uint64_t window) const noexcept;
    /// Calls `found(begin, end)` for each part of the text that belongs to a spelling of the secret.
    template <class Found>
    void for_each_part(std::string_view text, Found found) const;
    [[nodiscard]] std::vector<Mark> find(std::string_view text) const;
    [[nodiscard]] std::string shown(std::string_view text, std::size_t limit, bool masks_numbers) const;

    std::size_t longest_ = 0;
    std::string_view mark_;
    /// Hash table of all sequences of eight characters, scrambled. 0 marks a free place. Empty if nothing is
    /// searched for.
    std::vector<std::uint64_t> windows_{};
    /// Hashes of all sequences of four characters. Nearly every other text shows at once by these that it has
    /// nothing of the secret.
    std::vector<bool> quarters_{};
};

/// The same as Redactor::presentable().
std::string presentable(std::string_view text, std::string_view secret);

}  // namespace sent::detail
