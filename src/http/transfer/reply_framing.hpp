#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace sent::detail::http {

/// What the headers of a reply say about its length (A19 in docs/reliability.md) and about the lifetime of
/// its connection (B14). If they name two different lengths, one may belong to a forged reply, so neither is
/// accepted.
class ReplyFraming {
  public:
    void begin() noexcept { *this = ReplyFraming{}; }

    /// Reads one header field; `name` is the text before the colon. Returns false if it contradicts an
    /// earlier field, or if its value is not a length.
    bool note(std::string_view name, std::string_view value) noexcept;
    /// Whether a field of this name determines the end of the reply.
    static bool is_length(std::string_view name) noexcept;

    /// Whether the headers name the length of the body, or a coding with an end.
    [[nodiscard]] bool names_end() const noexcept { return length_ || has_codings_; }
    /// N of `Keep-Alive: timeout=N`: how long the server keeps the idle connection.
    [[nodiscard]] std::optional<std::chrono::seconds> keep_alive() const noexcept { return keep_alive_; }

  private:
    bool note_length(std::string_view value) noexcept;
    bool note_codings(std::string_view value) noexcept;
    void note_keep_alive(std::string_view value) noexcept;

    std::optional<std::uint64_t> length_{};
    bool has_codings_ = false;
    bool is_chunked_ = false;
    std::optional<std::chrono::seconds> keep_alive_{};
};

}  // namespace sent::detail::http
